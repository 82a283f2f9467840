"""Ages and birthdays in words, turned into an age band and, from 75, the scheme; the number itself is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.domain.eras import to_western
from assistant.language.numerals import to_int

Kind = Literal["is", "turns", "from", "below", "decade"]


@dataclass(frozen=True, slots=True)
class AgeMention:
    """An age at ``[start:end]``: one that somebody is, turns, has at least, has at most, or a decade."""

    start: int
    end: int
    years: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """What the ages in a text come to; ``birthday_75`` when the 75th birthday has just passed or is today."""

    age_band: str | None
    over_75: bool
    birthday_75: bool
    span: tuple[int, int]


_N: Final = r"(?P<years>[0-9]{1,3})"
_SOON: Final = "もうすぐ|まもなく|来月|来週|来年|今度|明日|あした|そろそろ|[0-9]+月に|じき"
_EN_PERSON: Final = (
    "i am|i'm|im|she is|he is|she's|he's|is|aged?|at|age of|mother|father|mom|mum|dad|grandma|grandpa"
    "|grandmother|grandfather|husband|wife|in-law|me"
)
_EN_NO_AGE: Final = (
    r"%|percent|yen|o'?clock|months?|weeks?|days?|[0-9:/-]|\.[0-9]|(?:am|pm|st|nd|rd|th)\b"
    "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_JA_PERSON: Final = (
    "母|父|じい(?:ちゃん|さん)|ばあ(?:ちゃん|さん)|兄|姉|弟|妹|わし|私|わたし|俺|本人|自分"
    "|祖母|祖父|義母|義父|妻|夫|主人|家内|叔母|伯母|叔父|親|姑|舅|女性|男性|患者"
)
_JA_NO_AGE: Final = r"[0-9割円%月日年/:時分回人か万枚]|\.[0-9]"
_OLD: Final = r"(?P<years>(?:[6-9][0-9]|10[0-9]))"
_JA_GOES_ON: Final = (
    "です|でして|でございます|だども|だけん|だけど|やけど|やけん|ばってん|じゃ(?:けど|が|けん)|なんじゃ|だで|やねん|の者"
    f"|になる(?:{_JA_PERSON})"
)
_NOT_BEFORE: Final = r"(?<![0-9./:r年月日第番%-])"
_WRITINGS: Final[tuple[tuple[str, Kind], ...]] = (
    (rf"{_N}(?:歳|才|さい)?\s*(?:以上|を超え|過ぎの|すぎの|から上)", "from"),
    (rf"(?:over|above|older than|at least)\s+(?:the age of )?{_N}(?!\s*(?:%|percent|yen|00))\b", "from"),
    (rf"\b{_N}\s*(?:\+|(?:years? )?(?:or|and) (?:over|older|above))", "from"),
    (rf"{_N}(?:歳|才|さい)?\s*(?:以下|未満|前|まで)", "below"),
    (rf"(?:under|below|younger than)\s+{_N}\b", "below"),
    (rf"(?:{_SOON})[^。!?]{{0,8}}?{_N}(?:歳|才|さい)?(?:に(?:なり|なる)|の誕生日|です|で)", "turns"),
    (rf"(?:{_SOON})で{_N}(?:歳|才|さい)(?=[。、.])", "turns"),
    (rf"{_N}(?:歳|才|さい)に(?:なる|なります|なれば|なると|なったら)", "turns"),
    (rf"\b(?:turn|turns|turning|will be|about to be|almost|soon)\s+{_N}\b(?!\s*(?:%|percent|yen))", "turns"),
    (rf"{_N}歳?代", "decade"),
    (r"\bin (?:his|her|their|my) (?P<word>seventies|eighties|nineties)", "decade"),
    (rf"\b(?:in )?(?:his|her|their|my) {_N}s\b", "decade"),
    (rf"(?:生後|うまれて)\s*{_N}\s*(?:か月|週|日)", "is"),
    (rf"{_N}\s*(?:か月)(?:の)?(?:赤|子|乳|息子|娘|ベビー|孫)", "is"),
    (rf"\b{_N}[\s-]*(?:days?|weeks?|months?)[\s-]+old\b", "is"),
    (rf"{_N}\s*(?:歳|才|さい(?!ふ|た))", "is"),
    (rf"(?<![0-9.:/%月]){_N}に(?:なり(?:まし|ます|、)|なった(?!ら)|なって|もなる)", "is"),
    (rf"\bturned {_N}\b(?! ?(?:%|yen))", "is"),
    (rf"\b{_N}[\s-]*(?:years?|yrs?|yo|y/o)(?:[\s-]*(?:old|of age))?\b(?! (?:ago|later|visa|limit|valid|in))", "is"),
    (rf"\b(?:{_EN_PERSON})[\s,(:]+{_N}(?!\s*(?:{_EN_NO_AGE}))\b", "is"),
    (rf"(?:{_JA_PERSON})[はがも、\s(]{{0,2}}{_N}(?!{_JA_NO_AGE})", "is"),
    (rf"{_NOT_BEFORE}{_OLD}(?:{_JA_GOES_ON})", "is"),
    (rf"(?:\A|[。、]|当方|当年とって){_OLD}(?=[。、]|\Z|で(?:す|国保|社保))", "is"),
    (rf"(?:いま|今|現在){_OLD}(?=[でのにか、。])", "is"),
    (rf"{_NOT_BEFORE}{_OLD}の(?:{_JA_PERSON}|お?(?:ば|じ|年寄り)|老|高齢|独居|利用者|方)", "is"),
    (rf"\({_OLD}\)", "is"),
    (rf"\b(?:patient|customer|resident|user|aunt|uncle|parents?|neighbou?r),? \(?{_OLD}\b(?! ?%)", "is"),
)  # fmt: skip
_KINDS: Final = tuple((re.compile(pattern), kind) for pattern, kind in _WRITINGS)
_ANY_NUMBER: Final = re.compile("[0-9]|seventies|eighties|nineties")
_BORN: Final = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[mtshr])\.?(?P<era_year>元|[0-9]{1,2})年?|(?P<year>(?:19|20)[0-9]{2})年?)"
    r"(?:[./]?[0-9]{1,2}(?:月|[./]))?(?:[0-9]{1,2}日?)?"
    r"\s*(?:生まれ|生れ|うまれ|生)"
    r"|\bborn (?:in|on [a-z0-9 ]{1,12}?) ?(?P<en>(?:19|20)[0-9]{2})\b"
)
_TWO: Final = re.compile(r"(?<![0-9])(?P<first>[0-9]{2})(?:歳)?(?:と|、| and )(?P<second>[0-9]{2})(?:歳|[。、.]|$)")
_INFANT: Final = re.compile(
    r"出産して|新生児|生後|生まれたばかり|うまれたばかり|(?:先月|先週|昨日)生まれ"
    r"|newborn|new baby|baby born|just born|\bweeks old|\bmonths old"
)
_DECADES: Final = {"seventies": 70, "eighties": 80, "nineties": 90}
_SPOUSE: Final = re.compile(r"(?:妻|夫|主人|家内|wife|husband)[がはも ]{0,2}(?:is |turned )?[0-9]{2}")
_MYSELF: Final = re.compile(r"私(?:まで|は|も|の)|\b(?:me|my rate|i am|i'm)\b")
_BIRTHDAY: Final = re.compile(
    r"75(?:歳|才)?の?(?:お)?誕生日|誕生日[^。]{0,6}75|75(?:歳|才)?に(?:なった(?!ら)|なられ|なりまし|なって|なったばかり)|"
    r"(?:just|recently) turned 75|turned 75|75th birthday (?:was|today)|75歳到達|(?:today|yesterday)[^.]{0,20}75th"
)


def find_ages(plain: str) -> tuple[AgeMention, ...]:
    """Return the ages in ``plain`` (folded text), none overlapping another."""
    taken: list[AgeMention] = []
    for mention in _readings(plain):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _readings(plain: str) -> Iterator[AgeMention]:
    if not _ANY_NUMBER.search(plain):
        return
    for match in _TWO.finditer(plain):
        for group in ("first", "second"):
            yield AgeMention(*match.span(group), to_int(match[group]), "is")
    for pattern, kind in _KINDS:
        for match in pattern.finditer(plain):
            word = match.groupdict().get("word")
            years = _DECADES[word] if word else int(match["years"])
            if re.search(r"か月|週|生後|weeks?|months?|days?", match[0]) and kind == "is":
                years = 0
            if years <= 115:
                yield AgeMention(match.start(), match.end(), years, kind)


def band(years: int) -> str:
    """Return the age band of the contract in which ``years`` lies."""
    for limit, name in ((6, "preschool"), (69, "under_70"), (74, "70_74"), (84, "75_84")):
        if years <= limit:
            return name
    return "85_plus"


def age_facts(plain: str, asked_on: date) -> AgeFacts | None:
    """Return what the ages in ``plain`` say about the one person spoken of, or ``None`` when they say nothing."""
    ages = [*find_ages(plain), *_births(plain, asked_on)]
    if _SPOUSE.search(plain) and _MYSELF.search(plain):
        return None
    if not ages:
        infant = _INFANT.search(plain)
        return AgeFacts("preschool", False, False, infant.span()) if infant else None
    birthday = bool(_BIRTHDAY.search(plain)) and not any(age.kind == "turns" for age in ages)
    own = [age.years if age.kind == "is" else age.years - 1 for age in ages if age.kind in ("is", "turns")]
    bands = {band(years) for years in own}
    least = [age.years for age in ages if age.kind in ("is", "from", "decade")]
    future = any(age.kind == "turns" for age in ages)
    over = bool(least) and min(own or least) >= 75 and not future
    if not bands and not over:
        return None
    place = ages[0]
    return AgeFacts(bands.pop() if len(bands) == 1 else None, over, birthday, (place.start, place.end))


def _births(plain: str, asked_on: date) -> Iterator[AgeMention]:
    """Yield the age from a year of birth; the birthday is taken to have passed, since only the band is kept."""
    for match in _BORN.finditer(plain):
        if match["era"]:
            count = 1 if match["era_year"] == "元" else int(match["era_year"])
            year = to_western(match["era"], max(count, 1))
        else:
            year = int(match["year"] or match["en"])
        if 0 <= asked_on.year - year <= 115:
            yield AgeMention(match.start(), match.end(), asked_on.year - year, "is")
