"""Which facts a sentence of a talk states: what the rules read and hear, weighed with what was learnt from talks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.conversation.open_question import Answered
from assistant.conversation.state import Dialogue
from assistant.conversation.state_edits import Value, edited, merge
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, PRINTED_DATES, UNKNOWN
from assistant.language.classifiers.statement_evidence import Statements, evidence_of, rows_of, statements
from assistant.language.models.reading_model import DAY, Features, Pair
from assistant.language.models.statement_model import StatementModel
from assistant.language.models.tracking_model import TalkModels
from assistant.language.pipeline import Understanding
from assistant.language.utterance import Utterance

#: What the rules read is left out when it is less likely than this, but for an answer that they hear; what they did
#: not read has to be this likely.
_STAYS: Final = 0.02
_COMES: Final = 0.6
#: Care comes first: an emergency is told by words alone, and not weighed away.
_NOT_WEIGHED: Final = frozenset({"urgent"})


def ruled_after(
    before: Facts,
    heard: Answered | None,
    read: Understanding,
    reading: Utterance,
    dialogue: Dialogue,
    tracking: TalkModels | None,
) -> Facts:
    """Return the facts after a sentence, as the rules read it and hear its answer to the open question."""
    if heard is None:
        return edited(before, read, reading, dialogue, tracking)
    answered = {fact: value for fact, value in heard.facts.items() if (fact, value) != ("presented", UNKNOWN)}
    return merge(before if heard.whole else edited(before, read, reading, dialogue, tracking), answered)


def statements_of(
    before: Facts, after: Facts, read: Understanding, heard: Answered | None, asked: str | None
) -> Statements:
    """Return what the rules make of a sentence: they lead from ``before`` to ``after``."""
    known, told, answers = _codes(before), _codes(after), heard.facts if heard else {}
    touched = {*read.facts, *answers}
    changed = {
        fact for fact in told if known.get(fact) != told[fact] or before.printed.get(fact) != after.printed.get(fact)
    }
    return Statements(
        ruled={fact: value for fact, value in told.items() if fact in touched | changed},
        heard=frozenset((fact, told[fact]) for fact in answers if fact in told),
        worded=frozenset(read.evidence),
        read=frozenset((fact, value if isinstance(value, str) else DAY) for fact, value in read.facts.items()),
        found=read.signs.ruled,
        proposed=read.signs.proposed,
        believed=read.signs.believed,
        spoken=read.signs.spoken,
        before=known,
        shown=before.presented,
        asked=asked,
        first=not (before.presented or asked),
    )


def weighed(model: StatementModel, before: Facts, after: Facts, said: Statements, features: Features) -> Facts:
    """Return ``after`` with the facts that are believed to be stated, and without those that are not."""
    worded = model.worded(features)
    best: dict[str, tuple[float, Pair]] = {}
    for pair in statements(said):
        fact, value = pair
        choice = PRINTED_DATES.get(fact, fact)
        ruled = said.ruled.get(fact) == value
        if choice in _NOT_WEIGHED:
            continue
        chance = model.chance(evidence_of(pair, said).items(), rows_of(pair, said), worded)
        if chance >= (0.0 if pair in said.heard else _STAYS if ruled else _COMES):
            best[choice] = max(best.get(choice, (0.0, pair)), (chance, pair))
    kept = dict(pair for _, pair in best.values())
    dropped = {fact for fact in said.ruled if fact not in kept and PRINTED_DATES.get(fact, fact) not in _NOT_WEIGHED}
    stated: dict[str, Value] = {fact: value for fact, value in kept.items() if value != DAY}
    rejected = {fact: said.found[fact, DAY] for fact, value in kept.items() if value == DAY and fact not in said.ruled}
    stated |= rejected
    return merge(_without(dropped, before, after), stated)


def _without(facts: set[str], before: Facts, after: Facts) -> Facts:
    """Return ``after`` with ``facts`` as they were ``before``."""
    stated = {fact: value for fact, value in after.stated.items() if fact not in facts}
    printed = {fact: day for fact, day in after.printed.items() if fact not in facts}
    gone = {PRINTED_DATES.get(fact, fact) for fact in facts}
    stated |= {fact: value for fact, value in before.stated.items() if fact in gone and fact not in stated}
    printed |= {
        fact: day for fact, day in before.printed.items() if PRINTED_DATES[fact] in gone and fact not in printed
    }
    return replace(after, stated=stated, printed=printed)


def _codes(facts: Facts) -> dict[str, str]:
    return {fact: value for fact, value in facts.stated.items() if fact in CHOICES} | dict.fromkeys(facts.printed, DAY)
