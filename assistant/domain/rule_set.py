"""A rule set: the tables, compiled for every stretch of days between two change points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from assistant.domain.decision_table import Compiler, Domains, Hole, Node, Row, Table
from assistant.domain.printed_dates import Grace
from assistant.domain.vocabulary import CHOICES, ITEMS

#: The table whose result is the outcome at the counter.
GOAL = "outcome"

_ONE_DAY = timedelta(days=1)
_YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Span:
    """The days for which the editors stand by the rules, both inclusive."""

    first: date
    horizon: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.horizon


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole or an overlap with the stretch of days in which it stands open."""

    hole: Hole
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything `decide` needs. ``epochs`` are the first days of stretches without a change point."""

    span: Span
    grace: Grace
    tables: Mapping[str, Table]
    epochs: tuple[date, ...]
    roots: tuple[Mapping[str, Node], ...]
    notes: tuple[str, ...] = ()
    goal: str = GOAL

    @property
    def needs_items(self) -> bool:
        """Whether what is shown matters at all."""
        return any(column.startswith("has_") for table in self.tables.values() for column in table.columns)

    def on(self, day: date) -> Mapping[str, Node]:
        """Return the compiled tables in force on ``day``, which must lie in the span."""
        return self.roots[bisect_right(self.epochs, day) - 1]

    def rows(self) -> Iterable[Row]:
        """Walk every row of every table."""
        for table in self.tables.values():
            yield from table.rows


def raw_domains() -> dict[str, tuple[str, ...]]:
    """Return the columns that come from facts, with their values."""
    domains: dict[str, tuple[str, ...]] = {f"has_{item}": _YES_NO for item in ITEMS}
    domains["shows"] = ("paper", "nothing")
    domains["paper_of"] = ("self", "other")
    domains["lent"] = ("no", "yes")
    domains["turned_75"] = ("no", "yes")
    domains.update({choice.id: choice.values for choice in CHOICES.values()})
    domains["e_certificate"] = ("valid", "grace", "disputed", "lapsed")
    return domains


def domains_of(tables: Iterable[Table]) -> Domains:
    """Return every column a table may ask, with its values: facts first, then results of tables."""
    return {**raw_domains(), **{table.name: table.results for table in tables}}


def compile_rules(
    span: Span, grace: Grace, tables: Iterable[Table], notes: tuple[str, ...] = (), goal: str = GOAL
) -> tuple[Rules, tuple[Gap, ...]]:
    """Compile ``tables`` for every day of ``span``; return the rules and the gaps that forbid serving them."""
    by_name = {table.name: table for table in tables}
    domains = domains_of(by_name.values())
    epochs = change_points(span, by_name.values())
    roots: list[Mapping[str, Node]] = []
    gaps: list[Gap] = []
    compilers = [Compiler(table, domains) for table in by_name.values()]
    for index, day in enumerate(epochs):
        last = epochs[index + 1] - _ONE_DAY if index + 1 < len(epochs) else span.horizon
        trees: dict[str, Node] = {}
        for compiler in compilers:
            trees[compiler.table.name], holes = compiler.compile(day)
            gaps += [Gap(hole, day, last) for hole in holes]
        roots.append(MappingProxyType(trees))
    rules = Rules(span, grace, MappingProxyType(by_name), epochs, tuple(roots), notes, goal)
    return rules, tuple(gaps)


def change_points(span: Span, tables: Iterable[Table]) -> tuple[date, ...]:
    """Return the first day of the span and every later day on which some row begins or has just ended."""
    days = {span.first}
    for table in tables:
        for row in table.rows:
            days.add(row.first)
            if row.last is not None:
                days.add(row.last + _ONE_DAY)
    return tuple(sorted(day for day in days if day in span))
