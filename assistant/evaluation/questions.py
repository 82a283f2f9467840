"""How well free text is understood: facts and intents against labelled questions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from assistant.language.pipeline import Understanding

REFUSED_BELOW: Final = 0.25
"""An intent score under this counts as refused: the reader would be told that the text was not understood."""

Understand = Callable[[str, str, date], Understanding]
Pair = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """Pairs of fact and value: found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: set[Pair], found: set[Pair]) -> None:
        """Count one question."""
        self.right += len(expected & found)
        self.wrong += len(found - expected)
        self.missed += len(expected - found)

    @property
    def precision(self) -> float:
        """The part of what was found that is right; 1 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The part of what was stated that was found; 1 when nothing was stated."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Share:
    """How many of some questions had their intent found, and their facts."""

    questions: int = 0
    intents_right: int = 0
    facts: Tally = field(default_factory=Tally)

    @property
    def intent_accuracy(self) -> float:
        """The part of the questions whose intent was found."""
        return self.intents_right / self.questions if self.questions else 1.0


@dataclass(slots=True)
class QuestionReport:
    """The outcome of one run over a file of questions."""

    overall: Share = field(default_factory=Share)
    per_fact: dict[str, Tally] = field(default_factory=dict)
    by_language: dict[str, Share] = field(default_factory=dict)
    by_difficulty: dict[str, Share] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    out_of_scope: int = 0
    out_of_scope_recognised: int = 0
    in_scope: int = 0
    in_scope_refused: int = 0
    unclear_paper: Tally = field(default_factory=Tally)

    @property
    def out_of_scope_share(self) -> float:
        """The part of the questions outside the subject that were recognised as such."""
        return self.out_of_scope_recognised / self.out_of_scope if self.out_of_scope else 1.0

    @property
    def in_scope_refused_share(self) -> float:
        """The part of the questions on the subject that were refused."""
        return self.in_scope_refused / self.in_scope if self.in_scope else 0.0

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text: totals, then facts, then groups, then confusions."""
        facts = self.overall.facts
        yield f"questions {self.overall.questions}"
        yield f"facts     precision {facts.precision:.3f}  recall {facts.recall:.3f}  F1 {facts.f1:.3f}"
        yield f"intent    accuracy {self.overall.intent_accuracy:.3f}"
        yield f"out of scope recognised {self.out_of_scope_recognised}/{self.out_of_scope}"
        yield f"in scope refused {self.in_scope_refused}/{self.in_scope} ({self.in_scope_refused_share:.1%})"
        unclear = self.unclear_paper
        yield f"unclear paper: right {unclear.right}, wrong {unclear.wrong}, missed {unclear.missed}"
        for fact, tally in sorted(self.per_fact.items()):
            yield (
                f"  {fact:20} F1 {tally.f1:.3f}  right {tally.right:3}  wrong {tally.wrong:3}  missed {tally.missed:3}"
            )
        for name, share in (*sorted(self.by_language.items()), *sorted(self.by_difficulty.items())):
            yield (
                f"  {name:6} {share.questions:4} questions  intent {share.intent_accuracy:.3f}"
                f"  facts F1 {share.facts.f1:.3f}"
            )
        for (expected, found), count in self.confusions.most_common():
            yield f"  {count} x {expected} taken for {found}"


def evaluate(path: Path, understand: Understand, asked_on: date) -> QuestionReport:
    """Run ``understand(text, lang, asked_on)`` over the questions of a JSON Lines file; return the report.

    A line that is no question raises ``ValueError`` with its number.
    """
    report = QuestionReport()
    for question in read_questions(path):
        _count(report, question, understand(question["text"], question["lang"], asked_on))
    return report


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the questions of a JSON Lines file, empty lines left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            missing = {"text", "lang", "intent", "facts"} - set(question)
        except (json.JSONDecodeError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a question: {error}") from error
        if missing:
            raise ValueError(f"{path}:{number}: the question lacks {', '.join(sorted(missing))}")
        yield question


def pairs(facts: Mapping[str, object]) -> set[Pair]:
    """Return each (fact, value) as text; each item of ``presented`` is a pair of its own."""
    found = set()
    for fact, value in facts.items():
        values: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
        found |= {(fact, one.isoformat() if isinstance(one, date) else str(one)) for one in values}
    return found


def _count(report: QuestionReport, question: Mapping[str, Any], understood: Understanding) -> None:
    expected, found = pairs(question["facts"]), pairs(understood.facts)
    right = understood.intent == question["intent"]
    for share in (
        report.overall,
        report.by_language.setdefault(question["lang"], Share()),
        report.by_difficulty.setdefault(question.get("difficulty", "-"), Share()),
    ):
        share.questions += 1
        share.intents_right += right
        share.facts.add(expected, found)
    for fact in {fact for fact, _ in expected | found}:
        tally = report.per_fact.setdefault(fact, Tally())
        tally.add({pair for pair in expected if pair[0] == fact}, {pair for pair in found if pair[0] == fact})
    if not right:
        report.confusions[question["intent"], understood.intent] += 1
    _count_scope(report, question["intent"], understood)
    unclear = {("paper", "unclear")}
    report.unclear_paper.add(
        unclear if question.get("which_paper_unclear") else set(), unclear if understood.unclear_paper else set()
    )


def _count_scope(report: QuestionReport, expected: str, understood: Understanding) -> None:
    outside = understood.intent == "out_of_scope"
    if expected == "out_of_scope":
        report.out_of_scope += 1
        report.out_of_scope_recognised += outside
    else:
        report.in_scope += 1
        report.in_scope_refused += outside or understood.intent_score < REFUSED_BELOW
