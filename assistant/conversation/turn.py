"""One turn of the conversation: a sentence and the facts so far in; a reply and the facts after it out.

The sentence becomes codes and is dropped here: nothing returned holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.conversation.answer import Answer, answer
from assistant.conversation.finding import find_read
from assistant.conversation.snapshot import Snapshot
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, PRINTED_DATES, Voice
from assistant.language.reading import read
from assistant.language.understand import Understanding, understand
from assistant.search import Hit

#: Intents that the rules answer as soon as it is known what is shown.
BY_RULES = frozenset({"card_outcome", "reader_failure", "smartphone", "pin_or_cert_expiry", "registration", "children"})
_FIRST_BY_RULES = frozenset({"card_outcome"})
#: Below this an intent rests on hardly anything: "out of scope" then only means "not understood".
_SURE = 0.25
_ENTRIES = 5
_LOOKED_THROUGH = 12
_ON_THE_INTENT = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is replied, and the facts to send with the next sentence.

    ``kind`` is ``outcome``, ``question``, ``not_confirmed``, ``faq``, ``decline`` or ``out_of_scope``; ``answer`` is
    there for the first three. ``also`` is an entry that answers a second thing that was asked.
    """

    kind: str
    facts: Facts
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    also: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Reply):
    """A reply to a sentence, with what was understood of it."""

    understanding: Understanding


def take_turn(snapshot: Snapshot, text: str, lang: str, voice: Voice, facts: Facts, asked_on: date) -> Turn:
    """Understand ``text`` and choose the reply; relative days are resolved against ``asked_on``."""
    reading = read(text, lang, snapshot.lexicon)
    understood = understand(reading, asked_on, snapshot.lexicon)
    found = find_read(snapshot, reading, _LOOKED_THROUGH)
    hits = _for_intent(snapshot, found, understood.intent, lang)[:_ENTRIES]
    after = merge(facts, understood.facts)
    kind = _kind(understood, after, hits)
    reply = answer(snapshot, after, voice, lang) if kind == "rules" else None
    begun = bool(facts.presented)
    asks = reply is not None and reply.kind == "question"
    if asks and not begun and hits and _answers_better(snapshot, hits[0], understood, lang):
        kind, reply = "faq", None
    also = _also(snapshot, found, understood, lang)
    kind = reply.kind if reply else kind
    return Turn(kind=kind, facts=after, answer=reply, hits=hits, also=also, understanding=understood)


def _for_intent(snapshot: Snapshot, hits: tuple[Hit, ...], intent: str, lang: str) -> tuple[Hit, ...]:
    """Bring entries on the intent forward: the words of a question are found in its neighbours too."""

    def worth(hit: Hit) -> float:
        on_it = snapshot.entries[hit.id, lang].front.intent == intent
        return -hit.score * (_ON_THE_INTENT if on_it else 1.0)

    return tuple(sorted(hits, key=worth))


def _answers_better(snapshot: Snapshot, hit: Hit, read: Understanding, lang: str) -> bool:
    """Say whether an entry answers what a question of the rules would only lead to.

    An entry on the very intent does when the intent is not what happens at the desk; there it must stand out.
    """
    on_it = snapshot.entries[hit.id, lang].front.intent == read.intent
    return hit.confident if read.intent in _FIRST_BY_RULES else on_it


def _also(snapshot: Snapshot, hits: tuple[Hit, ...], read: Understanding, lang: str) -> str | None:
    """Return the best entry on the second intent, if there is one."""
    on_it = (hit.id for hit in hits if snapshot.entries[hit.id, lang].front.intent == read.second_intent)
    return next(on_it, None)


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
