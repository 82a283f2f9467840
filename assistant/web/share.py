"""An outcome to take along: its address as a QR code, by LINE or mail, and the days that it ends with as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from assistant.content.reminders import Reminder
from assistant.content.sources import cited
from assistant.conversation.answer import OutcomeAnswer, answer
from assistant.domain.limits import last_day_of_years
from assistant.web import icalendar, requests
from assistant.web.clock import now, today
from assistant.web.locale import PREFIX
from assistant.web.rendering import render_template
from assistant.web.sheet import absolute, qr_code

bp = Blueprint("share", __name__)

#: Where LINE takes an address to be sent on. Nothing is asked of it before somebody follows the link.
_LINE: Final = "https://social-plugins.line.me/lineit/share?url="
#: How long a refund can be claimed, in years; the words and sources stand in ``reminders.toml``.
_CLAIM_YEARS: Final = 2


class Due(NamedTuple):
    """A day to remember, and what ends on it."""

    kind: str
    day: date
    words: Reminder


@bp.get(f"{PREFIX}/share")
def page(lang: str) -> str | AnyResponse | tuple[str, int]:
    """Show the ways to pass an outcome on, and the days to remember; without an outcome, go to the check."""
    asking = requests.lenient(request.args, today())
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    found = answer(requests.snapshot(), asking.facts, asking.voice, lang, asking.city)
    if not isinstance(found, OutcomeAnswer):
        return redirect(found.asked.page)
    address, due = absolute(found.asked.page), list(_due(found))
    return render_template(
        "pages/share.html",
        lang=lang,
        answer=found,
        address=address,
        code=qr_code(address),
        line=_LINE + quote(address, safe=""),
        body=quote(address, safe=""),
        due=due,
        sources=cited(requests.snapshot().sources, [id for it in due for id in it.words.sources]),
        query=found.asked.page.partition("?")[2],
    )


@bp.get(f"{PREFIX}/share/days.ics")
def days(lang: str) -> Response:
    """Send the days to remember as a calendar file; there is none (404) where nothing ends."""
    asking = requests.lenient(request.args, today())
    found = answer(requests.snapshot(), asking.facts, asking.voice, lang, asking.city)
    due = list(_due(found)) if isinstance(found, OutcomeAnswer) and not asking.mistakes else []
    if not due:
        raise NotFound
    url = absolute(found.asked.page)
    events = [
        icalendar.Event(f"{it.kind}-{it.day:%Y%m%d}@madoguchi", it.day, it.words.title[lang], it.words.text[lang], url)
        for it in due
    ]
    response = Response(icalendar.calendar(events, lang, now()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="madoguchi.ics"'
    return response


def _due(found: OutcomeAnswer) -> Iterator[Due]:
    """Yield what ends after the visit: printed dates still to come, and the claim where a refund is possible."""
    facts, words = found.asked.facts, requests.snapshot().reminders
    for kind, day in facts.printed.items():
        if kind in words and day >= facts.visit_date:
            yield Due(kind, day, words[kind])
    if found.outcome.standing == "full_payment" and found.outcome.refund:
        yield Due("refund", last_day_of_years(facts.visit_date, _CLAIM_YEARS), words["refund"])
