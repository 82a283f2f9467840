"""Whose papers a sentence speaks of, and how the facts are exchanged when it turns to somebody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.conversation.state import Dialogue
from assistant.domain.facts import Facts
from assistant.domain.people import CHILD, CHILDREN, NEXT, OFFSPRING, SELF
from assistant.domain.vocabulary import Voice
from assistant.language.entities.persons import PersonMention
from assistant.language.pipeline import Understanding
from assistant.language.slots.item_roles import HERE
from assistant.language.utterance import Utterance

#: What is true of the place stays when the desk turns to the next patient.
_OF_THE_PLACE: Final = ("facility",)
_ELLIPTIC: Final = re.compile(r"(?:さん|様)?のは|'s (?:says?|is|was|has|reads?|one|expire[sd]?|ends|ended|runs)\b")


def turned_to(
    facts: Facts, dialogue: Dialogue, read: Understanding, reading: Utterance, asked_on: date, voice: Voice
) -> tuple[Facts, Dialogue]:
    """Return the facts and the dialogue of whoever the sentence speaks of; those spoken of before are set aside."""
    who = _who(facts, dialogue, read, voice)
    if who == dialogue.who:
        return facts, dialogue
    known = dialogue.facts_of(who)
    if not (facts.presented or facts.stated or facts.printed):
        return (facts, replace(dialogue, who=who)) if known is None else (known, dialogue.turning_to(who, facts))
    stays = {fact: facts.stated[fact] for fact in _OF_THE_PLACE if voice == "desk" and fact in facts.stated}
    theirs = known or Facts(asked_on)
    if known is None and len(facts.presented) == 1 and not read.items and _elliptic(read.people, reading, who):
        theirs = replace(theirs, presented=facts.presented)
    return replace(theirs, stated={**stays, **theirs.stated}), dialogue.turning_to(who, facts)


def _who(facts: Facts, dialogue: Dialogue, read: Understanding, voice: Voice) -> str:
    begun = bool(facts.presented or facts.stated or facts.printed)
    aside = {person.who for person in dialogue.aside}
    people = [_same_child(it, {dialogue.who, *aside}, dialogue.who) for it in read.people]
    if "next_person" in read.acts and begun:
        taken = {dialogue.who, *aside}
        called = [it.who for it in people if it.who != SELF and it.part != "owner"]
        return next((who for who in (*called, *NEXT) if who not in taken), NEXT[-1])
    if "back" in read.acts and not any(it.part in ("back", "topic") for it in people):
        named = {it.item for it in read.items}
        theirs = [person.who for person in dialogue.aside if named & person.facts.presented]
        if theirs and not named & facts.presented:
            return theirs[0]
    for person in people:
        if person.part == "back":
            return person.who
    if "back" in read.acts and aside and not any(it.part == "topic" for it in people):
        return (SELF if SELF in aside else dialogue.aside[-1].who) if dialogue.who in NEXT else dialogue.who
    topics = [it for it in people if it.part == "topic" or (it.part == "owner" and _owns(it, read))]
    others = [person for person in topics if person.who != SELF]
    if others:
        return dialogue.who if any(it.who == dialogue.who for it in others) else others[0].who
    known = [it.who for it in people if it.part == "subject" and it.who in aside]
    if known:
        return known[0]
    if topics and dialogue.who != SELF:
        return SELF
    ill = [it.who for it in people if it.who not in (SELF, dialogue.who) and it.part != "owner"]
    if begun and len(ill) == 1 and "age_band" in read.facts and any(it.part == HERE for it in read.items):
        return ill[0]  # «My dad is 77. He has …»
    if not begun:
        return (_first(read) if voice == "patient" else "") or dialogue.who
    return dialogue.who


def _same_child(person: PersonMention, known: set[str], now: str) -> PersonMention:
    """Take «the child» for the one spoken of, and one to go back to of whom nothing is known for who came before it."""
    if person.who == CHILD and now in CHILDREN:
        return person._replace(who=now)
    if person.who in OFFSPRING and person.part == "back" and person.who not in known:
        return person._replace(who=next((who for who in (*OFFSPRING, SELF) if who in known - {now}), person.who))
    return person


def _first(read: Understanding) -> str:
    """Return the one other person of whom somebody begins to speak; who only does something in it is not meant."""
    others = [it for it in read.people if it.who != SELF and (it.part != "subject" or _is_patient(read))]
    named = {it.who for it in others if it.part != "owner" or _owns(it, read) or not read.items}
    return named.pop() if len(named) == 1 and not any(it.who == SELF for it in read.people) else ""


def _owns(person: PersonMention, read: Understanding) -> bool:
    """Tell whether «my wife's …» is followed by a paper or a card, or by nothing at all."""
    return any(0 <= it.start - person.end <= _NEAR for it in read.items)


def _is_patient(read: Understanding) -> bool:
    """Tell whether a person who is only the subject of a sentence is the one who is ill."""
    return "urgent" in read.facts or "age_band" in read.facts


_NEAR: Final = 8


def _elliptic(people: tuple[PersonMention, ...], reading: Utterance, who: str) -> bool:
    """Tell whether «my wife's» stands for her paper of the same kind."""
    return any(it.who == who and _ELLIPTIC.match(reading.plain, it.end) for it in people)
