"""What a text asks for: weighted cues of the lexicon, added up for each intent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from assistant.domain.vocabulary import INTENTS
from assistant.language.lexicon import IntentCue, Lexicon

DISCOUNT: Final = 0.5
"""Each further cue for the same intent counts this much less, so that many hints do not outweigh a plain word."""

HALF_SURE: Final = 1.5
"""The sum of weights that counts as a score of one half."""

NOTHING_RECOGNISED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best intent, its score between 0 and 1, the runner-up, and the cues that were seen."""

    intent: str
    score: float
    second: str | None
    cues: tuple[str, ...]


def rank_intents(plain: str, signals: Collection[str], lexicon: Lexicon) -> Ranking:
    """Add up the cues that hold in ``plain`` (folded text) or among ``signals``.

    With no cue at all the text is taken to be out of scope, with a score that says how little that means.
    Between equal sums the order of the contract decides.
    """
    weights: dict[str, list[float]] = {intent: [] for intent in INTENTS}
    seen = []
    for cue in lexicon.intents:
        if _holds(cue, plain, signals):
            weights[cue.intent].append(cue.weight)
            seen.append(f"{cue.intent}.{cue.cue}")
    sums = {intent: _sum(found) for intent, found in weights.items()}
    order = sorted(INTENTS, key=lambda intent: -sums[intent])
    best, second = order[0], order[1]
    if sums[best] <= 0:
        return Ranking("out_of_scope", NOTHING_RECOGNISED, None, tuple(seen))
    score = round(sums[best] / (sums[best] + HALF_SURE), 3)
    return Ranking(best, score, second if sums[second] > 0 else None, tuple(seen))


def _sum(weights: list[float]) -> float:
    """Add the weights, the strongest in full and each further one discounted; what speaks against counts in full."""
    favour = sorted((weight for weight in weights if weight > 0), reverse=True)
    against = sum(weight for weight in weights if weight < 0)
    return sum(weight * DISCOUNT**place for place, weight in enumerate(favour)) + against


def _holds(cue: IntentCue, plain: str, signals: Collection[str]) -> bool:
    if cue.unless and cue.unless.search(plain):
        return False
    said = bool(cue.pattern and cue.pattern.search(plain))
    given = [signal in signals for signal in cue.when]
    if cue.needs_all:
        return all(given) and (said or cue.pattern is None)
    return said or any(given)
