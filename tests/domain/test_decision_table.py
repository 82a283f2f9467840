"""Tables: the smallest ones that can show a hole, an overlap, a shared branch."""

from __future__ import annotations

from datetime import date

from assistant.domain.decision_table import Row, Split, Table
from assistant.domain.printed_dates import Grace
from assistant.domain.rule_set import Span, compile_rules

SPAN = Span(date(2025, 1, 1), date(2025, 12, 31))
GRACE = Grace(3, ("S20",))


def row(id: str, first: str, last: str | None, **when: str) -> Row:
    end = date.fromisoformat(last) if last else None
    return Row(
        id, "outcome", {k: frozenset(v.split()) for k, v in when.items()}, date.fromisoformat(first), end, id, ("S01",)
    )


def compiled(*rows: Row, columns: tuple[str, ...] = ("urgent",)):
    table = Table("outcome", columns, tuple(row.id for row in rows), rows)
    return compile_rules(SPAN, GRACE, [table])


def test_a_table_that_covers_every_day_once_has_no_gap():
    """Two rows that follow each other."""
    rules, gaps = compiled(row("a", "2025-01-01", "2025-06-30"), row("b", "2025-07-01", None))
    assert gaps == ()
    assert rules.epochs == (date(2025, 1, 1), date(2025, 7, 1))


def test_a_missing_day_is_a_hole():
    """One day between two rows is enough."""
    _, gaps = compiled(row("a", "2025-01-01", "2025-06-29"), row("b", "2025-07-01", None))
    assert [(gap.first, gap.last, gap.hole.rows) for gap in gaps] == [(date(2025, 6, 30), date(2025, 6, 30), ())]


def test_a_day_with_two_rows_is_an_overlap():
    """Both rows are named."""
    _, gaps = compiled(row("a", "2025-01-01", "2025-07-01"), row("b", "2025-07-01", None))
    assert [(gap.first, [r.id for r in gap.hole.rows]) for gap in gaps] == [(date(2025, 7, 1), ["a", "b"])]


def test_a_value_without_a_row_is_a_hole():
    """The cell says which."""
    _, gaps = compiled(row("a", "2025-01-01", None, urgent="yes"))
    assert [gap.hole.cell for gap in gaps] == [(("urgent", "no"),)]


def test_a_column_that_changes_nothing_is_not_asked():
    """The tree asks only what it must."""
    rows = (row("a", "2025-01-01", None, urgent="yes"), row("b", "2025-01-01", None, urgent="no"))
    rules, gaps = compiled(*rows, columns=("holder", "urgent"))
    root = rules.on(date(2025, 5, 5))["outcome"]
    assert gaps == ()
    assert isinstance(root, Split)
    assert root.column == "urgent"
