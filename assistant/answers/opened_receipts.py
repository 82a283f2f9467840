"""Receipts in words: what was said for these facts on that day, and whether it would be said now."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers.answer import answer
from assistant.answers.kinds import Answer, OutcomeAnswer
from assistant.content.outcomes import Outcome
from assistant.domain.encoding.receipt_code import Receipt, digest, read, write
from assistant.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class OpenedReceipt:
    """An opened receipt. ``said`` is empty when the outcome of that time is no longer in the rules."""

    receipt: Receipt
    said: Outcome | None
    now: Answer
    same_rules: bool

    @property
    def holds(self) -> bool:
        """Whether the same would be said now."""
        return isinstance(self.now, OutcomeAnswer) and digest(self.now.outcome.id) == self.receipt.outcome


def receipt_for(found: OutcomeAnswer, key: bytes) -> str:
    """Return the code that fixes facts, day, outcome and rules version of an answer."""
    facts = found.asked.facts
    return write(Receipt(facts, found.asked.version, digest(found.outcome.id)), key)


def open_receipt(snapshot: Snapshot, code: str, key: bytes, lang: str) -> OpenedReceipt:
    """Read a code and decide its facts again; raises `BadReceipt`."""
    receipt = read(code, key)
    said = next((it for it in snapshot.outcomes.values() if digest(it.id) == receipt.outcome), None)
    now = answer(snapshot, receipt.facts, "patient", lang)
    return OpenedReceipt(receipt, said, now, receipt.version == snapshot.version)
