"""Which facts are acted upon: what was read by rule and what was learnt meet, and each gets a probability."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, NamedTuple

from assistant.domain.vocabulary import ITEMS, PRINTED_DATES
from assistant.language.model import DAY, LIKELY, Candidate, Model, Pair

Value = str | date | tuple[str, ...]

#: What was read by rule and is this likely is acted upon: its words are shown, and one press takes it back.
READ: Final = 0.3
#: What is only proposed has no words to show, so it has to be likelier.
PROPOSED: Final = 0.5
#: What turns a verdict round when it is wrong has to be surer still.
SURELY: Final = 0.5
#: From here it is asked about, below it is dropped.
DOUBTED: Final = 0.25
_TURNS_ROUND: Final = frozenset({("presented", "none"), ("holder", "other")})


class Accepted(NamedTuple):
    """The facts acted upon, with the items among them in the order of the contract; and what was doubtful."""

    facts: dict[str, Value]
    shown: tuple[str, ...]
    doubtful: tuple[tuple[str, str, float], ...]


def accepted(
    facts: Mapping[str, Value], shown: tuple[str, ...], proposals: Mapping[Pair, float], lang: str, model: Model
) -> Accepted:
    """Weigh ``facts`` and the items ``shown``, both read by rule, with what the model proposes."""
    ruled = {pair: value for fact, value in facts.items() for pair in [_pair(fact, value)] if fact != "presented"}
    ruled |= {("presented", item): item for item in shown}
    pairs = dict.fromkeys((*ruled, *(pair for pair, chance in proposals.items() if chance >= LIKELY)))
    believed = {
        pair: model.believed(Candidate(pair, pair in ruled, proposals.get(pair, 0.0)), ruled, lang) for pair in pairs
    }
    best = _best(believed, ruled)
    items = [item for item in ITEMS if ("presented", item) in best]
    kept = tuple(item for item in items if item != "none" or len(items) == 1)
    values = {pair[0]: ruled.get(pair, pair[1]) for pair in best if pair[0] != "presented"}
    doubtful = tuple(
        (*pair, round(chance, 2))
        for pair, chance in believed.items()
        if chance >= DOUBTED and pair not in best and pair[0] not in values and pair[1] not in (DAY, "none")
    )
    return Accepted(values, kept, doubtful)


def _pair(fact: str, value: Value) -> Pair:
    return (fact, DAY) if fact == "visit_date" or fact in PRINTED_DATES else (fact, str(value))


def _best(believed: Mapping[Pair, float], ruled: Collection[Pair]) -> dict[Pair, float]:
    """Return what is believed enough: every item, and of each other fact the likeliest value."""
    enough = {
        pair: chance
        for pair, chance in believed.items()
        if chance >= max(SURELY if pair in _TURNS_ROUND else 0.0, READ if pair in ruled else PROPOSED)
    }
    likeliest: dict[str, float] = {}
    for (fact, _), chance in enough.items():
        likeliest[fact] = max(chance, likeliest.get(fact, 0.0))
    return {pair: it for pair, it in enough.items() if pair[0] == "presented" or it == likeliest[pair[0]]}
