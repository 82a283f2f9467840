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
from assistant.language.text.numerals import KANJI_DIGITS, NUMBER, to_int

MOST_DATES: Final = 12
"""Dates of a text that are looked at; nobody needs more to put a question."""

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
_KANA_WEEKDAYS: Final = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
_KANA_WEEKDAY: Final = "|".join(_KANA_WEEKDAYS)
_ERA: Final = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令](?=\s*[0-9０-９元])|(?<![a-z])[mtshr](?=\s*[0-9０-９元]))"
_N: Final = NUMBER
_DAY_WORDS: Final = {
    "おととい": -2, "一昨日": -2, "おとつい": -2, "きのう": -1, "昨日": -1, "ゆうべ": -1, "昨夜": -1, "昨晩": -1,
    "きょう": 0, "今日": 0, "本日": 0, "あした": 1, "明日": 1, "あす": 1, "明朝": 1,
    "あさって": 2, "明後日": 2, "しあさって": 3, "明々後日": 3, "明明後日": 3, "みょうにち": 1,
    "day before yesterday": -2,
    "yesterday": -1, "last night": -1, "today": 0, "day after tomorrow": 2, "tomorrow": 1, "overmorrow": 2,
    "ashita": 1, "asatte": 2, "ototoi": -2, "kinou": -1, "kyou": 0,
}  # fmt: skip
_NEAR_MONTHS: Final = {
    "先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2,
    "せんげつ": -1, "こんげつ": 0, "らいげつ": 1, "last month": -1, "this month": 0, "next month": 1,
}  # fmt: skip
_NEAR_WEEKS: Final = {
    "先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2, "さ来週": 2,
    "せんしゅう": -1, "こんしゅう": 0, "らいしゅう": 1,
    "さらいしゅう": 2, "last week": -1, "this week": 0, "next week": 1, "raishuu": 1, "raishu": 1, "senshuu": -1,
}  # fmt: skip
_NEAR_YEARS: Final = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "ことし": 0, "本年": 0, "来年": 1, "再来年": 2,
    "さ来年": 2, "さらいねん": 2, "らいねん": 1, "きょねん": -1, "さくねん": -1, "明年": 1, "翌年": 1,
    "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
_ROMANISED_ERAS: Final = {"reiwa": "令和", "heisei": "平成"}
_FIRST_WESTERN: Final = 20
_MOST_DAYS_AHEAD: Final = 100
_LONG_PAST: Final = timedelta(days=270)
_EN_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}


def _any(words: dict[str, int]) -> str:
    """Return the pattern for any of ``words``; those in Latin letters are no part of another: «arimashita»."""
    longest = sorted(words, key=len, reverse=True)
    latin = "|".join(word for word in longest if word[0].isascii())
    return "|".join([*(word for word in longest if not word[0].isascii()), *([rf"\b(?:{latin})\b"] if latin else ())])


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
        return asked_on.year + _NEAR_YEARS[named["near_year"]]
    return to_int(named["year"]) if named.get("year") else asked_on.year


def _month_number(match: re.Match[str]) -> int:
    writing = match["month"]
    return to_int(writing) if writing[0] not in "abcdefghijklmnopqrstuvwxyz" else _MONTHS.index(writing[:3]) + 1


def _full(match: re.Match[str], asked_on: date) -> _Reading | None:
    month, day = _month_number(match), to_int(match["day"])
    found = _day(_year(match, asked_on), month, day)
    if found and _names_no_year(match) and asked_on - found > _LONG_PAST:
        found = _day(found.year + 1, month, day)
    return (found, "day") if found else None


def _whole_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    found = month_end(_year(match, asked_on), _month_number(match))
    if found and match[0].startswith("last ") and found > asked_on:
        found = month_end(found.year - 1, found.month)
    return (found, "month") if found else None


def _names_no_year(match: re.Match[str]) -> bool:
    """Tell whether a date stands without its year; one long past is then the next of that name."""
    return not any(match.groupdict().get(group) for group in ("era", "near_year", "year"))


def _near_day(match: re.Match[str], asked_on: date) -> _Reading:
    return asked_on + timedelta(days=_DAY_WORDS[match["near"]]), "day"


def _near_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    found = _month_away(asked_on, _NEAR_MONTHS[match["near"]])
    return (found, "month") if found else None


def _day_of_near_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    month = _month_away(asked_on, _NEAR_MONTHS[match["near"]])
    found = _day(month.year, month.month, to_int(match["day"])) if month else None
    return (found, "day") if found else None


def _of_reiwa(match: re.Match[str], asked_on: date) -> _Reading | None:
    """Read «9.7.31»: a year of one digit on a Japanese paper is one of Reiwa; «31.07.26» is a day of Europe's."""
    read, count = _short_year(match, asked_on), to_int(match["day"])
    turned = _day(2000 + count, to_int(match["month"]), to_int(match["year"])) if count >= _FIRST_WESTERN else None
    if turned and (read is None or abs(turned - asked_on) < abs(read[0] - asked_on)):
        return turned, "day"
    return read


