"""Dates in words, in Japanese and English, resolved against the day of asking.

``find_dates("7月末で切れた。あした歯医者", date(2026, 11, 23))`` gives 31 July 2026 and 24 November 2026,
each with the place where it stands. Days that do not exist are passed over.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from assistant.domain.eras import to_western
from assistant.language.numerals import NUMBER, to_int

Precision = Literal["day", "month", "week", "elapsed"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at ``text[start:end]``; ``precision`` says how much of ``day`` was really stated.

    A ``month`` is given as its last day, a ``week`` as its Monday, an ``elapsed`` time («5 weeks ago») counted
    back from the day of asking.
    """

    start: int
    end: int
    day: date
    precision: Precision


_Reading = tuple[date, Precision]
_Reader = Callable[[re.Match[str], date], _Reading | None]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BEFORE_MONTH: Final = "in|of|since|until|till|by|last|this|next|end|from"
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues?|wed|thu(?:rs)?|fri)"
_JA_WEEKDAYS: Final = "月火水木金土日"
_ERA: Final = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令](?=\s*[0-9０-９元])|(?<![a-z])[mtshr](?=\s*[0-9０-９元]))"
_N: Final = NUMBER
_DAY_WORDS: Final = {
    "おととい": -2, "一昨日": -2, "おとつい": -2, "きのう": -1, "昨日": -1, "ゆうべ": -1, "昨夜": -1, "昨晩": -1,
    "きょう": 0, "今日": 0, "本日": 0, "あした": 1, "明日": 1, "あす": 1, "明朝": 1,
    "あさって": 2, "明後日": 2, "しあさって": 3, "day before yesterday": -2, "yesterday": -1, "last night": -1,
    "today": 0, "day after tomorrow": 2, "tomorrow": 1,
}  # fmt: skip
_NEAR_MONTHS: Final = {
    "先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2, "last month": -1, "this month": 0, "next month": 1,
}  # fmt: skip
_NEAR_WEEKS: Final = {"先週": -1, "今週": 0, "来週": 1, "再来週": 2, "last week": -1, "this week": 0, "next week": 1}
_NEAR_YEARS: Final = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "ことし": 0, "本年": 0, "来年": 1,
    "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
