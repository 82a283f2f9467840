"""Numbers and dates of a text in one form, so that two languages can be compared.

``2026年7月31日（令和8年7月31日）`` and ``31 July 2026`` are one date, ``3割`` and ``30%`` one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Figures = frozenset[str]
_Reader = Callable[[re.Match[str]], tuple[str, ...]]

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH: Final = "|".join(_MONTHS)
_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_ANY: Final = re.compile(rf"\d|{_MONTH}")
_ERA: Final = re.compile(r"(?:明治|大正|昭和|平成|令和)(?:元|\d+)年(?:\d{1,2}月)?(?:\d{1,2}日)?")


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1


def _clock(hour: int, minute: str | None) -> str:
    return f"{hour}:{int(minute or 0):02}"


def _value(text: str, times: float = 1) -> str:
    return f"{float(text.replace(',', '')) * times:g}"


_JA: Final[tuple[tuple[str, _Reader], ...]] = (
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", lambda m: (f"{m[1]}-{int(m[2])}-{int(m[3])}",)),
    (r"(\d{4})年(\d{1,2})月", lambda m: (m[1], f"month {int(m[2])}")),
    (r"(\d{1,2})月(\d{1,2})日", lambda m: (f"{int(m[1])}-{int(m[2])} of a year",)),
    (r"(\d{4})年度?", lambda m: (m[1],)),
    (r"午後(\d{1,2})時(?!間)(?:(\d{1,2})分)?", lambda m: (_clock(int(m[1]) % 12 + 12, m[2]),)),
    (r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)", lambda m: (_clock(int(m[1]), m[2]),)),
    (r"(\d{1,2})時(?!間)(?:(\d{1,2})分)?", lambda m: (_clock(int(m[1]), m[2]),)),
    (r"(?<!か)(\d{1,2})月", lambda m: (f"month {int(m[1])}",)),
    (r"(\d)[〜～-](\d)割", lambda m: (_value(m[1], 10), _value(m[2], 10))),
    (rf"({_NUMBER})割", lambda m: (_value(m[1], 10),)),
    (rf"({_NUMBER})億", lambda m: (_value(m[1], 100_000_000),)),
    (rf"({_NUMBER})万({_NUMBER})?", lambda m: (f"{float(_value(m[1], 10_000)) + float(_value(m[2] or '0')):g}",)),
    (rf"({_NUMBER})", lambda m: (_value(m[1]),)),
)
_EN: Final[tuple[tuple[str, _Reader], ...]] = (
    (rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})", lambda m: (f"{m[3]}-{_month(m[2])}-{int(m[1])}",)),
    (rf"({_MONTH}) (\d{{4}})", lambda m: (m[2], f"month {_month(m[1])}")),
    (rf"(\d{{1,2}}) ({_MONTH})", lambda m: (f"{_month(m[2])}-{int(m[1])} of a year",)),
    (rf"(?<![.!?\n] )(?<!\A)\b({_MONTH})\b(?! (?:I|we|a|the|not)\b)", lambda m: (f"month {_month(m[1])}",)),
    (r"\b(19\d\d|20[0-3]\d)\b", lambda m: (m[1],)),
    (r"\b(\d{1,2}):(\d\d)\b", lambda m: (_clock(int(m[1]), m[2]),)),
    (rf"({_NUMBER})割", lambda m: (_value(m[1], 10),)),
    (rf"({_NUMBER}) million", lambda m: (_value(m[1], 1_000_000),)),
    (rf"({_NUMBER})", lambda m: (_value(m[1]),)),
)
_READERS: Final = {
    lang: tuple((re.compile(pattern), reader) for pattern, reader in readers)
    for lang, readers in (("ja", _JA), ("en", _EN))
}


def figures(text: str, lang: str) -> Figures:
    """Return the numbers, days and times of ``text``.

    What an era year repeats is not counted, nor is one alone: «1か月» is «monthly», «1市» is «one city».
    """
    if not _ANY.search(text):
        return frozenset()
    rest = _ERA.sub(" ", text)
    found: set[str] = set()
    for pattern, reader in _READERS[lang]:
        for match in pattern.finditer(rest):
            found.update(reader(match))
        rest = pattern.sub(" ", rest)
    return frozenset(found - {"1"})
