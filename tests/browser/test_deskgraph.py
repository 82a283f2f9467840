"""The graph that the desk walks without a connection says what `settle` says: in chromium, over the desk's facts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from assistant.answers.desk_defaults import with_prechosen
from assistant.answers.settling import settle
from assistant.domain.decide import Leaf, possible
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN
from assistant.presentation.desk_graph import graph
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY

#: Everything that this site ever stood by; from there on the graph holds every stretch of days.
FIRST = date(2024, 12, 1)
BATCH = 4_000
#: Runs `static/js/graph.js` over a batch and returns what differs.
COMPARE = """async ([graph, cases]) => {
  const { settle } = await import('/static/js/graph.js');
  globalThis.served ??= {};
  if (typeof graph === 'string') graph = served[graph] ??= await (await fetch(graph)).json();
  const keys = (decision) => decision.rows.map((row) => graph.rows[row][0]);
  const told = (leaf) => [leaf.given, leaf.decision.outcome];
  const wrong = [];
  for (const [facts, expected] of cases) {
    const { leaf, ...rest } = settle(graph, facts);
    const { outcome, used, assumed, notes } = leaf ? leaf.decision : {};
    const all = [
      leaf ? [leaf.given, outcome, keys(leaf.decision), used, assumed, notes] : [],
      [rest.taken, rest.ask, rest.otherwise.map((it) => [it.fact, it.value, it.standing, it.outcome]),
       rest.branches.map(told), facts.presented.length ? rest.cases.slice(0, 60).map(told) : [], rest.confirmed,
       rest.awaited],
    ];
    const flat = (it) => JSON.stringify(it, (_, v) => (v && v.constructor === Object
      ? Object.fromEntries(Object.entries(v).sort()) : v));
    if (flat(all) !== flat(expected)) wrong.push([facts, all, expected]);
  }
  return wrong.slice(0, 3);
}"""


def told(leaf: Leaf) -> list[Any]:
    return [dict(leaf.given), leaf.decision.outcome]


def expected(snapshot: Snapshot, facts: Facts) -> list[Any]:
    """What Python says, in the shape that the browser writes."""
    found = settle(snapshot, facts, "desk")
    decided = []
    if found.leaf:
        it = found.leaf.decision
        keys = [row.key for row in it.rows]
        decided = [dict(found.leaf.given), it.outcome, keys, list(it.used), dict(it.assumed), list(it.notes)]
    cases = [told(leaf) for leaf in found.cases[:60]] if facts.presented else []
    otherwise = [list(it) for it in found.otherwise]
    branches = [told(leaf) for leaf in found.branches]
    return [decided, [dict(found.taken), found.ask, otherwise, branches, cases, found.confirmed, found.awaited]]


def as_sent(facts: Facts) -> dict[str, Any]:
    shown = [item for item in ITEMS if item in facts.presented]
    return {"day": facts.visit_date.isoformat(), "presented": shown, "stated": dict(facts.stated)}


def shown_sets(most: int) -> Iterator[frozenset[str]]:
    """Nothing said, nothing shown, and every set of up to ``most`` items."""
    yield frozenset()
    yield frozenset({"none"})
    for size in range(1, most + 1):
        yield from (frozenset(items) for items in combinations([item for item in ITEMS if item != "none"], size))


def everything_asked(snapshot: Snapshot, day: date, most: int) -> Iterator[Facts]:
    """Every combination of the facts that matter on ``day``: all values of all that is ever asked at the desk."""
    rules = snapshot.book.rules
    for shown in shown_sets(most):
        for leaf in possible(rules, Facts(day, shown), "desk") if shown else ():
            yield Facts(day, shown, leaf.given)


def every_conversation(snapshot: Snapshot, day: date, facility: str) -> Iterator[Facts]:
    """Every state of the screen that answers to its questions can reach, «not sure» among them."""
    seen = set()
    for shown in shown_sets(2):
        waiting = [with_prechosen(Facts(day, shown, {"facility": facility}))]
        while waiting:
            facts = waiting.pop()
            mark = (facts.presented, frozenset(facts.stated.items()))
            if mark in seen:
                continue
            seen.add(mark)
            yield facts
            asked = settle(snapshot, facts, "desk").ask
            if asked in CHOICES:
                waiting += [facts.having(asked, value) for value in (*CHOICES[asked].values, UNKNOWN)]


def any_facts(pick: random.Random, day: date) -> Facts:
    """Up to four items and any of the facts, stated, unknown or missing."""
    shown = pick.sample([item for item in ITEMS if item != "none"], pick.randint(1, 4))
    given = [choice for choice in CHOICES.values() if pick.random() < pick.random()]
    stated = {choice.id: UNKNOWN if pick.random() < 0.1 else pick.choice(choice.values) for choice in given}
    return Facts(day, frozenset(["none"] if pick.random() < 0.07 else shown), stated)


def compare(page, snapshot: Snapshot, held: Any, cases: Iterator[Facts]) -> int:
    """Have chromium decide every case and return how many there were; fails on the first that differs."""
    page.goto("/ja/about")
    batch, count = [], 0
    for facts in cases:
        batch.append([as_sent(facts), expected(snapshot, facts)])
        if len(batch) == BATCH:
            count += len(batch)
            assert page.evaluate(COMPARE, [held, batch]) == []
            batch = []
    assert page.evaluate(COMPARE, [held, batch]) == []
    return count + len(batch)


@pytest.mark.parametrize(("day", "most", "count"), [(TODAY, 3, 28_000), (date(2027, 7, 31), 2, 6_000)])
def test_the_served_graph_decides_every_combination_that_is_asked(page, snapshot, day, most, count):
    """On the first and on the last day that it holds; there is no change of rules between them."""
    assert [epoch for epoch in snapshot.book.rules.epochs if epoch > TODAY] == []
    assert compare(page, snapshot, "/ja/desk.json", everything_asked(snapshot, day, most)) > count


@pytest.mark.parametrize("facility", CHOICES["facility"].values)
def test_the_served_graph_asks_the_same_questions(page, snapshot, facility):
    """Whatever is answered, in any order in which it is asked."""
    assert compare(page, snapshot, "/en/desk.json", every_conversation(snapshot, TODAY, facility)) > 200


def test_the_served_graph_agrees_on_anything_else(page, snapshot):
    """Six thousand situations drawn from all facts, also those that are assumed and those that are missing."""
    pick = random.Random(6)
    span = (snapshot.book.rules.span.horizon - TODAY).days
    days = [TODAY + timedelta(days=pick.choice((0, span, pick.randint(0, span)))) for _ in range(6_000)]
    assert compare(page, snapshot, "/ja/desk.json", (any_facts(pick, day) for day in days)) == 6_000


def test_a_graph_with_changes_in_it_switches_on_the_day(page, snapshot):
    """Made for the first day of all, around every boundary day: the day before, the day, and the horizon."""
    pick = random.Random(7)
    rules = snapshot.book.rules
    held = graph(snapshot, FIRST, "ja")
    days = {*rules.epochs, *(day - timedelta(days=1) for day in rules.epochs[1:]), rules.span.horizon}
    cases = (any_facts(pick, day) for day in sorted(days) for _ in range(250))
    assert compare(page, snapshot, held, cases) == 250 * len(days)
    after = rules.span.horizon + timedelta(days=1)
    assert compare(page, snapshot, held, (any_facts(pick, after) for _ in range(9))) == 9
