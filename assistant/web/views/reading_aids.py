"""Reading aids: size of the text and furigana. An address can ask for furigana; a cookie of closed codes keeps both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Flask, g, redirect, request
from werkzeug.wrappers import Response

from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX, current
from assistant.web.jinja.environment import url_for
from assistant.web.jinja.helpers import elsewhere

bp = Blueprint("aids", __name__)

SIZES: Final = ("100", "125", "150")
_COOKIE: Final = "aids"
_YEAR: Final = 365 * 24 * 3600
_MAIN: Final = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)
_LOCAL: Final = re.compile(r"/(?:ja|en)/[\w\-./?=&%:]*")


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader has chosen: size of the text in percent, and whether kanji have readings."""

    size: str = SIZES[0]
    furigana: bool = False

    @property
    def code(self) -> str:
        """The choice as the cookie holds it, for example ``125.1``."""
        return f"{self.size}.{int(self.furigana)}"


def chosen() -> Aids:
    """Return the aids of this request: the cookie's, and what the address asks for."""
    found: Aids | None = g.get("aids")
    if found is None:
        size, _, furigana = request.cookies.get(_COOKIE, "").partition(".")
        wanted = request.args.get("furigana", furigana)
        found = g.aids = Aids(size if size in SIZES else SIZES[0], wanted == "1")
    return found


@bp.get(f"{PREFIX}/aids")
def choose(lang: str) -> Response:
    """Keep a choice and go back to the page it was made on."""
    now = chosen()
    size = request.args.get("size", now.size)
    kept = Aids(size if size in SIZES else now.size, now.furigana)
    back = request.args.get("back", "")
    # Only to our own pages: «//» would lead a browser to another host.
    response = redirect(back if _LOCAL.fullmatch(back) and "//" not in back else f"/{lang}/")
    response.set_cookie(_COOKIE, kept.code, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def set_up(app: Flask) -> None:
    """Give the pages of ``app`` their aids."""

    @app.context_processor
    def aids_context() -> dict[str, Any]:
        lang = current()
        return {
            "aids": chosen(),
            "sizes": SIZES,
            "larger": SIZES[min(SIZES.index(chosen().size) + 1, len(SIZES) - 1)],
            "choosing": f"{url_for('aids.choose', lang=lang)}?back={quote(elsewhere()[lang], '/?')}",
        }

    @app.after_request
    def read_over(response: Response) -> Response:
        if response.mimetype != "text/html" or request.endpoint == "static":
            return response
        response.vary.add("Cookie")
        if current() == "ja" and chosen().furigana and not response.is_streamed:
            html, over = response.get_data(as_text=True), request_facts.snapshot().furigana.over
            whole = "<main" in html  # a turn sent alone has no frame around it
            told = _MAIN.sub(lambda match: match[1] + over(match[2]) + match[3], html, count=1) if whole else over(html)
            response.set_data(told)
        return response
