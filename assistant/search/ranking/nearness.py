"""What words do not show: texts that are about the same, words of nearly one meaning, and codes in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from assistant.language.models.word_vectors import Vector, WordVectors
from assistant.language.text.normalize import fold
from assistant.search.analysis.concepts import CONTENT_WEIGHT
from assistant.search.ranking.bm25f import Impacts, Numbers

_NEAR: Final = 0.55
_MOST_NEAR: Final = 4
_KEPT: Final = 4_096


class Rows:
    """Several directions for each document, one after another; what is like any of them is like the document."""

    def __init__(self, rows: Vector, counts: Sequence[int]) -> None:
        """Take the ``rows`` of all documents, of each as many as ``counts`` says and at least one."""
        self._rows = rows
        self._counts = np.array(counts, dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts

    def like(self, direction: Vector, numbers: Numbers) -> Impacts:
        """Return how much the nearest row of each of the documents ``numbers`` is like ``direction``, from 0 to 1."""
        if not len(numbers) or not direction.any():
            return np.zeros(len(numbers))
        counts = self._counts[numbers]
        starts = np.cumsum(counts) - counts
        places = np.repeat(self._starts[numbers] - starts, counts) + np.arange(counts.sum())
        nearest: Impacts = np.maximum(np.maximum.reduceat(self._rows[places] @ direction, starts), 0.0)
        return nearest.astype(np.float64)


class Meanings:
    """What the questions of documents are about, by the vectors of their words."""

    def __init__(self, vectors: WordVectors, questions: Sequence[Sequence[str]]) -> None:
        """Take the ``questions`` of each document: its title and the other ways to ask it."""
        self._vectors = vectors
        means = [vectors.mean(fold(text, cap=None)) for texts in questions for text in texts]
        self._rows = Rows(np.array(means, np.float32).reshape(len(means), vectors.size), list(map(len, questions)))

    def by(self, folded: str, numbers: Numbers) -> Impacts:
        """Return how near ``folded`` is to each of the documents ``numbers``."""
        return self._rows.like(self._vectors.mean(folded), numbers)


class Senses:
    """The senses of what documents are asked by; whoever gives them gives the sense of a query too."""

    def __init__(self, senses: Sequence[Sequence[bytes]]) -> None:
        """Take for each document the `packed` sense of each of its lines; a document without any is like nothing."""
        size = max((len(row) for rows in senses for row in rows), default=0)
        packed = b"".join(row for rows in senses for row in rows or (bytes(size),))
        lines = [len(rows) or 1 for rows in senses]
        rows = np.frombuffer(packed, np.int8).reshape(sum(lines), size).astype(np.float32)
        self._rows = Rows(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), lines)
        self.known = size > 0

    def by(self, sense: Vector, numbers: Numbers) -> Impacts:
        """Return how near ``sense``, of length 1, is to each of the documents ``numbers``."""
        return self._rows.like(sense, numbers)


def packed(sense: Vector) -> bytes:
    """Return the direction of ``sense`` in eight bits a number."""
    whole: bytes = np.rint(sense * (127 / max(np.abs(sense).max(initial=0), 1e-6))).astype(np.int8).tobytes()
    return whole


class Facets:
    """What documents state and ask for, in codes of whoever gave them, each worth as much as it is rare."""

    def __init__(self, facets: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take for each document the codes of each of its lines; a document without any is like nothing."""
        held = Counter(code for lines in facets for code in {code for line in lines for code in line})
        self._places = {code: place for place, code in enumerate(held)}
        self._worth = np.log1p(len(facets) / np.array([*held.values()], np.float32))
        lines = [line for document in facets for line in document or ((),)]
        rows = np.zeros((len(lines), len(held)), np.float32)
        for row, line in enumerate(lines):
            rows[row] = self._direction(dict.fromkeys(line, 1.0))
        self._rows = Rows(rows, [len(document) or 1 for document in facets])

    def by(self, asked: Mapping[str, float], numbers: Numbers) -> Impacts:
        """Return how much each of the documents ``numbers`` is for what is ``asked``, codes with their weights."""
        return self._rows.like(self._direction(asked), numbers)

    def _direction(self, codes: Mapping[str, float]) -> Vector:
        direction = np.zeros(len(self._places), np.float32)
        for code, weight in codes.items():
            if (place := self._places.get(code)) is not None:
                direction[place] = weight * self._worth[place]
        length = np.float32(np.sqrt(direction @ direction))
        return direction / length if length else direction


class Neighbours:
    """Words of the documents that mean nearly what another word means.

    Only of words in Latin letters: the dictionary's groups join Japanese ones, and know none of these.
    """

    def __init__(self, vectors: WordVectors, surfaces: Mapping[str, Sequence[str]], share: float) -> None:
        """Take the forms in which each key of a word is written, and what a neighbour is worth against the word."""
        written = [(form, key) for key, forms in surfaces.items() for form in forms if _is_latin(form)]
        self._vectors = vectors
        self._share = share
        self._keys = [key for _, key in written]
        self._forms = vectors.directions([form for form, _ in written])
        self._of = lru_cache(_KEPT)(self._nearest)

    def beside(self, key: str, word: str, weight: float) -> Mapping[str, float]:
        """Return ``key``, under which ``word`` is found, with those of its neighbours, weighted; nothing if alone."""
        if weight < CONTENT_WEIGHT or not self._keys or not _is_latin(word):
            return {}
        near = {other: weight * self._share * like for other, like in self._of(word).items() if other != key}
        return {key: weight, **near} if near else {}

    def _nearest(self, word: str) -> Mapping[str, float]:
        likeness = self._forms @ self._vectors.directions([word])[0]
        near: dict[str, float] = {}
        for place in np.argsort(-likeness, kind="stable"):
            if likeness[place] < _NEAR or len(near) > _MOST_NEAR:
                break
            near.setdefault(self._keys[place], float(likeness[place]))
        return near


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()
