"""What the check of the rules has covered: combinations, rows, columns, windows that end soon."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod
from typing import Final

from assistant.domain.decide import possible
from assistant.domain.decision_table import Node, Row, Split, Table
from assistant.domain.facts import Facts
from assistant.domain.rule_set import Rules, domains_of
from assistant.domain.vocabulary import CHOICES, ITEMS

_SOON: Final = timedelta(days=120)
_SEED: Final = 7
_MOST_DRAWS: Final = 100_000
_ITEMS: Final = tuple(item for item in ITEMS if item != "none")


@dataclass(frozen=True, slots=True)
class Coverage:
    """``combinations`` counts table cells, ``days`` the days of the span; each cell has one row on each day."""

    combinations: int
    days: int
    rows: int
    unreached: tuple[Row, ...]
    idle: tuple[tuple[str, str], ...]
    ending: tuple[Row, ...]


def coverage(rules: Rules, on: date) -> Coverage:
    """Measure rules that compiled without a gap; ``on`` is the day from which windows may end soon."""
    tables = rules.tables.values()
    domains = domains_of(tables)
    met = _rows_met(rules)
    return Coverage(
        sum(prod(len(domains[column]) for column in table.columns) for table in tables),
        (rules.span.horizon - rules.span.first).days + 1,
        sum(len(table.rows) for table in tables),
        tuple(row for row in rules.rows() if row.key not in met),
        tuple((table.name, column) for table in tables for column in sorted(_idle_columns(rules, table))),
        tuple(row for row in rules.rows() if row.last is not None and on <= row.last <= on + _SOON),
    )


def _idle_columns(rules: Rules, table: Table) -> set[str]:
    """Return the columns of ``table`` that no tree of any day ever asks."""
    asked: set[str] = set()
    for roots in rules.roots:
        asked |= set(_columns(roots[table.name]))
    return set(table.columns) - asked


def _columns(node: Node) -> Iterator[str]:
    if isinstance(node, Split):
        yield node.column
        for child in node.children.values():
            yield from _columns(child)


def _rows_met(rules: Rules) -> set[str]:
    """Return the rows that some situation leads through: drawn at random from a fixed seed, until all are met."""
    met: set[str] = set()
    wanted = {row.key for row in rules.rows()}
    pick = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    for _ in range(_MOST_DRAWS):
        if met >= wanted:
            break
        for leaf in possible(rules, _situation(rules, pick), "desk"):
            met.update(row.key for row in leaf.decision.rows)
    return met


def _situation(rules: Rules, pick: random.Random) -> Facts:
    """Draw items, a day near a change point, and facts of which the usual value is the likelier."""
    day = min(pick.choice(rules.epochs) + timedelta(days=pick.choice((0, 0, 20))), rules.span.horizon)
    shown = (
        frozenset(pick.sample(_ITEMS, pick.choice((1, 1, 1, 2, 2, 3)))) if pick.random() < 0.9 else frozenset({"none"})
    )
    stated = {
        choice.id: choice.values[0] if choice.patient and pick.random() < 0.55 else pick.choice(choice.values)
        for choice in CHOICES.values()
    }
    if pick.random() < 0.05:
        del stated["e_certificate"]
        return Facts(day, shown, stated, {"e_certificate_until": day - timedelta(days=pick.randint(90, 123))})
    return Facts(day, shown, stated)
