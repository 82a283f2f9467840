"""Readings above the words of a page, from the glossary and the list of readings, put in while rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from assistant.content.fact_words import Term
from assistant.content.prose.markdown import ruby
from assistant.content.toml_file import read_toml
from assistant.domain.faults import Fault

_KANJI: Final = re.compile("[一-鿿々]")
_TABLES: Final = ("readings", "alone", "counted")
_PIECE: Final = re.compile(r"<(ruby|option|textarea|select|svg|title|script)\b.*?</\1>|<[^>]+>", re.DOTALL)
_KANA: Final = re.compile("[ぁ-んァ-ヶー]*")
#: Figures after which a day has its regular reading, and an age.
_AFTER: Final = {"日": "(?<=1[1-35-9]|2[1-35-9]|3[01])", "歳": r"(?<=\d)(?<!20)"}
_NONE: Final[Mapping[str, str]] = {}
_ENDING: Final = re.compile("[ぁ-ん）]*$")
_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


class Furigana:
    """The words that get a reading, the longest first.

    Those of ``alone`` get it where neither kanji nor digit stands before them, those of ``counted`` after a figure.
    """

    def __init__(
        self, words: Mapping[str, str], alone: Mapping[str, str] = _NONE, counted: Mapping[str, str] = _NONE
    ) -> None:
        self._readings = {
            word: reading for word, reading in {**counted, **alone, **words}.items() if _KANJI.search(word)
        }
        patterns = {word: re.escape(word) for word in self._readings}
        patterns |= {word: rf"(?<![一-鿿々\d]){re.escape(word)}" for word in alone}
        patterns |= {word: _AFTER.get(word, r"(?<=\d)") + re.escape(word) for word in counted}
        ordered = sorted(self._readings, key=len, reverse=True)
        self._words = re.compile("|".join(patterns[word] for word in ordered) or r"(?!)")

    def over(self, html: str) -> str:
        """Return ``html`` with readings over its words; tags, attributes and words that have one stay."""
        pieces, last = [], 0
        for tag in _PIECE.finditer(html):
            pieces += [self._words.sub(self._read, html[last : tag.start()]), tag[0]]
            last = tag.end()
        return "".join((*pieces, self._words.sub(self._read, html[last:])))

    def _read(self, match: re.Match[str]) -> str:
        word, reading = match[0], self._readings[match[0]]
        start = _KANA.match(word)
        head = start[0] if start and reading.startswith(start[0].translate(_TO_HIRAGANA)) else ""
        end = _ENDING.search(word)
        tail = end[0] if end and reading.endswith(end[0]) else ""
        cut = len(tail)
        return head + ruby(word[len(head) : len(word) - cut], reading[len(head) : len(reading) - cut]) + tail


def load_furigana(root: Path, glossary: Iterable[Term], faults: list[Fault]) -> Furigana:
    """Load ``readings.toml`` and join it with the readings of ``glossary``."""
    file = read_toml(root, root / "readings.toml", faults)
    tables: dict[str, dict[str, Any]] = {it: file.data.get(it, {}) if file else {} for it in _TABLES}
    terms = {term.ja: term.reading for term in glossary if "(" not in term.ja and not term.ja[:1].isdigit()}
    for word, reading in (pair for table in tables.values() for pair in table.items()):
        if not isinstance(reading, str) or _KANJI.search(reading):
            faults.append(Fault("readings.toml", 1, f"the reading of {word!r} is not in kana", "write it in hiragana"))
    listed, alone, counted = ({word: str(reading) for word, reading in table.items()} for table in tables.values())
    return Furigana({**listed, **terms}, alone, counted)
