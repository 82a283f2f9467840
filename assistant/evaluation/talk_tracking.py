"""How well it is known what is shown and stated after a sentence of a talk, by voices that had no part in what was
learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from assistant.conversation.item_tracking import tracked
from assistant.conversation.state_edits import merge
from assistant.conversation.statements import weighed
from assistant.domain.facts import Facts
from assistant.language.models.feature_set import FeatureSet
from assistant.language.models.reading_model import FEATURES
from assistant.training.statement_learner import StatementLearner, statements_met, weighed_statements
from assistant.training.talk_turns import TalkTurn
from assistant.training.tracking import Tracker, talk_of, tracked_items
from assistant.training.turns_read import turns_of, words_of

#: The shares that are right may fall so far and no further.
FLOORS: Final = {"shown": 0.84, "stated": 0.86}
_GROUPS: Final = 4


@dataclass(slots=True)
class TalkReport:
    """After how many turns exactly the right things are shown and facts stated, as it was learnt and by the rules
    alone; of each voice, under what is counted."""

    turns: Counter[str] = field(default_factory=Counter)
    right: dict[str, Counter[str]] = field(default_factory=lambda: {what: Counter() for what in FLOORS})
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: {what: Counter() for what in FLOORS})

    def share(self, what: str) -> float:
        """Return the part of the turns after which exactly the right things are ``shown``, or facts ``stated``."""
        return self.right[what].total() / max(1, self.turns.total())

    def count(self, voice: str, what: str, *, right: bool, by_rule: bool) -> None:
        """Count one turn."""
        self.right[what][voice] += right
        self.by_rule[what][voice] += by_rule

    def lines(self) -> Iterator[str]:
        """Yield the report, one finding a line."""
        yield f"{self.turns.total()} turns of talks; each voice by what the other voices taught"
        for what in FLOORS:
            rules = self.by_rule[what].total() / max(1, self.turns.total())
            yield f"what is {what} is known after {self.share(what):.3f} of them, by the rules alone {rules:.3f}"
        for voice, turns in sorted(self.turns.items()):
            shares = (
                f"{what} {self.right[what][voice] / turns:.3f} ({self.by_rule[what][voice] / turns:.3f})"
                for what in FLOORS
            )
            yield f"  {voice:24} {'  '.join(shares)}  of {turns}"

    def below_floor(self) -> Iterator[str]:
        """Yield a line for each share that is less than `FLOORS` allows."""
        for what, floor in FLOORS.items():
            if self.share(what) < floor:
                yield f"what is {what} after a sentence: {self.share(what):.3f}, it was to be {floor} at least"


def cross_validated_talks(content: Path, *, quick: bool = False) -> TalkReport:
    """Read the turns of some voices at a time with what the others taught, when ``quick`` those of a quarter of the
    voices; raise ``Faulty`` when a line is none."""
    words = words_of(content)
    turns = turns_of(content, words.lexicon)
    items, statements = list(tracked_items(turns)), list(weighed_statements(turns, words))
    features = FeatureSet.load(content / "model" / FEATURES).size
    tracker, learner = Tracker(items, features), StatementLearner(statements, features)
    voices = sorted({it.turn.voice for it in turns})
    items_of, statements_of = (np.array([turns[it.turn].turn.voice for it in found]) for found in (items, statements))
    report = TalkReport()
    for group in filter(None, (voices[first::_GROUPS] for first in range(1 if quick else _GROUPS))):
        models = tracker.models(~np.isin(items_of, group))
        model = learner.model(~np.isin(statements_of, group))
        for it in turns:
            turn, signs = it.turn, it.read.signs
            if turn.voice not in group:
                continue
            talk = talk_of(it)
            after, said = statements_met(it, words)
            believed = weighed(model, turn.before, after, said, signs.features)
            report.turns[turn.voice] += 1
            right, ruled = tracked(models, talk, signs) == turn.presented, talk.ruled == turn.presented
            report.count(turn.voice, "shown", right=right, by_rule=ruled)
            right, ruled = (_as_stated(turn, facts) for facts in (believed, after))
            report.count(turn.voice, "stated", right=right, by_rule=ruled)
    return report


def _as_stated(turn: TalkTurn, after: Facts) -> bool:
    """Tell whether the facts after a turn are those before it with what it states; a result implies the check."""
    wanted = merge(turn.before, {**turn.stated.stated, **turn.stated.printed})
    implied = {} if "facility" in wanted.stated else {"facility": "online"}
    return after.printed == wanted.printed and after.stated in (wanted.stated, {**wanted.stated, **implied})
