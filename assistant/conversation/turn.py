"""One turn of the conversation: a sentence and the facts so far in; a reply and the facts after it out.

The sentence becomes codes and is dropped here: nothing returned holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.conversation.answer import Answer, answer
from assistant.conversation.finding import find
from assistant.conversation.snapshot import Snapshot
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, PRINTED_DATES, Voice
from assistant.language.understand import Understanding, understand
from assistant.search import Hit

#: Intents that the rules answer as soon as it is known what is shown.
BY_RULES = frozenset({"card_outcome", "reader_failure", "smartphone", "pin_or_cert_expiry", "registration", "children"})
_FIRST_BY_RULES = frozenset({"card_outcome"})
#: Below this an intent rests on hardly anything: "out of scope" then only means "not understood".
_SURE = 0.25
_ENTRIES = 5
_LOOKED_THROUGH = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """What was understood, what is replied, and the facts to send with the next sentence.

    ``kind`` is ``outcome``, ``question``, ``not_confirmed``, ``faq``, ``decline`` or ``out_of_scope``;
    ``answer`` is there for the first three. ``also`` is an entry that answers a second thing that was asked.
    """

    kind: str
    understanding: Understanding
    facts: Facts
    answer: Answer | None
    hits: tuple[Hit, ...]
    also: str | None


def take_turn(snapshot: Snapshot, text: str, lang: str, voice: Voice, facts: Facts, asked_on: date) -> Turn:
    """Understand ``text`` and choose the reply; relative days are resolved against ``asked_on``."""
    read = understand(text, lang, asked_on, snapshot.lexicon)
    hits = find(snapshot, text, lang, _ENTRIES)
    after = merge(facts, read.facts)
    kind = _kind(read, after, hits)
    if kind != "rules":
        return Turn(kind, read, after, None, hits, _also(snapshot, text, read, lang))
    reply = answer(snapshot, after, voice, lang)
    return Turn(reply.kind, read, after, reply, hits, _also(snapshot, text, read, lang))


def _also(snapshot: Snapshot, text: str, read: Understanding, lang: str) -> str | None:
    """Return the best entry on the second intent, if there is one."""
    hits = find(snapshot, text, lang, _LOOKED_THROUGH) if read.second_intent else ()
    found = (hit.id for hit in hits if snapshot.entries[hit.id, lang].front.intent == read.second_intent)
    return next(found, None)


def merge(facts: Facts, read: Mapping[str, str | date | tuple[str, ...]]) -> Facts:
    """Lay what a sentence states over the facts so far; an item named anew replaces the items before it."""
    stated = dict(facts.stated)
    printed = dict(facts.printed)
    presented, visit = facts.presented, facts.visit_date
    for fact, value in read.items():
        if fact == "presented" and isinstance(value, tuple):
            presented = frozenset(value)
        elif fact == "visit_date" and isinstance(value, date):
            visit = value
        elif fact in PRINTED_DATES and isinstance(value, date):
            printed[fact] = value
            stated.pop(PRINTED_DATES[fact], None)
        elif fact in CHOICES and isinstance(value, str):
            stated[fact] = value
            printed = {key: day for key, day in printed.items() if PRINTED_DATES[key] != fact or key in read}
    stated = {fact: value for fact, value in stated.items() if fact not in {PRINTED_DATES[key] for key in printed}}
    return replace(facts, visit_date=visit, presented=presented, stated=stated, printed=printed)


def _kind(read: Understanding, facts: Facts, hits: tuple[Hit, ...]) -> str:
    if read.intent == "out_of_scope" and read.intent_score >= _SURE and "presented" not in read.facts:
        return "out_of_scope"
    if read.unclear_paper:
        return "rules"
    if facts.presented and (read.intent in BY_RULES or not read.known_words):
        return "rules"
    if read.intent in _FIRST_BY_RULES and read.intent_score >= _SURE and read.facts:
        return "rules"
    if hits and (hits[0].confident or read.intent_score >= _SURE):
        return "faq"
    if read.facts:
        return "rules"
    return "decline"
