"""What is shown after a sentence in the middle of a talk: what was shown before, and what is named, weighed one by one.

Rules tell what the words do to a thing (`assistant.conversation.state_edits`); how far they are to be believed, and
what the wording says besides, was learnt from talks (`assistant.language.models.tracking_model`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from assistant.conversation.open_question import is_short
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import ITEMS
from assistant.language.lexicon.schema import ORIGINAL
from assistant.language.models.reading_model import LIKELY
from assistant.language.models.tracking_model import TrackingModel
from assistant.language.pipeline import Understanding
from assistant.language.question_form import asks
from assistant.language.slots.item_roles import GONE, ItemInRole
from assistant.language.utterance import Utterance

_NONE: Final = "none"
_PAPERS: Final = frozenset({"certificate", "notice", "old_card"})
#: What the rules show stays unless it is less likely than this; what they do not show has to be likelier than that.
#: People at home and at the counter change less than those whose sentences taught: chosen on talks held back.
_STAYS: Final = 0.4
_COMES: Final = 0.6
#: What the words say is not here, and what turns a verdict round, has to be surer to come.
_SURELY_COMES: Final = 0.85
_TURNS_ROUND: Final = ("none", "old_card")
_SEVERAL: Final = 3
_LEAST: Final = 0.01
_LEAST_PROPOSED: Final = 0.002


class Talk(NamedTuple):
    """What a sentence in the middle of a talk meets: what was shown ``before`` and would be shown by the rules
    (``ruled``), and the fact that was ``asked`` last, if any."""

    before: frozenset[str]
    ruled: frozenset[str]
    asked: str | None
    read: Understanding
    reading: Utterance


def begun(facts: Facts, asked: str | None) -> bool:
    """Tell whether a talk has begun: something is shown, or something is known and more was ``asked``."""
    return bool(facts.presented or (asked and (facts.stated or facts.printed)))


def tracked(model: TrackingModel, talk: Talk) -> frozenset[str]:
    """Return the items shown after the sentence."""
    likely = {item: chance for item, chance in _chances(model, talk) if chance >= _needed(item, talk)}
    others = likely.keys() - {_NONE}
    if _NONE in likely and others:
        nothing = likely[_NONE] > max(likely[item] for item in others)
        return frozenset((_NONE,)) if nothing else frozenset(others)
    return frozenset(likely)


def _needed(item: str, talk: Talk) -> float:
    if item in talk.ruled:
        return _STAYS
    doubtful = item in _TURNS_ROUND or _role(item, talk.read).startswith(GONE)
    return _SURELY_COMES if doubtful and item not in talk.before else _COMES


def _chances(model: TrackingModel, talk: Talk) -> Iterator[tuple[str, float]]:
    told = model.told(talk.read.signs.features)
    for item in candidates(talk):
        yield item, model.chance(evidence(item, talk), _told(model, item, talk, told))


def _told(model: TrackingModel, item: str, talk: Talk, sentence: float) -> float:
    around, before = talk.read.signs.around.get(item), item in talk.before
    if around is not None:
        return model.named(around, before=before)
    return sentence if before else 0.0


def candidates(talk: Talk) -> tuple[str, ...]:
    """Return what may be shown after the sentence, in the order of the contract."""
    signs = talk.read.signs
    named = {it.item for it in talk.read.items}
    likely = {item for item, chance in signs.proposed.items() if chance >= LIKELY}
    may = {_NONE, *talk.before, *talk.ruled, *named, *_shown(talk.read), *signs.believed, *likely}
    return tuple(item for item in ITEMS if item in may)


def evidence(item: str, talk: Talk) -> Iterator[tuple[str, float]]:
    """Yield what is weighed of an item, by name, besides the wording."""
    read, signs = talk.read, talk.read.signs
    told = _role(item, read)
    place = f"{'before' if item in talk.before else 'new'}{' named' if told else ''}"
    yield from (("bias", 1.0), (place, 1.0), (f"{place} {item}", 1.0), (f"{place} told {told}", 1.0))
    yield f"told {told}", 1.0
    if item in talk.ruled:
        ruled = ("ruled", f"ruled {place}", f"ruled {place} {told}", f"ruled {item}")
        yield from ((name, 1.0) for name in ruled)
    if item in _shown(read):
        yield from (("shown", 1.0), (f"shown {place}", 1.0))
    for name, chances in (("near", signs.near), ("believed", signs.believed)):
        if item in chances:
            weighs = _logit(chances[item], _LEAST)
            yield from ((name, weighs), (f"{name} {place}", weighs))
    proposed = _logit(signs.proposed.get(item, 0.0), _LEAST_PROPOSED) * 0.3
    yield from (("proposed", proposed), (f"proposed {place}", proposed))
    yield from ((f"{place} {code}", 1.0) for code in _of_the_sentence(item, talk))
    yield from _others(item, place, talk)


def _of_the_sentence(item: str, talk: Talk) -> Iterator[str]:
    """Yield codes of what the sentence is and does, whatever it says of this item."""
    read, reading = talk.read, talk.reading
    yield f"asked {talk.asked}"
    yield f"asks {bool(asks(reading))} short {is_short(reading)}"
    yield f"nothing {read.nothing} of {min(_SEVERAL, len(talk.before - {item}))}"
    yield f"intent {read.intent}"
    yield from (f"act {act}" for act in read.acts)
    yield from (f"states {fact}" for fact in read.facts if fact != "presented")
    kind = "paper" if item in _PAPERS else "card" if item == "mynumber_card" else "other"
    for mention in read.signs.mentions:
        if mention.item == item:
            yield f"state {mention.state}"
        elif mention.item not in ITEMS:
            yield f"{kind} beside {mention.item} {mention.state}"


def _others(item: str, place: str, talk: Talk) -> Iterator[tuple[str, float]]:
    """Yield what is said of the other things that are named."""
    near = talk.read.signs.near
    named = [it for it in talk.read.items if it.item != ORIGINAL]
    nearest: dict[str, float] = {}
    others = {it.item for it in named} - {item}
    for it in talk.read.items:
        if it.item == item:
            continue
        when = "before" if it.item in talk.before else "new"
        yield from ((f"{place} other {when} {it.told}", 1.0), (f"{place} other {when} {it.part}", 1.0))
        if item in _PAPERS and it.item in _PAPERS:
            yield f"{place} other paper {when} {it.part}", 1.0
        if it.item in near:
            nearest[when] = max(nearest.get(when, -math.inf), _logit(near[it.item], _LEAST))
    yield from ((f"{place} nearest {when}", weighs) for when, weighs in nearest.items())
    if not others:
        yield f"{place} no other", 1.0
    if any(it.item == item for it in named):
        yield f"{place} last {named[-1].item == item} of {min(_SEVERAL, len(others) + 1)}", 1.0


def _role(item: str, read: Understanding) -> str:
    """Return the part that an item plays: the last word on it counts, but for one that says nothing of it."""
    role = ""
    for it in read.items:
        if it.item == item and (not role or not _says_nothing(it)):
            role = it.told
    return role


def _says_nothing(it: ItemInRole) -> bool:
    return it.told.endswith("barely")


def _shown(read: Understanding) -> tuple[str, ...]:
    shown = read.facts.get("presented", ())
    return shown if isinstance(shown, tuple) else ()


def _logit(chance: float, least: float) -> float:
    return math.log((chance + least) / (1 - chance + least))
