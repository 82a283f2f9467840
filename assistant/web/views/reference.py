"""Pages to read: the rules by day, the sources, and what this site is."""

from __future__ import annotations

from flask import Blueprint, current_app, request

from assistant.answers.row_words import conditions
from assistant.domain.decision_table import Row
from assistant.domain.facts import BadFact, iso_date
from assistant.domain.vocabulary import CONFIDENCES
from assistant.presentation.table_graph import svg
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.words import labels

bp = Blueprint("reading", __name__)

#: Pages that are words and nothing else, one template each.
PLAIN = ("about", "privacy", "accessibility", "professionals")


@bp.get(f"{PREFIX}/rules")
def rules(lang: str) -> tuple[str, int]:
    """Show the tables with the rows in force on a day, all or one, of any confidence or one."""
    snapshot = request_facts.snapshot()
    book = snapshot.book
    day, mistake = today(), None
    try:
        day = iso_date("on", request.args["on"]) if request.args.get("on") else day
    except BadFact as bad:
        mistake = bad
    only, sure = request.args.get("table", ""), request.args.get("confidence", "")
    tables = [
        (table, book.about[table.name], [row for row in table.rows if row.in_force(day) and _wanted(row, sure)])
        for table in book.rules.tables.values()
        if only in ("", table.name)
    ]
    page = render_template(
        "pages/rules.html",
        lang=lang,
        day=day,
        span=book.rules.span,
        tables=[found for found in tables if found[2]],
        names=book.about,
        only=only,
        sure=sure,
        picture=svg(book, lang),
        told=lambda row: conditions(row, snapshot.words, snapshot.phrases, book.about, lang),
        mistake=mistake,
    )
    return page, 400 if mistake else 200


def _wanted(row: Row, confidence: str) -> bool:
    return confidence not in CONFIDENCES or (bool(row.basis) and row.confidence == confidence)


@bp.get(f"{PREFIX}/sources")
def sources(lang: str) -> str:
    """List every source with its dates."""
    return render_template("pages/sources.html", lang=lang, sources=request_facts.snapshot().sources.values())


@bp.get(f"{PREFIX}/<any(about, privacy, accessibility, professionals):name>")
def plain(lang: str, name: str) -> str:
    """Show one of the plain pages."""
    operator = current_app.extensions["settings"].operator
    return render_template(f"pages/{name}.html", lang=lang, tested_on=labels.TESTED_ON, operator=operator)
