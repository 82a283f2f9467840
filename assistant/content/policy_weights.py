"""Learnt weights with names, of one question with two answers: ``model/policy.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assistant.domain.faults import Fault


@dataclass(frozen=True, slots=True)
class PolicyWeights:
    """What each piece of evidence speaks for: above 0 for the first answer, below for the second."""

    bias: float
    of: Mapping[str, float]

    def chance(self, evidence: Iterable[tuple[str, float]]) -> float:
        """Return how likely ``evidence``, by name, makes the first answer (0 to 1); what has no weight says nothing."""
        score = self.bias + sum(self.of.get(name, 0.0) * value for name, value in evidence)
        return 1 / (1 + math.exp(-score))


def load_weights(content: Path, faults: list[Fault]) -> PolicyWeights:
    """Read what `benchmarks.policy` wrote; note a fault, and weigh nothing, when it is not there or not such a file."""
    try:
        raw = tomllib.loads((content / "model" / "policy.toml").read_text(encoding="utf-8"))
        return PolicyWeights(
            float(raw["bias"]), MappingProxyType({name: float(it) for name, it in raw["weights"].items()})
        )
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        faults.append(Fault("model/policy.toml", 1, f"no weights of the policy: {error}", "run make policy"))
        return PolicyWeights(0.0, MappingProxyType({}))
