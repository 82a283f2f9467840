"""Languages: the address alone decides; only ``/`` asks the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Request, request

from assistant.content.entries import LANGS

#: The first part of every page's address.
PREFIX: Final = "/<any(ja, en):lang>"


def current() -> str:
    """Return the language of the page being made."""
    lang = (request.view_args or {}).get("lang") or request.path.split("/")[1]
    return lang if lang in LANGS else preferred(request)


def preferred(req: Request) -> str:
    """Return the language that the browser asks for; Japanese when it asks for neither."""
    return req.accept_languages.best_match(LANGS) or LANGS[0]


def require_catalogs(directory: Path) -> None:
    """Refuse to start without compiled catalogs; raises `RuntimeError` with the command that makes them."""
    for lang in LANGS:
        if not (directory / lang / "LC_MESSAGES" / "messages.mo").is_file():
            raise RuntimeError(f"no compiled catalog for {lang!r} in {directory}; run make setup")
