"""Whom should hold what: the same machinery as the counter, with tables of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answers.answer import because, not_confirmed, options
from assistant.answers.kinds import Asked, Because, NotConfirmedAnswer, Option, SourcedAnswer
from assistant.answers.whom_to_call import whom
from assistant.content.fact_words import Contact
from assistant.content.outcomes import Paper, PaperWords
from assistant.content.sources import Source, cited
from assistant.domain.decide import Decision, NotConfirmed, Undecided, decide
from assistant.domain.facts import Facts
from assistant.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PaperAnswer(SourcedAnswer):
    """Which paper somebody should hold on a day, with its reasons, dates and sources."""

    asked: Asked
    paper: Paper
    decision: Decision
    why: tuple[Because, ...]
    sources: tuple[Source, ...]
    contact: Contact
    kind = "paper"

    @property
    def version(self) -> PaperWords:
        """The words in the language asked for."""
        return self.paper.version(self.asked.lang)


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """The fact that is needed next, and the papers still possible."""

    asked: Asked
    fact: str
    text: str
    hint: str
    options: tuple[Option, ...]
    possible: Mapping[str, Paper]
    contact: Contact
    kind = "question"


HoldingAnswer = PaperAnswer | PaperQuestion | NotConfirmedAnswer


def holding(snapshot: Snapshot, facts: Facts, lang: str, city: str | None = None) -> HoldingAnswer:
    """Return which paper somebody with these facts should hold on the day of the facts."""
    asked = Asked(facts, "patient", lang, snapshot.version, "holding", city)
    verdict = decide(snapshot.holding.rules, facts)
    contact = whom(snapshot, "insurer", facts.stated.get("scheme"), city=city)
    if isinstance(verdict, NotConfirmed):
        return not_confirmed(snapshot, asked)
    if isinstance(verdict, Undecided):
        words = snapshot.words[verdict.ask]
        return PaperQuestion(
            asked,
            verdict.ask,
            words.question("patient", lang),
            words.hint[lang] if words.hint else "",
            options(snapshot, verdict.ask, lang),
            {id: snapshot.papers[id] for id in verdict.outcomes},
            contact,
        )
    paper = snapshot.papers[verdict.outcome]
    return PaperAnswer(
        asked,
        paper,
        verdict,
        tuple(because(snapshot, snapshot.holding, verdict, lang)),
        cited(snapshot.sources, [*verdict.basis, *paper.sources]),
        whom(snapshot, paper.contact, facts.stated.get("scheme"), city=city),
    )
