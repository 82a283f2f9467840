"""Decide: facts in; one outcome, the outcomes still possible, or "no confirmed rule" out.

No clock, no files, no words. The visit day is part of the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from assistant.domain.columns import FACT_OF_COLUMN, Columns, _follow, _items, columns_of
from assistant.domain.decision_table import Hole, Node, Row, Split
from assistant.domain.facts import Facts
from assistant.domain.rule_set import Rules
from assistant.domain.vocabulary import (
    CHOICES,
    CONFIDENCES,
    ITEMS,
    UNKNOWN,
    Voice,
)

Within = Mapping[str, Sequence[str]]

_ANYTHING: Within = {}


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both inclusive, in which all rows behind an answer are in force; an open end is ``None``."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Exactly one outcome, with the rows that led to it and the facts they asked for."""

    outcome: str
    rows: tuple[Row, ...]
    used: tuple[str, ...]
    assumed: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def window(self) -> Window:
        """The stretch of days in which every row behind the outcome is in force."""
        lasts = [row.last for row in self.rows if row.last is not None]
        return Window(max(row.first for row in self.rows), min(lasts, default=None))

    @property
    def confidence(self) -> str:
        """The weakest confidence among the rows: a chain is as sure as its weakest part."""
        return max((row.confidence for row in self.rows), key=CONFIDENCES.index)

    @property
    def basis(self) -> tuple[str, ...]:
        """The source ids of all rows, those of the last step first, each once."""
        return tuple(dict.fromkeys(source for row in reversed(self.rows) for source in row.basis))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One way in which the missing facts could turn out, and where it would lead."""

    given: Mapping[str, str]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Undecided:
    """Facts are missing: the outcomes still possible and the fact whose answer narrows them most."""

    ask: str
    leaves: tuple[Leaf, ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes still possible, each once, in the order in which they were met."""
        return tuple(dict.fromkeys(leaf.decision.outcome for leaf in self.leaves))


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """The visit day lies outside the days for which the editors stand by the rules."""

    day: date


Verdict = Decision | Undecided | NotConfirmed


class MissingFact(Exception):
    """A table asks for a column that nobody stated and nothing may be assumed for."""

    def __init__(self, column: str) -> None:
        self.column = column


class Uncovered(LookupError):
    """A hole was reached; only a rule set that failed its check can raise this."""

    def __init__(self, hole: Hole) -> None:
        self.hole = hole
        super().__init__(f"table {hole.table} has a hole at {hole.cell}")


def decide(rules: Rules, facts: Facts, voice: Voice = "patient") -> Verdict:
    """Return what the rules say of ``facts``.

    ``voice`` says which facts may be assumed when nobody stated them; it never changes what follows
    from the same facts.
    """
    if facts.visit_date not in rules.span:
        return NotConfirmed(facts.visit_date)
    if not facts.presented and rules.needs_items:
        return Undecided("presented", tuple(without_items(rules, facts, voice)))
    leaves = tuple(possible(rules, facts, voice))
    if len({leaf.decision.outcome for leaf in leaves}) == 1:
        return leaves[0].decision
    return Undecided(next_question(leaves, facts), leaves)


