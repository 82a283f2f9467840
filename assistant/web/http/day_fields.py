"""A day as it is printed: chosen as year, month and day, with the era beside the western year; no script, no typing."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from werkzeug.datastructures import MultiDict

from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.eras import era_year
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import UNKNOWN

#: The three fields, in the order in which papers print them. No fact has one of these names.
PARTS: Final = ("year", "month", "day")
#: Years before and after the visit that are offered. What ended earlier is expired, and can be said so in words.
_BACK, _AHEAD = 4, 6


class Choices(NamedTuple):
    """What can be chosen in one field, as codes with their words."""

    part: str
    options: tuple[tuple[str, str], ...]


def target(step: str) -> str:
    """Return the fact that the three fields of the question ``step`` state; nothing where it takes no day."""
    return step if step == "visit_date" else DATE_OF_CHOICE.get(step, "")


def joined(query: MultiDict[str, str]) -> tuple[MultiDict[str, str], str]:
    """Return ``query`` with the three fields as one fact, and the mistake in them, if any.

    A day beside "in date" counts, as it says more; without a day the word counts, and so does "expired" or "I cannot
    find it" beside one: the fields may still hold the day that was known before.
    """
    fact, parts = target(query.get("step", "")), [query.get(part, "") for part in PARTS]
    if not fact or not any(parts) or query.get(query["step"]) in ("expired", UNKNOWN):
        return query, ""
    if not all(parts) and fact == "visit_date":
        return query, "visit_day"
    if not all(parts):
        return query, "" if query.get(query["step"]) else "day"
    try:
        chosen = date(*(int(part) for part in parts))
    except ValueError:
        return query, "no_such_day"
    plain = MultiDict(query)
    plain.poplist(query["step"])
    plain[fact] = chosen.isoformat()
    return plain, ""


def chosen(facts: Facts, step: str, sent: Mapping[str, str]) -> dict[str, str]:
    """Return what the three fields show: what was sent, else the day that is known."""
    if any(sent.get(part) for part in PARTS):
        return {part: sent.get(part, "") for part in PARTS}
    known = facts.visit_date if step == "visit_date" else facts.printed.get(target(step))
    return {part: str(getattr(known, part)) for part in PARTS} if known else {}


def fields(visit: date, lang: str) -> tuple[Choices, ...]:
    """Return the choices of the three fields in ``lang``; each year under both of its names."""
    years = range(visit.year - _BACK, visit.year + _AHEAD + 1)
    western = "（{}年）" if lang == "ja" else "{} "
    named = [(str(year), _both(date(year, 12, 31), western, lang)) for year in years]
    months = [(str(it), f"{it}月" if lang == "ja" else month_name[it]) for it in range(1, 13)]
    days = [(str(it), f"{it}日" if lang == "ja" else str(it)) for it in range(1, 32)]
    return tuple(Choices(part, tuple(it)) for part, it in zip(PARTS, (named, months, days), strict=True))


def _both(last: date, western: str, lang: str) -> str:
    era, year = era_year(last), western.format(last.year)
    return era + year if lang == "ja" else f"{year}({era})"
