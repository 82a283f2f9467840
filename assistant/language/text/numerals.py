"""Numbers as people write them: full-width digits and kanji numerals."""

from __future__ import annotations

import re
from typing import Final

KANJI_DIGITS: Final = "〇零一二三四五六七八九"
NUMBER: Final = f"(?:[0-9０-９]{{1,4}}|[{KANJI_DIGITS}十百]{{1,5}})"
"""A pattern for one number of up to four digits, in either writing."""

_VALUE: Final = {"〇": 0, "零": 0, **{kanji: n for n, kanji in enumerate("一二三四五六七八九", start=1)}}
_UNIT: Final = {"十": 10, "百": 100}
_BEFORE_A_COUNTER: Final = re.compile(
    f"[{KANJI_DIGITS}十百]{{1,5}}(?=年|月|日|歳|才|割|か月|ヶ月|ケ月|カ月|ヵ月|箇月|週|回|代|桁|けた|円|人|に(?:なり|なっ|なる))"
    "|(?<![十百千万])[五六七八九]十[一二三四五六七八九]?(?![十百千万])"
)


def to_int(writing: str) -> int:
    """Return the number written as ``31``, ``３１``, ``三十一`` or ``三一``; raise ``ValueError`` otherwise."""
    if writing.isdecimal():
        return int(writing)
    if not set(writing) & set(_UNIT):
        return int("".join(str(_digit(character)) for character in writing))
    total, pending = 0, None
    for character in writing:
        if character in _UNIT:
            total += _UNIT[character] * (1 if pending is None else pending)
            pending = None
        elif pending is not None:
            raise ValueError(f"{writing!r} is not a number")
        else:
            pending = _digit(character)
    return total + (pending or 0)


def _digit(character: str) -> int:
    try:
        return _VALUE[character]
    except KeyError:
        raise ValueError(f"{character!r} is not a digit") from None


def with_digits(text: str) -> str:
    """Return ``text`` with kanji numerals before a counter (年, 歳, 割 …), and those an age may be, in digits."""
    return _BEFORE_A_COUNTER.sub(_as_digits, text)


def _as_digits(match: re.Match[str]) -> str:
    try:
        return str(to_int(match[0]))
    except ValueError:
        return match[0]
