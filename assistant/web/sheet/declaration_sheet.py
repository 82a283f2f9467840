"""The declaration of insured status, ready to print and to be filled in by hand. Nothing on it can be typed."""

from __future__ import annotations

from flask import Blueprint, request

from assistant.answers.answer import answer
from assistant.answers.kinds import OutcomeAnswer
from assistant.content.sources import cited
from assistant.domain.vocabulary import UNKNOWN
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.words.bilingual_labels import paper_day

bp = Blueprint("declaration", __name__)


@bp.get(f"{PREFIX}/form")
def form(lang: str) -> str | tuple[str, int]:
    """Show the sheet for the facts of the address, blank without facts; where the outcome names no declaration, why."""
    asking = request_facts.lenient(request.args, today())
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    snapshot, facts = request_facts.snapshot(), asking.facts
    found = answer(snapshot, facts, asking.voice, lang) if facts.presented else None
    sheet = snapshot.declaration
    return render_template(
        "pages/declaration.html",
        lang=lang,
        answer=found,
        back=request_facts.way_back(lang, asking, today()),
        wanted=found is None or (isinstance(found, OutcomeAnswer) and found.outcome.declares),
        sheet=sheet,
        stated={fact: value for fact, value in facts.stated.items() if value != UNKNOWN} if found else {},
        day=paper_day(facts.visit_date)["ja"] if found else "",
        sources=cited(snapshot.sources, sheet.sources),
    )