def _short_year(match: re.Match[str], asked_on: date) -> _Reading | None:
    """Read «25年12月1日» and «8年7月31日»: a year below twenty is one of Reiwa, above it one of this century."""
    count = to_int(match["year"])
    year = 2000 + count if count >= _FIRST_WESTERN else to_western("令和", count)
    month = to_int(match["month"])
    if match["day"]:
        day = _day(year, month, to_int(match["day"]))
        return (day, "day") if day else None
    last = month_end(year, month)
    return (last, "month") if last else None


def _day_of_month(match: re.Match[str], asked_on: date) -> _Reading | None:
    """Read a bare «27日»: the next day of that number."""
    count = to_int(match["day"])
    month = _month_away(asked_on, 0 if count >= asked_on.day else 1)
    found = _day(month.year, month.month, count) if month else None
    return (found, "day") if found else None


def _days_ahead(match: re.Match[str], asked_on: date) -> _Reading | None:
    """Read «3日後», «1週間後», «in two days»."""
    count = _EN_COUNTS.get(match["count"]) or to_int(match["count"])
    days = count * (7 if match["unit"][0] in "週w" else 1)
    return (asked_on + timedelta(days=days), "day") if days < _MOST_DAYS_AHEAD else None


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
    if not ahead and not match["weekday"].isascii():
        ahead = 7  # on a Monday nobody calls the day «月曜»
    if near in ("last", "この前の", "こないだの") or (not near and _is_past(match)):
        return asked_on + timedelta(days=ahead - 7), "day"
    return asked_on + timedelta(days=ahead), "day"


def _numbered_weekday(match: re.Match[str], asked_on: date) -> _Reading | None:
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
    if writing in _JA_WEEKDAYS:
        return _JA_WEEKDAYS.index(writing)
    if writing in _KANA_WEEKDAYS:
        return _KANA_WEEKDAYS.index(writing)
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


_PAST_AFTER: Final = re.compile(
    r"(?:に|は|、|の)?[^。!?]{0,8}?(?:切れ|来|来られ|来院し|行っ|受診し|かかっ|払っ|払わされ|診てもらっ|届い|運ばれ|失効し|見せ|持って行っ)た(?![いら])"
)
_PAST_BEFORE: Final = re.compile(
    r"\b(?:went|paid|saw|visited|charged|came|expired|was)\b[^.!?]{0,30}(?:(?:on|since) )?$"
)
_PASSED: Final = "前|まえ|も?(?:経|たち|たっ|過ぎ|すぎ)"
_UNIT: Final = "日|週間?|[かヶケカヵ箇]月|年"
_JA_NEAR_DAYS: Final = (
    "再来週|さ来週|来週|今週|先週|先々週|さらいしゅう|らいしゅう|こんしゅう|せんしゅう|"
    "今度の|こんどの|次の|つぎの|この前の|こないだの"
)
_AGO: Final = r"(?:ago|back|mae)\b"
_NO_MONTH: Final = "(?!間|ごと|ぐらい|くらい|ほど|あまり|余り|半)"
_VISITS: Final = "予約|受診|通院|診察|外来|健診|検査|[歯眼内外][科医]|皮膚|耳鼻|整形|病院"
_DATE_ENDS: Final = rf"(?=\s*[(（]?[{_JA_WEEKDAYS}][)）曜]|に(?![\d一])|の(?:{_VISITS})|で[すし]|(?:じゃ|では)な|$)"
_NO_DATE: Final = r"(?<![\d月年後約あとまる各毎])(?<!生後)(?<!残り)(?<!のべ)"
_SLASH: Final = r"\s*[./／．-]\s*"
_JA_YEAR: Final = (
    rf"(?:{_ERA}\s*(?P<era_year>元|{_N})\s*年|(?P<year>[0-9０-９]{{4}})\s*年|(?P<near_year>{_any(_NEAR_YEARS)})の?)"
)
_JA_END: Final = r"(?:\s*の?(?:末日|末|まつ|終わり|おわり|いっぱい))?"

