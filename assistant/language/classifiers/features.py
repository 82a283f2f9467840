"""A text as what a linear model weighs: its letters, its words, its meaning, and the codes that the lexicon found."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np

from assistant.language.models.feature_set import BITS, Known, Places
from assistant.language.models.reading_model import Features
from assistant.language.models.sentence_sense import Sense
from assistant.language.models.word_vectors import Vector, WordVectors
from assistant.language.utterance import Utterance

_GRAMS: Final = (1, 2, 3, 4)
_LETTERS: Final = 200
_DIGITS: Final = re.compile(r"\d")
_WORDS_WEIGH: Final = 1.5
_CODES_WEIGH: Final = 0.7
_MEANING_WEIGHS: Final = 2.0
_STEP: Final = np.uint64(1_000_003)
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(64 - BITS)


def features_of(
    reading: Utterance, codes: Collection[str], vectors: WordVectors, sense: Sense, among: Known
) -> Features:
    """Return the features of a text ``among`` the known; each group weighs the same however long the text is."""
    groups = (
        (_grams(reading.plain[:_LETTERS]), 1.0),
        (hashed(_words(reading)), _WORDS_WEIGH),
        (hashed(codes), _CODES_WEIGH),
    )
    known = [among.known(group, _even(group, weight)) for group, weight in groups]
    places, weights = (np.concatenate(part) for part in zip(*known, strict=True))
    wording = len(places) - len(known[-1][0])
    meaning = vectors.mean(reading.written[:_LETTERS]) * np.float32(_MEANING_WEIGHS)
    return Features(
        places, weights, wording, meaning, sense.of(reading.written, places[:wording], weights[:wording], meaning)
    )


def _even(group: Places, weight: float) -> Vector:
    return np.full(len(group), weight / np.sqrt(max(1, len(group))), np.float32)


def _words(reading: Utterance) -> set[str]:
    keys = [word.key for word in reading.words]
    return {*keys, *(f"{key} {then}" for key, then in pairwise(keys))}


def hashed(names: Collection[str], bits: int = BITS) -> Places:
    """Return the places of features with ``names``, in a fixed order, among 2 to the power of ``bits``."""
    mask = (1 << bits) - 1
    places = np.fromiter((crc32(name.encode()) & mask for name in names), np.int64, len(names))
    places.sort()
    return places


def _grams(plain: str) -> Places:
    """Return the distinct places of the runs of one to four letters, the edges of the text included."""
    text = f"^{_DIGITS.sub('0', plain)}$"
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    found = []
    with np.errstate(over="ignore"):
        rolled = np.zeros(len(letters), np.uint64)
        for size in _GRAMS:
            if size > len(letters):
                break
            rolled = rolled[: len(letters) - size + 1] * _STEP + letters[size - 1 :]
            found.append(((rolled + np.uint64(size)) * _SPREAD) >> _SHIFT)
    return np.unique(np.concatenate(found)).astype(np.int64)
