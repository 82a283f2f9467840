"""The check: one question a page, answers in the address, one answer changed at a time."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from assistant.answers.answer import answer, options
from assistant.answers.kinds import OutcomeAnswer, address
from assistant.domain.vocabulary import CHOICES
from assistant.web.http import day_fields, request_facts, usage_events
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template

bp = Blueprint("check", __name__)

#: Facts that a reader can change on a page of their own.
CHANGEABLE = ("visit_date", "presented", *CHOICES)


@bp.get(f"{PREFIX}/check")
def check(lang: str) -> str | Response | tuple[str, int]:
    """Show the answer for the facts of the address, or the next question."""
    query, wrong_day = day_fields.joined(request.args)
    asking = request_facts.lenient(query, today())
    change = query.get("change", "")
    step = query.get("step", "")
    if [mistake.fact for mistake in asking.mistakes] == ["presented"] and (
        ticked := request_facts.ticked(request.args)
    ):
        again = answer(request_facts.snapshot(), asking.facts, asking.voice, lang, asking.city)
        return render_template("pages/check.html", answer=again, lang=lang, mistake="both", ticked=ticked), 400
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    if wrong_day:
        return _question(lang, asking, step, wrong_day), 400
    if change in CHANGEABLE:
        return _question(lang, asking, change)
    if step and (step == "visit_date" or request_facts.answered(asking.facts, step)):
        return redirect(address(lang, asking.facts, asking.voice, city=asking.city))
    found = answer(request_facts.snapshot(), asking.facts, asking.voice, lang, asking.city)
    usage_events.answered(found)
    if found.kind == "question" and step in CHANGEABLE:
        missed = "day" if day_fields.target(step) else "answer"
        return render_template("pages/check.html", answer=found, lang=lang, mistake=missed), 400
    easy = lang == "ja" and asking.voice == "patient" and query.get("easy") == "1"
    if easy and isinstance(found, OutcomeAnswer):
        found = found.in_easy()
    return render_template("pages/check.html", answer=found, lang=lang, mistake="", easy=easy)


def _question(lang: str, asking: request_facts.Asking, fact: str, mistake: str = "") -> str:
    snapshot = request_facts.snapshot()
    return render_template(
        "pages/change.html",
        asking=asking,
        fact=fact,
        words=snapshot.words[fact],
        mistake=mistake,
        sent=request.args,
        options=() if fact == "visit_date" else options(snapshot, fact, lang),
        lang=lang,
    )
