"""The desk: everything on one screen, the verdict beside it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from assistant.conversation.answer import answer, options
from assistant.domain.vocabulary import CHOICES
from assistant.web import requests
from assistant.web.clock import today
from assistant.web.locale import PREFIX

bp = Blueprint("desk", __name__)

#: The questions that are always on the screen; the others stand below, folded.
FIRST = ("scheme", "facility", "check_result", "known_patient")


@bp.get(f"{PREFIX}/desk")
def desk(lang: str) -> tuple[str, int]:
    """Show the form and, once something is shown, the verdict."""
    asking = replace(requests.lenient(request.args, today()), voice="desk")
    snapshot = requests.snapshot()
    page = render_template(
        "pages/desk.html",
        asking=asking,
        answer=answer(snapshot, asking.facts, "desk", lang) if asking.facts.presented else None,
        words=snapshot.words,
        items=options(snapshot, "presented", lang),
        first=[(fact, options(snapshot, fact, lang)) for fact in FIRST],
        rest=[(fact, options(snapshot, fact, lang)) for fact in CHOICES if fact not in (*FIRST, "age_band")],
        lang=lang,
    )
    return page, 400 if asking.mistakes else 200
