"""How each way of writing a date becomes a day, seen from the day of asking."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

from assistant.domain.eras import to_western
from assistant.language.text.numerals import to_int

Precision = Literal["day", "month", "week", "elapsed"]


DateReading = tuple[date, Precision]


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JA_WEEKDAYS: Final = "月火水木金土日"
KANA_WEEKDAYS: Final = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
DAY_WORDS: Final = {
    "おととい": -2, "一昨日": -2, "おとつい": -2, "きのう": -1, "昨日": -1, "ゆうべ": -1, "昨夜": -1, "昨晩": -1,
    "きょう": 0, "今日": 0, "本日": 0, "あした": 1, "明日": 1, "あす": 1, "明朝": 1,
    "あさって": 2, "明後日": 2, "しあさって": 3, "明々後日": 3, "明明後日": 3, "みょうにち": 1,
    "day before yesterday": -2,
    "yesterday": -1, "last night": -1, "today": 0, "day after tomorrow": 2, "tomorrow": 1, "overmorrow": 2,
    "ashita": 1, "asatte": 2, "ototoi": -2, "kinou": -1, "kyou": 0,
}  # fmt: skip


NEAR_MONTHS: Final = {
    "先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2,
    "せんげつ": -1, "こんげつ": 0, "らいげつ": 1, "last month": -1, "this month": 0, "next month": 1,
}  # fmt: skip


NEAR_WEEKS: Final = {
    "先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2, "さ来週": 2,
    "せんしゅう": -1, "こんしゅう": 0, "らいしゅう": 1,
    "さらいしゅう": 2, "last week": -1, "this week": 0, "next week": 1, "raishuu": 1, "raishu": 1, "senshuu": -1,
}  # fmt: skip


NEAR_YEARS: Final = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "ことし": 0, "本年": 0, "来年": 1, "再来年": 2,
    "さ来年": 2, "さらいねん": 2, "らいねん": 1, "きょねん": -1, "さくねん": -1, "明年": 1, "翌年": 1,
    "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip


_ROMANISED_ERAS: Final = {"reiwa": "令和", "heisei": "平成"}
_FIRST_WESTERN: Final = 20
_MOST_DAYS_AHEAD: Final = 100
_LONG_PAST: Final = timedelta(days=270)
EN_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}


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
        return to_western(_ROMANISED_ERAS.get(named["era"], named["era"]), count)
    if named.get("near_year"):
        return asked_on.year + NEAR_YEARS[named["near_year"]]
    return to_int(named["year"]) if named.get("year") else asked_on.year


def _month_number(match: re.Match[str]) -> int:
    writing = match["month"]
    return to_int(writing) if writing[0] not in "abcdefghijklmnopqrstuvwxyz" else _MONTHS.index(writing[:3]) + 1


def full_date(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «令和8年7月31日» and «July 31»; without its year, one long past is the next of that name."""
    month, day = _month_number(match), to_int(match["day"])
    if month > 12 >= day and match.start("day") < match.start("month"):
        month, day = day, month  # 7/31/2027
    found = _day(_year(match, asked_on), month, day)
    if found and _names_no_year(match) and asked_on - found > _LONG_PAST:
        found = _day(found.year + 1, month, day)
    return (found, "day") if found else None


