"""The widget: the conversation on a small page that other sites may frame, and a script that puts it into theirs."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from assistant import paths
from assistant.web.http.locale import PREFIX
from assistant.web.views import chat

bp = Blueprint("widget", __name__)


@bp.get(f"{PREFIX}/widget")
def page(lang: str) -> str:
    """Show the box for a question."""
    return chat.opening(lang, "pages/widget.html")


@bp.post(f"{PREFIX}/widget")
def say(lang: str) -> tuple[str, int]:
    """Reply inside the frame."""
    return chat.reply(lang, "pages/widget.html", framed=True)


@bp.get("/embed.js")
def script() -> Response:
    """Send the script that inserts the frame."""
    return send_from_directory(paths.STATIC / "js", "embed.js", mimetype="text/javascript", max_age=3600)
