"""A day or a year that names nothing: which date of the situation it states or corrects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from assistant.domain.eras import to_western
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import PRINTED_DATES
from assistant.language.classifiers.fact_acceptance import Value
from assistant.language.pipeline import Understanding
from assistant.language.question_form import is_short
from assistant.language.text.numerals import with_digits
from assistant.language.utterance import Utterance

#: A corrected year is not further from the one before; «91じゃなくて» is somebody's age.
_NEARBY: Final = 12
_YEAR_ONLY: Final = re.compile(
    r"\b(?P<en>20[0-9]{2}),? not (?:20)?[0-9]{2}\b"
    r"|\bnot (?:20)?[0-9]{2}[,.;]? (?:but |it's |it is )?(?P<but>20[0-9]{2})\b"
    r"|(?:令和|\br)?(?P<year>[0-9]{1,2}|元|[0-9]{4})年?(?:です|でした|だった|だ|の(?:読み|見|書き)?(?:間違い|まちがい|違い)|に(?:なって|なり)|$|、|。)"
)

#: «R8じゃなくてR9でした»: a year for another, whatever else the sentence tells.
_YEAR_INSTEAD: Final = re.compile(
    r"(?:令和|\br)[0-9]{1,2}年?(?:じゃ|では)なくて?、?(?:令和|r)(?P<year>[0-9]{1,2})(?!\.)"
)


def day_meant(facts: Facts, read: Understanding, reading: Utterance) -> dict[str, date]:
    """Return what a day that belongs to nothing in the sentence is the day of: the fact that it corrects, else the one
    dated paper of the situation. A year alone corrects the day that is known."""
    if any(fact in read.facts for fact in PRINTED_DATES):
        return {}
    dated = [fact for fact, choice in PRINTED_DATES.items() if choice in facts.presented]
    dated = dated or [fact for fact in PRINTED_DATES if fact in facts.printed]
    if len(read.days) == 1 and read.not_days and "visit_date" not in read.facts:
        meant = _taken_back(facts, read.not_days) or ("" if dated else "visit_date")
        if meant:
            return {meant: read.days[0]}
    if len(dated) != 1:
        return {}
    days = read.last_days if "visit_date" in read.facts else read.days
    if len(days) == 1:
        return {dated[0]: days[0]}
    known = facts.printed.get(dated[0])
    if (
        known
        and not read.days
        and "visit_date" not in read.facts
        and (year := _year(reading))
        and abs(year - known.year) < _NEARBY
    ):
        return {dated[0]: _in_year(known, year)}
    return {}


def of_the_day_denied(facts: Facts, statements: Mapping[str, Value], not_days: tuple[date, ...]) -> dict[str, Value]:
    """Return ``statements`` with a day that was taken for the visit's as that of the paper whose day was denied."""
    denied = [fact for fact, day in facts.printed.items() if day in not_days]
    if len(denied) != 1 or "visit_date" not in statements or denied[0] in statements:
        return dict(statements)
    return {denied[0] if fact == "visit_date" else fact: value for fact, value in statements.items()}


def _taken_back(facts: Facts, days: tuple[date, ...]) -> str:
    """Return the fact whose day is one of ``days``, or at least of that day and month."""
    held = {**facts.printed, "visit_date": facts.visit_date}
    alike = [fact for fact, day in held.items() if any((it.month, it.day) == (day.month, day.day) for it in days)]
    return next(iter(alike), "")


def _year(reading: Utterance) -> int | None:
    written = with_digits(reading.written)
    if instead := _YEAR_INSTEAD.search(written):
        return to_western("令和", max(1, int(instead["year"])))
    found = [match["en"] or match["but"] or match["year"] for match in _YEAR_ONLY.finditer(written)]
    if not found or not is_short(reading):
        return None
    if len(found[-1]) == 4:
        return int(found[-1])
    return to_western("令和", 1 if found[-1] == "元" else max(1, int(found[-1])))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
