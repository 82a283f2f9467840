"""Dated decision tables and the check that every combination on every day has exactly one row.

A table asks a few columns and gives one result. Its rows have no order and no priority: they must be
disjoint and complete. Compiling a table walks every combination of its columns on every stretch of days
between two change points, so a hole or an overlap cannot be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One rule: under ``when``, from ``first`` to ``last`` (inclusive; ``None`` is open), the result holds.

    ``basis`` are source ids; a row of a routing table has none. ``note`` holds words by language;
    ``line`` is the row's place in its file.
    """

    id: str
    table: str
    when: Mapping[str, frozenset[str]]
    first: date
    last: date | None
    result: str
    basis: tuple[str, ...] = ()
    confidence: str = "official"
    note: Mapping[str, str] = field(default_factory=dict)
    map: tuple[str, ...] = ()
    line: int = 1

    def in_force(self, day: date) -> bool:
        """Say whether ``day`` lies in the row's window."""
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def key(self) -> str:
        """The row's name across tables: ``table/row``."""
        return f"{self.table}/{self.id}"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, the results they lead to, and the rows; ``path`` names the file for messages."""

    name: str
    columns: tuple[str, ...]
    results: tuple[str, ...]
    rows: tuple[Row, ...]
    routing: bool = False
    neutral: frozenset[str] = frozenset()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A question of a compiled table: the value of ``column`` picks the next node."""

    column: str
    children: Mapping[str, Node]


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """A combination for which no row, or more than one, is in force."""

    table: str
    cell: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...] = ()


Node = Split | Row | Hole
Domains = Mapping[str, tuple[str, ...]]


class Compiler:
    """Turns the rows in force on a day into a tree that asks no column twice and none in vain."""

    def __init__(self, table: Table, domains: Domains) -> None:
        self.table = table
        self._domains = domains
        self._memo: dict[tuple[int, tuple[str, ...]], Node] = {}
        self._done: dict[tuple[str, ...], tuple[Node, tuple[Hole, ...]]] = {}

    def compile(self, day: date) -> tuple[Node, tuple[Hole, ...]]:
        """Return the tree for ``day`` and every hole and overlap in it; days with the same rows share a tree."""
        rows = tuple(row for row in self.table.rows if row.in_force(day))
        key = tuple(row.id for row in rows)
        if key not in self._done:
            self._memo = {}
            root = self._node(0, rows, ())
            self._done[key] = (root, tuple(dict.fromkeys(_holes(root))))
        return self._done[key]

    def _node(self, depth: int, rows: tuple[Row, ...], cell: tuple[tuple[str, str], ...]) -> Node:
        if not rows or depth == len(self.table.columns):
            return rows[0] if len(rows) == 1 else Hole(self.table.name, cell, rows)
        key = (depth, tuple(row.id for row in rows))
        if key not in self._memo:
            self._memo[key] = self._branch(depth, rows, cell)
        return self._memo[key]

    def _branch(self, depth: int, rows: tuple[Row, ...], cell: tuple[tuple[str, str], ...]) -> Node:
        column = self.table.columns[depth]
        children: dict[str, Node] = {}
        for value in self._domains[column]:
            chosen = tuple(row for row in rows if column not in row.when or value in row.when[column])
            children[value] = self._node(depth + 1, chosen, (*cell, (column, value)))
        first = next(iter(children.values()))
        if isinstance(first, Hole) and all(isinstance(c, Hole) and c.rows == first.rows for c in children.values()):
            return Hole(self.table.name, cell, first.rows)
        if all(child is first for child in children.values()):
            return first
        return Split(column, children)


def _holes(node: Node) -> Iterator[Hole]:
    if isinstance(node, Hole):
        yield node
    elif isinstance(node, Split):
        for child in node.children.values():
            yield from _holes(child)
