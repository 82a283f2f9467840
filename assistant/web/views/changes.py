"""What a desk does differently from which morning: a page by day, and an Atom feed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, request

from assistant.conversation.changes import in_words, lines, shifts, what_is_shown
from assistant.conversation.snapshot import Snapshot
from assistant.domain.facts import BadFact, iso_date
from assistant.web import requests
from assistant.web.locale import PREFIX
from assistant.web.rendering import render_template

bp = Blueprint("changes", __name__)


def period(snapshot: Snapshot, query: Mapping[str, str]) -> tuple[date, date]:
    """Return the days of ``query``, the whole calendar when it names none; raises `BadFact`."""
    span = snapshot.book.rules.span
    first = iso_date("from", query["from"]) if "from" in query else span.first
    last = iso_date("to", query["to"]) if "to" in query else span.horizon
    return first, last


@bp.get(f"{PREFIX}/changes")
def page(lang: str) -> tuple[str, int]:
    """Show the change days, newest first, and the situations that move."""
    snapshot = requests.snapshot()
    span, mistake = snapshot.book.rules.span, None
    first, last = span.first, span.horizon
    try:
        first, last = period(snapshot, {name: value for name, value in request.args.items() if value})
    except BadFact as bad:
        mistake = bad
    moved = lines(shifts(snapshot, first, last))
    days = [(day, list(group)) for day, group in groupby(moved, key=lambda shift: shift.day)]
    html = render_template(
        "pages/changes.html",
        lang=lang,
        days=days[::-1],
        first=first,
        last=last,
        mistake=mistake,
        shown=lambda shift: what_is_shown(snapshot, shift.situations, lang),
        in_words=lambda situation: in_words(snapshot, situation, lang),
    )
    return html, 400 if mistake else 200


@bp.get(f"{PREFIX}/changes.atom")
def feed(lang: str) -> Response:
    """Return the same days as an Atom feed: one entry for each."""
    snapshot = requests.snapshot()
    span = snapshot.book.rules.span
    moved = lines(shifts(snapshot, span.first, span.horizon))
    found = groupby(moved, key=lambda shift: shift.day)
    days = [(day, list(group)) for day, group in found]
    xml = render_template(
        "feeds/changes.xml",
        lang=lang,
        days=days[::-1],
        version=snapshot.version,
        shown=lambda shift: what_is_shown(snapshot, shift.situations, lang),
    )
    return Response(xml, content_type="application/atom+xml; charset=utf-8")
