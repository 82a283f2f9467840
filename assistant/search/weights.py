"""The few numbers of the ranking, learnt on the odd lines of our own relevance set.

What other sets of questions weigh too (floor, group, covered, body) is held to values by which the public ones do not
fall. `benchmarks/weights.py` learns them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a score counts.

    ``concept``: a concept named by another of its names, against a word; ``pieces``: the single words of a name of
    several, against the same; ``floor``: the least rarity of a word, for one that stands everywhere still is the
    subject; ``group``: the dictionary's synonyms; ``covered``: how much of a document's question is said,
    ``worded``: of the best of the other ways to ask it; ``asked`` and ``body``: these fields against the question
    itself; ``central``: what leads to a document from elsewhere; ``aside``: what one for other readers loses.
    """

    concept: float = 1.05
    pieces: float = 0.2
    floor: float = 0.35
    group: float = 0.4
    covered: float = 0.4
    worded: float = 0.3
    asked: float = 0.3
    body: float = 0.5
    central: float = 0.4
    aside: float = 0.3


WEIGHTS: Final = Weights()
