"""The situations of the rules on a day: what is shown, the facts that matter beside it, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Final

from assistant.domain.decide import Decision, Leaf, next_question, possible
from assistant.domain.facts import Facts
from assistant.domain.rule_set import Rules
from assistant.domain.vocabulary import CHOICES, ITEMS, Voice

Known = tuple[tuple[str, str], ...]

#: The items most people bring; pairs are taken of these.
MAIN_ITEMS: Final = ("mynumber_card", "smartphone", "certificate", "notice", "old_card")


@dataclass(frozen=True, slots=True)
class Situation:
    """One combination of items and of the facts that matter beside them; everything else is assumed."""

    presented: tuple[str, ...]
    given: Mapping[str, str]
    decision: Decision

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """What is shown and what is given, without where it leads."""
        return self.presented, tuple(sorted(self.given.items()))


def shown_together() -> Iterator[frozenset[str]]:
    """Every single item, then every pair of the main ones."""
    yield from (frozenset({item}) for item in ITEMS)
    yield from (frozenset(pair) for pair in combinations(MAIN_ITEMS, 2))


def situations(rules: Rules, day: date, voice: Voice = "patient") -> Iterator[Situation]:
    """Walk the situations of ``day``, which must lie in the span, with what ``voice`` may assume."""
    for shown in shown_together():
        items = tuple(item for item in ITEMS if item in shown)
        for leaf in possible(rules, Facts(day, shown), voice):
            yield Situation(items, leaf.given, leaf.decision)


@dataclass(frozen=True, slots=True)
class Effort:
    """Mean number of questions to an answer, what is shown included: ours, and that of the best possible tree."""

    ours: float
    best: float


def effort(rules: Rules, day: date) -> Effort:
    """Measure the questions a patient is asked on ``day``, over main items, their pairs and nothing at all.

    Every value of every missing fact counts the same.
    """
    shown = [one for one in shown_together() if one <= {*MAIN_ITEMS, "none"}]
    trees = [_Tree(tuple(possible(rules, Facts(day, one))), Facts(day, one)) for one in shown]
    return Effort(
        1 + sum(tree.ours(()) for tree in trees) / len(trees),
        1 + sum(tree.best(()) for tree in trees) / len(trees),
    )


class _Tree:
    """The leaves of one situation, and the mean depth of the trees that can be asked over them."""

    def __init__(self, leaves: tuple[Leaf, ...], facts: Facts) -> None:
        self._leaves = leaves
        self._facts = facts
        self.ours = cache(self._ours)
        self.best = cache(self._best)

    def _ours(self, known: Known) -> float:
        left = self._left(known)
        if _settled(left):
            return 0
        return 1 + self._below(known, next_question(left, self._facts), self.ours)

    def _best(self, known: Known) -> float:
        left = self._left(known)
        if _settled(left):
            return 0
        return 1 + min(self._below(known, fact, self.best) for fact in {fact for leaf in left for fact in leaf.given})

    def _below(self, known: Known, fact: str, depth: Callable[[Known], float]) -> float:
        values = CHOICES[fact].values
        return float(sum(depth(tuple(sorted((*known, (fact, value))))) for value in values) / len(values))

    def _left(self, known: Known) -> tuple[Leaf, ...]:
        settled = dict(known)
        return tuple(
            Leaf({fact: value for fact, value in leaf.given.items() if fact not in settled}, leaf.decision)
            for leaf in self._leaves
            if all(leaf.given.get(fact, value) == value for fact, value in known)
        )


def _settled(leaves: tuple[Leaf, ...]) -> bool:
    return len({leaf.decision.outcome for leaf in leaves}) == 1


def outcome_table(rules: Rules, voice: Voice = "desk") -> Iterator[str]:
    """Write where every situation leads on which days, sorted, a line each, for review by people.

    ``-`` means that from that day on other facts matter, so the situation is found on other lines.
    """
    lines: dict[str, list[tuple[date, str]]] = {}
    for day in rules.epochs:
        found = {_line(it): it.decision.outcome for it in situations(rules, day, voice)}
        for line in lines.keys() | found.keys():
            known = lines.setdefault(line, [])
            now = found.get(line, "-")
            if (known[-1][1] if known else "-") != now:
                known.append((day, now))
    for line in sorted(lines):
        yield f"{line}: " + ", ".join(f"{day} {outcome}" for day, outcome in lines[line])


def _line(it: Situation) -> str:
    facts = [f"{fact}={value}" for fact, value in sorted(it.given.items())]
    return " ".join(("+".join(it.presented), *facts))
