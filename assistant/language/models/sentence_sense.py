"""The sense of a whole text as one vector: as an encoder gives it, or as its wording lets one estimate it.

Texts of one sense are near each other however they are worded. What an encoder of sentences would say was learnt from
the sentences it was shown (``assistant.evaluation.senses``), so that reading does without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Protocol, Self

import numpy as np

from assistant.language.models.feature_set import Places
from assistant.language.models.reading_model import LinearWeights
from assistant.language.models.sentence_encoder import Encoder
from assistant.language.models.word_vectors import Vector

UNKNOWN: Final = np.zeros(0, np.float32)
"""The sense of a text of which none is known."""


class Sense(Protocol):
    """Whatever gives the sense of a text."""

    def of(self, written: str, places: Places, weights: Vector, meaning: Vector) -> Vector:
        """Return the sense of the text ``written``, of length 1.

        ``places`` and ``weights`` are the features of its wording, ``meaning`` that of its words.
        """


class Estimated:
    """The sense as the wording lets one estimate it."""

    def __init__(self, weights: LinearWeights) -> None:
        self.weights = weights

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raise ``OSError``, ``KeyError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            return cls(LinearWeights.of(file, "sense"))

    def save(self, path: Path) -> None:
        """Write the weights, compressed."""
        arrays: dict[str, Any] = self.weights.arrays("sense")
        np.savez_compressed(path, **arrays)

    def of(self, written: str, places: Places, weights: Vector, meaning: Vector) -> Vector:
        """Return the estimated sense, of length 1."""
        return unit(self.weights.scores(places, weights, meaning, UNKNOWN))


class Encoded:
    """The sense as ``encoder`` gives it, in the ``directions`` in which sentences differ most."""

    def __init__(self, encoder: Encoder, directions: Vector) -> None:
        self._encoder, self._directions = encoder, directions

    def of(self, written: str, places: Places, weights: Vector, meaning: Vector) -> Vector:
        """Return the encoded sense, of length 1."""
        return unit(self._encoder.encode(written) @ self._directions)


class _None:
    def of(self, written: str, places: Places, weights: Vector, meaning: Vector) -> Vector:
        return UNKNOWN


NO_SENSE: Final[Sense] = _None()


def unit(vector: Vector) -> Vector:
    """Return ``vector`` with length 1; zeros stay zeros."""
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length else vector
