"""When the first document may stand alone as the answer, and when the reader should choose among several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_WORDS: Final = 2
_SAID: Final = 0.6
_COVERED: Final = 0.5
_LEAD: Final = 0.1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a document: content words matched, share of the query found in it, share of its own
    question that the query says, and its lead over the next one as a share of its score.
    """

    words: int
    said: float
    covered: float
    lead: float


def is_confident(evidence: Evidence) -> bool:
    """Tell whether ``evidence`` is enough to answer alone; the score itself is not part of it."""
    return (
        evidence.words >= _WORDS and evidence.said >= _SAID and evidence.covered >= _COVERED and evidence.lead >= _LEAD
    )
