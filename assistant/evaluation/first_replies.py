"""Whether the first reply to a labelled question is a right one, judged by a list of right answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from assistant.conversation.reply import Turn
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import Voice
from assistant.evaluation.questions import read_questions
from assistant.snapshot.snapshot import Snapshot

_BY_RULES: Final = frozenset({"outcome", "question", "not_confirmed"})
_DESKS: Final = frozenset({"clinic_desk", "pharmacy"})
_THREE: Final = 3


@dataclass(frozen=True, slots=True)
class RightReply:
    """What counts as right: these entries, and, with ``rules``, an outcome or a question of the rules."""

    entries: tuple[str, ...]
    rules: bool


@dataclass(slots=True)
class AnswerReport:
    """How many in-scope questions had a right first reply, and a right one among the first three."""

    questions: int = 0
    first: int = 0
    within_three: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def first_share(self) -> float:
        """The part with a right first reply."""
        return self.first / self.questions if self.questions else 1.0

    @property
    def within_three_share(self) -> float:
        """The part with a right reply among the first three."""
        return self.within_three / self.questions if self.questions else 1.0

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        yield f"right first reply {self.first}/{self.questions} ({self.first_share:.1%})"
        yield f"right within three {self.within_three}/{self.questions} ({self.within_three_share:.1%})"
        if self.missed:
            yield f"  not within three: {', '.join(self.missed)}"


def read_answers(path: Path) -> Mapping[str, RightReply]:
    """Return the right answers by question id from a JSON Lines file."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {line["id"]: RightReply(tuple(line["entries"]), bool(line["rules"])) for line in lines}


def evaluate_answers(path: Path, answers: Mapping[str, RightReply], snapshot: Snapshot, asked_on: date) -> AnswerReport:
    """Put every in-scope question of ``path`` to the conversation, without anything said before."""
    report = AnswerReport()
    for question in read_questions(path):
        if question["intent"] == "out_of_scope" or question["id"] not in answers:
            continue
        _count(report, question, _turn(snapshot, question, asked_on), answers[question["id"]])
    return report


def _turn(snapshot: Snapshot, question: Mapping[str, Any], asked_on: date) -> Turn:
    voice: Voice = "desk" if question.get("asker") in _DESKS else "patient"
    return take_turn(snapshot, question["text"], question["lang"], voice, Facts(asked_on), asked_on)


def _count(report: AnswerReport, question: Mapping[str, Any], turn: Turn, right: RightReply) -> None:
    by_rules = turn.kind in _BY_RULES and right.rules
    shown = [hit.id for hit in turn.hits]
    first = by_rules or (turn.kind == "faq" and shown[0] in right.entries)
    places = _THREE - 1 if turn.kind in _BY_RULES else _THREE
    within = first or bool(set(shown[:places]) & set(right.entries))
    report.questions += 1
    report.first += first
    report.within_three += within
    if not within:
        report.missed.append(question["id"])
