"""What is learnt from some sentences, and packed into the model that reads.

Intents and facts are ridge regressions over the features of a text and its nearness to known sentences; how near two
sentences are is told by their senses (`assistant.language.models.sentence_sense`).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.domain.vocabulary import INTENTS
from assistant.language.models.reading_model import AROUND_BITS, LearntSenses, LinearWeights, ReadingModel
from assistant.language.models.sentence_sense import Estimated
from assistant.training.corpus import Corpus
from assistant.training.ridge import Floats, Mask, Ridge, fitted, likeness
from assistant.training.sentences import ON_FACTS

DIRECTIONS: Final = 96
"""So many numbers tell the sense of a sentence."""

REMEMBERED: Final = 5_000
"""So many sentences are remembered with their sense: more bring next to nothing and do not fit."""

_PENALTY: Final = 1.0
_SAME: Final = 0.01
"""Two sentences of one sense are told apart by this: without it the remembered could not be weighed."""
_FACTS_PENALTY: Final = 0.3
_SHOWN_FITS: Final = 0.5
_RARE: Final = 0.5
"""A sentence of a rare intent counts by this power of how rare it is: the commonest would swallow the others."""
_LESS: Final = 10.0
"""For what is asked, a sentence written to teach facts counts so many times less."""
_COARSE, _MEDIUM, FINE = 15, 63, 127
"""Steps of the weights of features, of the senses of known sentences, and of what describes a whole text or weighs a
known sentence: fewer cost accuracy, more do not fit into two megabytes."""


class Learner:
    """Learns from any part of a corpus; what all parts have in common is worked out once.

    ``near`` is how much nearness to a known sentence weighs beside common words.
    """

    def __init__(self, corpus: Corpus, near: float = 4.0) -> None:
        self._near = near
        self._corpus = corpus
        self._wording = likeness(corpus.wording, corpus.wording)
        fallen_together = likeness(corpus.wording, corpus.codes)
        self._whole = self._wording + likeness(corpus.codes, corpus.codes) + fallen_together + fallen_together.T
        self.directions = _directions(corpus.encoded)
        self._teacher = Ridge(self._wording, corpus.encoded @ self.directions, _PENALTY)
        counts = np.bincount(corpus.intents, minlength=len(INTENTS))[corpus.intents]
        less = np.where(corpus.voice(*ON_FACTS), _LESS, 1.0)
        self._penalties = (_PENALTY * less * (counts / counts.mean()) ** _RARE).astype(np.float32)
        self._shown: dict[bytes, LinearWeights] = {}
        self._asked = _signs(corpus.intents[:, None] == np.arange(len(INTENTS)))
        self._stated = _signs(np.array([[label in stated for label in corpus.labels] for stated in corpus.stated]))

    def estimated(self, rows: Mask) -> Estimated:
        """Return what estimates the sense of a text, learnt from ``rows``."""
        weights = self._teacher.weights(rows)
        none = np.zeros((0, DIRECTIONS), np.float32)
        return Estimated(_packed(self._corpus.wording[rows], self._corpus.features.size, weights, none))

    def senses(self, rows: Mask, *, encoded: bool) -> Floats:
        """Return the senses of ``rows``: encoded, or each as estimated by what the other voices among them taught."""
        if encoded:
            return _units(self._corpus.encoded[rows] @ self.directions)
        teacher = self._teacher.among(rows)
        found = np.zeros((int(rows.sum()), DIRECTIONS), np.float32)
        for voice in self._corpus.voices:
            mine = self._corpus.voice(voice)[rows]
            if mine.any():
                found[mine] = teacher.predicted(mine)
        return _units(found)

    def model(self, rows: Mask, *, encoded: bool) -> ReadingModel:
        """Return the model that ``rows`` teach; how far it is to be believed is not known yet."""
        corpus, both = self._corpus, np.ix_(rows, rows)
        known, around = self._remembered(self.senses(rows, encoded=encoded))
        asked = fitted(self._whole[both] + self._near * around.near, self._asked[rows], self._penalties[rows])
        stated = fitted(self._wording[both] + self._near * around.near, self._stated[rows], _FACTS_PENALTY)
        features = corpus.features.size
        intents = _packed(corpus.whole[rows], features, asked, self._near * around.of(asked), around.mean)
        facts = _packed(corpus.wording[rows], features, stated, self._near * around.of(stated), around.mean)
        directions = self.directions if encoded else np.zeros((0, 0), np.float32)
        return ReadingModel(known, intents, 1.0, corpus.labels, facts, self.shown(rows), {}, directions)

    def _remembered(self, senses: Floats) -> tuple[LearntSenses, _Neighbourhood]:
        """Choose the sentences that are remembered, evenly among those with ``senses``, and how near these are."""
        places = np.unique(np.linspace(0, len(senses) - 1, min(len(senses), REMEMBERED)).astype(int))
        whole, scale = _whole(senses[places].T, _MEDIUM)
        known = LearntSenses(whole, scale)
        return known, _Neighbourhood(known.near(whole * scale), known.near(senses))

    def shown(self, rows: Mask) -> LinearWeights:
        """Return what tells by the words around the name of a thing whether it is shown, learnt from ``rows``."""
        corpus, known = self._corpus, rows.tobytes()
        if known not in self._shown:
            taught = np.array([rows[row] for row, _ in corpus.named])
            target = np.array([("presented", item) in corpus.stated[row] for row, item in corpus.named])
            model = LogisticRegression(C=_SHOWN_FITS, solver="liblinear", random_state=0)
            model.fit(corpus.around[taught], target[taught])
            weights, bias = described(model.coef_, FINE, 1 << AROUND_BITS), model.intercept_.astype(np.float32)
            self._shown[known] = LinearWeights(*weights, np.zeros((0, 1), np.float32), np.zeros(1, np.float32), bias)
        return self._shown[known]


class _Neighbourhood:
    """How near sentences are by way of those that are remembered (Nyström's approximation).

    ``among`` is how near the remembered are to each other, ``to`` how near each sentence is to them.
    """

    def __init__(self, among: Floats, to: Floats) -> None:
        self._to, self.mean = to, float(to.mean())
        self._among = cholesky(among + np.float32(_SAME) * np.eye(len(among), dtype=np.float32), lower=True)
        by_way = solve_triangular(self._among, to.T, lower=True).T
        self.near: Floats = by_way @ by_way.T

    def of(self, weights: Floats) -> Floats:
        """Return what each remembered sentence weighs, where every sentence has one of ``weights``."""
        return np.asarray(cho_solve((self._among, True), self._to.T @ weights), np.float32)


def _directions(encoded: Floats) -> Floats:
    """Return the directions in which the sentences differ most; no label has a part in it."""
    _, _, directions = np.linalg.svd(encoded, full_matrices=False)
    return np.asarray(directions[:DIRECTIONS].T.astype(np.float16), np.float32)


def _signs(holds: Mask) -> Floats:
    return np.where(holds, 1, -1).astype(np.float32)


def _units(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def _packed(matrix: csr_matrix, features: int, weights: Floats, near: Floats, nearness: float = 0.0) -> LinearWeights:
    """Return what the sentences of ``matrix``, described by so many ``features``, teach with ``weights``.

    Every text is ``nearness`` near to a sentence on average: what rounding takes from ``near`` as a whole, the bias
    gives back.
    """
    known, near_scale = _whole(near.T, FINE)
    lost = near.sum(axis=0) - known.sum(axis=0) * near_scale
    bias = np.asarray(weights.sum(axis=0) + nearness * lost, np.float32)
    return LinearWeights(
        *described((matrix.T @ weights).T, _COARSE, features), known.astype(np.float32), near_scale, bias
    )


def described(weights: npt.NDArray[Any], most: int, features: int) -> tuple[npt.NDArray[Any], Floats, Floats, Floats]:
    """Return the weights of ``features`` so many, whole numbers up to ``most``, with their scale; then the meaning."""
    meaning, scale = _whole(weights[:, features:], FINE)
    return *_whole(weights[:, :features], most), meaning.astype(np.float32), scale


def without_memory(weights: npt.NDArray[Any], features: int) -> LinearWeights:
    """Return the weights of a model that remembers no sentence and has its bias elsewhere, a class a row."""
    rows = len(weights)
    nothing = np.zeros(rows, np.float32)
    return LinearWeights(*described(weights, FINE, features), np.zeros((0, rows), np.float32), nothing, nothing)


def by_name(names: DictVectorizer, weights: npt.NDArray[Any], bias: float) -> dict[str, float]:
    """Return the weights of codes under their names, the bias among them; what weighs nothing is left out."""
    named = dict(zip(names.feature_names_, map(float, weights), strict=True))
    named["bias"] = named.get("bias", 0.0) + float(bias)
    return {name: weight for name, weight in named.items() if weight}


def _whole(weights: npt.NDArray[Any], most: int) -> tuple[npt.NDArray[Any], Floats]:
    """Return the rows of ``weights`` as columns of whole numbers up to ``most``, and the scale of each."""
    scale = np.asarray(np.abs(weights).max(axis=1, initial=1e-9) / most, np.float32)
    return np.round(weights / scale[:, None]).astype(np.int8).T.copy(), scale
