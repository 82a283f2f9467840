"""What a date in a text belongs to: the visit, the last day printed on a paper, or neither."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from assistant.language.entities.dates import MOST_DATES, DateMention, find_dates, is_figured
from assistant.language.entities.mention import Mention
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.parts import Cue
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.lexicon.schema import BY_ITS_NAME, E_CERTIFICATE, NO_ITEM, ORIGINAL, UNNAMED_CARD, UNNAMED_PAPER
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

FIRST_CERTIFICATE_END: Final = date(2026, 7, 31)
"""No old card runs as long as this: a paper dated this day or later is an Eligibility Certificate."""

_SAFE_GRACE: Final = timedelta(days=92)
#: So far ahead nobody names the day of a visit with its year, and a visit at the end of a month not even nearer.
_NO_VISIT: Final = timedelta(days=100)
_NO_VISIT_AT_AN_END: Final = timedelta(days=60)
#: Nobody speaks of a booking that is further back.
_NOT_BOOKED: Final = timedelta(days=60)
_BOOKED: Final = re.compile(
    r"予約|変更|延期|延び|ずら|ずれ|次回|\b(?:moved|postponed|rescheduled|booked|appointment)\b"
)
_NEAR: Final = 16
_TOUCHING: Final = 1
_SCRAP: Final = 14
#: Words that end what was said before: «切れてたことに気づきました…12月4日に».
_ENDED: Final = re.compile(r"(?:ました|でした|です(?:が|けど|。)|\.\.)")
#: What may follow a day that stands alone in its sentence.
_NO_MORE: Final = re.compile(r"(?:まで)?(?:です|でした|だ|と(?:書いて)?(?:ある|あります))?[\s。.!]*")
_YEAR: Final = re.compile(r"令|平成|[hr]\s*[0-9]|[0-9]{4}|^[0-9]{1,2}[./]")
#: What may stand between a paper and the day printed on it.
_LABEL: Final = re.compile(
    r"[\s(:、,・=はがのもに]*(?:[\w、]{0,4}(?:期限|期日|日付|印字|きげん))?[\s(:、,・=→はがのも]*"
    r"|,? (?:is|was|dated?|with date|with a date|has date|have date|says|say)(?: of)? "
)
#: «明日まで使えません»: the day that something lasts is not that of a visit.
_LASTING: Final = re.compile(r"(?:いっぱい)?(?:まで|から(?!の))")
#: "My appointment is on …", "she goes to the clinic on …"; «…に病院に行きます».
_GOES_ON: Final = re.compile(
    r"\b(?:appointment|visit|check-?up|(?:go|goes|going|went|see|sees|seeing) (?:to )?(?:the|a|my|his|her|our) [a-z]+)"
    r"(?: is| will be)?(?: on| for)? $"
)
_GOES_THEN: Final = re.compile(
    r"(?:\([^)]{1,3}\))?(?:に|は)(?:[^。!?、]{0,8}(?:病院|医院|内科|外科|眼科|歯科|歯医者|皮膚科|クリニック|通院|受診))[^。!?]{0,6}"
    r"(?:行|い[くき]|予約|かか|受診|通|です|あり|が)"
)
#: A stay begins with a visit.
_STAY: Final = re.compile(r"から[^。]{0,20}(?:入院|にゅういん)")
#: Today is the day of the visit unless told otherwise; it is stated where it takes another's place.
_TODAY_INSTEAD: Final = re.compile(
    r"(?:やっぱり?|前倒し|早め|繰り上)[^。]{0,12}(?:今日|本日|きょう)"
    r"|(?:今日|本日|きょう)[^。]{0,4}(?:に(?:変|替|し|なり|なっ)|でもいい|前倒し)"
    r"|\btoday instead\b|\b(?:moved|changed|brought)\b.{0,24}\btoday\b"
)
#: «先月じゃなくて…»: a day that is taken back.
_TAKEN_BACK: Final = re.compile(
    r"(?:の)?(?:(?:じゃ|では|で)(?:なく|ない)|(?:予約)?(?:は|を)(?:やめ|取りやめ|きゃんせる|やめとく))"
)
_DENIED: Final = re.compile(
    r"\b(?:not|(?:does|is|was|did)n't(?: (?:end|expire|run out|say))?)(?: (?:on|until|till))? \Z"
)
_UNTIL: Final = {
    "certificate": "certificate_until",
    ORIGINAL: "certificate_until",
    "old_card": "old_card_until",
    UNNAMED_PAPER: "certificate_until",
}
#: What may bear a day, its own or that of the visit; a copy or a screen bears that of another thing.
_BEARS_A_DAY: Final = frozenset({
    *_UNTIL, E_CERTIFICATE, UNNAMED_CARD, "mynumber_card", "subsidy_certificate", "medical_care_ticket",
    "other_document",
})  # fmt: skip


def date_facts(
    reading: Utterance, mentions: tuple[Mention, ...], asked_on: date, lexicon: Lexicon, findings: Slots
) -> None:
    """Add ``visit_date`` and the printed dates that the text states; days that belong to nothing in it are noted."""
    for found in find_dates(reading.written, asked_on)[:MOST_DATES]:
        if _TAKEN_BACK.match(reading.plain, found.end) or _DENIED.search(reading.plain, 0, found.start):
            findings.not_days.append(found.day)
            continue
        thing = _dated_thing(found, mentions, reading)
        role = _on_the_paper(found, thing, reading) or _role(found, reading, lexicon)
        role = role or _unsaid_role(found, thing, reading)
        plainly = role == "visit" and _is_plainly_a_visit(found, reading)
        if role in (None, "visit") and not plainly and _is_printed(found, reading, asked_on, certain=role is None):
            role = "expiry"
        if thing and thing.item == E_CERTIFICATE and found.precision == "elapsed" and "expired" in thing.beside:
            role = "expiry"
        if role is None and findings.not_days and (thing or not is_figured(found, reading.plain)):
            role = "expiry" if thing else "visit"  # «昨日ではなく一昨日でした»
        if role == "visit" and _lasts(found, reading):
            continue
        if role == "visit" and found.precision == "day":
            anew = bool(_TODAY_INSTEAD.search(reading.plain))
            _visited(_booked(found, reading, asked_on), (found.start, found.end), asked_on, findings, anew=anew)
        elif role in ("expiry", None) and thing is None and found.precision in ("day", "month"):
            if is_figured(found, reading.plain):
                findings.days.append(found.day)
                if role == "expiry":
                    findings.last_days.append(found.day)
        elif role == "expiry":
            _printed(found, thing, asked_on, findings)


def _lasts(found: DateMention, reading: Utterance) -> bool:
    return bool(_LASTING.match(reading.plain, found.end)) and not _STAY.match(reading.plain, found.end)


def _visited(day: date, place: tuple[int, int], asked_on: date, findings: Slots, *, anew: bool) -> None:
    """Note the day of a visit; one to come goes before one that is over: «きのう手術をして…あすの診察».

    Today is noted where it is the day ``anew``, instead of another.
    """
    known = findings.facts.get("visit_date")
    if (day == asked_on and not anew) or (isinstance(known, date) and not known < asked_on < day):
        return
    findings.replace("visit_date", day, place)


def _is_plainly_a_visit(found: DateMention, reading: Utterance) -> bool:
    """Tell whether the words next to a day make it that of a visit, however far off."""
    plain, (start, end) = reading.plain, reading.sentence_at(found.start)
    return bool(_GOES_ON.search(plain[start : found.start]) or _GOES_THEN.match(plain, found.end, end))


def _is_printed(found: DateMention, reading: Utterance, asked_on: date, *, certain: bool) -> bool:
    """Tell whether a day with its year is one that stands on papers: the last of a month, or one far ahead.

    Near the day of asking a month's last day is printed only where it is ``certain`` that no words make it a visit's.
    """
    if found.precision != "day" or not _YEAR.search(reading.plain, found.start, found.end):
        return False
    if found.day - asked_on > _NO_VISIT:
        return True
    far = abs(found.day - asked_on) > _NO_VISIT_AT_AN_END
    return (certain or far) and _is_last_of_month(found.day)


def _booked(found: DateMention, reading: Utterance, asked_on: date) -> date:
    """Return the day of a visit: a booked one without its year, which would be long past, is the next of that name."""
    past = asked_on - found.day > _NOT_BOOKED and is_figured(found, reading.plain)
    if not past or _YEAR.search(reading.plain, found.start, found.end) or not _BOOKED.search(reading.plain):
        return found.day
    day = 28 if (found.day.month, found.day.day) == (2, 29) else found.day.day
    return found.day.replace(year=found.day.year + 1, day=day)


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def roles_in(reading: Utterance, asked_on: date, lexicon: Lexicon) -> set[str]:
    """Return what the days of the text belong to, by the words around them."""
    dates = find_dates(reading.written, asked_on)[:MOST_DATES]
    return {role for found in dates if (role := _role(found, reading, lexicon))}


def _role(found: DateMention, reading: Utterance, lexicon: Lexicon) -> str | None:
    """Return the role of the words that stand nearest to the date; expiry and other events touch it."""
    start, end = reading.sentence_at(found.start)
    if _STAY.match(reading.plain, found.end):
        return "visit"
    for cue in lexicon.date_roles:
        if cue.id != "visit" and _touches(cue, found, reading.plain, start, end):
            return cue.id
    visits = [cue for cue in lexicon.date_roles if cue.id == "visit"]
    if end - start <= _SCRAP:
        start, end = 0, len(reading.plain)  # «まだ行ったことのない病院です。12月15日に»
    if any(_in_sentence(cue, reading.plain, start, end) for cue in visits):
        return "visit"
    return None


def _unsaid_role(found: DateMention, thing: Mention | None, reading: Utterance) -> str | None:
    """A figured date that stands beside a paper is printed on it: «資格確認書 R8.7.31», «R8.7.31の資格確認書»."""
    if not thing or thing.item not in _UNTIL or not is_figured(found, reading.plain):
        return None
    after = found.start >= thing.end and _LABEL.fullmatch(reading.plain[thing.end : found.start])
    ahead = thing.start >= found.end and reading.plain[found.end : thing.start] == "の" and found.precision == "day"
    return "expiry" if after or ahead else None


def _on_the_paper(found: DateMention, thing: Mention | None, reading: Utterance) -> str | None:
    """A day with its year that touches the name of a paper is printed on it, whatever else the sentence tells."""
    if not thing or thing.item not in _UNTIL or found.precision != "day":
        return None
    touches = 0 <= found.start - thing.end <= _TOUCHING and _YEAR.search(reading.plain, found.start, found.end)
    return "expiry" if touches else _in_the_next_sentence(found, thing, reading)


def _in_the_next_sentence(found: DateMention, thing: Mention, reading: Utterance) -> str | None:
    """The last day of a month, with its year and alone, is printed on the paper before: «資格確認書です。R9.7.31»."""
    if found.start < thing.end:
        return None
    start, end = reading.sentence_at(found.start)
    alone = not reading.plain[start : found.start].strip() and _NO_MORE.fullmatch(reading.plain, found.end, end)
    return (
        "expiry"
        if alone and _is_last_of_month(found.day) and _YEAR.search(reading.plain, found.start, found.end)
        else None
    )


def _touches(cue: Cue, found: DateMention, plain: MatchText, start: int, end: int) -> bool:
    """Tell whether a cue follows the date at once, or stands shortly before it."""
    if cue.next and any(cue.next.matches(plain, [found.end], end)):
        return True
    if not cue.before:
        return False
    if cue.id == "expiry" and found.precision in ("day", "week") and not is_figured(found, plain):
        return any(match.end() >= found.start for match in cue.before.finditer(plain, start, found.start))
    ends = [match.end() for match in cue.before.finditer(plain, max(start, found.start - _NEAR * 2), found.start)]
    return bool(ends) and found.start - ends[-1] <= _NEAR and not _ENDED.search(plain, ends[-1], found.start)


def _in_sentence(cue: Cue, plain: MatchText, start: int, end: int) -> bool:
    return bool(cue.after and cue.after.found_in(plain, start, end))


def _dated_thing(found: DateMention, mentions: tuple[Mention, ...], reading: Utterance) -> Mention | None:
    """Return the thing a last day is printed on: one it touches, or that follows at once, else the last one before."""
    named = [mention for mention in mentions if mention.item != NO_ITEM]
    bearing = [it for it in named if it.item in _BEARS_A_DAY]
    things = [it for it in bearing if it.state not in ("unwanted", "unmade")]
    things = things or [it for it in named if it not in bearing]
    for mention in things:
        if 0 <= found.start - mention.end <= _TOUCHING:
            return mention
    for mention in things:
        if found.end <= mention.start <= found.end + _NEAR and _attributive(found, mention, reading.plain):
            return mention
    before = [mention for mention in things if mention.start < found.start]
    if before:
        return before[-1]
    return things[0] if things else None


def _attributive(found: DateMention, mention: Mention, plain: MatchText) -> bool:
    between = plain[found.end : mention.start]
    return not any(mark in between for mark in "。!?、,.")


def _printed(found: DateMention, thing: Mention | None, asked_on: date, findings: Slots) -> None:
    if thing is None:
        return
    place = (found.start, found.end)
    if thing.item == E_CERTIFICATE:
        _electronic(found, asked_on, findings)
    elif thing.item in _UNTIL and found.precision in ("day", "month"):
        fact = _UNTIL[thing.item]
        called = thing.item == "old_card" and thing.name != BY_ITS_NAME
        if called and found.day >= FIRST_CERTIFICATE_END and not _of_an_employer(found, findings):
            fact = "certificate_until"
        if thing.item != UNNAMED_PAPER:
            findings.add(fact, found.day, place)
        elif found.day >= FIRST_CERTIFICATE_END:
            findings.days.append(found.day)  # of the paper that was spoken of, if there is one
    elif thing.item in ("mynumber_card", UNNAMED_CARD):
        findings.add("card_condition", "expired" if found.day < asked_on else "ok", place)


def _of_an_employer(found: DateMention, findings: Slots) -> bool:
    """Some companies printed later days on their cards; those of the municipalities end with July."""
    return findings.facts.get("scheme") == "employee" and (found.day.month, found.day.day) != (7, 31)


def _electronic(found: DateMention, asked_on: date, findings: Slots) -> None:
    """A stated day is kept as a date; «5 weeks ago» only says whether the three months have passed."""
    place = (found.start, found.end)
    if found.precision in ("day", "month"):
        findings.add("e_certificate_until", found.day, place)
    elif found.precision == "elapsed":
        within = asked_on - found.day < _SAFE_GRACE
        findings.add("e_certificate", "grace" if within else "lapsed", place)
