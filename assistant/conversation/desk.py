"""What the desk can already say: the verdict, or what the outcomes still possible have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from assistant.conversation.snapshot import Snapshot
from assistant.domain.decide import Decision, Leaf, NotConfirmed, Open, Verdict, decide
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import UNKNOWN

#: Chosen on the screen before anybody chooses: the usual equipment, and a scheme that nobody asked about.
PRECHOSEN: Final = {"facility": "online", "scheme": UNKNOWN}
#: Schemes with a payer of their own. While the scheme is not asked about, they are told beside the verdict.
ASIDE: Final = ("public_assistance", "not_enrolled")


@dataclass(frozen=True, slots=True)
class Aside:
    """Where a scheme with a payer of its own would lead; ``outcome`` is empty when that is still open."""

    scheme: str
    standings: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Gist:
    """What the screen shows. ``standing`` is set as soon as all outcomes still possible share it, ``leaf`` as soon
    as there is one; ``ask`` is the fact that is still needed."""

    verdict: Verdict
    standing: str = ""
    leaf: Leaf | None = None
    possible: tuple[Leaf, ...] = ()
    asides: tuple[Aside, ...] = ()
    ask: str = ""


def with_prechosen(facts: Facts) -> Facts:
    """Return ``facts`` as the screen starts: what is prechosen there is stated."""
    return replace(facts, stated={**PRECHOSEN, **facts.stated})


def gist(snapshot: Snapshot, facts: Facts) -> Gist:
    """Decide ``facts`` in the desk's voice and say what is already certain."""
    verdict = decide(snapshot.book.rules, facts, "desk")
    if isinstance(verdict, NotConfirmed):
        return Gist(verdict)
    if isinstance(verdict, Decision):
        leaf = Leaf({}, verdict)
        return Gist(verdict, _standing(snapshot, leaf), leaf, (leaf,))
    return _of_open(snapshot, facts, verdict)


def _of_open(snapshot: Snapshot, facts: Facts, verdict: Open) -> Gist:
    aside = facts.stated.get("scheme") == UNKNOWN
    ordinary = [leaf for leaf in verdict.leaves if not (aside and leaf.given.get("scheme") in ASIDE)]
    first: dict[str, Leaf] = {}
    for leaf in ordinary:
        first.setdefault(leaf.decision.outcome, leaf)
    possible = tuple(first.values())
    standings = {_standing(snapshot, leaf) for leaf in possible}
    return Gist(
        verdict,
        standings.pop() if len(standings) == 1 else "",
        possible[0] if len(possible) == 1 else None,
        possible,
        tuple(_asides(snapshot, verdict.leaves)) if aside else (),
        "" if len(possible) == 1 else verdict.ask,
    )


def _asides(snapshot: Snapshot, leaves: tuple[Leaf, ...]) -> Iterable[Aside]:
    for scheme in ASIDE:
        there = [leaf for leaf in leaves if leaf.given.get("scheme") == scheme]
        outcomes = tuple(dict.fromkeys(leaf.decision.outcome for leaf in there))
        if there:
            standings = tuple(dict.fromkeys(_standing(snapshot, leaf) for leaf in there))
            yield Aside(scheme, standings, outcomes[0] if len(outcomes) == 1 else "")


def _standing(snapshot: Snapshot, leaf: Leaf) -> str:
    return snapshot.outcomes[leaf.decision.outcome].standing
