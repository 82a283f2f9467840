"""What speaks for each thing being shown after a sentence of a talk, as codes with weights that are learnt.

Rules tell what the words do to a thing (`assistant.language.slots.item_roles`) and what stands around its name is
weighed by itself (`assistant.language.classifiers.mention_context`); how far all of it is to be believed together was
learnt from sentences whose writers had not seen the rules.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from assistant.domain.vocabulary import ITEMS
from assistant.language.entities.mention import Mention
from assistant.language.lexicon.schema import ORIGINAL
from assistant.language.models.reading_model import LIKELY
from assistant.language.slots.item_roles import ItemInRole

NONE: Final = "none"
_PAPERS: Final = frozenset({"certificate", "notice", "old_card"})
_SEVERAL: Final = 3
_LEAST: Final = 0.01
_LEAST_PROPOSED: Final = 0.002
_PROPOSED_WEIGHS: Final = 0.3


class Spoken(NamedTuple):
    """Everything that a sentence says of things.

    ``items`` are the things named with the part they play, ``mentions`` with what the words around them say. ``near``
    is how likely what stands around its name makes it that a thing is shown, ``believed`` how likely that is beside
    the other facts, ``proposed`` by the wording alone (0 to 1); ``shown`` those that were taken for shown so far.
    ``stated`` are the other facts stated; the sentence ``asks``, is ``short``, and does ``acts``.
    """

    items: tuple[ItemInRole, ...]
    mentions: tuple[Mention, ...]
    near: Mapping[str, float]
    believed: Mapping[str, float]
    proposed: Mapping[str, float]
    shown: tuple[str, ...]
    stated: frozenset[str]
    acts: frozenset[str]
    intent: str
    nothing: bool
    asks: bool
    short: bool


class Talk(NamedTuple):
    """What a sentence meets: what was shown ``before``, what would be shown by rule after it (``ruled``), and the fact
    that was ``asked`` last, if any."""

    before: frozenset[str]
    ruled: frozenset[str]
    asked: str | None = None

    @property
    def first(self) -> bool:
        """Whether the sentence is the first that tells of somebody's things."""
        return not (self.before or self.asked)


def candidates(spoken: Spoken, talk: Talk) -> tuple[str, ...]:
    """Return what may be shown after the sentence, in the order of the contract."""
    named = {it.item for it in spoken.items}
    likely = {item for item, chance in spoken.proposed.items() if chance >= LIKELY}
    may = {NONE, *talk.before, *talk.ruled, *named, *spoken.shown, *spoken.believed, *likely}
    return tuple(item for item in ITEMS if item in may)


def role_of(item: str, spoken: Spoken) -> str:
    """Return the part that an item plays: the last word on it counts, but for one that says nothing of it."""
    role = ""
    for it in spoken.items:
        if it.item == item and (not role or not it.told.endswith("barely")):
            role = it.told
    return role


def evidence(item: str, spoken: Spoken, talk: Talk) -> dict[str, float]:
    """Return what is weighed of an item, by name, besides the wording."""
    return summed(_evidence(item, spoken, talk))


def summed(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return what is weighed by name, each name once."""
    weights: dict[str, float] = {}
    for name, weighs in found:
        weights[name] = weights.get(name, 0.0) + weighs
    return weights


def _evidence(item: str, spoken: Spoken, talk: Talk) -> Iterator[tuple[str, float]]:
    told = role_of(item, spoken)
    place = f"{'before' if item in talk.before else 'new'}{' named' if told else ''}"
    yield from (("bias", 1.0), (place, 1.0), (f"{place} {item}", 1.0), (f"{place} told {told}", 1.0))
    yield f"told {told}", 1.0
    if item in talk.ruled:
        ruled = ("ruled", f"ruled {place}", f"ruled {place} {told}", f"ruled {item}")
        yield from ((name, 1.0) for name in ruled)
    if item in spoken.shown:
        yield from (("shown", 1.0), (f"shown {place}", 1.0), (f"shown {item}", 1.0))
    for name, chances in (("near", spoken.near), ("believed", spoken.believed)):
        if item in chances:
            weighs = logit(chances[item], _LEAST)
            yield from ((name, weighs), (f"{name} {place}", weighs))
    proposed = logit(spoken.proposed.get(item, 0.0), _LEAST_PROPOSED) * _PROPOSED_WEIGHS
    yield from (("proposed", proposed), (f"proposed {place}", proposed))
    yield from ((f"{place} {code}", 1.0) for code in _of_the_sentence(item, spoken, talk))
    yield from ((code, 1.0) for code in _of_its_names(item, spoken))
    yield from _others(item, place, spoken, talk)


def _of_the_sentence(item: str, spoken: Spoken, talk: Talk) -> Iterator[str]:
    """Yield codes of what the sentence is and does, whatever it says of this item."""
    yield f"asked {talk.asked}"
    yield f"asks {spoken.asks} short {spoken.short}"
    yield f"nothing {spoken.nothing} of {min(_SEVERAL, len(talk.before - {item}))}"
    yield f"intent {spoken.intent}"
    yield from (f"act {act}" for act in sorted(spoken.acts))
    yield from (f"states {fact}" for fact in sorted(spoken.stated))
    kind = "paper" if item in _PAPERS else "card" if item == "mynumber_card" else "other"
    for mention in spoken.mentions:
        if mention.item == item:
            yield f"state {mention.state}"
        elif mention.item not in ITEMS:
            yield f"{kind} beside {mention.item} {mention.state}"


def _of_its_names(item: str, spoken: Spoken) -> Iterator[str]:
    """Yield what the words around each name of an item say."""
    for it in spoken.mentions:
        if it.item == item:
            yield from (f"name {it.name}", f"state {it.state}")
            yield f"state {it.state} asked {it.asked_about} firm {it.firm} at the desk {it.at_desk}"
            yield f"answer {it.answer} told {it.told} earlier {it.earlier}"
            yield from (f"{state} beside" for state in sorted(it.beside))


def _others(item: str, place: str, spoken: Spoken, talk: Talk) -> Iterator[tuple[str, float]]:
    """Yield what is said of the other things that are named."""
    named = [it for it in spoken.items if it.item != ORIGINAL]
    nearest: dict[str, float] = {}
    others = {it.item for it in named} - {item}
    for it in spoken.items:
        if it.item == item:
            continue
        when = "before" if it.item in talk.before else "new"
        yield from ((f"{place} other {when} {it.told}", 1.0), (f"{place} other {when} {it.part}", 1.0))
        if item in _PAPERS and it.item in _PAPERS:
            yield f"{place} other paper {when} {it.part}", 1.0
        if it.item in spoken.near:
            nearest[when] = max(nearest.get(when, -math.inf), logit(spoken.near[it.item], _LEAST))
    yield from ((f"{place} nearest {when}", weighs) for when, weighs in nearest.items())
    if not others:
        yield f"{place} no other", 1.0
    if any(it.item == item for it in named):
        yield f"{place} last {named[-1].item == item} of {min(_SEVERAL, len(others) + 1)}", 1.0


def logit(chance: float, least: float) -> float:
    """Return the odds of a chance, kept finite by ``least``, as a logarithm."""
    return math.log((chance + least) / (1 - chance + least))
