"""What a text is about, as the mean of vectors of its words: near for words of one meaning, in either language.

The vectors were taken once from a multilingual sentence encoder (see ``content/model/README.md``); nothing of it is
needed to use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

_RUN: Final = re.compile(r"[a-z]+|[ぁ-んァ-ヶー々一-龥]+")


class WordVectors:
    """Vectors of words, each weighed by its rarity already."""

    def __init__(self, words: list[str], vectors: npt.NDArray[np.int8]) -> None:
        self._places = {word: place for place, word in enumerate(words)}
        self._longest: dict[str, int] = {}
        for word in words:
            self._longest[word[:1]] = max(self._longest.get(word[:1], 0), len(word))
        self._vectors = vectors

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the vectors from ``path``; raise ``OSError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            words = file["words"].tobytes().decode().split("\n")
            return cls(words, file["vectors"])

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self._vectors.shape[1])

    def mean(self, text: str) -> Vector:
        """Return the direction of ``text`` (folded, in lower case), of length 1; zeros when no word is known."""
        places = list(self._found(text))
        if not places:
            return np.zeros(self.size, np.float32)
        total: Vector = self._vectors[places].sum(axis=0, dtype=np.float32)
        length = float(np.sqrt(total @ total))
        return total / np.float32(length) if length else total

    def directions(self, words: Sequence[str]) -> Vector:
        """Return the direction of each of ``words`` as a row of length 1; zeros for one that is not known."""
        rows = np.zeros((len(words), self.size), np.float32)
        known = [(row, self._places[word]) for row, word in enumerate(words) if word in self._places]
        if known:
            at, places = zip(*known, strict=True)
            found = self._vectors[list(places)].astype(np.float32)
            rows[list(at)] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
        return rows

    def _found(self, text: str) -> Iterator[int]:
        """Yield the place of each word: those of Latin letters whole, others cut at the longest that is known."""
        places, longest = self._places, self._longest
        for run in _RUN.findall(text):
            if run.isascii():
                if (place := places.get(run)) is not None:
                    yield place
                continue
            start = 0
            while start < len(run):
                for end in range(min(len(run), start + longest.get(run[start], 0)), start, -1):
                    if (place := places.get(run[start:end])) is not None:
                        yield place
                        break
                else:
                    end = start + 1
                start = end


NO_VECTORS: Final = WordVectors([], np.zeros((0, 0), np.int8))
