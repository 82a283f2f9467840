"""Languages: the address alone decides; only ``/`` asks the browser."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from babel.support import NullTranslations, Translations
from flask import Request, g, has_request_context, request
from flask_babel import Domain

from assistant import paths
from assistant.content.entries import LANGS

#: The first part of every page's address.
PREFIX: Final = "/<any(ja, en):lang>"


class Catalogs(Domain):  # type: ignore[misc]
    """The compiled catalogs below a directory, each read once; the language is the one of the page being made."""

    def __init__(self, directory: Path = paths.TRANSLATIONS) -> None:
        """Read nothing yet: the commands that make catalogs import this too."""
        super().__init__()
        self._directory = directory
        self._read: dict[str, Translations] = {}

    def of(self, lang: str) -> Translations:
        """Return a catalog; raises `RuntimeError` with the command that makes it."""
        if lang not in self._read:
            try:
                with (self._directory / lang / "LC_MESSAGES" / "messages.mo").open("rb") as file:
                    self._read[lang] = Translations(file)
            except FileNotFoundError:
                raise RuntimeError(f"no compiled catalog for {lang!r} in {self._directory}; run make setup") from None
            except (OSError, ValueError, struct.error):
                raise RuntimeError(
                    f"the catalog for {lang!r} in {self._directory} is damaged; run make -B setup"
                ) from None
        return self._read[lang]

    def get_translations(self) -> NullTranslations:
        """Return the catalog of the page being made; outside of a request nothing is translated."""
        return self.of(current()) if has_request_context() else NullTranslations()


CATALOGS: Final = Catalogs()
lazy_gettext: Final = CATALOGS.lazy_gettext


def current() -> str:
    """Return the language of the page being made."""
    found: str | None = g.get("lang")
    if found is None:
        wanted = (request.view_args or {}).get("lang") or request.path.split("/")[1]
        found = g.lang = wanted if wanted in LANGS else preferred(request)
    return found


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Make what stands in this block in ``lang``, whatever the language of the page is."""
    before, g.lang = current(), lang
    try:
        yield
    finally:
        g.lang = before


def preferred(req: Request) -> str:
    """Return the language that the browser asks for; Japanese when it asks for neither."""
    return req.accept_languages.best_match(LANGS) or LANGS[0]
