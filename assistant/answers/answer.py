"""From facts to an answer in words: outcome, question, either/or or "not confirmed", ready for a page or the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.answers.kinds import (
    Answer,
    Asked,
    Because,
    Change,
    EitherAnswer,
    NotConfirmedAnswer,
    Option,
    OutcomeAnswer,
    PossibleOutcome,
    QuestionAnswer,
)
from assistant.answers.money import money
from assistant.answers.row_words import conditions
from assistant.answers.settling import Settled, helps, settle, told_apart, turns_full_payment
from assistant.answers.whom_to_call import whom
from assistant.content.fact_words import Contact
from assistant.content.rules import RuleBook
from assistant.content.sources import cited
from assistant.domain.columns import FACT_OF_COLUMN
from assistant.domain.decide import Decision, Leaf, turned
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, Voice, values_of
from assistant.snapshot.snapshot import Snapshot

#: Facts of the place that is visited: its own desk knows them.
_OF_THE_PLACE = frozenset({"facility", "smartphone_reader", "check_result", "known_patient"})


def answer(snapshot: Snapshot, facts: Facts, voice: Voice, lang: str, city: str | None = None) -> Answer:
    """Settle ``facts`` and put what follows into the words of ``voice`` and ``lang``; ``city`` names whom to call."""
    asked = Asked(facts, voice, lang, snapshot.version, city=city)
    settled = settle(snapshot, facts, voice)
    if not settled.confirmed:
        return not_confirmed(snapshot, asked)
    if turns_full_payment(snapshot, settled, voice):
        return _sparing(snapshot, asked, settled)
    if settled.leaf is not None:
        return _outcome(snapshot, asked, settled, settled.leaf)
    if settled.ask:
        return _question(snapshot, asked, settled.ask, settled.cases)
    return _either(snapshot, asked, settled.branches)


def not_confirmed(snapshot: Snapshot, asked: Asked) -> NotConfirmedAnswer:
    """Say that no rule is confirmed for the day, and whom to ask."""
    span = snapshot.book.rules.span
    message = snapshot.phrases["not_confirmed"][asked.lang].format(first=span.first, last=span.horizon)
    return NotConfirmedAnswer(asked, message, _contact(snapshot, "insurer", asked))


def options(snapshot: Snapshot, fact: str, lang: str) -> tuple[Option, ...]:
    """Return the values of ``fact`` with their labels, in the order of the vocabulary."""
    words = snapshot.words[fact].values
    return tuple(Option(value, words[value][lang]) for value in values_of(fact))


def asking_for(snapshot: Snapshot, facts: Facts, fact: str, voice: Voice, lang: str) -> QuestionAnswer:
    """Ask for ``fact`` again, whatever is known of it; the outcomes still possible are left out."""
    return _question(snapshot, Asked(facts, voice, lang, snapshot.version), fact, ())


def _outcome(snapshot: Snapshot, asked: Asked, settled: Settled, leaf: Leaf) -> OutcomeAnswer:
    decision, outcome = leaf.decision, snapshot.outcomes[leaf.decision.outcome]
    notes = [snapshot.notes[note] for note in _note_keys(snapshot, decision)]
    ids = [*decision.basis, *outcome.sources, *(id for note in notes for id in note.sources)]
    return OutcomeAnswer(
        asked,
        outcome,
        decision,
        tuple(because(snapshot, snapshot.book, decision, asked.lang)),
        tuple(_one_change(snapshot, asked, leaf)),
        tuple((note.desk if asked.voice == "desk" else note.patient)[asked.lang] for note in notes),
        cited(snapshot.sources, ids),
        _contact(snapshot, outcome.contact, asked),
        settled.taken,
        settled.otherwise,
        _question(snapshot, asked, settled.ask, ()) if settled.ask else None,
        money(snapshot.phrases, outcome, asked.facts, asked.lang) if asked.voice == "patient" else "",
    )


def _note_keys(snapshot: Snapshot, decision: Decision) -> list[str]:
    if snapshot.outcomes[decision.outcome].standing not in ("insured", "discretion"):
        return []
    return [row.table + "/" + row.result for row in decision.rows if f"{row.table}/{row.result}" in snapshot.notes]


def because(snapshot: Snapshot, book: RuleBook, decision: Decision, lang: str) -> Iterator[Because]:
    """Return the rows with a source behind ``decision``, in words."""
    for row in decision.rows:
        if row.basis:
            facts = tuple(dict.fromkeys(FACT_OF_COLUMN[column] for column in row.when if column in FACT_OF_COLUMN))
            told = tuple(conditions(row, snapshot.words, snapshot.phrases, book.about, lang, plain=True))
            yield Because(row.key, facts, book.about[row.table][lang], told, row.note.get(lang, ""), row.confidence)


def _one_change(snapshot: Snapshot, asked: Asked, leaf: Leaf) -> Iterator[Change]:
    whole = replace(asked.facts, stated={**asked.facts.stated, **leaf.given}) if leaf.given else asked.facts
    choices = [fact for fact in leaf.decision.used if fact in CHOICES]
    for fact, value, other in turned(snapshot.book.rules, whole, asked.voice, choices):
        if other != leaf.decision.outcome:
            yield Change(fact, value, other, snapshot.outcomes[other].standing)


def _question(snapshot: Snapshot, asked: Asked, fact: str, cases: tuple[Leaf, ...]) -> QuestionAnswer:
    words = snapshot.words[fact]
    return QuestionAnswer(
        asked,
        fact,
        words.question(asked.voice, asked.lang),
        words.hint[asked.lang] if words.hint else "",
        options(snapshot, fact, asked.lang),
        tuple(_each(snapshot, told_apart(cases))),
        _contact(snapshot, "insurer", asked),
    )


def _sparing(snapshot: Snapshot, asked: Asked, settled: Settled) -> QuestionAnswer:
    """Ask what would spare the full cost; where each answer leads stands beside it."""
    question = _question(snapshot, asked, settled.ask, settled.cases)
    turns = (it for it in settled.otherwise if it.fact == settled.ask)
    elsewhere = tuple(PossibleOutcome(snapshot.outcomes[it.outcome], {it.fact: it.value}) for it in turns)
    return replace(question, possible=(*question.possible, *elsewhere))


def _either(snapshot: Snapshot, asked: Asked, branches: tuple[Leaf, ...]) -> EitherAnswer:
    missing = tuple(dict.fromkeys(fact for leaf in branches for fact in leaf.given))
    words = [snapshot.words[fact] for fact in missing]
    labels = {lang: "、".join(it.label[lang] for it in words) for lang in ("ja", "en")}
    place = "facility" if _OF_THE_PLACE & {*missing} else "insurer"
    return EitherAnswer(
        asked,
        missing,
        tuple(_each(snapshot, branches)),
        helps(snapshot, asked.facts, asked.voice),
        tuple(it.hint[asked.lang] for it in words if it.hint),
        {lang: snapshot.phrases["not_known"][lang].format(what=labels[lang]) for lang in labels},
        _contact(snapshot, place, asked),
    )


def _each(snapshot: Snapshot, leaves: Iterable[Leaf]) -> Iterator[PossibleOutcome]:
    """Yield each outcome once, with the first way to it."""
    first: dict[str, Leaf] = {}
    for leaf in leaves:
        first.setdefault(leaf.decision.outcome, leaf)
    for id, leaf in first.items():
        yield PossibleOutcome(snapshot.outcomes[id], leaf.given)


def _contact(snapshot: Snapshot, purpose: str, asked: Asked) -> Contact:
    wanted = "facility" if purpose == "none" else purpose
    return whom(snapshot, wanted, asked.facts.stated.get("scheme"), asked.voice, asked.city)
