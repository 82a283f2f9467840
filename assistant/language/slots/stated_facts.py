"""Facts that single words state: patterns of the lexicon, ages, and what is said about a card or paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from assistant.domain.vocabulary import UNKNOWN
from assistant.language.entities.ages import age_facts
from assistant.language.entities.dates import MOST_DATES, find_dates, is_figured
from assistant.language.entities.mention import Mention
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.parts import FactRule
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.lexicon.schema import UNNAMED_CARD
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

_CONDITION: Final = {
    "certificate": ("certificate", {"expired": "expired", "in_date": "valid"}),
    "old_card": ("old_card", {"expired": "expired", "in_date": "valid"}),
    "mynumber_card": ("card_condition", {"expired": "expired", "in_date": "ok", "unreadable": "unreadable"}),
    UNNAMED_CARD: ("card_condition", {"expired": "expired", "in_date": "ok", "unreadable": "unreadable"}),
}
#: What else keeps a sound card from being read.
_NOT_THE_CARD: Final = (("facility", ("reader_down", "outage", "not_equipped")), ("smartphone_reader", ("fails", "no")))
_REGISTRATION: Final = {"unregistered": "not_registered", "unmade": "not_registered", "registered": "registered"}


def rule_facts(reading: Utterance, lexicon: Lexicon, findings: Slots) -> None:
    """Add the facts whose words occur in the text; the first rule of the file wins for each fact."""
    for rule in lexicon.facts:
        place = _place(rule, reading)
        if place and not (rule.fact == "registration" and _unlocks(reading.plain, place)):
            findings.add(rule.fact, rule.value, place)
            for fact, value in rule.then.items():
                findings.add(fact, value, place)


#: 解除 undoes a registration or a locked PIN; the lock may have been told a sentence before.
_LOCK: Final = re.compile(r"ろっく|暗証|pin\b|(?:3|三)(?:回|度)(?:とも)?(?:み|間違|まちが)")
_OF_A_REGISTRATION: Final = re.compile("登録|紐|ひも|保険証|まいな(?!んばー)|やめ")


def _unlocks(plain: str, place: tuple[int, int]) -> bool:
    """Tell whether the words at ``place`` undo a lock, not a registration."""
    return (
        "解除" in plain[slice(*place)] and _LOCK.search(plain) is not None and _OF_A_REGISTRATION.search(plain) is None
    )


def both_checks_fail(reading: Utterance, lexicon: Lexicon, findings: Slots) -> None:
    """Join a failing face check and an unknown or locked PIN into ``neither``."""
    places = {
        rule.value: _place(rule, reading)
        for rule in lexicon.facts
        if rule.fact == "authentication" and rule.value in ("face_fails", "pin_forgotten", "pin_locked")
    }
    face = places.get("face_fails")
    if face and (places.get("pin_forgotten") or places.get("pin_locked")):
        findings.replace("authentication", "neither", face)


#: «…ではなく», «…から社保に», "not …": words that take back what they touch.
_TAKEN_BACK: Final = re.compile(
    r"(?:だっ|の)?(?:じゃ|では|で)(?:なく|なか|ない)(?!です?か)|から(?:国保|社保|健保|後期|会社|任意|協会けんぽ)(?![のがはを])"
)
_TAKEN_BACK_BEFORE: Final = re.compile(
    r"\b(?:not|isn't|wasn't|instead of|rather than)(?: (?:the|a|an|on|in|my|forgotten))? $"
)


#: «…は何が違うの», «…かどうかはどの画面で», «how would I know …»: words asked about, not stated.
_ASKED_ABOUT: Final = re.compile(
    r"[^。!?]{0,12}?(?:(?:何|なに|どこ|どう)が?(?:違う|ちがう)|の(?:違い|意味|仕組み)(?:は|って|が(?:わ|分|知)|を(?:教|知)|\?|$)"
    r"|かどうか(?:は|って|を)?(?:、)?(?:どこ|どう|何|どの|だれ|誰)|かどうか(?:は|も)?、?[^。、]{0,8}(?:わから|分から|知ら|不明)|(?:って|は)(?:何|なに)が(?:原因|問題|だめ)"
    r"|って(?:何|なに|なん)(?:です|の|だ|$|\?)|とは(?:何|なに|\?|$)|(?:って|とは|は)どう(?:いう|ゆう)(?:意味|こと|人|もの|時)"
    r"|(?:って|は|に)どんな(?:人|時|とき|場合|もの)|(?:って|と)?(?:出る|なる|される)(?:の|こと|場合|時|とき)"
    r"(?:は|って|が)?(?:、)?(?:何|いつ|どう|なぜ|なんで|どんな|どこ)"
    r"|(?:って|と)?(?:出る|なる|される|壊れる|落ちる|止まる)?こと(?:って|は|も)?"
    r"(?:よく)?(?:ある|あり(?:ます|得|うる))(?:の|ん)?(?:です)?か)"
)
_ASKED_ABOUT_BEFORE: Final = re.compile(
    r"\b(?:how (?:would|do|does|can|could|will) (?:i|we|you|one|they) (?:know|tell|find out)|what does it mean"
    r"|(?:meaning of|difference between)) [^.?!]{0,40}$"
)
#: Facts that people ask the meaning of without being in the situation.
_OFTEN_ASKED_ABOUT: Final = frozenset({
    "authentication", "certificate_kind", "check_result", "e_certificate", "facility", "phone_login",
    "smartphone_reader",
})  # fmt: skip


def _asked_about(rule: FactRule, plain: MatchText, start: int, end: int) -> bool:
    """Tell whether the words at ``[start:end]`` are asked about in general: what they mean, how they differ."""
    if rule.fact not in _OFTEN_ASKED_ABOUT or rule.value == UNKNOWN:
        return False
    before = plain[:start]
    return _ASKED_ABOUT.match(plain, end) is not None or _ASKED_ABOUT_BEFORE.search(before) is not None


def _place(rule: FactRule, reading: Utterance) -> tuple[int, int] | None:
    for match in rule.pattern.finditer(reading.plain):
        start, end = reading.sentence_at(match.start())
        if _TAKEN_BACK.match(reading.plain, match.end()) or _TAKEN_BACK_BEFORE.search(reading.plain[: match.start()]):
            continue
        if _asked_about(rule, reading.plain, *match.span()):
            continue
        if not (rule.unless and rule.unless.found_in(reading.plain, start, max(end, match.end()))):
            return match.span()
    return None


def person_facts(reading: Utterance, asked_on: date, findings: Slots) -> None:
    """Add age band and scheme from an age; 75 or more means the scheme for the old, whatever paper is held."""
    ages = age_facts(reading.plain, asked_on)
    if not ages:
        return
    if ages.age_band:
        findings.add("age_band", ages.age_band, ages.span)
    if ages.over_75 and findings.facts.get("scheme") != "public_assistance":
        findings.replace("scheme", "kouki", ages.span)
    if ages.birthday_75:
        findings.add("insurance_change", "joined_new", ages.span)


#: What follows or goes before a day on which somebody was seen: «11月5日に受診したとき見せた», "they scanned it on".
_SEEN_AFTER: Final = re.compile(
    r"(?:に|は|も|の|、)?[^。!?0-9]{0,12}?"
    r"(?:受診|診察|来院|来局|来て|来た|行って|行った|診ても|かか(?:った|って)|確認|見せた|見せて|通した|かざし|照会)"
    r"(?!予定|する|したい|ます)"
)
_SEEN_BEFORE: Final = (
    r"\b(?:read|checked|scanned|saw|seen|verified|swiped|came|visited|was here|been here)\b[^.?!]{0,24}\bon "
)
_SEEN_ON: Final = re.compile(rf"{_SEEN_BEFORE}$")
_SEEN_ON_THE: Final = re.compile(rf"{_SEEN_BEFORE}the (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)(?: of)? this month")
_CHECKED: Final = re.compile(r"確認|照会|\b(?:checked|verified|confirmed)\b")
_NOT_SEEN: Final = re.compile("まで|期限|届|予約|予定|登録|切れ|行く|役所|退職|入社|引っ越")


def seen_this_month(reading: Utterance, asked_on: date, findings: Slots) -> None:
    """Note a patient seen ``this_month`` when a day of the month of asking, now past, is that of a visit.

    Where the insurance was checked then, the visit that is asked about is not that one.
    """
    plain = reading.plain
    for match in _SEEN_ON_THE.finditer(plain):
        if int(match["day"]) < asked_on.day:
            findings.replace("known_patient", "this_month", match.span())
    for found in find_dates(reading.written, asked_on)[:MOST_DATES]:
        past = found.day < asked_on and (found.day.year, found.day.month) == (asked_on.year, asked_on.month)
        after = _SEEN_AFTER.match(plain, found.end)
        seen = (after and not _NOT_SEEN.search(after[0])) or _SEEN_ON.search(plain[: found.start])
        if past and found.precision == "day" and seen and is_figured(found, plain):
            findings.replace("known_patient", "this_month", (found.start, found.end))
            if findings.facts.get("visit_date") == found.day and _CHECKED.search(plain, found.end):
                findings.drop("visit_date")


def condition_facts(mentions: Iterable[Mention], findings: Slots) -> None:
    """Add whether a paper or card is expired, in date or unreadable, and whether the card is registered."""
    for mention in mentions:
        fact, values = _CONDITION.get(mention.item, ("", {}))
        for state, value in values.items():
            if state in mention.beside and not (state == "unreadable" and _has_another_cause(findings)):
                findings.add(fact, value, (mention.start, mention.end))
        if mention.item in ("mynumber_card", UNNAMED_CARD, "smartphone"):
            if "unsure" in mention.beside:
                if findings.facts.get("registration") != UNKNOWN:
                    findings.drop("registration")
                continue
            for state, value in _REGISTRATION.items():
                if state in (*mention.beside, mention.state):
                    findings.add("registration", value, (mention.start, mention.end))


def _has_another_cause(findings: Slots) -> bool:
    """Tell whether a card is not read because of the machine, so that nothing is wrong with the card."""
    return any(findings.facts.get(fact) in values for fact, values in _NOT_THE_CARD)
