"""Readings above the words of a page, from the glossary and the list of readings, put in while rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from assistant.content.markup import ruby
from assistant.content.reading import read_toml
from assistant.content.wording import Term
from assistant.domain.faults import Fault

_KANJI: Final = re.compile("[一-鿿々]")
_PIECE: Final = re.compile(r"<(ruby|option|textarea|select|svg|title|script)\b.*?</\1>|<[^>]+>", re.DOTALL)
_KANA: Final = re.compile("[ぁ-んァ-ヶー]*")
_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


class Furigana:
    """The words that get a reading, the longest first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._readings = {word: reading for word, reading in words.items() if _KANJI.search(word)}
        ordered = sorted(self._readings, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

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
        return head + ruby(word[len(head) :], reading[len(head) :])


def load_furigana(root: Path, glossary: Iterable[Term], faults: list[Fault]) -> Furigana:
    """Load ``readings.toml`` and join it with the readings of ``glossary``."""
    file = read_toml(root, root / "readings.toml", faults)
    listed = file.data.get("readings", {}) if file else {}
    terms = {term.ja: term.reading for term in glossary if "(" not in term.ja and not term.ja[:1].isdigit()}
    for word, reading in listed.items():
        if not isinstance(reading, str) or _KANJI.search(reading):
            faults.append(Fault("readings.toml", 1, f"the reading of {word!r} is not in kana", "write it in hiragana"))
    return Furigana({**{word: str(reading) for word, reading in listed.items()}, **terms})
