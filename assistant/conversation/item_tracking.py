"""What is shown after a sentence of a talk: what was shown before, and what is named, weighed one by one.

Rules tell what the words do to a thing (`assistant.conversation.state_edits`); how far they are to be believed, and
what the wording says besides, was learnt from talks (`assistant.language.models.tracking_model`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.language.classifiers.item_evidence import NONE, Talk, candidates, evidence, role_of
from assistant.language.lexicon.schema import ORIGINAL
from assistant.language.models.tracking_model import TalkModels, TrackingModel
from assistant.language.pipeline import Signs
from assistant.language.slots.item_roles import BARELY, GONE, HERE, SPOKEN_OF

#: What the rules show stays unless it is less likely than this; what they do not show has to be likelier than that.
#: People at home and at the counter change less than those whose sentences taught: chosen on talks held back.
_STAYS: Final = 0.4
_COMES: Final = 0.55
#: What the words say is not here, and what turns a verdict round, has to be surer to come.
_SURELY_COMES: Final = 0.8
_NEARLY_CERTAIN: Final = 0.97
_NEVER: Final = 2.0
_TURNS_ROUND: Final = (NONE, "old_card")
#: «the clinic has no card reader» names what reads them.
_READ: Final = ("mynumber_card", "smartphone")


def tracked(models: TalkModels, talk: Talk, signs: Signs) -> frozenset[str]:
    """Return the items shown after a sentence with ``signs``."""
    model = models.first if talk.first else models.later
    chances = dict(_chances(model, talk, signs))
    alone = any(
        it.alone and it.part == HERE and chances.get(it.item, 0.0) >= _NEARLY_CERTAIN for it in signs.spoken.items
    )
    likely = {item: it for item, it in chances.items() if it >= _needed(item, talk, signs, alone=alone)}
    others = likely.keys() - {NONE}
    if NONE in likely and others:
        nothing = likely[NONE] > max(likely[item] for item in others)
        return frozenset((NONE,)) if nothing else frozenset(others)
    return frozenset(likely)


def _needed(item: str, talk: Talk, signs: Signs, *, alone: bool) -> float:
    """Return how likely an item has to be; ``alone`` when words say of another thing that there is nothing else.

    In a first sentence of few words these mean what they plainly say; in a story others may undo it. Later on, what is
    only spoken of may be what the talk goes on about.
    """
    role, plain = role_of(item, signs.spoken), talk.first and signs.spoken.short
    if item in talk.ruled:
        return 0.0 if plain and role.startswith(HERE) and not role.endswith(BARELY) else _STAYS
    if talk.first and item != NONE and _is_told_otherwise(item, role, talk):
        return _NEVER if plain else _NEARLY_CERTAIN
    if not role and "copy" in talk.ruled and item not in talk.before:
        return _NEVER
    original = any(it.item == ORIGINAL and it.part == HERE for it in signs.spoken.items)
    if item in talk.before and ((alone and not role) or (original and item == "copy")):
        return _NEARLY_CERTAIN
    doubtful = item in _TURNS_ROUND or role.startswith(GONE) or (not role and (plain or item in _READ))
    return _SURELY_COMES if doubtful and item not in talk.before else _COMES


def _is_told_otherwise(item: str, role: str, talk: Talk) -> bool:
    """Tell whether plain words say that a thing is not here or only spoken of; or none name it, where they have to: a
    likeness stands for what it shows, and an old card turns a verdict round."""
    if not role:
        return "copy" in talk.ruled or item in _TURNS_ROUND
    return role.startswith((GONE, SPOKEN_OF)) and not role.endswith(BARELY)


def _chances(model: TrackingModel, talk: Talk, signs: Signs) -> Iterator[tuple[str, float]]:
    told = model.told(signs.features)
    for item in candidates(signs.spoken, talk):
        around, before = signs.around.get(item), item in talk.before
        wording = model.named(around, before=before) if around else told if before else 0.0
        yield item, model.chance(evidence(item, signs.spoken, talk).items(), wording)
