"""Facts that single words state: patterns of the lexicon, ages, and what is said about a card or paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from assistant.language.ages import age_facts
from assistant.language.findings import Findings
from assistant.language.lexicon import FactRule, Lexicon
from assistant.language.lexicon_entries import UNNAMED_CARD
from assistant.language.mentions import Mention
from assistant.language.reading import Reading

_CONDITION: Final = {
    "certificate": ("certificate", {"expired": "expired", "in_date": "valid"}),
    "old_card": ("old_card", {"expired": "expired", "in_date": "valid"}),
    "mynumber_card": ("card_condition", {"expired": "expired", "in_date": "ok", "unreadable": "unreadable"}),
    UNNAMED_CARD: ("card_condition", {"expired": "expired", "in_date": "ok", "unreadable": "unreadable"}),
}
_REGISTRATION: Final = {"unregistered": "not_registered", "unmade": "not_registered", "registered": "registered"}


def rule_facts(reading: Reading, lexicon: Lexicon, findings: Findings) -> None:
    """Add the facts whose words occur in the text; the first rule of the file wins for each fact."""
    for rule in lexicon.facts:
        place = _place(rule, reading)
        if place:
            findings.add(rule.fact, rule.value, place)
            for fact, value in rule.then.items():
                findings.add(fact, value, place)


def both_checks_fail(reading: Reading, lexicon: Lexicon, findings: Findings) -> None:
    """Join a failing face check and an unknown or locked PIN into ``neither``."""
    places = {
        rule.value: _place(rule, reading)
        for rule in lexicon.facts
        if rule.fact == "authentication" and rule.value in ("face_fails", "pin_forgotten", "pin_locked")
    }
    face = places.get("face_fails")
    if face and (places.get("pin_forgotten") or places.get("pin_locked")):
        findings.replace("authentication", "neither", face)


def _place(rule: FactRule, reading: Reading) -> tuple[int, int] | None:
    for match in rule.pattern.finditer(reading.plain):
        start, end = reading.sentence_at(match.start())
        if not (rule.unless and rule.unless.found_in(reading.plain, start, max(end, match.end()))):
            return match.span()
    return None


def person_facts(reading: Reading, asked_on: date, findings: Findings) -> None:
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


def condition_facts(mentions: Iterable[Mention], findings: Findings) -> None:
    """Add whether a paper or card is expired, in date or unreadable, and whether the card is registered."""
    for mention in mentions:
        fact, values = _CONDITION.get(mention.item, ("", {}))
        for state, value in values.items():
            if state in mention.beside:
                findings.add(fact, value, (mention.start, mention.end))
        if mention.item in ("mynumber_card", UNNAMED_CARD, "smartphone"):
            if "unsure" in mention.beside:
                findings.drop("registration")
                continue
            for state, value in _REGISTRATION.items():
                if state in (*mention.beside, mention.state):
                    findings.add("registration", value, (mention.start, mention.end))
