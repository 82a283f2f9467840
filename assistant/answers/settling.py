"""Answer before asking: what holds in the ordinary case, and the one question that is still worth asking.

Every way in decides through `settle`: chat, check, desk, API, command line, LINE, widget and MCP. `static/js/graph.js`
walks the same steps without a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from assistant.domain.decide import Leaf, possible, without_items
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, UNKNOWN, Voice
from assistant.snapshot.snapshot import Snapshot

#: The ordinary case: one of the three insured schemes, a facility that is online, nobody's emergency, a first visit
#: this month, an insurance that did not change. It bears only on what nobody stated.
ORDINARY: Final[Mapping[str, tuple[str, ...]]] = {
    "scheme": ("kouki", "kokuho", "employee"),
    "facility": ("online",),
    "urgent": ("no",),
    "known_patient": ("no", "before"),
    "insurance_change": ("none",),
}
#: In an emergency nobody is asked first what an enquiry said: as long as none is told, none spoke against the patient.
URGENT: Final[Mapping[str, tuple[str, ...]]] = {"check_result": ("active",)}
#: What an enquiry says when it speaks against the patient. The desk then asks whether the insurance has changed, and
#: does not take for granted that it has not: without a new one it is the full cost.
AGAINST: Final = ("inactive", "not_found")
CHANGE: Final = "insurance_change"
CHECK: Final = "check_result"
#: What no desk says before its enquiry has: that the patient's share, or another payer, is settled.
GO_AHEAD: Final = ("insured", "other_payer")
FULL_PAYMENT: Final = "full_payment"
#: A reader who does not know is shown at most this many ways it can turn out.
MOST_BRANCHES: Final = 3
#: What proves an insurance whatever else is not known: an item, and the state it is in.
HELPS: Final = (("mynumber_card", {"registration": "registered"}), ("certificate", {"certificate": "valid"}))
#: What stands for everything that could be shown, for who knows none of it.
_EXAMPLES: Final = ("mynumber_card", "certificate", "none")


class Otherwise(NamedTuple):
    """Another value of a fact that was taken for granted, and where it would lead."""

    fact: str
    value: str
    standing: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What can be said of a situation, whoever asks.

    ``leaf`` is the likeliest case, as soon as every outcome of the ordinary case shares one standing; ``taken`` is what
    it takes for granted and what matters. ``ask`` is the fact whose answer narrows most; beside a ``leaf`` it only
    changes what is to be done. ``otherwise`` is where other values would lead; without a ``leaf`` only other schemes
    are in it. ``branches`` is what remains when there is no more to ask, ``cases`` all ordinary ones. ``awaited`` says
    that the desk has the ``leaf`` only once its own enquiry has spoken for the patient: until then it is no go-ahead.
    """

    leaf: Leaf | None = None
    taken: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""
    otherwise: tuple[Otherwise, ...] = ()
    branches: tuple[Leaf, ...] = ()
    cases: tuple[Leaf, ...] = ()
    confirmed: bool = True
    awaited: bool = False

    @property
    def final(self) -> bool:
        """Whether nothing is left to ask and nothing to wait for."""
        return self.leaf is not None and not self.ask and not self.awaited


def settle(snapshot: Snapshot, facts: Facts, voice: Voice) -> Settled:
    """Decide ``facts``; where they leave something open, answer for the ordinary case or say what to ask."""
    rules = snapshot.book.rules
    if facts.visit_date not in rules.span:
        return Settled(confirmed=False)
    if not facts.presented:
        leaves = tuple(without_items(rules, facts, voice, _ordinary(facts, voice)))
        if facts.stated.get("presented") == UNKNOWN:
            return Settled(branches=tuple(_examples(leaves)), cases=leaves)
        return Settled(ask="presented", cases=leaves)
    leaves = tuple(possible(rules, _untaken(facts, voice), voice, _ordinary(facts, voice)))
    ask = _most_telling(snapshot, leaves, facts)
    otherwise = tuple(_otherwise(snapshot, facts, voice, leaves))
    if len({standing(snapshot, leaf.decision.outcome) for leaf in leaves}) > 1:
        aside = tuple(it for it in otherwise if it.fact == "scheme")
        return Settled(ask=ask, otherwise=aside, branches=() if ask else _branches(snapshot, leaves), cases=leaves)
    turning = {it.fact for it in otherwise}
    taken = {fact: value for fact, value in leaves[0].given.items() if fact in turning}
    asked = ask or _known_to_the_desk(facts, voice, otherwise)
    awaited = _awaited(snapshot, facts, voice, taken, leaves[0].decision.outcome)
    return Settled(leaves[0], taken, asked, otherwise, cases=leaves, awaited=awaited)


def turns_full_payment(snapshot: Snapshot, settled: Settled, voice: Voice) -> bool:
    """Return whether the desk can say at once what would spare the patient the full cost: it is asked that first."""
    full = settled.leaf is not None and standing(snapshot, settled.leaf.decision.outcome) == FULL_PAYMENT
    spares = any(it.fact == settled.ask and it.standing != FULL_PAYMENT for it in settled.otherwise)
    return voice == "desk" and full and spares


def _awaited(snapshot: Snapshot, facts: Facts, voice: Voice, taken: Mapping[str, str], end: str) -> bool:
    """Return whether the desk would go ahead on an enquiry that nobody has made.

    In an emergency nobody waits for it, and a card that is still to be registered has been read.
    """
    outcome = snapshot.outcomes[end]
    ahead = outcome.standing in GO_AHEAD and "register" not in outcome.procedures
    return voice == "desk" and CHECK in taken and ahead and facts.stated.get("urgent") != "yes"


