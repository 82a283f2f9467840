"""Naive Bayes over labelled sentences: which intent the words of a text speak for.

The cues of the lexicon know what decides; the sentences know how people put things that no cue foresaw. Counting is
all the training there is, so a sentence that an editor adds counts from the next start on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from assistant.domain.vocabulary import INTENTS

_PRIOR: Final = 8.0
"""Sentences' worth of belief that a word is as common under one intent as under all."""

_FEW: Final = 10
"""A text of fewer words than this is not believed more for being short."""

_LEAST: Final = -3.0
"""Words may speak against an intent only so far: a decisive cue must be able to outweigh them."""

Sentence = tuple[str, tuple[str, ...]]
"""An intent and the keys of the words that were used to express it."""


class NaiveBayes:
    """How much more common each word is under an intent than it is in general, as a logarithm."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        under: dict[str, Counter[str]] = {}
        sizes: Counter[str] = Counter()
        for intent, keys in sentences:
            sizes[intent] += 1
            for key in set(keys):
                under.setdefault(key, Counter())[intent] += 1
        total = sizes.total()
        self._weights: Mapping[str, tuple[float, ...]] = {
            key: tuple(_weight(counts[intent], sizes[intent], counts.total() / total) for intent in INTENTS)
            for key, counts in under.items()
        }

    def scores(self, keys: Iterable[str]) -> dict[str, float]:
        """Return for each intent what ``keys`` say for it (or, below zero, against it).

        The sum is divided by the root of their number: words of one sentence repeat each other.
        """
        distinct = set(keys)
        known = [weights for key in distinct if (weights := self._weights.get(key))]
        if not known:
            return dict.fromkeys(INTENTS, 0.0)
        share = 1 / math.sqrt(max(len(distinct), _FEW))
        columns = zip(*known, strict=True)
        return {intent: max(_LEAST, share * sum(column)) for intent, column in zip(INTENTS, columns, strict=True)}


def _weight(found: int, size: int, general: float) -> float:
    return math.log((found + _PRIOR * general) / (size + _PRIOR) / general)
