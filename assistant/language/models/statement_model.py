"""What was learnt from talks: how far a fact that a sentence seems to state is to be believed.

`assistant.training.statement_learner` writes the file; using it takes numpy and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from assistant.language.models.reading_model import Features, LinearWeights
from assistant.language.models.word_vectors import Vector

STATEMENTS: Final = "statements.npz"
"""The file of ``content/model`` that is learnt from what sentences of talks state."""

_NOTHING_NEAR: Final = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class StatementModel:
    """Weights of codes by name, and of the wording of a sentence for each of ``rows``."""

    codes: Mapping[str, float]
    rows: Mapping[str, int]
    wording: LinearWeights

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raise ``OSError``, ``KeyError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            names, rows = (file[part].tobytes().decode().split("\n") for part in ("names", "rows"))
            codes = dict(zip(names, map(float, file["codes"]), strict=True))
            return cls(codes, {row: place for place, row in enumerate(rows)}, LinearWeights.of(file, "wording"))

    def save(self, path: Path) -> None:
        """Write the model, compressed."""
        texts = {"names": self.codes, "rows": self.rows}
        everything: dict[str, Any] = {
            **self.wording.arrays("wording"),
            **{part: np.frombuffer("\n".join(lines).encode(), np.uint8) for part, lines in texts.items()},
            "codes": np.array([*self.codes.values()], np.float32),
        }
        np.savez_compressed(path, **everything)

    def worded(self, features: Features) -> Vector:
        """Return what the wording of a sentence says for each of the rows."""
        return self.wording.scores(features.places, features.weights, features.meaning, _NOTHING_NEAR)

    def chance(self, evidence: Iterable[tuple[str, float]], rows: Iterable[str], worded: Vector) -> float:
        """Return how likely something is stated (0 to 1), by the codes of ``evidence`` and what the wording says."""
        score = sum(float(worded[self.rows[row]]) for row in rows if row in self.rows)
        score += sum(self.codes.get(name, 0.0) * value for name, value in evidence)
        return float(1 / (1 + np.exp(-score)))
