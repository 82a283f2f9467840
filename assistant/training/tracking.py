"""What is learnt from talks: which things are shown after a sentence (`TrackingModel`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.conversation.state import Dialogue
from assistant.conversation.state_edits import edited
from assistant.language.classifiers.item_evidence import Talk, candidates, evidence
from assistant.language.models.reading_model import AROUND_BITS, Features, Surroundings
from assistant.language.models.tracking_model import TalkModels, TrackingModel
from assistant.training.learner import by_name, without_memory
from assistant.training.ridge import Mask
from assistant.training.turns_read import ReadTurn

_FITS: Final = 2.0
_AROUND_WEIGHS: Final = 0.5
_MEANING_WEIGHS: Final = 0.5
"""Beside a code, what stands around a name and what it means weigh so much; a whole sentence weighs as it is."""


class TrackedItem(NamedTuple):
    """A thing that may be shown after a sentence, and whether it is."""

    turn: int
    first: bool
    item: str
    before: bool
    codes: dict[str, float]
    around: Surroundings | None
    features: Features
    shown: bool


def talk_of(it: ReadTurn) -> Talk:
    """Return what a turn meets, and what would be shown after it by rule."""
    ruled = edited(it.turn.before, it.read, it.reading, Dialogue(asked=it.turn.asked)).presented
    return Talk(it.turn.before.presented, ruled, it.turn.asked)


def tracked_items(turns: Sequence[ReadTurn]) -> Iterator[TrackedItem]:
    """Yield everything that may be shown after each turn."""
    for number, read in enumerate(turns):
        talk, signs, turn = talk_of(read), read.read.signs, read.turn
        for item in candidates(signs.spoken, talk):
            codes = evidence(item, signs.spoken, talk)
            around, before = signs.around.get(item), item in talk.before
            yield TrackedItem(number, talk.first, item, before, codes, around, signs.features, item in turn.presented)


class Tracker:
    """Learns from any part of some examples; what all parts have in common is worked out once."""

    def __init__(self, found: Sequence[TrackedItem], features: int) -> None:
        self._names = DictVectorizer(dtype=np.float32)
        self._features = features
        codes = self._names.fit_transform([it.codes for it in found])
        named, meaning = _around(found)
        told, sense = _sentences(found, features)
        self._blocks = [codes, named, meaning, told, sense]
        self._matrix = hstack(self._blocks).tocsr()
        self._shown = np.array([it.shown for it in found])
        self._first = np.array([it.first for it in found])

    def models(self, rows: Mask) -> TalkModels:
        """Return what the first sentences among ``rows`` teach, and what the others do."""
        return TalkModels(self.model(rows & self._first), self.model(rows & ~self._first))

    def model(self, rows: Mask) -> TrackingModel:
        """Return the model that ``rows`` teach."""
        fitted = LogisticRegression(C=_FITS, solver="liblinear", random_state=0)
        fitted.fit(self._matrix[rows], self._shown[rows])
        ends = np.cumsum([block.shape[1] for block in self._blocks])
        codes, named, meaning, told, sense = np.split(fitted.coef_[0], ends[:-1])
        around = np.hstack((named.reshape(2, -1) * _AROUND_WEIGHS, meaning.reshape(2, -1) * _MEANING_WEIGHS))
        sentence = np.hstack((told, sense * _MEANING_WEIGHS))[None]
        return TrackingModel(
            by_name(self._names, codes, fitted.intercept_[0]),
            without_memory(around, 1 << AROUND_BITS),
            without_memory(sentence, self._features),
        )


def _around(found: Sequence[TrackedItem]) -> tuple[csr_matrix, csr_matrix]:
    """Return what stands around the names, a block for things shown before and one for others; then its meaning."""
    named = [(row, it, it.around) for row, it in enumerate(found) if it.around is not None]
    size = len(named[0][2].meaning)
    places = [around.places + (0 if it.before else 1 << AROUND_BITS) for _, it, around in named]
    rows = np.repeat([row for row, _, _ in named], [len(it) for it in places])
    weights = np.concatenate([around.weights for _, _, around in named]) * np.float32(_AROUND_WEIGHS)
    meaning = np.zeros((len(found), 2 * size), np.float32)
    for row, it, around in named:
        meaning[row, 0 if it.before else size :][:size] = around.meaning * _MEANING_WEIGHS
    matrix = csr_matrix((weights, (rows, np.concatenate(places))), shape=(len(found), 2 << AROUND_BITS))
    return matrix, csr_matrix(meaning)


def _sentences(found: Sequence[TrackedItem], features: int) -> tuple[csr_matrix, csr_matrix]:
    """Return the wording and the meaning of sentences that do not name a thing shown before."""
    told = [(row, it.features) for row, it in enumerate(found) if it.around is None and it.before]
    rows = np.repeat([row for row, _ in told], [len(it.places) for _, it in told])
    places, weights = (np.concatenate([getattr(it, part) for _, it in told]) for part in ("places", "weights"))
    meaning = np.zeros((len(found), len(found[0].features.meaning)), np.float32)
    for row, it in told:
        meaning[row] = it.meaning * _MEANING_WEIGHS
    return csr_matrix((weights, (rows, places)), shape=(len(found), features)), csr_matrix(meaning)
