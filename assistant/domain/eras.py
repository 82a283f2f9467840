"""Japanese eras: their first days, and years and dates from one count to the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Era:
    """An era: its name, the letter printed on cards for it, and its first day."""

    name: str
    letter: str
    first_day: date


ERAS: Final[tuple[Era, ...]] = (
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", date(2019, 5, 1)),
)

_BY_WRITING: Final = {
    writing: era for era in ERAS for writing in (era.name, era.name[0], era.letter, era.letter.lower())
}


def era_named(writing: str) -> Era:
    """Return the era written ``令和``, ``令``, ``R`` or ``r``; raise ``ValueError`` for anything else."""
    try:
        return _BY_WRITING[writing]
    except KeyError:
        raise ValueError(f"{writing!r} is not an era; known: {', '.join(era.name for era in ERAS)}") from None


def to_western(era: str, year: int) -> int:
    """Return the western year of the ``year``-th year of ``era``: ``("令和", 8)`` gives 2026.

    A year past the end of its era is still counted on (平成38年 is 2026), since printed papers carry such
    years; a year below 1 raises ``ValueError``.
    """
    if year < 1:
        raise ValueError(f"the first year of an era is 1 (元年), not {year}")
    return era_named(era).first_day.year + year - 1


def era_year(day: date) -> str:
    """Return the era and year in which ``day`` lies: ``令和8年``, or ``令和元年`` for a first year."""
    for era in reversed(ERAS):
        if day >= era.first_day:
            count = day.year - era.first_day.year + 1
            return f"{era.name}{'元' if count == 1 else count}年"
    raise ValueError(f"{day.isoformat()} lies before {ERAS[0].name}, the first era in the table")


def era_date(day: date) -> str:
    """Return ``day`` as it is printed on Japanese papers: ``令和8年7月31日``."""
    return f"{era_year(day)}{day.month}月{day.day}日"
