"""Dates in words, in Japanese and English, resolved against the day of asking.

``find_dates("7月末で切れた。あした歯医者", date(2026, 11, 23))`` gives 31 July 2026 and 24 November 2026,
each with the place where it stands. Days that do not exist are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.language.entities.date_readers import (
    DAY_WORDS,
    EN_COUNTS,
    JA_WEEKDAYS,
    KANA_WEEKDAYS,
    NEAR_MONTHS,
    NEAR_WEEKS,
    NEAR_YEARS,
    DateReading,
    Precision,
    day_of_month,
    day_of_near_month,
    days_ahead,
    elapsed,
    full_date,
    last_of_the_year,
    near_day,
    near_month,
    near_week,
    numbered_weekday,
    of_reiwa,
    short_year,
    weekday,
    whole_month,
)
from assistant.language.text.numerals import KANJI_DIGITS, NUMBER

MOST_DATES: Final = 12
"""Dates of a text that are looked at; nobody needs more to put a question."""


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


_Reader = Callable[[re.Match[str], date], DateReading | None]

_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BEFORE_MONTH: Final = "in|of|since|until|till|by|last|this|next|end|from"
_WEEKDAY: Final = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues?|wed|thu(?:rs)?|fri)"
_KANA_WEEKDAY: Final = "|".join(KANA_WEEKDAYS)
_ERA: Final = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令](?=\s*[0-9０-９元])|(?<![a-z])[mtshr](?=\s*[0-9０-９元]))"
_N: Final = NUMBER


def _any(words: dict[str, int]) -> str:
    """Return the pattern for any of ``words``; those in Latin letters are no part of another: «arimashita»."""
    longest = sorted(words, key=len, reverse=True)
    latin = "|".join(word for word in longest if word[0].isascii())
    return "|".join([*(word for word in longest if not word[0].isascii()), *([rf"\b(?:{latin})\b"] if latin else ())])


_PASSED: Final = "前|まえ|も?(?:経|たち|たっ|過ぎ|すぎ)"
_UNIT: Final = "日|週間?|[かヶケカヵ箇]月|年"
_JA_NEAR_DAYS: Final = (
    "再来週|さ来週|来週|今週|先週|先々週|さらいしゅう|らいしゅう|こんしゅう|せんしゅう|"
    "今度の|こんどの|次の|つぎの|この前の|こないだの"
)
_AGO: Final = r"(?:ago|back|mae)\b"
_NO_MONTH: Final = "(?!間|ごと|ぐらい|くらい|ほど|あまり|余り|半)"
_VISITS: Final = "予約|受診|通院|診察|外来|健診|検査|[歯眼内外][科医]|皮膚|耳鼻|整形|病院"
_DATE_ENDS: Final = rf"(?=\s*[(（]?[{JA_WEEKDAYS}][)）曜]|に(?![\d一])|の(?:{_VISITS})|で[すし]|(?:じゃ|では)な|$)"
_NO_DATE: Final = r"(?<![\d月年後約あとまる各毎])(?<!生後)(?<!残り)(?<!のべ)"
_SLASH: Final = r"\s*[./／．-]\s*"
_JA_YEAR: Final = (
    rf"(?:{_ERA}\s*(?P<era_year>元|{_N})\s*(?:年|(?=の))"
    rf"|(?P<year>[0-9０-９]{{4}})\s*年|(?P<near_year>{_any(NEAR_YEARS)})の?)"
)
_EN_ERA: Final = r"(?P<era>reiwa|heisei|r) ?(?P<era_year>\d\d?)"
_EN_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_EN_NEAR_YEAR: Final = r"(?P<near_year>(?:last|this|next) year)\b"
_KANJI: Final = "一二三四五六七八九十"
_JA_END: Final = r"(?:\s*の?(?:末日|末|まつ|終わり|おわり|いっぱい))?"

# In order of preference: where two readings overlap, the earlier line wins. No text without all the letters that stand
# before a pattern can match it.
_READERS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Reader], ...]] = tuple(
    (frozenset(needed), re.compile(pattern), reader)
    for needed, pattern, reader in (
        ("月日", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月\s*の?(?P<day>{_N})\s*日", full_date),
        ("", rf"{_ERA}\s*(?P<era_year>元|{_N})(?:{_SLASH}|\s+)(?P<month>{_N}){_SLASH}(?P<day>{_N})(?!\d)", full_date),
        ("", rf"(?<!\d)(?P<year>[12]\d{{3}}){_SLASH}(?P<month>\d{{1,2}}){_SLASH}(?P<day>\d{{1,2}})(?!\d)", full_date),
        ("", r"(?<!\d)(?P<year>20\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-3]\d)(?!\d)", full_date),
        ("", rf"\b{_EN_ERA},? {_MONTH} {_EN_DAY}", full_date),
        ("", rf"\b{_MONTH} (?:the )?{_EN_DAY},? (?:of )?{_EN_ERA}\b", full_date),
        ("", rf"\b{_EN_DAY}(?: of)? {_MONTH},? (?:of )?{_EN_ERA}\b", full_date),
        ("", rf"\b{_MONTH} (?:the )?{_EN_DAY},? (?:of )?{_EN_NEAR_YEAR}", full_date),
        ("", rf"\b{_EN_DAY}(?: of)? {_MONTH},? (?:of )?{_EN_NEAR_YEAR}", full_date),
        ("", rf"(?<!\d)(?P<year>\d{{4}})[,.]? {_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", full_date),
        ("", r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d{2})\b", full_date),
        ("", r"\b(?P<era>reiwa|heisei) (?P<era_year>\d\d?) nen (?P<month>\d\d?) gatsu (?P<day>\d\d?) nichi", full_date),
        ("", rf"\b{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?:of )?(?P<year>\d{{4}}))?", full_date),
        ("", rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}})\b|(?![a-z]))", full_date),
        ("年月", rf"(?<!\d)(?P<year>\d\d?)年\s*の?\s*(?P<month>\d\d?)月(?:\s*(?P<day>\d\d?)日)?{_JA_END}", short_year),
        ("年月日", rf"(?<![{_KANJI}])(?P<year>[{_KANJI}]{{1,2}})年の?(?P<month>{_N})月の?(?P<day>{_N})日", short_year),
        ("日", rf"(?P<near>{_any(NEAR_MONTHS)})の?(?P<day>{_N})\s*日", day_of_near_month),
        ("月", rf"{_JA_YEAR}\s*の?(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}", whole_month),
        ("", rf"{_ERA}\s*(?P<era_year>{_N}){_SLASH}(?P<month>{_N})(?!\d)", whole_month),
        ("月日", rf"(?<!\d)(?P<month>{_N})\s*月\s*の?(?P<day>{_N})\s*日(?!間)", full_date),
        ("/", r"(?<![\d./／-])(?P<month>\d{1,2})\s*[/／]\s*(?P<day>\d{1,2})(?![\d/／割])", full_date),
        ("月", rf"(?<![0-9０-９か])(?P<month>{_N})\s*月(?!\s*の?{_N}\s*日){_JA_END}{_NO_MONTH}", whole_month),
        ("", rf"\b{_MONTH}(?:,? (?:of )?(?P<year>\d{{4}}|(?P<near_year>(?:last|this|next) year)))", whole_month),
        ("", rf"\b(?:(?:{_BEFORE_MONTH}) |(?!may|mar)){_MONTH}(?![a-z])", whole_month),
        ("", r"(?<![\d./-])(?P<year>\d{1,2})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?![\d./])", of_reiwa),
        ("", rf"(?P<near>{_any(NEAR_MONTHS)}){_JA_END}", near_month),
        ("曜", rf"{_NO_DATE}(?P<day>\d{{1,2}})日の?\s*[(（]?(?P<weekday>[{JA_WEEKDAYS}])曜日?", numbered_weekday),
        ("曜", rf"(?:(?P<near>{_JA_NEAR_DAYS})の?)?(?P<weekday>[{JA_WEEKDAYS}])曜日?(?!、?\s*{_N}月)", weekday),
        ("よう", rf"(?:(?P<near>{_JA_NEAR_DAYS})の?)?(?P<weekday>{_KANA_WEEKDAY})よう[び日]", weekday),
        ("", rf"(?P<near>{_JA_NEAR_DAYS})の?(?P<weekday>[{JA_WEEKDAYS}])(?![一-鿿])", weekday),
        ("", rf"\b{_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b", numbered_weekday),
        ("", rf"(?:(?P<near_year>{_any(NEAR_YEARS)})の?)?大(?:晦日|みそか)", last_of_the_year),
        ("", rf"\b(?:(?P<near>next|last|this|coming) )?{_WEEKDAY}\b", weekday),
        ("", rf"(?P<near>{_any(NEAR_WEEKS)})", near_week),
        ("", rf"(?P<near>{_any(DAY_WORDS)})", near_day),
        ("", rf"(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})\s*(?:ほど|くらい|ぐらい|近く|も|以上)?(?:{_PASSED})", elapsed),
        ("", rf"(?<=[れぎし]て)(?:から|もう)*(?P<count>{_N}|半)\s*(?P<unit>{_UNIT})(?!に)", elapsed),
        ("", rf"\b(?P<count>\d{{1,3}}|{_any(EN_COUNTS)}) (?P<unit>day|week|month|year)s? {_AGO}", elapsed),
        ("後", rf"(?<![約\d、])(?P<count>\d{{1,2}}|[{KANJI_DIGITS}])\s*(?P<unit>日|週間)後(?!期)", days_ahead),
        ("", rf"\bin (?P<count>\d{{1,2}}|{_any(EN_COUNTS)}) (?P<unit>day|week)s?(?:'|\b)", days_ahead),
        ("日", rf"{_NO_DATE}(?P<day>\d{{1,2}})日{_DATE_ENDS}", day_of_month),
        ("the", r"\b(?:on|to|until|till|is|for) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! of)", day_of_month),
    )
)  # fmt: skip


def find_dates(text: str, asked_on: date) -> tuple[DateMention, ...]:
    """Return the dates that lower-case ``text`` speaks of, in order, none overlapping another."""
    taken: list[DateMention] = []
    for mention in _readings(_KANA_UNIT.sub(_in_kanji, _figured(text.lower())), asked_on):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


#: «れいわ はちねん しちがつ さんじゅういちにち».
_KANA_NUMBER: Final = re.compile(
    r"(?<![ぁ-ん])(?:れいわ|へいせい)(?=[\s0-9０-９ぁ-ん])"
    r"|(?P<tens>(?:に|さん)?じゅう)?(?P<ones>いち|に|さん|よん|し|ご|ろく|しち|なな|はち|きゅう|く)?(?=ねん|がつ|にち)"
)
_ONES: Final = ("", "いち", "に", "さん", "し", "ご", "ろく", "しち", "はち", "く")
_OTHER_ONES: Final = {"よん": 4, "なな": 7, "きゅう": 9}
_TENS: Final = {"じゅう": 10, "にじゅう": 20, "さんじゅう": 30}
_KANA_ERAS: Final = {"れいわ": "令和", "へいせい": "平成"}


def _figured(text: str) -> str:
    """Return ``text`` with numbers in kana before a month and a day as figures; everything keeps its place."""
    return _KANA_NUMBER.sub(_in_figures, text) if "がつ" in text else text


def _in_figures(number: re.Match[str]) -> str:
    if not number["tens"] and not number["ones"]:
        return _KANA_ERAS.get(number[0], number[0]).ljust(len(number[0]))
    ones = number["ones"] or ""
    count = _TENS.get(number["tens"], 0) + (_OTHER_ONES.get(ones) or _ONES.index(ones))
    return str(count).rjust(len(number[0]))


#: «7がつ31にち».
_KANA_UNIT: Final = re.compile(r"(?<=[0-9０-９])(?P<space>\s*)(?P<unit>ねん|がつ|にち)")
_UNITS: Final = {"ねん": "年 ", "がつ": "月 ", "にち": "日 "}


def _in_kanji(unit: re.Match[str]) -> str:
    """Return a unit as it is mostly written, no shorter than it was: what stands behind it keeps its place."""
    return unit["space"] + _UNITS[unit["unit"]]


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


def _safely(reader: _Reader, match: re.Match[str], asked_on: date) -> DateReading | None:
    """Read one match; a number that is none (十百十) or a day beyond the calendar is no date."""
    try:
        return reader(match, asked_on)
    except (ValueError, OverflowError):
        return None
