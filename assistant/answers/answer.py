"""From facts to an answer in words: outcome, question, either/or or "not confirmed", ready for a page or the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from assistant.answers.money import money
from assistant.answers.row_words import conditions
from assistant.answers.settling import Otherwise, Settled, helps, settle, told_apart
from assistant.answers.whom_to_call import whom
from assistant.content.fact_words import Contact
from assistant.content.outcomes import Outcome, Telling, Version
from assistant.content.rules import RuleBook
from assistant.content.sources import Source, cited
from assistant.domain.decide import FACT_OF_COLUMN, Decision, Leaf, Window, turned
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, Voice
from assistant.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """What every answer carries: the facts it was asked for, in which voice and language, and the office chosen.

    ``city`` is a code of the register of municipalities: it says whom to call and decides nothing.
    """

    facts: Facts
    voice: Voice
    lang: str
    version: str
    where: str = "check"
    city: str | None = None

    @property
    def page(self) -> str:
        """The address of the page that gives the same answer."""
        return address(self.lang, self.facts, self.voice, self.where, self.city)


@dataclass(frozen=True, slots=True)
class Because:
    """A row that the answer rests on, and the facts it looked at."""

    rule: str
    facts: tuple[str, ...]
    about: str
    conditions: tuple[str, ...]
    note: str
    confidence: str


class Change(NamedTuple):
    """A single fact that, with another value, would lead elsewhere."""

    fact: str
    value: str
    outcome: str
    standing: str


class SourcedAnswer:
    """What an answer that rests on rows and sources can say of its dates: window, check, review, and how sure it is."""

    __slots__ = ()
    decision: Decision
    sources: tuple[Source, ...]

    @property
    def window(self) -> Window:
        """The days in which the rules behind the answer are in force."""
        return self.decision.window

    @property
    def confidence(self) -> str:
        """The weakest confidence among the rules."""
        return self.decision.confidence

    @property
    def checked_on(self) -> date:
        """The day on which the longest unchecked source was last read."""
        return min(source.checked_on for source in self.sources)

    @property
    def review_by(self) -> date:
        """The day by which the first of the sources is to be read again."""
        return min(source.review_by for source in self.sources)


@dataclass(frozen=True, slots=True)
class OutcomeAnswer(SourcedAnswer):
    """One outcome with its words, reasons, dates and sources.

    ``taken`` is what the ordinary case takes for granted, ``otherwise`` where its other values would lead; ``further``
    is the question that is still worth asking, under the answer; ``money`` an example in yen, for the patient.
    """

    asked: Asked
    outcome: Outcome
    decision: Decision
    why: tuple[Because, ...]
    one_change: tuple[Change, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    contact: Contact
    taken: Mapping[str, str]
    otherwise: tuple[Otherwise, ...]
    further: QuestionAnswer | None
    money: str = ""
    kind = "outcome"

    @property
    def assumed(self) -> Mapping[str, str]:
        """What nobody said and the outcome rests on."""
        return {**self.decision.assumed, **self.taken}

    @property
    def version(self) -> Version:
        """The outcome's words in the language asked for."""
        return self.outcome.version(self.asked.lang)

    def in_easy(self) -> OutcomeAnswer:
        """Return the same answer with its easy words, if it has any."""
        return replace(self, outcome=self.outcome.in_easy())

    @property
    def counted(self) -> tuple[str, ...]:
        """The items shown on which the outcome rests; empty when none of them proves anything."""
        return tuple(item for item in self.outcome.counted if item in self.asked.facts.presented)

    @property
    def idle(self) -> tuple[str, ...]:
        """The facts that were stated and do not matter for this answer, for example after another was changed."""
        codes = self.asked.facts.as_codes()
        stated = (fact for fact in codes if fact not in ("visit_date", "presented"))
        return tuple(fact for fact in stated if PRINTED_DATES.get(fact, fact) not in self.decision.used)

    @property
    def telling(self) -> Telling:
        """The words for the voice asked for."""
        return self.version.told_to(self.asked.voice)


@dataclass(frozen=True, slots=True)
class PossibleOutcome:
    """An outcome that is still possible, and one way to get there."""

    outcome: Outcome
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen, with its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """The one question that narrows the outcomes most, and the outcomes still possible."""

    asked: Asked
    fact: str
    text: str
    hint: str
    options: tuple[Option, ...]
    possible: tuple[PossibleOutcome, ...]
    contact: Contact
    kind = "question"


@dataclass(frozen=True, slots=True)
class EitherAnswer:
    """What follows if it is one way, and what if another, for who does not know which.

    ``missing`` are the facts that would decide, ``hints`` where to find them, ``bring`` the items that help whichever
    way it is.
    """

    asked: Asked
    missing: tuple[str, ...]
    branches: tuple[PossibleOutcome, ...]
    bring: tuple[str, ...]
    hints: tuple[str, ...]
    say: Mapping[str, str]
    contact: Contact
    kind = "either"


@dataclass(frozen=True, slots=True)
class NotConfirmedAnswer:
    """No rule is confirmed for the day; whom to ask."""

    asked: Asked
    message: str
    contact: Contact
    kind = "not_confirmed"


Answer = OutcomeAnswer | QuestionAnswer | EitherAnswer | NotConfirmedAnswer

#: Facts of the place that is visited: its own desk knows them.
_OF_THE_PLACE = frozenset({"facility", "smartphone_reader", "check_result", "known_patient"})


def answer(snapshot: Snapshot, facts: Facts, voice: Voice, lang: str, city: str | None = None) -> Answer:
    """Settle ``facts`` and put what follows into the words of ``voice`` and ``lang``; ``city`` names whom to call."""
    asked = Asked(facts, voice, lang, snapshot.version, city=city)
    settled = settle(snapshot, facts, voice)
    if not settled.confirmed:
        return not_confirmed(snapshot, asked)
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


def address(lang: str, facts: Facts, voice: Voice = "patient", page: str = "check", city: str | None = None) -> str:
    """Return the address of a page for ``facts``: codes and dates in the order of the vocabulary, nothing else."""
    query: list[tuple[str, str]] = []
    for fact, value in facts.as_codes().items():
        query += [(fact, value)] if isinstance(value, str) else [(fact, item) for item in value]
    if voice == "desk":
        query.append(("voice", voice))
    if city:
        query.append(("city", city))
    return f"/{lang}/{page}?{urlencode(query)}"


def options(snapshot: Snapshot, fact: str, lang: str) -> tuple[Option, ...]:
    """Return the values of ``fact`` with their labels, in the order of the vocabulary."""
    values = ITEMS if fact == "presented" else CHOICES[fact].values
    words = snapshot.words[fact].values
    return tuple(Option(value, words[value][lang]) for value in values)


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
