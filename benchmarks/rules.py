"""Decisions per second: ours with its why, a plain loop over one flat table, zen-engine and durable-rules, in one run.

The flat table is taken from our own answers (item, scheme, facility, day), so all of them give the same ones.
Run: make bench
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import zen
from durable import lang

from assistant.content.rules import load_rules
from assistant.domain.decide import Decision, decide
from assistant.domain.facts import Facts, parse
from assistant.domain.rule_set import Rules
from assistant.domain.survey.situations import situations

ITEMS = ("mynumber_card", "certificate", "notice", "old_card", "none")
SCHEMES = ("kouki", "kokuho", "employee")
FACILITIES = ("online", "outage", "not_equipped")
FIXED = {"registration": "registered", "certificate": "expired", "old_card": "expired"}
ROUNDS, SAMPLE = 7, 2_000


@dataclass(frozen=True, slots=True)
class FlatRow:
    """One row of the flat table; days are ordinals, both inclusive."""

    item: str
    scheme: str
    facility: str
    first: int
    last: int
    outcome: str


def facts_of(item: str, scheme: str, facility: str, day: date) -> Facts:
    """Return the situation of a flat row as our facts."""
    codes = {"presented": item, "scheme": scheme, "facility": facility, "visit_date": day.isoformat(), **FIXED}
    return parse(codes, day)


def outcome_of(rules: Rules, facts: Facts) -> str:
    """Decide; every situation of this benchmark has exactly one outcome."""
    verdict = decide(rules, facts)
    assert isinstance(verdict, Decision)
    return verdict.outcome


def flat_table(rules: Rules) -> list[FlatRow]:
    """Return one row for each stretch of days with the same outcome."""
    ends = [day.toordinal() - 1 for day in rules.epochs[1:]] + [rules.span.horizon.toordinal()]
    rows: list[FlatRow] = []
    for item, scheme, facility in product(ITEMS, SCHEMES, FACILITIES):
        for first, last in zip(rules.epochs, ends, strict=True):
            found = outcome_of(rules, facts_of(item, scheme, facility, first))
            row = FlatRow(item, scheme, facility, first.toordinal(), last, found)
            same = rows and (rows[-1].item, rows[-1].scheme, rows[-1].facility, rows[-1].outcome)
            if same == (item, scheme, facility, found):
                row = FlatRow(item, scheme, facility, rows.pop().first, last, found)
            rows.append(row)
    return rows


def plain_loop(rows: list[FlatRow], item: str, scheme: str, facility: str, day: int) -> tuple[str, list[str]]:
    """First match, keeping for each row before it why it failed."""
    failed: list[str] = []
    for row in rows:
        if row.item != item:
            failed.append("item")
        elif row.scheme != scheme:
            failed.append("scheme")
        elif row.facility != facility:
            failed.append("facility")
        elif not row.first <= day <= row.last:
            failed.append("day")
        else:
            return row.outcome, failed
    raise LookupError(item)


def zen_decision(rows: list[FlatRow]) -> object:
    """Return the flat table as a zen-engine decision."""
    columns = ("item", "scheme", "facility", "day")
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "type": "expression", "field": name} for name in columns],
        "outputs": [{"id": "outcome", "name": "outcome", "type": "expression", "field": "outcome"}],
        "rules": [
            {
                "_id": str(number),
                "item": f'"{row.item}"',
                "scheme": f'"{row.scheme}"',
                "facility": f'"{row.facility}"',
                "day": f"[{row.first}..{row.last}]",
                "outcome": f'"{row.outcome}"',
            }
            for number, row in enumerate(rows)
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def durable_decider(rows: list[FlatRow]) -> Callable[[dict[str, object]], str]:
    """Return the flat table as a durable-rules ruleset: post an event, read what the one rule that fired says."""
    said: list[str] = []

    def say(outcome: str) -> Callable[[object], None]:
        return lambda _: said.append(outcome)

    with lang.ruleset("flat"):
        for row in rows:
            fits = (lang.m.item == row.item) & (lang.m.scheme == row.scheme) & (lang.m.facility == row.facility)
            lang.when_all(fits & (lang.m.day >= row.first) & (lang.m.day <= row.last))(say(row.outcome))

    def decide_event(context: dict[str, object]) -> str:
        lang.post("flat", dict(context))
        return said.pop()

    return decide_event


def sweep(rules: Rules) -> tuple[int, float]:
    """Decide every situation of the desk on the day before, on and after every change point; count and seconds."""
    days = sorted({day + timedelta(days=step) for day in rules.epochs for step in (-1, 0, 1)} & _span(rules))
    begin = time.process_time()
    count = sum(1 for day in days for _ in situations(rules, day))
    return count, time.process_time() - begin


def _span(rules: Rules) -> set[date]:
    first, last = rules.span.first, rules.span.horizon
    return {first + timedelta(days=step) for step in range((last - first).days + 1)}


def seconds(call: Callable[[int], object]) -> float:
    """Return the CPU seconds of one call, the mean over the sample."""
    begin = time.process_time()
    for number in range(SAMPLE):
        call(number)
    return (time.process_time() - begin) / SAMPLE


def main() -> None:
    """Print microseconds for each engine, medians of interleaved rounds, and ratios to ours."""
    faults: list = []
    book = load_rules(Path(__file__).parents[1] / "content", faults)
    assert book is not None, faults
    rules = book.rules
    rows = flat_table(rules)
    pick = random.Random(1)
    asked = [(r.item, r.scheme, r.facility, pick.randint(r.first, r.last)) for r in pick.choices(rows, k=SAMPLE)]
    facts = [facts_of(i, s, f, date.fromordinal(day)) for i, s, f, day in asked]
    contexts = [{"item": i, "scheme": s, "facility": f, "day": day} for i, s, f, day in asked]
    decision = zen_decision(rows)
    durable = durable_decider(rows)
    engines: dict[str, Callable[[int], object]] = {
        "ours, with why": lambda n: outcome_of(rules, facts[n]),
        "plain loop, with why-not": lambda n: plain_loop(rows, *asked[n])[0],
        "durable-rules": lambda n: durable(contexts[n]),
        "zen-engine": lambda n: decision.evaluate(contexts[n])["result"]["outcome"],
    }
    for number in range(SAMPLE):
        assert len({engine(number) for engine in engines.values()}) == 1, asked[number]
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            times[name].append(seconds(engine))
    ours = statistics.median(times["ours, with why"])
    print(f"{len(list(rules.rows()))} rows in {len(rules.tables)} tables; flat table of {len(rows)} rows for the peers")
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"{name:26} {middle * 1e6:8.1f} µs  {1 / middle:10,.0f} /s  ×{middle / ours:.2f} of ours")
    count, took = sweep(rules)
    print(f"sweep of all boundary days: {count:,} decisions in {took:.2f} s")


if __name__ == "__main__":
    main()
