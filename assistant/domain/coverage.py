"""What the check of the rules has covered: combinations, rows, columns, windows that end soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import prod
from typing import Final

from assistant.domain.decide import possible
from assistant.domain.facts import Facts
from assistant.domain.rules import Rules, domains_of
from assistant.domain.situations import MAIN_ITEMS
from assistant.domain.tables import Branch, Node, Row, Table
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN

_SOON: Final = timedelta(days=120)


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
    if isinstance(node, Branch):
        yield node.column
        for child in node.children.values():
            yield from _columns(child)


def _rows_met(rules: Rules) -> set[str]:
    met: set[str] = set()
    wanted = {row.key for row in rules.rows()}
    for day, facts in _walks(rules):
        if met >= wanted:
            break
        for leaf in possible(rules, Facts(day, *facts), "desk"):
            met.update(row.key for row in leaf.decision.rows)
    return met


def _walks(rules: Rules) -> Iterator[tuple[date, tuple[frozenset[str], dict[str, str], dict[str, date]]]]:
    """Yield situations to walk, the plain ones first: all facts open, or open but for a date that is printed."""
    unknown = dict.fromkeys(CHOICES, UNKNOWN)
    between = {fact: value for fact, value in unknown.items() if fact != "e_certificate"}
    singles = [frozenset({item}) for item in ITEMS]
    pairs = [frozenset(pair) for pair in combinations((*MAIN_ITEMS, "portal_document", "portal_login", "copy"), 2)]
    for day in rules.epochs:
        for shown in singles:
            yield day, (shown, unknown, {})
    last = rules.epochs[-1]
    middle = min(last + timedelta(days=20), rules.span.horizon)
    yield middle, (frozenset({"mynumber_card"}), between, {"e_certificate_until": _disputed(rules, middle)})
    for day in reversed(rules.epochs):
        for shown in pairs:
            yield day, (shown, {}, {})
    for day in reversed(rules.epochs):
        for shown in pairs:
            yield day, (shown, unknown, {})


def _disputed(rules: Rules, day: date) -> date:
    """Return an end of the electronic certificate that puts ``day`` between the two counts of the grace."""
    earlier = (day - timedelta(days=step) for step in range(1, 400))
    return next(until for until in earlier if rules.grace.state(until, day) == "disputed")
