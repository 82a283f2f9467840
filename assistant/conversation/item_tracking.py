"""What is shown after a sentence of a talk: what was shown before, and what is named, weighed one by one.

Rules tell what the words do to a thing (`assistant.conversation.state_edits`); how far they are to be believed, and
what the wording says besides, was learnt from talks (`assistant.language.models.tracking_model`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.language.classifiers.item_evidence import NONE, Talk, candidates, evidence, role_of
from assistant.language.models.tracking_model import TalkModels, TrackingModel
from assistant.language.pipeline import Signs
from assistant.language.slots.item_roles import GONE

#: What the rules show stays unless it is less likely than this; what they do not show has to be likelier than that.
#: People at home and at the counter change less than those whose sentences taught: chosen on talks held back.
_STAYS: Final = 0.4
_COMES: Final = 0.6
#: What the words say is not here, and what turns a verdict round, has to be surer to come.
_SURELY_COMES: Final = 0.85
_TURNS_ROUND: Final = (NONE, "old_card")


def tracked(models: TalkModels, talk: Talk, signs: Signs) -> frozenset[str]:
    """Return the items shown after a sentence with ``signs``."""
    model = models.first if talk.first else models.later
    likely = {item: chance for item, chance in _chances(model, talk, signs) if chance >= _needed(item, talk, signs)}
    others = likely.keys() - {NONE}
    if NONE in likely and others:
        nothing = likely[NONE] > max(likely[item] for item in others)
        return frozenset((NONE,)) if nothing else frozenset(others)
    return frozenset(likely)


def _needed(item: str, talk: Talk, signs: Signs) -> float:
    if item in talk.ruled:
        return _STAYS
    doubtful = item in _TURNS_ROUND or role_of(item, signs.spoken).startswith(GONE)
    return _SURELY_COMES if doubtful and item not in talk.before else _COMES


def _chances(model: TrackingModel, talk: Talk, signs: Signs) -> Iterator[tuple[str, float]]:
    told = model.told(signs.features)
    for item in candidates(signs.spoken, talk):
        around, before = signs.around.get(item), item in talk.before
        wording = model.named(around, before=before) if around else told if before else 0.0
        yield item, model.chance(evidence(item, signs.spoken, talk).items(), wording)
