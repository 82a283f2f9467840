"""What a text asks for: weighted cues of the lexicon and the counts of the classifier, added up for each intent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from assistant.domain.vocabulary import INTENTS
from assistant.language.classifier import NaiveBayes
from assistant.language.lexicon import IntentCue, Lexicon, Saying
from assistant.language.phrases import Plain
from assistant.language.reading import Reading, read

DISCOUNT: Final = 0.5
"""Each further cue for the same intent counts this much less, so that many hints do not outweigh a plain word."""

HALF_SURE: Final = 1.5
"""The sum of weights that counts as a score of one half."""

_ON_THE_SUBJECT: Final = 0.6
"""What a text is worth at least that names a paper or states a fact: no such text is turned away unread."""

_OFF_THE_SUBJECT: Final = 1.5
"""What counts for out of scope when no word of the subject is there at all; no evidence by itself."""

_ALSO_ASKED: Final = 0.4
_SPOKEN: Final = 2.5
"""A second intent is one that comes near the first and that cues, not only habits of speech, speak for."""

NOTHING_RECOGNISED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best intent, its score between 0 and 1, the runner-up, and the cues that were seen."""

    intent: str
    score: float
    second: str | None
    cues: tuple[str, ...]


def trained(lexicon: Lexicon, asked: Iterable[Saying] = ()) -> Lexicon:
    """Return ``lexicon`` with a classifier that has counted its sayings and the phrasings ``asked`` of the entries."""
    sentences = ((one.intent, _keys(read(one.text, one.lang, lexicon))) for one in (*lexicon.sayings, *asked))
    return replace(lexicon, classifier=NaiveBayes(sentences))


def rank_intents(reading: Reading, signals: Collection[str], lexicon: Lexicon) -> Ranking:
    """Add up the cues that hold in ``reading`` or among ``signals``, and what the classifier makes of the words.

    With nothing to go by the text is taken to be out of scope, with a score that says how little that means.
    Between equal sums the order of the contract decides.
    """
    weights: dict[str, list[float]] = {intent: [] for intent in INTENTS}
    seen = []
    for cue in lexicon.intents:
        if _holds(cue, reading.plain, signals):
            weights[cue.intent].append(cue.weight)
            seen.append(f"{cue.intent}.{cue.cue}")
    learnt = lexicon.classifier.scores(_keys(reading))
    cued = {intent: _sum(found) for intent, found in weights.items()}
    sums = {intent: cued[intent] + learnt[intent] for intent in INTENTS}
    sums["out_of_scope"] += _OFF_THE_SUBJECT if "no_subject" in signals else 0.0
    best = max(INTENTS, key=lambda intent: sums[intent])
    second = max((intent for intent in INTENTS if intent != best), key=lambda intent: cued[intent])
    habit = 0.0 if "no_subject" in signals else max(learnt[best], 0.0)
    evidence = max(cued[best] + habit, _ON_THE_SUBJECT if "domain" in signals else 0.0)
    if evidence <= 0:
        return Ranking("out_of_scope", NOTHING_RECOGNISED, None, tuple(seen))
    score = round(evidence / (evidence + HALF_SURE), 3)
    spoken = cued[second] >= max(_SPOKEN, _ALSO_ASKED * cued[best])
    return Ranking(best, score, second if spoken else None, tuple(seen))


def _keys(reading: Reading) -> tuple[str, ...]:
    return tuple(token.key for token in reading.words)


def _sum(weights: list[float]) -> float:
    """Add the weights, the strongest in full and each further one discounted; what speaks against counts in full."""
    favour = sorted((weight for weight in weights if weight > 0), reverse=True)
    against = sum(weight for weight in weights if weight < 0)
    return sum(weight * DISCOUNT**place for place, weight in enumerate(favour)) + against


def _holds(cue: IntentCue, plain: Plain, signals: Collection[str]) -> bool:
    given = [signal in signals for signal in cue.when]
    if cue.needs_all:
        holds = all(given) and (cue.pattern is None or cue.pattern.found_in(plain))
    else:
        holds = any(given) or (cue.pattern is not None and cue.pattern.found_in(plain))
    return holds and not (cue.unless and cue.unless.found_in(plain))
