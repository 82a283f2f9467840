"""A second, independent proof that tables have neither holes nor overlaps: z3 over values and days.

z3 is a development dependency; it is imported only here. The method shares nothing with the compiler of
`tables`: rows become formulas over integers, and the solver looks for a combination and a day with no row or two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from assistant.domain.decision_table import Domains, Row, Table
from assistant.domain.rule_set import Rules, domains_of


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A combination on a day (as an ordinal) that no row, or more than one, answers."""

    table: str
    rows: tuple[str, ...]
    day: int
    cell: dict[str, str]


def counterexamples(rules: Rules) -> Iterator[Counterexample]:
    """Yield what the solver finds in any table; nothing when every table is disjoint and complete."""
    domains = domains_of(rules.tables.values())
    for table in rules.tables.values():
        yield from _Prover(rules, table, domains).findings()


class _Prover:
    def __init__(self, rules: Rules, table: Table, domains: Domains) -> None:
        import z3

        self.z3: Any = z3
        self.table = table
        self.domains = domains
        self.day = z3.Int("day")
        self.columns = {column: z3.Int(column) for column in table.columns}
        self.horizon = rules.span.horizon.toordinal()
        self.solver = z3.Solver()
        self.solver.add(self.day >= rules.span.first.toordinal(), self.day <= self.horizon)
        for column, variable in self.columns.items():
            self.solver.add(variable >= 0, variable < len(domains[column]))
        self.formulas = {row.id: self._formula(row) for row in table.rows}

    def _formula(self, row: Row) -> Any:
        last = self.horizon if row.last is None else row.last.toordinal()
        parts = [self.day >= row.first.toordinal(), self.day <= last]
        for column, values in row.when.items():
            domain = self.domains[column]
            parts.append(self.z3.Or([self.columns[column] == domain.index(value) for value in values]))
        return self.z3.And(parts)

    def findings(self) -> Iterator[Counterexample]:
        yield from self._model((), self.z3.Not(self.z3.Or(list(self.formulas.values()))))
        for left, right in combinations(self.table.rows, 2):
            yield from self._model((left.id, right.id), self.formulas[left.id], self.formulas[right.id])

    def _model(self, rows: tuple[str, ...], *formulas: Any) -> Iterator[Counterexample]:
        self.solver.push()
        self.solver.add(*formulas)
        if self.solver.check() == self.z3.sat:
            model = self.solver.model()
            cell = {
                column: self.domains[column][model.eval(variable, model_completion=True).as_long()]
                for column, variable in self.columns.items()
            }
            yield Counterexample(self.table.name, rows, model.eval(self.day, model_completion=True).as_long(), cell)
        self.solver.pop()
