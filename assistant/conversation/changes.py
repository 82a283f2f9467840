"""What changes when, in words: the situations that move on each morning, grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.content.outcomes import Outcome
from assistant.conversation.snapshot import Snapshot
from assistant.domain.changes import Move, moves_between
from assistant.domain.situations import Situation
from assistant.domain.vocabulary import PAPERS


@dataclass(frozen=True, slots=True)
class Shift:
    """On ``day`` these situations stop leading to ``old`` and begin to lead to ``new``."""

    day: date
    old: Outcome
    new: Outcome
    situations: tuple[Situation, ...]

    @property
    def serious(self) -> bool:
        """Whether the standing changes, not only the steps."""
        return self.old.standing != self.new.standing


def shifts(snapshot: Snapshot, first: date, last: date) -> tuple[Shift, ...]:
    """Return what moves after ``first`` up to ``last``, by day; changes of standing first."""
    found = [_shift(snapshot, move) for move in moves_between(snapshot.book.rules, first, last)]
    return tuple(sorted(found, key=lambda shift: (shift.day, not shift.serious)))


def _shift(snapshot: Snapshot, move: Move) -> Shift:
    return Shift(move.day, snapshot.outcomes[move.old], snapshot.outcomes[move.new], move.situations)


def lines(found: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return ``found`` with those put together of which the paper and the standings are the same.

    So a paper is named once on a day; the title is that of the first.
    """
    merged: dict[tuple[date, str, str, str], Shift] = {}
    for shift in found:
        key = (shift.day, paper(shift.situations[0]), shift.old.standing, shift.new.standing)
        before = merged.get(key)
        merged[key] = replace(before, situations=before.situations + shift.situations) if before else shift
    return tuple(merged.values())


def paper(situation: Situation) -> str:
    """Return the paper shown, or all that is shown where there is none."""
    papers = [item for item in situation.presented if item in PAPERS]
    return papers[0] if papers else " ".join(situation.presented)


def what_is_shown(snapshot: Snapshot, found: Iterable[Situation], lang: str) -> str:
    """Return the items that all situations of ``found`` share, in words; those of the first where they share none."""
    shown = [it.presented for it in found]
    shared = [item for item in shown[0] if all(item in items for items in shown)]
    return " + ".join(snapshot.words["presented"].values[item][lang] for item in shared or shown[0])


def in_words(snapshot: Snapshot, situation: Situation, lang: str) -> str:
    """Return one situation as a line: what is shown, then the facts that matter beside it."""
    values = snapshot.words["presented"].values
    shown = " + ".join(values[item][lang] for item in situation.presented)
    facts = [
        f"{snapshot.words[fact].label[lang]}: {snapshot.words[fact].values[value][lang]}"
        for fact, value in situation.given.items()
    ]
    return "; ".join([shown, *facts])
