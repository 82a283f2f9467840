"""The front page: a guided conversation. Nothing said is kept; what was understood travels on as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assistant.answers.answer import asking_for
from assistant.conversation.reply import Reply, opened, whom_to_call
from assistant.conversation.state import Dialogue
from assistant.conversation.state_edits import taken_back
from assistant.conversation.turn import by_rules, take_turn
from assistant.domain.vocabulary import CHOICES
from assistant.language.utterance import MAX_TEXT
from assistant.web.http import day_fields, request_facts, talk_address, usage_events
from assistant.web.http.locale import PREFIX, preferred
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.words import labels

bp = Blueprint("home", __name__)

#: A module of ours asks for the new turn alone and appends it to the page.
FRAGMENT = "X-Turn"


@bp.get("/")
def front() -> Response:
    """Send the reader to the language that the browser asks for."""
    response = redirect(url_for("home.home", lang=preferred(request)))
    response.vary.add("Accept-Language")
    return response


@bp.get(f"{PREFIX}/")
def home(lang: str) -> str:
    """Show the chat box and the ways on."""
    return opening(lang, "pages/home.html")


@bp.post(f"{PREFIX}/")
def say(lang: str) -> tuple[str, int]:
    """Reply to a sentence, to an answer, or to the wish to change an answer."""
    return reply(lang, "pages/home.html")


def opening(lang: str, template: str) -> str:
    """Return the page on which a conversation begins, or goes on from the codes of its address."""
    asking = request_facts.lenient(request.args, today())
    turn = talk_address.told(asking.voice, lang) if talk_address.NAME in request.args else None
    talk_address.keep(turn)
    said: dict[str, Any] = {"asking": asking, "turn": turn, "mistake": "", "resumed": turn is not None}
    said |= {"framed": template == "pages/widget.html", "entries": request_facts.snapshot().entries}
    return render_template(template, lang=lang, **said)


def reply(lang: str, template: str, *, framed: bool = False) -> tuple[str, int]:
    """Return the page after this request's turn, or the turn alone; ``framed`` keeps its forms inside the widget."""
    form, wrong_day = day_fields.joined(request.form)
    asking = request_facts.lenient(form, today())
    text = request.form.get("text", "")[:MAX_TEXT]
    if any(mistake.fact == "city" for mistake in asking.mistakes):
        abort(400)
    said: dict[str, Any] = {"asking": asking, "turn": None, "mistake": "", "answered": "", "part": "", "framed": framed}
    said |= {"ticked": request_facts.ticked(form), "sent": form}
    if text.strip():
        said["turn"] = take_turn(
            request_facts.snapshot(), text, lang, asking.voice, asking.facts, today(), asking.dialogue
        )
    else:
        said |= _pressed(lang, asking, form, wrong_day)
    if not (said["part"] or said["mistake"]):
        usage_events.replied(said["turn"], lang, asking.voice)
    talk_address.keep(said["turn"])
    alone = request.headers.get(FRAGMENT) == "1"
    page = render_template(
        "components/turn.html" if alone else template, lang=lang, entries=request_facts.snapshot().entries, **said
    )
    return page, 400 if said["mistake"] and not alone else 200


def _pressed(lang: str, asking: request_facts.Asking, form: MultiDict[str, str], wrong_day: str) -> Mapping[str, Any]:
    """Return the turn that follows a button: an answer, the wish to be asked again, an edit taken back, or a part."""
    snapshot, change, step, undo = (
        request_facts.snapshot(),
        form.get("change", ""),
        form.get("step", ""),
        form.get("undo", ""),
    )
    dialogue = asking.dialogue or Dialogue()
    facts = asking.facts
    if change in (*CHOICES, "presented"):
        question = asking_for(snapshot, facts, change, asking.voice, lang)
        return {"turn": opened(Reply(kind=question.kind, facts=facts, answer=question, dialogue=dialogue))}
    if "city" in form:
        dialogue = replace(dialogue, city=asking.city)
        contact = whom_to_call(snapshot, facts, dialogue, lang)
        return {"turn": Reply(kind="contact", facts=facts, dialogue=dialogue, contact=contact)}
    if (known := dialogue.facts_of(form.get("who", ""))) is not None:
        facts, dialogue = known, dialogue.turning_to(form["who"], facts)
    if undo:
        facts = taken_back(
            facts, undo, request_facts.lenient(MultiDict(parse_qsl(form.get("before", ""))), today()).facts
        )
    turn = by_rules(snapshot, facts, asking.voice, lang, dialogue)
    if form.get("part") in labels.PARTS and turn.kind == "outcome":
        return {"turn": turn, "part": form["part"]}
    if undo:
        return {"turn": turn}
    if wrong_day:
        question = asking_for(snapshot, facts, step, asking.voice, lang)
        turn = opened(Reply(kind=question.kind, facts=facts, answer=question, dialogue=dialogue))
        return {"turn": turn, "mistake": wrong_day}
    if request_facts.answered(facts, step):
        return {"turn": turn, "answered": step}
    if step and turn.kind == "question":
        missed = "both" if request_facts.ticked(form) else "day" if day_fields.target(step) else "answer"
        return {"turn": turn, "mistake": missed}
    return {"mistake": "text", "turn": talk_address.last_shown(snapshot, facts, dialogue, asking.voice, lang)}
