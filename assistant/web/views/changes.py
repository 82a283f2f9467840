"""What a desk does differently from which morning: a page by day, and an Atom feed."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, request

from assistant.answers.changes_in_words import in_words, lines, shifts, what_is_shown
from assistant.domain.facts import BadFact
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_facts import period
from assistant.web.jinja.environment import render_template

bp = Blueprint("changes", __name__)


@bp.get(f"{PREFIX}/changes")
def page(lang: str) -> tuple[str, int]:
    """Show the change days, newest first, and the situations that move."""
    snapshot = request_facts.snapshot()
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
    snapshot = request_facts.snapshot()
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
