"""Ridge regression in its dual form: what is near what decides, and leaving some sentences out costs next to nothing.

With the matrix of likenesses K and the answers Y, what is learnt is a weight for each sentence, (K + 1 + penalty)⁻¹ Y;
the 1 lets every class have its bias.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve, lapack
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_BLOCKS: Final = 32


def likeness(matrix: csr_matrix, other: csr_matrix) -> Floats:
    """Return how like each row of ``matrix`` is to each of ``other``."""
    turned = other.T.tocsr()
    blocks = np.array_split(np.arange(matrix.shape[0]), _BLOCKS)
    with ThreadPoolExecutor() as threads:  # the product of sparse matrices leaves the interpreter free
        return np.concatenate([*threads.map(lambda rows: (matrix[rows] @ turned).toarray(), blocks)], dtype=np.float32)


def fitted(kernel: Floats, answers: Floats, penalty: Floats | float) -> Floats:
    """Return the weight of each sentence for each class; ``kernel`` is written over."""
    kernel += 1
    kernel[np.diag_indices_from(kernel)] += penalty
    _, weights, _ = lapack.sposv(kernel.T, answers, lower=1, overwrite_a=1)
    return np.asarray(weights, np.float32)


class Ridge:
    """Weights fitted on all sentences, and on all but some."""

    def __init__(self, kernel: Floats, answers: Floats, penalty: float) -> None:
        whole = kernel + 1
        whole[np.diag_indices_from(whole)] += penalty
        factor, _ = lapack.spotrf(whole, lower=1, overwrite_a=1)
        half, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
        self._know(np.tril(half) + np.tril(half, -1).T, answers)

    def _know(self, inverse: npt.NDArray[Any], answers: Floats) -> None:
        self._inverse, self._answers, self._weights = inverse, answers, inverse @ answers

    def among(self, rows: Mask) -> Self:
        """Return what is fitted when only the sentences in ``rows`` are there."""
        if rows.all():
            return self
        kept, out = np.flatnonzero(rows), np.flatnonzero(~rows)
        across = self._inverse[np.ix_(out, kept)]
        inverse = self._inverse[np.ix_(kept, kept)]
        inverse -= across.T @ cho_solve(cho_factor(self._inverse[np.ix_(out, out)]), across)
        fewer = copy(self)
        fewer._know(inverse, self._answers[kept])
        return fewer

    def weights(self, rows: Mask) -> Floats:
        """Return the weights of the sentences in ``rows`` when only these teach."""
        out = np.flatnonzero(~rows)
        if not len(out):
            return np.asarray(self._weights, np.float32)
        moved = np.linalg.solve(self._inverse[np.ix_(out, out)], self._weights[out])
        return np.asarray(self._weights[rows] - self._inverse[np.ix_(rows, out)] @ moved, np.float32)

    def predicted(self, out: Mask) -> Floats:
        """Return the answers for the sentences in ``out`` when all others teach."""
        places = np.flatnonzero(out)
        residue = np.linalg.solve(self._inverse[np.ix_(places, places)], self._weights[places])
        return np.asarray(self._answers[places] - residue, np.float32)
