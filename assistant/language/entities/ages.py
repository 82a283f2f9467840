"""Ages and birthdays in words, turned into an age band and, from 75, the scheme; the number itself is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.domain.eras import to_western
from assistant.language.text.numerals import to_int

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
_JUST: Final = "今日|きょう|本日|昨日|きのう|おととい|先日|先週|先月|こないだ|この間"
_SPAN_OF_TIME: Final = "".join(
    f"(?<!{word} )" for word in ("for", "in", "after", "every", "last", "next", "within", "past")
)
_EN_PERSON: Final = (
    "i am|i'm|im|she is|he is|she's|he's|hes|shes|is|aged?|at|age of|mother|father|mom|mum|dad|grandma|grandpa"
    "|grandmother|grandfather|husband|wife|in-law|me|son|daughter|kid|child|baby|boy|girl|twins|toddler"
    "|gentleman of|landlady of|somebody of|someone of|patient of|lodger of|grandson|granddaughter|in law"
    "|lady of|man of|woman of|they're|they are|both|i'm also|nan|gran|granny|obaa?(?:chan|san)|ojii?(?:chan|san)"
    "|(?:next|new|a|the|this|my) (?:patient|pt|client|customer|resident)"
)
_EN_NO_AGE: Final = (
    r"%|percent|yen|o'?clock|months?|weeks?|days?|[0-9:/-]|\.[0-9]|(?:am|pm|st|nd|rd|th)\b"
    "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_JA_PERSON: Final = (
    "母|父|じい(?:ちゃん|さん)|ばあ(?:ちゃん|さん)|兄|姉|弟|妹|わし|私|わたし|俺|本人|自分"
    "|祖母|祖父|義母|義父|妻|夫|主人|家内|叔母|伯母|叔父|親|姑|舅|女性|男性|患者|利用者|娘|息子|孫|うちの人|旦那|子"
)
_JA_NO_AGE: Final = r"[0-9割円%月日年/:時分回人か万枚]|\.[0-9]"
_OLD: Final = r"(?P<years>(?:[6-9][0-9]|10[0-9]))"
_JA_GOES_ON: Final = (
    "です|なん(?:です|や|だ)|なの(?:。|、|よ|で)|だっけ|になられ|でして|でございます|じゃ(?=[。、]|\\Z)|や(?=[。、]|\\Z)|だ(?=[。、]|\\Z)|ばい|ですけん|っす|だよ|だわ|だべ|なり|だども|だけん|だけど|やけど|やけん|ばってん|じゃ(?:けど|が|けん)|なんじゃ|だで|やねん|の者"
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
    (rf"(?:{_SOON})[^。!?]{{0,8}}?[でに]{_OLD}(?=[やだじよ、。]|っけ|\Z)", "turns"),
    (rf"(?:{_JUST})[^。!?0-9]{{0,6}}{_N}(?:歳|才)?のお?誕生日", "is"),
    (rf"{_N}(?:歳|才)?のお?誕生日[をがはも]?(?:もう|とうに)?(?:迎えた|迎えまし|過ぎ|すぎ|済|来まし|きたばか)", "is"),
    (rf"この[0-9]+日に{_N}(?:歳|才)?の(?:お)?誕生日", "is"),
    (rf"{_N}(?:歳|才)?の(?:お)?誕生日", "turns"),
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
    (rf"(?<![0-9.:/%月護援級])(?<!要支){_N}に(?:なり(?:まし|ます|、)|なった(?!ら)|なって|もなる)", "is"),
    (rf"\bturned {_N}\b(?! ?(?:%|yen))", "is"),
    (rf"\b{_N}[\s-]*(?:(?:years?|yrs?)[\s-]*(?:old|of age)|yo|y/o)\b", "is"),
    (rf"\b(?:is|she's|he's|baby|only) (?:now |only )?{_N} months?\b(?! (?:ago|pregnant|late|left|of|to|for))", "is"),
    (
        rf"{_SPAN_OF_TIME}\b{_N}[\s-]*(?:years?|yrs?|yo|y/o)(?:[\s-]*(?:old|of age))?\b"
        r"(?! (?:ago|later|visa|limit|valid|in))",
        "is",
    ),
    (rf"\b(?:{_EN_PERSON})(?:'s)?[\s,(:]+{_N}(?!\s*(?:{_EN_NO_AGE}))\b", "is"),
    (rf"(?:{_JA_PERSON})[はがも、\s(]{{0,2}}{_N}(?!{_JA_NO_AGE})", "is"),
    (rf"{_NOT_BEFORE}{_OLD}(?:{_JA_GOES_ON})", "is"),
    (rf"(?:\A|[。、]|当方|当年とって|満){_OLD}(?=[。、]|\Z|で(?:す|国保|社保))", "is"),
    (rf"(?:わたくし|わたし|あたし|私|俺|僕|わし)(?:は|も|ゃ){_OLD}(?=[でのやじだよわ、])", "is"),
    (rf"{_NOT_BEFORE}{_OLD}の(?:もん|者)", "is"),
    (rf"(?:いま|今|現在){_OLD}(?=[でのにか、。])", "is"),
    (rf"{_NOT_BEFORE}{_OLD}の(?:{_JA_PERSON}|お?(?:ば|じ|年寄り)|老|高齢|独居|利用者|方)", "is"),
    (rf"\({_OLD}\)", "is"),
    (rf"(?:年|歳|とし|よわい|齢)(?:は|が|も){_OLD}", "is"),
    (r"(?:年|歳|とし)(?:は|が)(?P<years>[1-9])つ(?!しか|違|ちが|上|下|年)", "is"),
    (rf"(?:もう|はや|はあ|御年|おん年|満|数えで|同い年の|当年|今年){_OLD}(?=[でのにか、。やじだば]|\Z)", "is"),
    (rf"{_NOT_BEFORE}{_OLD}(?:の婆|の爺|のばあ|のじい|男性|女性|男|女)", "is"),
    (rf"\A{_OLD}(?=窓口|負担|医療|国保|社保|何割|一人|ひとり|男|女|独居)", "is"),
    (rf"\A\W?{_OLD}の(?![0-9]|割|枚|誕生)", "is"),
    (r"(?<![0-9.])(?P<years>[1-9])つ(?:の(?:子|孫|息子|娘|坊|男|女)|に(?:なる|なった)(?:子|孫|息子|娘|坊))", "is"),
    (r"(?:孫|子|息子|娘|坊や?)(?:は|が|、)?(?:まだ)?(?P<years>[1-9])つ", "is"),
    (rf"\b(?:patient|customer|resident|user|aunt|uncle|parents?|neighbou?r),? \(?{_OLD}\b(?! ?%)", "is"),
)  # fmt: skip
_KINDS: Final = tuple((re.compile(pattern), kind) for pattern, kind in _WRITINGS)
_ANY_NUMBER: Final = re.compile("[0-9]|seventies|eighties|nineties")
_SCHOOL: Final = re.compile(
    r"(?:小学|中学|高校|小|中|高)(?:[1-6](?!でも)|一|二|三|四|五|六)(?:年生?)?(?:の|です|で|、|。|男|女|息子|娘|生|\Z)"
    r"|(?:小学生|中学生|高校生|大学生)(?:の|です|で|、)(?:息子|娘|子|孫|男|女|弟|妹)?"
    r"|\b(?:elementary|middle|junior high|high) ?schooler\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|[1-9](?:st|nd|rd|th))[ -]grade(?:r|rs)?\b"
    r"|\bteenage(?:r|d)?\b"
)
_LITTLE: Final = re.compile(
    r"(?:孫|子|娘|息子)(?:が|は)(?:生まれ|うまれ)て|(?<!紐の)赤ちゃん(?:、|を|も|で|です)|あかちゃん(?!の(?:とき|時))|(?:うちの|この)赤(?:ちゃん|ん坊)"
    r"|(?<![0-9])(?:[1-9]|10|四|三|六|九|十)(?:か月|ヶ月)健診|園児(?:の|です|で|、|が|さん)|年[少中長]の(?:息子|娘|子|孫)|よちよち|離乳食"
    r"|\btoddlers?\b|\b(?:my|our|the|her|his) (?:baby|infant|twins)\b"
    r"|\bbaby is\b|\bkindergart\w+|\bpreschooler|\bbaby(?:'s)? card\b"
)
_FEASTS: Final = {"還暦": 60, "古希": 70, "古稀": 70, "喜寿": 77, "傘寿": 80, "米寿": 88, "卒寿": 90, "白寿": 99}
_FEAST: Final = re.compile(f"(?P<feast>{'|'.join(_FEASTS)})(?!前|まで|に(?:なったら|なると|なれば)|で作)")
_SMALL: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_IN_WORDS: Final = re.compile(
    r"(?:\b(?:turns|turned|aged) (?P<turns>one|two|three|four|five|six)\b"
    r"|\b(?P<old>one|two|three|four|five|six)[\s-]years?[\s-]old\b)"
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
_TWO: Final = re.compile(r"(?<![0-9])(?P<first>[0-9]{2})(?:歳)?(?:と|、| and )(?P<second>[0-9]{2})(?:歳|[。、.,]|$)")
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
            *match.span(), _SMALL[match["turns"] or match["old"]], "turns" if match[0].startswith("turns") else "is"
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
    bands = {band(years) for years in own}
    least = [age.years for age in ages if age.kind in ("is", "from", "decade")]
    future = any(age.kind == "turns" for age in ages)
    over = min(own) >= 75 if own else bool(least) and min(least) >= 75 and not future
    if not bands and not over:
        return None
    place = ages[0]
    return AgeFacts(bands.pop() if len(bands) == 1 else None, over, birthday, (place.start, place.end))


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
