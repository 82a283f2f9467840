"""Pages to read: the rules by day, the sources, and what this site is."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from assistant.domain.facts import BadFact, iso_date
from assistant.web import requests
from assistant.web.clock import today
from assistant.web.locale import PREFIX

bp = Blueprint("reading", __name__)

#: Pages that are words and nothing else, one template each.
PLAIN = ("about", "privacy", "accessibility")


@bp.get(f"{PREFIX}/rules")
def rules(lang: str) -> tuple[str, int]:
    """Show every table with the rows in force on a day."""
    book = requests.snapshot().book
    day, mistake = today(), None
    try:
        day = iso_date("on", request.args["on"]) if request.args.get("on") else day
    except BadFact as bad:
        mistake = bad
    tables = [
        (table, book.about[table.name], [row for row in table.rows if row.in_force(day)])
        for table in book.rules.tables.values()
    ]
    page = render_template("pages/rules.html", lang=lang, day=day, span=book.rules.span, tables=tables, mistake=mistake)
    return page, 400 if mistake else 200


@bp.get(f"{PREFIX}/sources")
def sources(lang: str) -> str:
    """List every source with its dates."""
    return render_template("pages/sources.html", lang=lang, sources=requests.snapshot().sources.values())


@bp.get(f"{PREFIX}/<any(about, privacy, accessibility):name>")
def plain(lang: str, name: str) -> str:
    """Show one of the plain pages."""
    return render_template(f"pages/{name}.html", lang=lang)
