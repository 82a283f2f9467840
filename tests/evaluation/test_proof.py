"""Two methods agree: what the compiler calls a gap the solver finds too, and the other way round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.domain.rule_set import compile_rules
from assistant.evaluation.proof import counterexamples


def test_the_solver_finds_nothing_in_the_project(rules, snapshot):
    """Neither at the counter nor for the papers."""
    assert list(counterexamples(rules)) == []
    assert list(counterexamples(snapshot.holding.rules)) == []


def test_the_solver_finds_the_same_day_as_the_compiler(rules):
    """A row that begins a day late leaves that day open; one that ends a day late meets its neighbour."""
    table = rules.tables["tolerance"]
    day = timedelta(days=1)
    for id, change in (("late-stage-elderly", {"first": day}), ("extension", {"last": day})):
        rows = tuple(
            replace(row, **{name: getattr(row, name) + step for name, step in change.items()}) if row.id == id else row
            for row in table.rows
        )
        tables = [replace(it, rows=rows) if it.name == "tolerance" else it for it in rules.tables.values()]
        changed, gaps = compile_rules(rules.span, rules.grace, tables, rules.notes)
        found = list(counterexamples(changed))
        assert {gap.first.toordinal() for gap in gaps} == {it.day for it in found}
        assert {it.table for it in found} == {"tolerance"}