def whole_month(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «2026年7月» and «in July»: the last day of it."""
    found = month_end(_year(match, asked_on), _month_number(match))
    if found and match[0].startswith("last ") and found > asked_on:
        found = month_end(found.year - 1, found.month)
    if found and match[0].startswith("next ") and found < asked_on:
        found = month_end(found.year + 1, found.month)
    return (found, "month") if found else None


def last_of_the_year(match: re.Match[str], asked_on: date) -> DateReading:
    """Read «大晦日»."""
    return date(_year(match, asked_on), 12, 31), "day"


def _names_no_year(match: re.Match[str]) -> bool:
    """Tell whether a date stands without its year; one long past is then the next of that name."""
    return not any(match.groupdict().get(group) for group in ("era", "near_year", "year"))


def near_day(match: re.Match[str], asked_on: date) -> DateReading:
    """Read «明日» and «yesterday»."""
    return asked_on + timedelta(days=DAY_WORDS[match["near"]]), "day"


def near_month(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «来月» and «next month»: the last day of it."""
    found = _month_away(asked_on, NEAR_MONTHS[match["near"]])
    return (found, "month") if found else None


def day_of_near_month(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «来月の5日»."""
    month = _month_away(asked_on, NEAR_MONTHS[match["near"]])
    found = _day(month.year, month.month, to_int(match["day"])) if month else None
    return (found, "day") if found else None


def of_reiwa(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «9.7.31»: a year of one digit on a Japanese paper is one of Reiwa; «31.07.26» is a day of Europe's."""
    read, count = short_year(match, asked_on), to_int(match["day"])
    turned = _day(2000 + count, to_int(match["month"]), to_int(match["year"])) if count >= _FIRST_WESTERN else None
    if turned and (read is None or abs(turned - asked_on) < abs(read[0] - asked_on)):
        return turned, "day"
    return read


def short_year(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «25年12月1日» and «8年7月31日»: a year below twenty is one of Reiwa, above it one of this century."""
    count = to_int(match["year"])
    year = 2000 + count if count >= _FIRST_WESTERN else to_western("令和", count)
    month = to_int(match["month"])
    if match["day"]:
        day = _day(year, month, to_int(match["day"]))
        return (day, "day") if day else None
    last = month_end(year, month)
    return (last, "month") if last else None


def day_of_month(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read a bare «27日»: the next day of that number, or the last one where what is said of it has happened."""
    count = to_int(match["day"])
    ahead, past = count >= asked_on.day, _is_past(match)
    month = _month_away(asked_on, (-1 if ahead else 0) if past else (0 if ahead else 1))
    found = _day(month.year, month.month, count) if month else None
    return (found, "day") if found else None


def days_ahead(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «3日後», «1週間後», «in two days»."""
    count = EN_COUNTS.get(match["count"]) or to_int(match["count"])
    days = count * (7 if match["unit"][0] in "週w" else 1)
    return (asked_on + timedelta(days=days), "day") if days < _MOST_DAYS_AHEAD else None


def _monday(asked_on: date, weeks: int = 0) -> date:
    return asked_on - timedelta(days=asked_on.weekday()) + timedelta(weeks=weeks)


def near_week(match: re.Match[str], asked_on: date) -> DateReading:
    """Read «来週» and «next week»: its Monday."""
    return _monday(asked_on, NEAR_WEEKS[match["near"]]), "week"


def weekday(match: re.Match[str], asked_on: date) -> DateReading:
    """A weekday with «next week» is in that week; with «last», behind; alone, the next one to come."""
    index = _weekday_number(match["weekday"])
    near = match["near"] or ""
    if near in NEAR_WEEKS:
        return _monday(asked_on, NEAR_WEEKS[near]) + timedelta(days=index), "day"
    if near == "next":
        return _monday(asked_on, 1) + timedelta(days=index), "day"
    ahead = (index - asked_on.weekday()) % 7
    if not ahead and not match["weekday"].isascii():
        ahead = 7  # on a Monday nobody calls the day «月曜»
    if near in ("last", "この前の", "こないだの") or (not near and _is_past(match)):
        return asked_on + timedelta(days=ahead - 7), "day"
    return asked_on + timedelta(days=ahead), "day"


def numbered_weekday(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «Tuesday the 24th»: the nearest day of that number that is such a weekday."""
    index, count = _weekday_number(match["weekday"]), to_int(match["day"])
    months = (_month_away(asked_on, away) for away in (0, 1, -1, 2))
    days = (_day(month.year, month.month, count) for month in months if month)
    found = next((day for day in days if day and day.weekday() == index), None)
    return (found, "day") if found else None


def _is_past(match: re.Match[str]) -> bool:
    """Tell whether what is said of a weekday has happened: «土曜に切れた», «paid on Saturday»."""
    text = match.string
    return bool(_PAST_AFTER.match(text, match.end()) or _PAST_BEFORE.search(text[: match.start()]))


def _weekday_number(writing: str) -> int:
    if writing in JA_WEEKDAYS:
        return JA_WEEKDAYS.index(writing)
    if writing in KANA_WEEKDAYS:
        return KANA_WEEKDAYS.index(writing)
    return _WEEKDAYS.index(writing[:3])


def elapsed(match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read «3日前», «半年前» and «two weeks ago»."""
    if match["count"] == "半":
        count, unit = 6, "month"
    else:
        count = EN_COUNTS.get(match["count"]) or to_int(match["count"])
        unit = {"日": "day", "週": "week", "年": "year"}.get(match["unit"][0], match["unit"])
    days = {"day": 1, "week": 7, "year": 365}.get(unit, 30) * count
    if unit.startswith("month") or unit[0] in "かヶケカヵ箇":
        return _months_ago(asked_on, count)
    return (asked_on - timedelta(days=days), "elapsed") if days < 40_000 else None


def _months_ago(asked_on: date, count: int) -> DateReading | None:
    last = _month_away(asked_on, -count) if count < 1200 else None
    return (last.replace(day=min(asked_on.day, last.day)), "elapsed") if last else None


_PAST_AFTER: Final = re.compile(
    r"(?:に|は|、|の)?[^。!?]{0,8}?(?:切れ|来|来られ|来院し|行っ|受診し|かかっ|払っ|払わされ|診てもらっ|届い|運ばれ|失効し|見せ|持って行っ)た(?![いら])"
    r"|[^。!?]{0,30}?(?:払わされ|払っ|払い|取られ|診てもらっ|診てもらい)(?:まし)?た(?![いら])"
)


_PAST_BEFORE: Final = re.compile(
    r"\b(?:went|paid|saw|visited|charged|came|expired|was|were|made (?:me|us|him|her|them) pay)\b"
    r"[^.!?]{0,30}(?:(?:on|since) )?$"
)