_EN_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def month_end(year: int, month: int) -> date | None:
    """Return the last day of a month, or ``None`` when there is no such month."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, monthrange(year, month)[1])


def _month_away(asked_on: date, months: int) -> date | None:
    index = asked_on.year * 12 + asked_on.month - 1 + months
    return month_end(index // 12, index % 12 + 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(match: re.Match[str], asked_on: date) -> int:
    """Return the year a match names: by era, in full, as «last year», or else the year of asking."""
    named = match.groupdict()
    if named.get("era"):
        count = 1 if named["era_year"] == "元" else to_int(named["era_year"])
        return to_western(named["era"], count)
    if named.get("near_year"):
        return asked_on.year + _NEAR_YEARS[named["near_year"]]
    return to_int(named["year"]) if named.get("year") else asked_on.year


def _month_number(match: re.Match[str]) -> int:
    writing = match["month"]
    return to_int(writing) if writing[0] not in "abcdefghijklmnopqrstuvwxyz" else _MONTHS.index(writing[:3]) + 1


def _full(match: re.Match[str], asked_on: date) -> _Reading | None:
    found = _day(_year(match, asked_on), _month_number(match), to_int(match["day"]))
    return (found, "day") if found else None


def _whole_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    found = month_end(_year(match, asked_on), _month_number(match))
    return (found, "month") if found else None


def _near_day(match: re.Match[str], asked_on: date) -> _Reading:
    return asked_on + timedelta(days=_DAY_WORDS[match["near"]]), "day"


def _near_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    found = _month_away(asked_on, _NEAR_MONTHS[match["near"]])
    return (found, "month") if found else None


def _monday(asked_on: date, weeks: int = 0) -> date:
    return asked_on - timedelta(days=asked_on.weekday()) + timedelta(weeks=weeks)


def _near_week(match: re.Match[str], asked_on: date) -> _Reading:
    return _monday(asked_on, _NEAR_WEEKS[match["near"]]), "week"


def _weekday(match: re.Match[str], asked_on: date) -> _Reading:
    """A weekday with «next week» is in that week; with «last», behind; alone, the next one to come."""
    index = _weekday_number(match["weekday"])
    near = match["near"] or ""
    if near in _NEAR_WEEKS:
        return _monday(asked_on, _NEAR_WEEKS[near]) + timedelta(days=index), "day"
    if near == "next":
        return _monday(asked_on, 1) + timedelta(days=index), "day"
    ahead = (index - asked_on.weekday()) % 7
    if near in ("last", "この前の", "こないだの"):
        return asked_on + timedelta(days=ahead - 7), "day"
    return asked_on + timedelta(days=ahead), "day"


def _weekday_number(writing: str) -> int:
    if writing in _JA_WEEKDAYS:
        return _JA_WEEKDAYS.index(writing)
    return _WEEKDAYS.index(writing[:3])


def _elapsed(match: re.Match[str], asked_on: date) -> _Reading | None:
    if match["count"] == "半":
        count, unit = 6, "month"
    else:
        count = _EN_COUNTS.get(match["count"]) or to_int(match["count"])
        unit = {"日": "day", "週": "week", "年": "year"}.get(match["unit"][0], match["unit"])
    days = {"day": 1, "week": 7, "year": 365}.get(unit, 30) * count
    if unit.startswith("month") or unit[0] in "かヶケカヵ箇":
        return _months_ago(asked_on, count)
    return (asked_on - timedelta(days=days), "elapsed") if days < 40_000 else None


def _months_ago(asked_on: date, count: int) -> _Reading | None:
    last = _month_away(asked_on, -count) if count < 1200 else None
    return (last.replace(day=min(asked_on.day, last.day)), "elapsed") if last else None


_PASSED: Final = "前|も?(?:経|たち|たっ|過ぎ|すぎ)"
_UNIT: Final = "日|週間?|[かヶケカヵ箇]月|年"
_JA_NEAR_DAYS: Final = "再来週|来週|今週|先週|今度の|次の|この前の|こないだの"
_SLASH: Final = r"\s*[./／．-]\s*"
_JA_YEAR: Final = (
    rf"(?:{_ERA}\s*(?P<era_year>元|{_N})\s*年|(?P<year>[0-9０-９]{{4}})\s*年|(?P<near_year>{_any(_NEAR_YEARS)})の?)"
)
_JA_END: Final = r"(?:\s*の?(?:末日|末|終わり|おわり|いっぱい))?"

# In order of preference: where two readings overlap, the earlier line wins. No text without all the letters that stand
# before a pattern can match it.
_READERS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Reader], ...]] = tuple(
    (frozenset(needed), re.compile(pattern), reader)
    for needed, pattern, reader in (
        ("月日", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月\s*の?(?P<day>{_N})\s*日", _full),
        ("", rf"{_ERA}\s*(?P<era_year>元|{_N}){_SLASH}(?P<month>{_N}){_SLASH}(?P<day>{_N})(?!\d)", _full),
        ("", rf"(?<!\d)(?P<year>[12]\d{{3}}){_SLASH}(?P<month>\d{{1,2}}){_SLASH}(?P<day>\d{{1,2}})(?!\d)", _full),
        ("", rf"\b{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?:of )?(?P<year>\d{{4}}))?", _full),
        ("", rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}})\b|(?![a-z]))", _full),
        ("月", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}", _whole_month),
        ("", rf"{_ERA}\s*(?P<era_year>{_N}){_SLASH}(?P<month>{_N})(?!\d)", _whole_month),
        ("月日", rf"(?<!\d)(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*日(?!間)", _full),
        ("/", r"(?<![\d./／-])(?P<month>\d{1,2})\s*[/／]\s*(?P<day>\d{1,2})(?![\d/／割])", _full),
        ("月", rf"(?<![0-9０-９か])(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}(?!間|ごと)", _whole_month),
        ("", rf"\b{_MONTH}(?:,? (?:of )?(?P<year>\d{{4}}|(?P<near_year>(?:last|this|next) year)))", _whole_month),
        ("", rf"\b(?:(?:{_BEFORE_MONTH}) |(?!may|mar)){_MONTH}(?![a-z])", _whole_month),
        ("", rf"(?P<near>{_any(_NEAR_MONTHS)}){_JA_END}", _near_month),
        ("曜", rf"(?:(?P<near>{_JA_NEAR_DAYS})の?)?(?P<weekday>[{_JA_WEEKDAYS}])曜日?", _weekday),
        ("", rf"\b(?:(?P<near>next|last|this|coming) )?{_WEEKDAY}\b", _weekday),
        ("", rf"(?P<near>{_any(_NEAR_WEEKS)})", _near_week),
        ("", rf"(?P<near>{_any(_DAY_WORDS)})", _near_day),
        ("", rf"(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})\s*(?:ほど|くらい|ぐらい|近く|も|以上)?(?:{_PASSED})", _elapsed),
        ("", rf"(?<=[れぎし]て)(?:から|もう)*(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})", _elapsed),
        ("", rf"\b(?P<count>\d{{1,3}}|{_any(_EN_COUNTS)}) (?P<unit>day|week|month|year)s? ago\b", _elapsed),
    )
)  # fmt: skip


def find_dates(text: str, asked_on: date) -> tuple[DateMention, ...]:
    """Return the dates that lower-case ``text`` speaks of, in order, none overlapping another."""
    taken: list[DateMention] = []
    for mention in _readings(text.lower(), asked_on):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _readings(text: str, asked_on: date) -> Iterator[DateMention]:
    letters = frozenset(text)
    for needed, pattern, reader in _READERS:
        for match in pattern.finditer(text) if needed <= letters else ():
            reading = _safely(reader, match, asked_on)
            if reading:
                yield DateMention(match.start(), match.end(), *reading)


def _safely(reader: _Reader, match: re.Match[str], asked_on: date) -> _Reading | None:
    """Read one match; a number that is none (十百十) or a day beyond the calendar is no date."""
    try:
        return reader(match, asked_on)
    except (ValueError, OverflowError):
        return None