def _usual(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    return {**ORDINARY, **URGENT} if facts.stated.get("urgent") == "yes" else ORDINARY


def _ordinary(facts: Facts, voice: Voice) -> Mapping[str, tuple[str, ...]]:
    usual = _usual(facts)
    return {fact: them for fact, them in usual.items() if fact != CHANGE} if _doubted(facts, voice) else usual


def _doubted(facts: Facts, voice: Voice) -> bool:
    """Return whether the desk's enquiry speaks against the patient and nobody knows of a change of insurance."""
    against = voice == "desk" and facts.stated.get(CHECK) in AGAINST
    return against and facts.stated.get(CHANGE, UNKNOWN) == UNKNOWN


def _untaken(facts: Facts, voice: Voice) -> Facts:
    return facts.having(CHANGE, UNKNOWN) if _doubted(facts, voice) else facts


def standing(snapshot: Snapshot, outcome: str) -> str:
    """Return the standing of an outcome."""
    return snapshot.outcomes[outcome].standing


def _most_telling(snapshot: Snapshot, leaves: Sequence[Leaf], facts: Facts) -> str:
    """Return the fact, not yet called unknown, that leaves the fewest standings, then the fewest outcomes; or nothing.

    A fact of which every value leads to the same outcomes is not worth a question.
    """
    missing = dict.fromkeys(fact for leaf in leaves for fact in leaf.given if facts.stated.get(fact) != UNKNOWN)
    telling = {fact: ends for fact in missing if len(set(ends := _ends(leaves, fact))) > 1}

    def left_over(fact: str) -> tuple[float, float]:
        ends = telling[fact]
        standings = sum(len({standing(snapshot, end) for end in there}) for there in ends)
        return standings / len(ends), sum(map(len, ends)) / len(ends)

    return min(telling, key=left_over, default="")


def _ends(leaves: Sequence[Leaf], fact: str) -> tuple[frozenset[str], ...]:
    """Return for each value of ``fact`` the outcomes that it leaves."""
    anyway = {leaf.decision.outcome for leaf in leaves if fact not in leaf.given}
    ends: dict[str, set[str]] = {}
    for leaf in leaves:
        if fact in leaf.given:
            ends.setdefault(leaf.given[fact], set(anyway)).add(leaf.decision.outcome)
    return tuple(map(frozenset, ends.values()))


def _otherwise(snapshot: Snapshot, facts: Facts, voice: Voice, leaves: Sequence[Leaf]) -> Iterator[Otherwise]:
    """Yield, for each other value of what the likeliest leaf takes for granted, each standing to which it can lead."""
    chosen = leaves[0]
    for fact, taken in chosen.given.items():
        for value in CHOICES[fact].values:
            if value == taken:
                continue
            turned = replace(facts, stated={**facts.stated, **chosen.given, fact: value})
            first: dict[str, str] = {}
            for leaf in possible(snapshot.book.rules, turned, voice, _usual(turned)):
                first.setdefault(standing(snapshot, leaf.decision.outcome), leaf.decision.outcome)
            for kind, outcome in first.items():
                if outcome != chosen.decision.outcome:
                    yield Otherwise(fact, value, kind, outcome)


def _known_to_the_desk(facts: Facts, voice: Voice, otherwise: Iterable[Otherwise]) -> str:
    """Return what was taken for granted although whoever stands at the desk knows it better."""
    for it in otherwise:
        if it.fact != "scheme" and facts.stated.get(it.fact) != UNKNOWN and CHOICES[it.fact].assumed(voice) is None:
            return it.fact
    return ""


def _branches(snapshot: Snapshot, leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Return one leaf for each standing, then for further outcomes, with only what tells them apart."""
    bare = told_apart(leaves)
    by_standing: dict[str, Leaf] = {}
    by_outcome: dict[str, Leaf] = {}
    for leaf in bare:
        by_standing.setdefault(standing(snapshot, leaf.decision.outcome), leaf)
        by_outcome.setdefault(leaf.decision.outcome, leaf)
    chosen = {id(leaf): leaf for leaf in (*by_standing.values(), *by_outcome.values())}
    return tuple(sorted([*chosen.values()][:MOST_BRANCHES], key=bare.index))


def told_apart(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Return ``leaves`` with only those of their missing facts that make a difference among them."""
    given = {fact for leaf in leaves for fact in leaf.given}
    telling = {fact for fact in given if len(set(_ends(leaves, fact))) > 1}
    return tuple(
        Leaf({fact: it for fact, it in leaf.given.items() if fact in telling}, leaf.decision) for leaf in leaves
    )


def _examples(leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    for item in _EXAMPLES:
        there = next(leaf for leaf in leaves if leaf.given["presented"] == item)
        yield Leaf({fact: it for fact, it in there.given.items() if fact != "scheme"}, there.decision)


def helps(snapshot: Snapshot, facts: Facts, voice: Voice) -> tuple[str, ...]:
    """Return the items that, brought as well, make it an insured visit whatever is not known now."""
    return tuple(
        item for item, state in HELPS if item not in facts.presented and _saves(snapshot, facts, voice, item, state)
    )


def _saves(snapshot: Snapshot, facts: Facts, voice: Voice, item: str, state: Mapping[str, str]) -> bool:
    shown = facts.presented - {"none"} | {item}
    found = settle(snapshot, replace(facts, presented=shown, stated={**facts.stated, **state}), voice)
    return found.leaf is not None and standing(snapshot, found.leaf.decision.outcome) == "insured"