# In order of preference: where two readings overlap, the earlier line wins. No text without all the letters that stand
# before a pattern can match it.
_READERS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Reader], ...]] = tuple(
    (frozenset(needed), re.compile(pattern), reader)
    for needed, pattern, reader in (
        ("月日", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月\s*の?(?P<day>{_N})\s*日", _full),
        ("", rf"{_ERA}\s*(?P<era_year>元|{_N}){_SLASH}(?P<month>{_N}){_SLASH}(?P<day>{_N})(?!\d)", _full),
        ("", rf"(?<!\d)(?P<year>[12]\d{{3}}){_SLASH}(?P<month>\d{{1,2}}){_SLASH}(?P<day>\d{{1,2}})(?!\d)", _full),
        ("", r"(?<!\d)(?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-3]\d)(?!\d)", _full),
        ("", rf"(?<!\d)(?P<year>\d{{4}}),? {_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", _full),
        ("", r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d{2})\b", _full),
        ("", r"\b(?P<era>reiwa|heisei) (?P<era_year>\d\d?) nen (?P<month>\d\d?) gatsu (?P<day>\d\d?) nichi", _full),
        ("", rf"\b{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?:of )?(?P<year>\d{{4}}))?", _full),
        ("", rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}})\b|(?![a-z]))", _full),
        ("年月", rf"(?<!\d)(?P<year>\d\d?)年\s*(?P<month>\d\d?)月(?:\s*(?P<day>\d\d?)日)?{_JA_END}", _short_year),
        ("日", rf"(?P<near>{_any(_NEAR_MONTHS)})の?(?P<day>{_N})\s*日", _day_of_near_month),
        ("月", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}", _whole_month),
        ("", rf"{_ERA}\s*(?P<era_year>{_N}){_SLASH}(?P<month>{_N})(?!\d)", _whole_month),
        ("月日", rf"(?<!\d)(?P<month>{_N})\s*月\s*の?(?P<day>{_N})\s*日(?!間)", _full),
        ("/", r"(?<![\d./／-])(?P<month>\d{1,2})\s*[/／]\s*(?P<day>\d{1,2})(?![\d/／割])", _full),
        ("月", rf"(?<![0-9０-９か])(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}{_NO_MONTH}", _whole_month),
        ("", rf"\b{_MONTH}(?:,? (?:of )?(?P<year>\d{{4}}|(?P<near_year>(?:last|this|next) year)))", _whole_month),
        ("", rf"\b(?:(?:{_BEFORE_MONTH}) |(?!may|mar)){_MONTH}(?![a-z])", _whole_month),
        ("", r"(?<![\d./-])(?P<year>\d{1,2})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?![\d./])", _of_reiwa),
        ("", rf"(?P<near>{_any(_NEAR_MONTHS)}){_JA_END}", _near_month),
        ("曜", rf"(?:(?P<near>{_JA_NEAR_DAYS})の?)?(?P<weekday>[{_JA_WEEKDAYS}])曜日?", _weekday),
        ("よう", rf"(?:(?P<near>{_JA_NEAR_DAYS})の?)?(?P<weekday>{_KANA_WEEKDAY})よう[び日]", _weekday),
        ("", rf"(?P<near>{_JA_NEAR_DAYS})の?(?P<weekday>[{_JA_WEEKDAYS}])(?![一-鿿])", _weekday),
        ("", rf"\b{_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b", _numbered_weekday),
        ("", rf"\b(?:(?P<near>next|last|this|coming) )?{_WEEKDAY}\b", _weekday),
        ("", rf"(?P<near>{_any(_NEAR_WEEKS)})", _near_week),
        ("", rf"(?P<near>{_any(_DAY_WORDS)})", _near_day),
        ("", rf"(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})\s*(?:ほど|くらい|ぐらい|近く|も|以上)?(?:{_PASSED})", _elapsed),
        ("", rf"(?<=[れぎし]て)(?:から|もう)*(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})(?!に)", _elapsed),
        ("", rf"\b(?P<count>\d{{1,3}}|{_any(_EN_COUNTS)}) (?P<unit>day|week|month|year)s? {_AGO}", _elapsed),
        ("後", rf"(?<![約\d、])(?P<count>\d{{1,2}}|[{KANJI_DIGITS}])\s*(?P<unit>日|週間)後(?!期)", _days_ahead),
        ("", rf"\bin (?P<count>\d{{1,2}}|{_any(_EN_COUNTS)}) (?P<unit>day|week)s?(?:'|\b)", _days_ahead),
        ("日", rf"{_NO_DATE}(?P<day>\d{{1,2}})日{_DATE_ENDS}", _day_of_month),
        ("the", r"\b(?:on|to|until|till|is|for) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! of)", _day_of_month),
    )
)  # fmt: skip


def find_dates(text: str, asked_on: date) -> tuple[DateMention, ...]:
    """Return the dates that lower-case ``text`` speaks of, in order, none overlapping another."""
    taken: list[DateMention] = []
    for mention in _readings(_KANA_UNIT.sub(_in_kanji, text.lower()), asked_on):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


#: «7がつ31にち».
_KANA_UNIT: Final = re.compile(r"(?<=[0-9０-９])(?:ねん|がつ|にち)")
_UNITS: Final = {"ねん": "年 ", "がつ": "月 ", "にち": "日 "}


def _in_kanji(unit: re.Match[str]) -> str:
    """Return a unit as it is mostly written, no shorter than it was: what stands behind it keeps its place."""
    return _UNITS[unit[0]]


def is_figured(found: DateMention, text: str) -> bool:
    """Tell whether a date is written with figures or the name of a month, not as «昨日» or «土曜»."""
    return found.precision == "month" or any(sign.isdecimal() for sign in text[found.start : found.end])


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
