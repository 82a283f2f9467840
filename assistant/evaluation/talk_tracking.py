"""How well it is known what is shown in the middle of a talk, by voices that had no part in what was learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from assistant.conversation.item_tracking import tracked
from assistant.language.lexicon.loader import load_lexicon
from assistant.language.models.feature_set import FeatureSet
from assistant.language.models.reading_model import FEATURES
from assistant.training.talk_turns import sound_turns
from assistant.training.tracking import Tracker, talk_of, tracked_items

#: The share that is right may fall so far and no further.
FLOOR: Final = 0.85
_GROUPS: Final = 4


@dataclass(slots=True)
class TalkReport:
    """After how many turns exactly the right things are shown, as it was learnt and by the rules alone."""

    turns: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The part of the turns after which exactly the right things are shown."""
        return self.right.total() / max(1, self.turns.total())

    def lines(self) -> Iterator[str]:
        """Yield the report, one finding a line."""
        rules = self.by_rule.total() / max(1, self.turns.total())
        yield f"{self.turns.total()} turns in the middle of talks; each voice by what the other voices taught"
        yield f"the right things are shown after {self.share:.3f} of them, by the rules alone after {rules:.3f}"
        for voice, turns in sorted(self.turns.items()):
            yield f"  {voice:24} {self.right[voice] / turns:.3f}  by rule {self.by_rule[voice] / turns:.3f}  of {turns}"

    def below_floor(self) -> Iterator[str]:
        """Yield a line when less is right than `FLOOR` allows."""
        if self.share < FLOOR:
            yield f"things shown in the middle of a talk: {self.share:.3f}, it was to be {FLOOR} at least"


def cross_validated_talks(content: Path) -> TalkReport:
    """Read the turns of some voices at a time with what the others taught; raise ``Faulty`` when a line is none."""
    turns, lexicon = sound_turns(content), load_lexicon(content / "lexicon")
    found = list(tracked_items(turns, lexicon))
    tracker = Tracker(found, FeatureSet.load(content / "model" / FEATURES).size)
    voices = sorted({turn.voice for turn in turns})
    taught_by = np.array([turns[it.turn].voice for it in found])
    report = TalkReport()
    for group in filter(None, (voices[first::_GROUPS] for first in range(_GROUPS))):
        model = tracker.model(~np.isin(taught_by, group))
        for turn in turns:
            met = talk_of(turn, lexicon) if turn.voice in group else None
            if met is None:
                continue
            talk, signs = met
            report.turns[turn.voice] += 1
            report.right[turn.voice] += tracked(model, talk, signs) == turn.presented
            report.by_rule[turn.voice] += talk.ruled == turn.presented
    return report
