"""An outcome to take along: its address as a QR code, by LINE or mail, and the days that it ends with as a calendar."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from assistant.answers.answer import answer
from assistant.answers.kinds import OutcomeAnswer
from assistant.clock import now
from assistant.content.sources import cited
from assistant.presentation import icalendar
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template, url_for
from assistant.web.sheet.counter_sheet import absolute, qr_code
from assistant.web.words import labels
from assistant.web.words.due_days import Due, due_of, limits_of

bp = Blueprint("share", __name__)

#: Where LINE takes an address to be sent on. Nothing is asked of it before somebody follows the link.
_LINE: Final = "https://social-plugins.line.me/lineit/share?url="


@bp.get(f"{PREFIX}/share")
def page(lang: str) -> str | AnyResponse | tuple[str, int]:
    """Show the ways to pass an outcome on, and the days to remember; without an outcome, go to the check."""
    asking = request_facts.lenient(request.args, today())
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    found = answer(request_facts.snapshot(), asking.facts, asking.voice, lang, asking.city)
    if not isinstance(found, OutcomeAnswer):
        return redirect(found.asked.page)
    address, due = absolute(found.asked.page), due_of(found)
    return render_template(
        "pages/share.html",
        lang=lang,
        answer=found,
        address=address,
        code=qr_code(address),
        line=_LINE + quote(address, safe=""),
        body=quote(f"{labels.PASSED_ON}\n{address}", safe=""),
        due=due,
        sources=cited(request_facts.snapshot().sources, [id for it in due for id in it.words.sources]),
        query=found.asked.page.partition("?")[2],
    )


@bp.get(f"{PREFIX}/share/days.ics")
def days(lang: str) -> Response:
    """Send the days to remember as a calendar file; there is none (404) where nothing ends."""
    asking = request_facts.lenient(request.args, today())
    found = answer(request_facts.snapshot(), asking.facts, asking.voice, lang, asking.city)
    due = due_of(found) if isinstance(found, OutcomeAnswer) and not asking.mistakes else []
    return _calendar(due, absolute(found.asked.page), lang)


@bp.get(f"{PREFIX}/faq/<id>/days.ics")
def limits(lang: str, id: str) -> Response:
    """Send the limits that an entry states, reckoned from the days of the address; there is none (404) without them."""
    asking = request_facts.lenient(request.args, today())
    due = [it.due for it in limits_of(id, asking.facts, request.args) if it.due]
    return _calendar(due, absolute(url_for("faq.entry", lang=lang, id=id)), lang)


def _calendar(due: list[Due], url: str, lang: str) -> Response:
    if not due:
        raise NotFound
    events = [
        icalendar.Event(f"{it.kind}-{it.day:%Y%m%d}@madoguchi", it.day, it.words.title[lang], it.words.text[lang], url)
        for it in due
    ]
    response = Response(icalendar.calendar(events, lang, now()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="madoguchi.ics"'
    return response
