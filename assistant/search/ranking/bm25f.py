"""BM25F over the fields of one language, weighted and saturated once at load, scored term at a time.

Robertson, Zaragoza and Taylor (2004): the fields' frequencies are added up, each divided by its own length
norm, *before* they saturate, so a word in question and body counts as one word seen more than once.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.search.analysis.analyzer import READINGS
from assistant.search.analysis.concepts import is_concept
from assistant.search.ranking.ranking_weights import RankingWeights
from assistant.search.storage import Postings

Numbers = NDArray[np.int32]
Impacts = NDArray[np.float64]

_K1: Final = 1.2
_LIGHT: Final = 0.1
_COMMON: Final = 0.2
_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, and how much a long one is held against it."""

    weight: float
    length_norm: float


BESIDE: Final = "beside"
"""The body of a document that says in other words, too, what it is asked: it has less to add."""

SOUNDS: Final = {READINGS: Field(1.0, 0.75)}


def word_fields(weights: RankingWeights) -> Mapping[str, Field]:
    """Return the fields in which words are looked for."""
    return {
        "question": Field(1.0, 0.9),
        "asked": Field(weights.asked, 0.75),
        "terms": Field(0.6, 0.5),
        "headings": Field(0.6, 0.75),
        "lead": Field(0.4, 0.75),
        "body": Field(weights.body, 0.75),
        BESIDE: Field(weights.beside, 0.75),
    }


@dataclass(frozen=True, slots=True)
class BM25F:
    """The impact of every term on every document that has it, and each term's rarity.

    ``holders`` and the numbers in ``postings`` are the same documents, ascending: one to look up, one to add up. The
    arrays are never written to after they were made.
    """

    size: int
    rarity: Mapping[str, float]
    holders: Mapping[str, tuple[int, ...]]
    postings: Mapping[str, tuple[Numbers, Impacts]]

    def scores(self, terms: Mapping[str, float]) -> Impacts:
        """Return for every document what the weighted ``terms`` are worth, one array over all of them."""
        common = max(_FEW, _COMMON * self.size)
        found = [
            (*posted, weight, len(posted[0]))
            for term, weight in terms.items()
            # a light word of many documents adds next to nothing and costs the most
            if (posted := self.postings.get(term)) and (weight > _LIGHT or len(posted[0]) <= common)
        ]
        if not found:
            return np.zeros(self.size)
        numbers, impacts, weights, lengths = zip(*found, strict=True)
        factors = np.array(weights).repeat(lengths)
        return np.bincount(np.concatenate(numbers), np.concatenate(impacts) * factors, self.size).astype(
            np.float64, copy=False
        )

    def best(self, terms: Mapping[str, float]) -> Impacts:
        """Return for every document what that one of the weighted ``terms`` is worth that is worth most in it."""
        most = np.zeros(self.size)
        for term, weight in terms.items():
            if posted := self.postings.get(term):
                numbers, impacts = posted
                most[numbers] = np.maximum(most[numbers], impacts * weight)
        return most

    def having(self, term: str, among: set[int]) -> set[int]:
        """Return the documents ``among`` those given that have ``term`` in any field."""
        holders = self.holders.get(term, ())
        if len(holders) <= _FEW * len(among):
            return among.intersection(holders)
        return {number for number in among if holders[min(bisect_left(holders, number), len(holders) - 1)] == number}

    def rarity_of(self, term: str) -> float:
        """Return how rare ``term`` is; one that occurs nowhere is the rarest."""
        return self.rarity.get(term) or _rarity(self.size, 0)


def rank_fields(size: int, fields: Mapping[str, Postings], settings: Mapping[str, Field], floor: float = 0.0) -> BM25F:
    """Fold the postings of ``fields`` over ``size`` documents into one ranking; no term is less rare than ``floor``."""
    folded: dict[str, dict[int, float]] = {}
    for name, field in settings.items():
        _fold_field(folded, size, fields.get(name, {}), field)
    rarity = {term: max(floor, _rarity(size, len(seen))) for term, seen in folded.items()}
    holders = {term: tuple(sorted(seen)) for term, seen in folded.items()}
    impacts: dict[str, Impacts] = {}
    for term, held in holders.items():
        frequencies = np.array([folded[term][number] for number in held])
        impacts[term] = rarity[term] * frequencies / (_K1 + frequencies)
    return ranking(size, rarity, holders, impacts)


def ranking(
    size: int, rarity: Mapping[str, float], holders: Mapping[str, tuple[int, ...]], impacts: Mapping[str, Impacts]
) -> BM25F:
    """Put the ``impacts`` of each term beside the documents that hold it."""
    postings = {term: (np.array(held, dtype=np.int32), impacts[term]) for term, held in holders.items()}
    return BM25F(size, rarity, holders, postings)


def _fold_field(folded: dict[str, dict[int, float]], size: int, postings: Postings, field: Field) -> None:
    # a concept is counted beside its words and makes no text longer
    words = (pairs for term, pairs in postings.items() if not is_concept(term))
    norms = _length_norms(size, words, field.length_norm)
    for term, pairs in postings.items():
        seen = folded.setdefault(term, {})
        for number, frequency in pairs:
            seen[number] = seen.get(number, 0.0) + field.weight * frequency / norms[number]


def _length_norms(size: int, postings: Iterable[list[tuple[int, float]]], strength: float) -> list[float]:
    """Return 1 - b + b * length / average per document; Whoosh's own lengths are rounded, so count again."""
    lengths = [0.0] * size
    for pairs in postings:
        for number, frequency in pairs:
            lengths[number] += frequency
    filled = [length for length in lengths if length]
    average = sum(filled) / len(filled) if filled else 1.0
    return [1 - strength + strength * length / average for length in lengths]


def _rarity(size: int, found: int) -> float:
    return math.log(1 + (size - found + 0.5) / (found + 0.5))
