"""Replay situations with their expected decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.content.outcomes import Outcome
from assistant.domain.decide import Decision, decide
from assistant.domain.facts import parse
from assistant.snapshot.snapshot import Snapshot


@dataclass(slots=True)
class CaseReport:
    """How many cases agree, and what is wrong with each of the others."""

    agreed: int = 0
    wrong: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    standings: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the report, one line for each finding and one for the sum."""
        found = [f"{id}: wrong: {what}" for id, what in self.wrong.items()]
        found += [f"{id}: not covered: {what}" for id, what in self.open.items()]
        found.append(", ".join(f"{standing} {count}" for standing, count in self.standings.most_common()))
        return [*found, f"{self.agreed} agree, {len(self.open)} not covered, {len(self.wrong)} wrong"]


def evaluate_cases(path: Path, snapshot: Snapshot) -> CaseReport:
    """Decide every case of a YAML file and compare standing, share, procedures and first claim."""
    report = CaseReport()
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        facts = {fact: value for fact, value in case["facts"].items() if fact != "voice"}
        verdict = decide(snapshot.book.rules, parse(facts, date.min))
        if not isinstance(verdict, Decision):
            report.open[case["id"]] = f"asks for {getattr(verdict, 'ask', 'another day')}"
            continue
        outcome = snapshot.outcomes[verdict.outcome]
        report.standings[outcome.standing] += 1
        if differences := compare(outcome, case["expect"]):
            report.wrong[case["id"]] = f"{outcome.id}: {'; '.join(differences)}"
        else:
            report.agreed += 1
    return report


def compare(outcome: Outcome, expect: dict[str, Any]) -> list[str]:
    """Return what differs between an outcome and the expectation; fields left out are not compared."""
    differences = []
    if outcome.standing != expect["standing"]:
        differences.append(f"standing {outcome.standing}, expected {expect['standing']}")
    if expect.get("share_from", outcome.share_from) != outcome.share_from:
        differences.append(f"share_from {outcome.share_from}, expected {expect['share_from']}")
    if missing := set(expect.get("procedures", ())) - set(outcome.procedures):
        differences.append(f"procedures lack {', '.join(sorted(missing))}")
    if "claim_first" in expect and list(outcome.claim[:1]) != [expect["claim_first"]]:
        differences.append(f"claims {', '.join(outcome.claim) or 'nothing'}, expected {expect['claim_first']} first")
    if expect.get("outcome", outcome.id) != outcome.id:
        differences.append(f"outcome {outcome.id}, expected {expect['outcome']}")
    return differences
