"""The few numbers of the ranking, learnt on the odd lines of our own relevance set and all of a second one.

What other sets of questions weigh too (floor, group, covered, body) is held to values by which the public ones do not
fall. `benchmarks/weights.py` learns them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """How much each part of a score counts.

    ``plain``: the words alone, whatever else speaks for a document; ``covered``: how much of its question is said,
    ``worded``: of the best of the other ways to ask it; ``near``: how near the whole is in meaning; ``facets``: what
    both state and ask for; ``sense``: by how much of its score a document of the very sense of the query gains.
    ``concept``: a concept named by another of its names, against a word; ``pieces``: the single words of a name of
    several, against the same; ``akin``: a word of nearly the same meaning; ``group``: the dictionary's synonyms;
    ``floor``: the least rarity of a word, for one that stands everywhere still is the subject.
    ``asked`` and ``body``: these fields against the question itself, and ``beside`` the body of a document that says
    how else it is asked.
    ``central``: what leads to a document from elsewhere; ``aside``: what one for other readers loses.
    """

    plain: float = 0.57
    akin: float = 0.4
    near: float = 0.17
    facets: float = 0.68
    sense: float = 1.0
    concept: float = 1.05
    pieces: float = 0.2
    floor: float = 0.35
    group: float = 0.4
    covered: float = 0.23
    worded: float = 0.17
    asked: float = 0.3
    body: float = 0.5
    beside: float = 0.35
    central: float = 0.4
    aside: float = 0.3


WEIGHTS: Final = RankingWeights()
