"""What a text states and asks for, as codes by which texts can be compared whatever words they use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from assistant.domain.vocabulary import INTENTS
from assistant.language.models.word_vectors import Vector

_HARDLY: Final = 0.02
"""An intent less likely than this is none."""


def intent_facet(intent: str) -> str:
    """Return the facet of a text that asks for ``intent``."""
    return f"intent:{intent}"


def insurer_facet(insurer: str) -> str:
    """Return the facet of a text that is about one ``insurer``."""
    return f"insurer:{insurer}"


def facets(codes: Collection[str], chances: Vector) -> Mapping[str, float]:
    """Return the ``codes`` that the rules found, each of weight 1, and the intents by their ``chances``."""
    likely = {intent_facet(intent): float(chance) for intent, chance in zip(INTENTS, chances, strict=True)}
    return {**dict.fromkeys(codes, 1.0), **{facet: chance for facet, chance in likely.items() if chance >= _HARDLY}}
