"""What changes when, in words: the situations that move on each morning, grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from assistant.content.outcomes import Outcome
from assistant.domain.survey.rule_changes import Move, moves_between
from assistant.domain.survey.situations import Situation
from assistant.domain.vocabulary import PAPERS
from assistant.snapshot.snapshot import Snapshot


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


_Moved = TypeVar("_Moved", Shift, Move)


def shifts(snapshot: Snapshot, first: date, last: date) -> tuple[Shift, ...]:
    """Return what moves after ``first`` up to ``last``, by day; changes of standing first."""
    found = [_shift(snapshot, move) for move in moves_between(snapshot.book.rules, first, last)]
    return tuple(sorted(found, key=lambda shift: (shift.day, not shift.serious)))


def _shift(snapshot: Snapshot, move: Move) -> Shift:
    return Shift(move.day, snapshot.outcomes[move.old], snapshot.outcomes[move.new], move.situations)


def put_together(found: Iterable[_Moved], standings: Callable[[_Moved], tuple[str, str]]) -> tuple[_Moved, ...]:
    """Return ``found`` with those put together that lead one paper on one day from one standing to another.

    So a paper is named once on a day; the rest is that of the first. ``standings`` are those before and after.
    """
    merged: dict[tuple[date, str, tuple[str, str]], _Moved] = {}
    for it in found:
        key = (it.day, _paper(it.situations[0]), standings(it))
        before = merged.get(key)
        merged[key] = replace(before, situations=before.situations + it.situations) if before else it
    return tuple(merged.values())


def lines(found: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return ``found`` as it is told, each paper once on a day."""
    return put_together(found, lambda shift: (shift.old.standing, shift.new.standing))


def _paper(situation: Situation) -> str:
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
