"""Replay conversations with the course that is expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.answers.kinds import EitherAnswer, OutcomeAnswer, QuestionAnswer
from assistant.conversation.reply import Reply
from assistant.conversation.state import Dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import PRINTED_DATES, UNKNOWN
from assistant.snapshot.snapshot import Snapshot

Codes = Mapping[str, str | list[str]]

#: A fact asked under its date's name and under its state's is one question.
_ONE_QUESTION: Final = {**PRINTED_DATES}


@dataclass(slots=True)
class ConversationReport:
    """How many turns and conversations took the expected course, and what was wrong with the others."""

    turns: int = 0
    right: int = 0
    facts_right: int = 0
    loops: int = 0
    conversations: int = 0
    last_right: int = 0
    wholly_right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def right_share(self) -> float:
        """The part of the turns that are right: facts, nothing unwanted, a fitting reply."""
        return self.right / self.turns if self.turns else 1.0

    @property
    def last_share(self) -> float:
        """The part of the conversations whose last turn is right."""
        return self.last_right / self.conversations if self.conversations else 1.0

    def lines(self, *, details: bool = False) -> Iterator[str]:
        """Yield the report as lines of text, with ``details`` one for each wrong turn first."""
        if details:
            yield from self.wrong
        yield f"turns right {self.right}/{self.turns} ({self.right_share:.1%})"
        yield f"turns with the right facts {self.facts_right}/{self.turns}"
        yield f"loops (the same question twice running) {self.loops}"
        yield f"conversations whose last turn is right {self.last_right}/{self.conversations} ({self.last_share:.1%})"
        yield f"conversations wholly right {self.wholly_right}/{self.conversations}"


def evaluate_conversations(path: Path, snapshot: Snapshot) -> ConversationReport:
    """Hold every conversation of a YAML file; only the codes of facts and dialogue go from turn to turn."""
    report = ConversationReport()
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8")):
        _hold(report, conversation, snapshot)
    return report


def _hold(report: ConversationReport, conversation: Mapping[str, Any], snapshot: Snapshot) -> None:
    day = conversation["day"] if isinstance(conversation["day"], date) else date.fromisoformat(conversation["day"])
    facts, dialogue, asked = Facts(day), Dialogue(), ""
    flags = []
    for number, turn in enumerate(conversation["turns"], 1):
        lang, voice = conversation["lang"], conversation["voice"]
        reply = take_turn(snapshot, turn["say"], lang, voice, facts, day, dialogue)
        held = reply.facts.as_codes()
        faults = [*fact_faults(turn, held), *reply_faults(turn, reply, held)]
        report.facts_right += not fact_faults(turn, held)
        report.turns += 1
        report.right += not faults
        now = question_of(reply)
        report.loops += bool(now) and now == asked
        if faults:
            report.wrong.append(f"{conversation['id']}.{number} {turn['say'][:60]!r}: {'; '.join(faults)}")
        flags.append(not faults)
        facts, dialogue, asked = reply.facts, reply.dialogue, now
    report.conversations += 1
    report.last_right += flags[-1]
    report.wholly_right += all(flags)


def fact_faults(turn: Mapping[str, Any], held: Codes) -> list[str]:
    """Return what differs between the facts held and those expected after ``turn``."""
    faults = []
    for fact, expected in turn.get("facts", {}).items():
        found = held.get(fact)
        if fact in PRINTED_DATES.values() and found is None and expected == UNKNOWN:
            found = next((held.get(key) for key, choice in PRINTED_DATES.items() if choice == fact), None)
        same = set(found or ()) == set(expected) if isinstance(expected, list) else found == str(expected)
        if not same and not (fact == "holder" and expected == "self" and found is None):
            faults.append(f"{fact} {found}, expected {expected}")
    faults += [f"{fact} is set" for fact in turn.get("absent", ()) if fact in held]
    return faults


def reply_faults(turn: Mapping[str, Any], reply: Reply, held: Codes) -> list[str]:
    """Return what is wrong with what was shown first."""
    faults = []
    if not any(_fits(expected, reply, held) for expected in turn.get("reply", ())):
        faults.append(f"{told(reply)} instead of {turn['reply']}")
    never = turn.get("never", {})
    asked = _ONE_QUESTION.get(question_of(reply), question_of(reply))
    if asked and asked in {_ONE_QUESTION.get(fact, fact) for fact in never.get("asks", ())}:
        faults.append(f"asks for {asked}")
    if isinstance(reply.answer, OutcomeAnswer) and reply.answer.outcome.standing in never.get("standing", ()):
        faults.append(f"says {reply.answer.outcome.standing}")
    return faults


def _fits(expected: Mapping[str, Any], reply: Reply, held: Codes) -> bool:
    kind, standings = expected["kind"], expected.get("standing")
    if kind == "outcome" and isinstance(reply.answer, OutcomeAnswer) and reply.kind in ("outcome", "urgent"):
        return not standings or reply.answer.outcome.standing in standings
    if kind == "contact" and reply.kind == "urgent":
        return held.get("urgent") == "yes"
    if kind in ("outcome", "question", "contact") and isinstance(reply.answer, EitherAnswer):
        some = any(it.outcome.standing in standings for it in reply.answer.branches) if standings else True
        return some and UNKNOWN in held.values()
    if kind == "question" and reply.kind == "question":
        wanted = {_ONE_QUESTION.get(fact, fact) for fact in expected["asks"]}
        return question_of(reply) in wanted
    if kind == "faq" and reply.kind == "faq":
        return bool(reply.hits) and reply.hits[0].id in expected["first"]
    return kind == reply.kind and kind in ("contact", "social", "out_of_scope")


def question_of(reply: Reply) -> str:
    """Return the fact that a reply of kind ``question`` asks for; empty for other replies."""
    return reply.answer.fact if isinstance(reply.answer, QuestionAnswer) else ""


def told(reply: Reply) -> str:
    """Return a reply in a few codes."""
    if isinstance(reply.answer, OutcomeAnswer):
        return f"{reply.kind} {reply.answer.outcome.standing} ({reply.answer.outcome.id})"
    if isinstance(reply.answer, EitherAnswer):
        return f"either {[it.outcome.standing for it in reply.answer.branches]}"
    if isinstance(reply.answer, QuestionAnswer):
        return f"question {reply.answer.fact}"
    return f"{reply.kind} {reply.hits[0].id if reply.kind == 'faq' and reply.hits else ''}".strip()
