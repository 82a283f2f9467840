"""Show a hole in the tables as somebody at the counter: what they bring, and everything that matters beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from assistant.domain.columns import FACT_OF_COLUMN, Columns
from assistant.domain.decide import MissingFact, Uncovered, evaluate
from assistant.domain.decision_table import Node
from assistant.domain.rule_set import Gap, Rules
from assistant.domain.vocabulary import CHOICES, ITEMS

_BUDGET = 40_000


def visitor_at(rules: Rules, gap: Gap) -> tuple[tuple[str, ...], Mapping[str, str]] | None:
    """Return items and facts of somebody who would meet ``gap`` on its first day.

    Returns ``None`` when nobody with one or two items was found to reach it.
    """
    roots = rules.on(gap.first)
    budget = iter(range(_BUDGET))
    shown: list[tuple[str, ...]] = [(item,) for item in ITEMS]
    shown = shown + list(combinations(ITEMS[:-1], 2)) if rules.needs_items else [()]
    for items in shown:
        for given in _reach(rules, roots, _shown(items), {}, gap, budget):
            return items, given
    return None


def _shown(items: tuple[str, ...]) -> Columns:
    columns = {f"has_{item}": "yes" if item in items else "no" for item in ITEMS}
    columns["lent"] = columns["turned_75"] = "no"
    columns["shows"] = "nothing" if items == ("none",) else "paper"
    if items == ("none",):
        columns["paper_of"] = "self"
    return columns


def _reach(
    rules: Rules,
    roots: Mapping[str, Node],
    columns: Columns,
    given: Mapping[str, str],
    gap: Gap,
    budget: Iterator[int],
) -> Iterator[Mapping[str, str]]:
    if next(budget, None) is None:
        return
    try:
        evaluate(rules, roots, columns, {})
    except Uncovered as met:
        if met.hole == gap.hole:
            yield given
    except MissingFact as missing:
        fact = FACT_OF_COLUMN[missing.column]
        for value in CHOICES[fact].values:
            known = {**columns, missing.column: value}
            yield from _reach(rules, roots, known, {**given, fact: value}, gap, budget)
