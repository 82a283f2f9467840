"""Alter every row of the rules and see whether anything notices. Run: make mutants

Each mutant is held against three nets in turn: the check at load (holes and overlaps), the situations with
their expected decision, and the outcome table that is kept in the repository. Survivors are listed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import yaml

from assistant import paths
from assistant.content.outcomes import load_outcomes
from assistant.content.rules import load_rules
from assistant.domain.decide import Decision, decide
from assistant.domain.decision_table import Row, Table
from assistant.domain.facts import parse
from assistant.domain.rule_set import Rules, compile_rules
from assistant.domain.survey.situations import outcome_table
from assistant.evaluation.cases import compare

ROOT = Path(__file__).parents[2]
_DAY = timedelta(days=1)
Mutant = tuple[str, list[Row]]


def mutants(table: Table) -> Iterator[Mutant]:
    """Yield the rows of ``table`` with one of them altered, and what was done to it."""
    for number, row in enumerate(table.rows):
        for name, changed in _altered(row, table):
            yield f"{row.key}: {name}", [*table.rows[:number], *changed, *table.rows[number + 1 :]]
    yield from _shifted_borders(table)


def _altered(row: Row, table: Table) -> Iterator[tuple[str, list[Row]]]:
    yield "dropped", []
    for days in (-1, 1):
        yield f"from {days:+d} day", [replace(row, first=row.first + days * _DAY)]
        if row.last is not None:
            yield f"until {days:+d} day", [replace(row, last=row.last + days * _DAY)]
    for column in row.when:
        left = {name: values for name, values in row.when.items() if name != column}
        yield f"condition {column} dropped", [replace(row, when=left)]
    others = [result for result in table.results if result != row.result]
    for result in others[:2]:
        yield f"result {result}", [replace(row, result=result)]


def _shifted_borders(table: Table) -> Iterator[Mutant]:
    """Move the border between two rows that follow each other: no hole and no overlap gives it away."""
    for left in table.rows:
        for right in table.rows:
            if left.last is not None and right.first == left.last + _DAY:
                for days in (-1, 1):
                    moved = {
                        left.id: replace(left, last=left.last + days * _DAY),
                        right.id: replace(right, first=right.first + days * _DAY),
                    }
                    rows = [moved.get(row.id, row) for row in table.rows]
                    yield f"{left.key} and {right.key}: border {days:+d} day", rows


class Nets:
    """What a mutant has to get through."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        files = [ROOT / "tests" / "data" / name for name in ("cases.yaml", "cases-own.yaml")]
        self.cases = [case for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
        self.outcomes = load_outcomes(paths.CONTENT, [])
        self.table = (ROOT / "docs/outcome-table.txt").read_text(encoding="utf-8").splitlines()

    def catch(self, table: Table, rows: list[Row]) -> str:
        """Return the net that caught the mutant, or an empty string for a survivor."""
        span = self.rules.span
        if any(row.first not in span or (row.last and row.last not in span) for row in rows):
            return "verify"
        tables = [replace(it, rows=tuple(rows)) if it.name == table.name else it for it in self.rules.tables.values()]
        changed, gaps = compile_rules(span, self.rules.grace, tables, self.rules.notes)
        if gaps or {row.result for row in rows} < set(table.results):
            return "verify"
        if any(self._differs(changed, case) for case in self.cases):
            return "cases"
        return "" if list(outcome_table(changed)) == self.table else "outcome table"

    def _differs(self, rules: Rules, case: dict) -> bool:
        facts = {fact: value for fact, value in case["facts"].items() if fact != "voice"}
        verdict = decide(rules, parse(facts, date.min))
        return not isinstance(verdict, Decision) or bool(compare(self.outcomes[verdict.outcome], case["expect"]))


def reason(name: str, rules: Rules) -> str:
    """Say why a mutant may live: what it alters does not change any answer."""
    if name.startswith(("phone/", "phone_route/")) and name.endswith((": result none", "absent", "not_yet")):
        return "a phone that cannot be used and no phone lead on alike"
    if "border" not in name:
        return "no known reason: add a case"
    rows = {row.key: row for row in rules.rows()}
    left, right = (rows[key] for key in name.partition(":")[0].split(" and "))
    if left.result == right.result:
        return "both rows give the same result; only sources and window differ"
    return "the results lead to the same outcome; only a note beside it differs"


def main() -> int:
    """Run every mutant and print who noticed; exit 1 under 98 %."""
    book = load_rules(paths.CONTENT, [])
    assert book is not None
    nets = Nets(book.rules)
    caught: Counter[str] = Counter()
    survivors = []
    for table in book.rules.tables.values():
        for name, rows in mutants(table):
            net = nets.catch(table, rows)
            caught[net or "nobody"] += 1
            survivors += [] if net else [name]
    total = sum(caught.values())
    for net, count in caught.most_common():
        print(f"noticed by {net}: {count}")
    for name in survivors:
        print(f"survived: {name} ({reason(name, book.rules)})")
    share = 1 - len(survivors) / total
    print(f"{total} mutants, {share:.1%} noticed")
    return 0 if share >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())