def turned(rules: Rules, facts: Facts, voice: Voice, choices: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of ``choices`` with each other value and the outcome it would lead to, where no question stays open.

    What `decide` says of ``facts.having(choice, value)``, without the rows and the notes. The visit day must lie in the
    span, and something must be presented.
    """
    columns, _ = columns_of(rules, facts, voice)
    roots = rules.on(facts.visit_date)
    results = columns.copy()
    looked: dict[str, set[str]] = {}
    with suppress(MissingFact):
        _trace(rules.goal, roots, results, looked)
    for choice in choices:
        for value in CHOICES[choice].values:
            if value != columns.get(choice):
                moved = {choice: value, **_follow(choice, value, facts.presented)}
                known = columns | {table: results[table] for table, at in looked.items() if at.isdisjoint(moved)}
                found = _outcomes(rules.goal, roots, {**known, **moved})
                first = next(found)
                if all(other == first for other in found):
                    yield choice, value, first


def _trace(name: str, roots: Mapping[str, Node], seen: Columns, looked: dict[str, set[str]]) -> None:
    """Note the result of a table and of those below it in ``seen``, and in ``looked`` the facts each has looked at."""
    at: set[str] = set()
    node = roots[name]
    while isinstance(node, Split):
        if node.column in roots:
            if node.column not in looked:
                _trace(node.column, roots, seen, looked)
            at |= looked[node.column]
        elif node.column in seen:
            at.add(node.column)
        else:
            raise MissingFact(node.column)
        node = node.children[seen[node.column]]
    if isinstance(node, Hole):
        raise Uncovered(node)
    seen[name] = node.result
    looked[name] = at


def possible(rules: Rules, facts: Facts, voice: Voice = "patient", within: Within = _ANYTHING) -> Iterator[Leaf]:
    """Walk the ways in which the facts that matter and are missing could turn out; one leaf when none is missing.

    ``within`` limits the values that some of them are thought to take. The visit day must lie in the span.
    """
    columns, assumed = columns_of(rules, facts, voice)
    return _explore(rules, rules.on(facts.visit_date), columns, assumed, {}, within)


def next_question(leaves: tuple[Leaf, ...], facts: Facts) -> str:
    """Return the missing fact whose answer leaves the fewest outcomes on average.

    A fact that the reader has already called unknown is only asked again when no other is left.
    """
    missing = list(dict.fromkeys(fact for leaf in leaves for fact in leaf.given))
    askable = [fact for fact in missing if facts.stated.get(fact) != UNKNOWN] or missing
    return min(askable, key=lambda fact: (_left_over(leaves, fact), missing.index(fact)))


def _left_over(leaves: tuple[Leaf, ...], fact: str) -> float:
    values = {leaf.given[fact] for leaf in leaves if fact in leaf.given}
    sizes = [
        len({leaf.decision.outcome for leaf in leaves if leaf.given.get(fact, value) == value}) for value in values
    ]
    return sum(sizes) / len(sizes)


def evaluate(rules: Rules, roots: Mapping[str, Node], columns: Columns, assumed: Mapping[str, str]) -> Decision:
    """Walk the tables from the goal; raises `MissingFact`, or `Uncovered` for rules that failed their check."""
    seen = dict(columns)
    rows: list[Row] = []
    used: dict[str, None] = {}
    outcome = _result(rules.goal, roots, seen, rows, used)
    notes = tuple(_result(name, roots, seen, rows, used) for name in rules.notes)
    facts = tuple(dict.fromkeys(FACT_OF_COLUMN[column] for column in used))
    return Decision(
        outcome,
        tuple(rows),
        facts,
        {fact: assumed[fact] for fact in facts if fact in assumed},
        tuple(note for name, note in zip(rules.notes, notes, strict=True) if note not in rules.tables[name].neutral),
    )


def _result(name: str, roots: Mapping[str, Node], seen: Columns, rows: list[Row], used: dict[str, None]) -> str:
    node = roots[name]
    while isinstance(node, Split):
        column = node.column
        value = seen.get(column)
        if value is None:
            if column not in roots:
                raise MissingFact(column)
            value = _result(column, roots, seen, rows, used)
        elif column not in roots:
            used[column] = None
        node = node.children[value]
    if isinstance(node, Hole):
        raise Uncovered(node)
    rows.append(node)
    seen[name] = node.result
    return node.result


def _explore(
    rules: Rules,
    roots: Mapping[str, Node],
    columns: Columns,
    assumed: Mapping[str, str],
    given: Mapping[str, str],
    within: Within,
) -> Iterator[Leaf]:
    try:
        yield Leaf(given, evaluate(rules, roots, columns, assumed))
    except MissingFact as missing:
        fact = FACT_OF_COLUMN[missing.column]
        for value in within.get(fact, CHOICES[fact].values):
            known = {**columns, missing.column: value, **_follow(fact, value, _items(columns))}
            yield from _explore(rules, roots, known, assumed, {**given, fact: value}, within)


def _outcomes(goal: str, roots: Mapping[str, Node], seen: Columns) -> Iterator[str]:
    """Yield the outcome for each way a missing fact could turn out; what was found before it was missed stays found."""
    try:
        yield _result(goal, roots, seen, [], {})
    except MissingFact as missing:
        fact = FACT_OF_COLUMN[missing.column]
        for value in CHOICES[fact].values:
            follows = _follow(fact, value, _items(seen))
            yield from _outcomes(goal, roots, {**seen, missing.column: value, **follows})


def without_items(rules: Rules, facts: Facts, voice: Voice, within: Within = _ANYTHING) -> Iterator[Leaf]:
    """Do the same as `possible` while nobody said what is shown: each item alone, one after the other."""
    for item in ITEMS:
        shown = Facts(facts.visit_date, frozenset({item}), facts.stated, facts.printed)
        for leaf in possible(rules, shown, voice, within):
            yield Leaf({"presented": item, **leaf.given}, leaf.decision)
