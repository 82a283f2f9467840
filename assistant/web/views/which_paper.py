"""Which paper should I hold: one question a page, answers in the address."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from assistant.answers.kinds import address
from assistant.answers.paper_to_hold import holding
from assistant.domain.vocabulary import CHOICES
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template

bp = Blueprint("holding", __name__)


@bp.get(f"{PREFIX}/holding")
def page(lang: str) -> str | Response | tuple[str, int]:
    """Show which paper somebody should hold, or the next question."""
    asking = request_facts.lenient(request.args, today())
    step = request.args.get("step", "")
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    if step and step in asking.facts.stated:
        return redirect(address(lang, asking.facts, page="holding", city=asking.city))
    answer = holding(request_facts.snapshot(), asking.facts, lang, asking.city)
    nothing = answer.kind == "question" and step in CHOICES
    return render_template(
        "pages/holding.html", answer=answer, lang=lang, nothing_chosen=nothing
    ), 400 if nothing else 200
