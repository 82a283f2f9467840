"""The kinds of answer: an outcome, a question, either way, or not confirmed; ready for a page or the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from assistant.answers.settling import Otherwise
from assistant.content.fact_words import Contact
from assistant.content.outcomes import Outcome, Telling, Version
from assistant.content.sources import Source
from assistant.domain.decide import Decision, Window
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import PRINTED_DATES, Voice


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
