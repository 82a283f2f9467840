"""Ages and birthdays in words, turned into an age band and, from 75, the scheme; the number itself is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.domain.eras import to_western
from assistant.language.entities.age_writings import WRITINGS, Kind
from assistant.language.text.numerals import to_int


@dataclass(frozen=True, slots=True)
class AgeMention:
    """An age at ``[start:end]``: one that somebody is, turns, has at least, has at most, a decade, or the
    second half of one."""

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


_KINDS: Final = tuple((re.compile(pattern), kind) for pattern, kind in WRITINGS)
_ANY_NUMBER: Final = re.compile("[0-9]|seventies|eighties|nineties")
_SCHOOL: Final = re.compile(
    r"(?:小学|中学|高校|小|中|高)(?:[1-6](?!でも)|一|二|三|四|五|六)(?:年生?)?(?:の|です|で|、|。|男|女|息子|娘|生|\Z)"
    r"|(?:小学生|中学生|高校生|大学生)(?:の|です|で|、)(?:息子|娘|子|孫|男|女|弟|妹)?"
    r"|\b(?:elementary|middle|junior high|high) ?schooler\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|[1-9](?:st|nd|rd|th))[ -]grade(?:r|rs)?\b"
    r"|\bteenage(?:r|d)?\b"
)
_LITTLE: Final = re.compile(
    r"乳児(?!健診|医療)|未就学|赤ん坊(?:の(?:ほう|方)|、|は|が|を)|(?:孫|子|娘|息子)(?:が|は)(?:生まれ|うまれ)て|(?<!紐の)赤ちゃん(?:、|を|も|で|です)|あかちゃん(?!の(?:とき|時))|(?:うちの|この)赤(?:ちゃん|ん坊)"
    r"|(?<![0-9])(?:[1-9]|10|四|三|六|九|十)(?:か月|ヶ月)健診|園児(?:の|です|で|、|が|さん)|年[少中長]の(?:息子|娘|子|孫)|よちよち|離乳食"
    r"|\btoddlers?\b|\b(?:my|our|the|her|his) (?:baby|infant|twins)\b"
    r"|\bbaby is\b|\bkindergart\w+|\bpreschooler|\bbaby(?:'s)? card\b"
)
_FEASTS: Final = {"還暦": 60, "古希": 70, "古稀": 70, "喜寿": 77, "傘寿": 80, "米寿": 88, "卒寿": 90, "白寿": 99}
_FEAST: Final = re.compile(f"(?P<feast>{'|'.join(_FEASTS)})(?!前|まで|に(?:なったら|なると|なれば)|で作)")
_SMALL: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_IN_WORDS: Final = re.compile(
    r"(?:(?<!when she )(?<!when he )\b(?:turns|turned|aged) (?P<turns>one|two|three|four|five|six)\b"
    r"|\b(?P<old>one|two|three|four|five|six)[\s-]years?[\s-]old\b"
    r"|\b(?:(?:she|he)(?:'s| is)|son,|daughter,|kid,|child,|boy,|girl,) (?P<is>one|two|three|four|five|six)"
    r"(?=[,.:;!?]|\Z))"
)
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TENS_IN_WORDS: Final = re.compile(
    r"\b(?:(?P<turns>turns|turning|will be|nearly|almost)"
    r"|is|was|am|are|i'm|he's|she's|they're|aged?|turned|now|mum|dad|mother|father|,)"
    rf" (?:now |already |just |also |only )?(?P<tens>{'|'.join(_TENS)})(?:[ -]?(?P<ones>{'|'.join(_ONES)}))?\b"
    r"(?!-?(?: ?percent| ?%| ?thousand| ?hundred| ?yen| ?minutes| ?days| ?months| ?something|ish| ?odd| ?plus))"
    rf"|\b(?P<old_tens>{'|'.join(_TENS)})(?:[ -]?(?P<old_ones>{'|'.join(_ONES)}))?[ -]years?[ -]olds?\b"
)
_KANA_TENS: Final = {"ろく": 60, "なな": 70, "しち": 70, "はち": 80, "きゅう": 90}
_KANA_ONES: Final = {
    "いち": 1, "に": 2, "さん": 3, "よん": 4, "し": 4, "ご": 5, "ろく": 6,
    "なな": 7, "しち": 7, "はち": 8, "きゅう": 9, "く": 9,
}  # fmt: skip
_KANA_AGE: Final = re.compile(
    f"(?P<tens>{'|'.join(_KANA_TENS)})じゅう(?P<ones>{'|'.join(_KANA_ONES)})?(?:さい|です|になり|になる|になった)"
)
_COUNTED_IN_MONTHS: Final = re.compile(r"[0-9]\s*(?:か月|週)|生後|うまれて|weeks?|months?|days?")
_ABOUT: Final = re.compile(
    r"(?:歳|才|さい)?(?:(?P<below>近|手前|前(?:後)?(?![のはに]))|がらみ|過ぎ|すぎ|なんぼ|そこそこ)"
)
_WHEN_GROWN: Final = re.compile("にな(?:れば|ると|ったら)")
_COUNTED: Final = re.compile("[一二三四五六七八九](?=つ|か月)")
_TSU: Final = str.maketrans("一二三四五六七八九", "123456789")
_BOTH: Final = re.compile(
    r"と(?:私|わたし|わし|自分|俺)|それぞれ|(?:二|2)人とも|夫婦で|\bboth of us\b|\bwe both\b|\band (?:i|me)\b"
)
_OWN_AGE: Final = re.compile(
    r"(?P<before>[0-9]{2})(?:歳|才)?の(?:私|わたし|わし|自分|俺|おれ|僕|あたし|わい|うち)(?!の(?:母|父|妻|夫))"
    r"|(?:私|わたし|わし|自分|俺|僕|あたし)(?:自身)?(?:は|が|も|、)?(?P<after>[0-9]{2})(?:歳|才|です|で|だ|や|の|、|。|\Z)"
    r"|\bi(?:'m| am)(?: (?:only|just|now|still|already))? (?P<am>[0-9]{2})\b(?! ?(?:%|percent|yen|minutes))"
    r"|\bi(?:'m| am) [^.?!]{0,40}?, (?P<later>[0-9]{2})(?=[.,;]|\Z)"
)
_BORN: Final = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[mtshr])\.?(?P<era_year>元|[0-9]{1,2})年?|(?P<year>(?:19|20)[0-9]{2})年?)"
    r"(?:[./]?[0-9]{1,2}(?:月|[./]))?(?:[0-9]{1,2}日?)?"
    r"\s*(?:生まれ|生れ|うまれ|生)"
    r"|\bborn (?:in|on [a-z0-9 ]{1,12}?) ?(?P<en>(?:19|20)[0-9]{2})\b"
)
_TWO: Final = re.compile(
    r"(?<![0-9/.月年-])(?P<first>[0-9]{2})(?:歳)?(?:と|、| and )(?P<second>[0-9]{2})(?:歳|[。、.,]|$)"
)
_INFANT: Final = re.compile(
    r"出産して|新生児|生後|生まれたばかり|うまれたばかり|(?:先月|先週|昨日)生まれ"
    r"|newborn|new baby|baby born|just born|\bweeks old|\bmonths old"
)
_DECADES: Final = {"seventies": 70, "eighties": 80, "nineties": 90}
_SPOUSE: Final = re.compile(
    r"(?:妻|夫|主人|家内|女房|嫁|旦那|亭主|wife|husband|spouse)(?:さん)?[がはも ]{0,2}"
    r"(?:is |turned |turns |hits |will be )?[0-9]{2}(?!%)"
)
_MYSELF: Final = re.compile(
    r"(?:私|わたし|わし|俺|自分|僕|あたし)(?:まで|(?=[0-9])|は|も|の(?!扶養|会社|勤め)|だけ|が)"
    r"|\b(?:me|my rate|i am|i'm)\b"
)
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
    for match in _FEAST.finditer(plain):
        yield AgeMention(*match.span(), _FEASTS[match["feast"]], "is")
    for match in _IN_WORDS.finditer(plain):
        yield AgeMention(
            *match.span(),
            _SMALL[match["turns"] or match["old"] or match["is"]],
            "turns" if match[0].startswith("turns") else "is",
        )
    for match in _TENS_IN_WORDS.finditer(plain):
        tens, ones = match["tens"] or match["old_tens"], match["ones"] or match["old_ones"]
        yield AgeMention(*match.span(), _TENS[tens] + _ONES.get(ones or "", 0), "turns" if match["turns"] else "is")
    for match in _KANA_AGE.finditer(plain):
        yield AgeMention(*match.span(), _KANA_TENS[match["tens"]] + _KANA_ONES.get(match["ones"] or "", 0), "is")
    plain = _COUNTED.sub(lambda match: match[0].translate(_TSU), plain)
    if not _ANY_NUMBER.search(plain):
        return
    for match in _TWO.finditer(plain):
        for group in ("first", "second"):
            yield AgeMention(*match.span(group), to_int(match[group]), "is")
    for pattern, kind in _KINDS:
        for match in pattern.finditer(plain):
            word = match.groupdict().get("word")
            years = _DECADES[word] if word else int(match["years"])
            if kind == "is" and _COUNTED_IN_MONTHS.search(match[0]):
                years = 0
            about = _ABOUT.match(plain, match.end()) if kind == "is" and years >= 60 else None
            if about:  # «九十近い», «八十過ぎ»: no age, only somewhere about it
                yield AgeMention(match.start(), match.end(), years - 3 if about["below"] else years, "decade")
            elif years <= 115 and not (years <= 20 and _WHEN_GROWN.search(match[0])):
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
        return _own_age(plain)
    if not ages:
        infant = _INFANT.search(plain) or _LITTLE.search(plain)
        if infant:
            return AgeFacts("preschool", False, False, infant.span())
        pupil = _SCHOOL.search(plain)
        return AgeFacts("under_70", False, False, pupil.span()) if pupil else None
    birthday = bool(_BIRTHDAY.search(plain)) and not any(age.kind == "turns" for age in ages)
    own = [age.years if age.kind == "is" else age.years - 1 for age in ages if age.kind in ("is", "turns")]
    bands = {band(years) for years in own} or set(_bands(ages))
    least = [age.years for age in ages if age.kind in ("is", "from", "decade", "late")]
    future = any(age.kind == "turns" for age in ages)
    over = min(own) >= 75 if own else bool(least) and min(least) >= 75 and not future
    if not bands and not over:
        return None
    place = ages[0]
    return AgeFacts(bands.pop() if len(bands) == 1 else None, over, birthday, (place.start, place.end))


def _bands(ages: list[AgeMention]) -> Iterator[str]:
    """Yield the band of each decade, or second half of one, that lies in one band: «60代の男性»."""
    for age in ages:
        ends = {"decade": (0, 9), "late": (5, 9)}.get(age.kind)
        if ends and len(found := {band(age.years + more) for more in ends}) == 1:
            yield found.pop()


def _own_age(plain: str) -> AgeFacts | None:
    """Return the band of the one who writes, when the ages of two people are told."""
    match = _OWN_AGE.search(plain)
    if not match or _BOTH.search(plain):
        return None
    years = int(next(filter(None, match.groups())))
    return AgeFacts(band(years), years >= 75, False, match.span())


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
