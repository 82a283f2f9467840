"""Languages: the address alone decides; only ``/`` asks the browser."""

from __future__ import annotations

import struct
from gettext import GNUTranslations
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
    """Refuse to start without whole compiled catalogs; raises `RuntimeError` with the command that makes them."""
    for lang in LANGS:
        try:
            with (directory / lang / "LC_MESSAGES" / "messages.mo").open("rb") as file:
                GNUTranslations(file)
        except FileNotFoundError:
            raise RuntimeError(f"no compiled catalog for {lang!r} in {directory}; run make setup") from None
        except (OSError, ValueError, struct.error):
            raise RuntimeError(f"the catalog for {lang!r} in {directory} is damaged; run make -B setup") from None
