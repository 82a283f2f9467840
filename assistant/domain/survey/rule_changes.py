"""What changes when: the situations whose outcome moves, between two days or between two rule sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.domain.printed_dates import day_before
from assistant.domain.rule_set import Rules
from assistant.domain.survey.situations import Situation, situations
from assistant.domain.vocabulary import Voice


@dataclass(frozen=True, slots=True)
class Move:
    """The situations that lead to ``new`` from ``day`` on, and led to ``old`` before."""

    day: date
    old: str
    new: str
    situations: tuple[Situation, ...]


def moves_between(rules: Rules, first: date, last: date, voice: Voice = "patient") -> Iterator[Move]:
    """Walk the change points after ``first`` up to ``last`` and group what moves on each of them."""
    for day in rules.epochs[1:]:
        if first < day <= last:
            yield from _moves(day, rules, day_before(day), rules, day, voice)


def moves_of_an_edit(old: Rules, new: Rules, voice: Voice = "patient") -> Iterator[Move]:
    """Group what an edit of the rules moves: each day is the first of a stretch on which the outcomes differ."""
    last: list[tuple[str, str]] = []
    for day in sorted({*old.epochs, *new.epochs}):
        if day in old.span and day in new.span:
            found = list(_moves(day, old, day, new, day, voice))
            signature = [(move.old, move.new) for move in found]
            if signature != last:
                yield from found
            last = signature


def rows_that_move(rules: Rules, first: date, last: date) -> frozenset[str]:
    """Return the keys of the rows whose window begins or ends after ``first`` and not after ``last``."""
    return frozenset(row.key for row in rules.rows() if row.in_force(first) != row.in_force(last))


def rows_that_differ(old: Rules, new: Rules) -> frozenset[str]:
    """Return the keys of the rows that an edit added, dropped or changed in anything but their place."""
    before, after = (_contents(rules) for rules in (old, new))
    return frozenset(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _contents(rules: Rules) -> dict[str, tuple[object, ...]]:
    return {
        row.key: (dict(row.when), row.first, row.last, row.result, row.basis, row.confidence, dict(row.note))
        for row in rules.rows()
    }


def _moves(day: date, old: Rules, old_day: date, new: Rules, new_day: date, voice: Voice) -> Iterator[Move]:
    before = {it.key: it.decision.outcome for it in situations(old, old_day, voice)}
    groups: dict[tuple[str, str], list[Situation]] = {}
    for it in situations(new, new_day, voice):
        for was in _before(before, it):
            if was != it.decision.outcome:
                groups.setdefault((was, it.decision.outcome), []).append(it)
    for (was, now), found in groups.items():
        yield Move(day, was, now, tuple(found))


def _before(before: dict[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], str], it: Situation) -> set[str]:
    """Return the outcomes that this situation had: facts that matter on one side only are free on the other."""
    items, given = it.key
    if it.key in before:
        return {before[it.key]}
    known = dict(given)
    return {
        outcome
        for (shown, facts), outcome in before.items()
        if shown == items and all(known.get(fact, value) == value for fact, value in facts)
    }
