"""The front page: the chat box, and what is replied to a sentence."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assistant.conversation.turn import take_turn
from assistant.web import requests
from assistant.web.clock import today
from assistant.web.locale import PREFIX, preferred

bp = Blueprint("home", __name__)

MAX_TEXT = 1_500


@bp.get("/")
def front() -> Response:
    """Send the reader to the language that the browser asks for."""
    response = redirect(url_for("home.home", lang=preferred(request)))
    response.vary.add("Accept-Language")
    return response


@bp.get(f"{PREFIX}/")
def home(lang: str) -> str:
    """Show the chat box and the ways on."""
    asking = requests.lenient(request.args, today())
    return render_template("pages/home.html", lang=lang, asking=asking, turn=None, empty=False)


@bp.post(f"{PREFIX}/")
def say(lang: str) -> str | tuple[str, int]:
    """Reply to a sentence. It is turned into codes and dropped: the page that answers does not hold it."""
    asking = requests.lenient(request.form, today())
    text = request.form.get("text", "")[:MAX_TEXT]
    if not text.strip():
        return render_template("pages/home.html", lang=lang, asking=asking, turn=None, empty=True), 400
    snapshot = requests.snapshot()
    turn = take_turn(snapshot, text, lang, asking.voice, asking.facts, today())
    return render_template(
        "pages/home.html", lang=lang, asking=asking, turn=turn, entries=snapshot.entries, empty=False
    )
