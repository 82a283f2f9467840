"""Which features of a text are known: those that many sentences have. What is rare would only be learnt by heart.

A feature is a hash of so many bits that hardly two fall together; the known ones are numbered, the others dropped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from assistant.language.models.word_vectors import Vector

Places = npt.NDArray[np.int64]

BITS: Final = 20
"""Features are numbered by a hash of so many bits."""

_UNKNOWN: Final = -1


class FeatureSet:
    """The known features; ``codes`` are their hashes, each once, in the order of their places."""

    def __init__(self, codes: npt.NDArray[np.int32]) -> None:
        self.codes = codes
        self._places = np.full(1 << BITS, _UNKNOWN, np.int32)
        self._places[codes] = np.arange(len(codes), dtype=np.int32)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raise ``OSError``, ``KeyError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            codes = file["codes"]
        if codes.ndim != 1 or not len(codes) or codes.min() < 0 or codes.max() >= 1 << BITS:
            raise ValueError("these are no codes of features")
        return cls(codes)

    @classmethod
    def commonest(cls, counts: npt.NDArray[np.int64], most: int) -> Self:
        """Take the ``most`` features that most texts have, if any has; ``counts`` tells how many have each."""
        ranked = np.argsort(-counts, kind="stable")[:most]
        return cls(np.sort(ranked[counts[ranked] > 0]).astype(np.int32))

    def save(self, path: Path) -> None:
        """Write the codes, compressed."""
        np.savez_compressed(path, codes=self.codes)

    @property
    def size(self) -> int:
        """How many features are known."""
        return len(self.codes)

    def known(self, hashes: Places, weights: Vector) -> tuple[Places, Vector]:
        """Return the places of the features that are known, with their weights, in their order."""
        places = self._places[hashes]
        known = places != _UNKNOWN
        return places[known].astype(np.int64), weights[known]


class _Every:
    """Knows every feature by its hash: while it is not decided yet which ones count."""

    size: Final = 1 << BITS

    def known(self, hashes: Places, weights: Vector) -> tuple[Places, Vector]:
        return hashes, weights


EVERY_FEATURE: Final = _Every()
Known = FeatureSet | _Every
