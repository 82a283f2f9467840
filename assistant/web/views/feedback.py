"""«Was this helpful?»: two buttons tied to an answer. The form holds the answer's codes, and no box to write in."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from assistant.answers.answer import answer
from assistant.answers.kinds import Answer, OutcomeAnswer
from assistant.usage.codes import OPINIONS
from assistant.web.http import request_facts, usage_events
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.jinja.helpers import hidden_facts

bp = Blueprint("helpful", __name__)


@bp.post(f"{PREFIX}/helpful")
def judge(lang: str) -> Response | tuple[str, int, dict[str, str]]:
    """Record an opinion and go to the thanks, or say that it was not recorded."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)  # another site's page pressed the button
    opinion = request.form.get("helpful", "")
    about = _about(lang)
    if opinion not in OPINIONS or about is None:
        abort(400)
    if usage_events.judged(about, lang, opinion):
        told = [("entry", about)] if isinstance(about, str) else hidden_facts(about.asked.facts, about.asked.voice)
        return redirect(f"{url_for('helpful.thanks', lang=lang)}?{urlencode(told)}", 303)
    page = render_template("pages/helpful.html", lang=lang, recorded=False, back=_address(lang, about))
    return page, 503, {"Retry-After": "30", "Cache-Control": "no-store"}


@bp.get(f"{PREFIX}/helpful")
def thanks(lang: str) -> str:
    """Say thank you, and lead back to the answer."""
    return render_template("pages/helpful.html", lang=lang, recorded=True, back=_address(lang, _about(lang)))


def _about(lang: str) -> Answer | str | None:
    """Return the answer of the facts that were sent, or the id of the entry; ``None`` when there is neither."""
    sent = request.form if request.method == "POST" else request.args
    snapshot = request_facts.snapshot()
    if "entry" in sent:
        return sent["entry"] if (sent["entry"], lang) in snapshot.entries else None
    asking = request_facts.lenient(sent, today())
    found = None if asking.mistakes else answer(snapshot, asking.facts, asking.voice, lang)
    return found if isinstance(found, OutcomeAnswer) else None


def _address(lang: str, about: Answer | str | None) -> str:
    if about is None:
        return url_for("home.home", lang=lang)
    return url_for("faq.entry", lang=lang, id=about) if isinstance(about, str) else about.asked.page
