"""Catalogs: both languages complete, nothing fuzzy, nothing empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from assistant.content.checks.reader_texts import Text
from assistant.content.entries import LANGS
from assistant.domain.faults import Fault


def catalog_faults(directory: Path) -> Iterator[Fault]:
    """Name every message of ``<lang>/LC_MESSAGES/messages.po`` that has no translation, or a guessed one."""
    for lang in LANGS:
        path = directory / lang / "LC_MESSAGES" / "messages.po"
        name = f"translations/{path.relative_to(directory).as_posix()}"
        if not path.is_file():
            yield Fault(name, 1, "the catalog is missing", "run make i18n")
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=lang)
        for message in catalog:
            if not message.id:
                continue
            if not message.string:
                yield Fault(name, message.lineno or 1, f"{message.id!r} has no translation", "write its msgstr")
            elif message.fuzzy:
                yield Fault(name, message.lineno or 1, f"{message.id!r} is marked fuzzy", "check it, drop the mark")
            elif _variables(str(message.id)) != _variables(str(message.string)):
                yield Fault(name, message.lineno or 1, f"{message.id!r}: other %(…)s than the text", "use the same")


def catalog_texts(directory: Path) -> Iterator[Text]:
    """Yield every translated message, for the checks that hold for any text a reader sees."""
    for lang in LANGS:
        path = directory / lang / "LC_MESSAGES" / "messages.po"
        if not path.is_file():
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=lang)
        name = f"translations/{path.relative_to(directory).as_posix()}"
        for message in catalog:
            if message.id and message.string:
                id = str(message.id)
                yield Text(name, message.lineno or 1, "message", lang, str(message.string), id, sourced=True)


def _variables(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}
