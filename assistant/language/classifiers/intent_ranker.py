"""What a text asks for: how likely each intent is, as learnt from sentences
(`assistant.language.models.reading_model`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.domain.vocabulary import INTENTS
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.parts import IntentCue
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.models.word_vectors import Vector

_ALSO: Final = 0.15
_ALSO_CUED: Final = 0.002
"""A second intent as likely as this is told as well; where a cue speaks for it, nearly always."""

#: How much less likely another subject is once cards and papers were spoken of.
#: In the middle of a talk another subject is seldom, but for words that say so.
_ON_SUBJECT, _ASIDE = (
    np.array([less if intent == "out_of_scope" else 1.0 for intent in INTENTS], np.float32) for less in (0.01, 0.7)
)


@dataclass(frozen=True, slots=True)
class IntentRanking:
    """The best intent, its probability, and the runner-up where it is likely too."""

    intent: str
    score: float
    second: str | None


NOTHING_READ: Final = IntentRanking("other", 0.0, None)
"""What a text asks in which nothing is known: no text to learn from was like it."""


def cues_in(plain: MatchText, signals: Collection[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the cues of the lexicon that hold in ``plain`` or among ``signals``."""
    for cue in lexicon.intents:
        if _holds(cue, plain, signals):
            yield f"{cue.intent}.{cue.cue}"


def ranked(chances: Vector, cues: Collection[str], *, on_subject: bool = False, aside: bool = False) -> IntentRanking:
    """Return the likeliest intent; between equal ones the order of the contract decides.

    ``cues`` are those that hold: a runner-up that one of them speaks for is told as well. ``on_subject`` when the talk
    was of cards and papers before: short questions name their subject no more; ``aside`` when words then turn to
    something else.
    """
    if on_subject:
        chances = chances * (_ASIDE if aside else _ON_SUBJECT)
        chances /= chances.sum()
    best, second = (int(place) for place in np.argsort(-chances, kind="stable")[:2])
    cued = any(cue.startswith(f"{INTENTS[second]}.") for cue in cues)
    also = INTENTS[second] if chances[second] >= (_ALSO_CUED if cued else _ALSO) else None
    return IntentRanking(INTENTS[best], round(float(chances[best]), 3), also)


def _holds(cue: IntentCue, plain: MatchText, signals: Collection[str]) -> bool:
    given = [signal in signals for signal in cue.when]
    if cue.needs_all:
        holds = all(given) and (cue.pattern is None or cue.pattern.found_in(plain))
    else:
        holds = any(given) or (cue.pattern is not None and cue.pattern.found_in(plain))
    return holds and not (cue.unless and cue.unless.found_in(plain))
