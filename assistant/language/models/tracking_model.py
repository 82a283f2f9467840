"""What was learnt from talks: what becomes of the things that are shown, and of those that are named.

`assistant.training.tracking` writes the file; using it takes numpy and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from assistant.language.models.reading_model import Features, LinearWeights, Surroundings
from assistant.language.models.word_vectors import Vector

FIRST: Final = "tracking-first.npz"
LATER: Final = "tracking.npz"
"""The files of ``content/model`` that are learnt from the first sentences of talks, and from the others."""

_NOTHING_NEAR: Final = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class TrackingModel:
    """Weights of codes by name; of what stands around the name of a thing, shown before or not; and of a sentence
    that does not name a thing that was shown before."""

    codes: Mapping[str, float]
    around: LinearWeights
    sentence: LinearWeights

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raise ``OSError``, ``KeyError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            names = file["names"].tobytes().decode().split("\n")
            codes = dict(zip(names, map(float, file["codes"]), strict=True))
            return cls(codes, LinearWeights.of(file, "around"), LinearWeights.of(file, "sentence"))

    def save(self, path: Path) -> None:
        """Write the model, compressed."""
        names = np.frombuffer("\n".join(self.codes).encode(), np.uint8)
        everything: dict[str, Any] = self.around.arrays("around") | self.sentence.arrays("sentence")
        everything |= {"names": names, "codes": np.array([*self.codes.values()], np.float32)}
        np.savez_compressed(path, **everything)

    def told(self, features: Features) -> float:
        """Return what a sentence says of the things that it does not name."""
        return self._score(self.sentence, features.places, features.weights, features.meaning)[0]

    def named(self, around: Surroundings, *, before: bool) -> float:
        """Return what stands ``around`` the name of a thing says of it, shown ``before`` or not."""
        return self._score(self.around, around.places, around.weights, around.meaning)[0 if before else 1]

    def chance(self, evidence: Iterable[tuple[str, float]], told: float) -> float:
        """Return how likely a thing is shown (0 to 1), by the codes of ``evidence`` and what words ``told``."""
        score = told + sum(self.codes.get(name, 0.0) * value for name, value in evidence)
        return float(1 / (1 + np.exp(-score)))

    @staticmethod
    def _score(weights: LinearWeights, places: npt.NDArray[np.int64], weighs: Vector, meaning: Vector) -> list[float]:
        scores: list[float] = weights.scores(places, weighs, meaning, _NOTHING_NEAR).tolist()
        return scores


class TalkModels(NamedTuple):
    """What was learnt from the ``first`` sentences of talks, and from ``later`` ones: they are worded otherwise."""

    first: TrackingModel
    later: TrackingModel

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `save` wrote; raise as `TrackingModel.load` does."""
        return cls(TrackingModel.load(folder / FIRST), TrackingModel.load(folder / LATER))

    def save(self, folder: Path) -> None:
        """Write both."""
        self.first.save(folder / FIRST)
        self.later.save(folder / LATER)
