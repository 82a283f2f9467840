"""Which facts are acted upon: what was read by rule and what was learnt meet, and each gets a probability."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from assistant.domain.vocabulary import ITEMS
from assistant.language.models.reading_model import DAY, LIKELY, Candidate, Pair, ReadingModel, undated
from assistant.language.slots.item_roles import GONE, HERE
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

Value = str | date | tuple[str, ...]

#: What was read by rule and is this likely is acted upon: its words are shown, and one press takes it back.
READ: Final = 0.2
#: In the middle of a talk the words stand for more than they say: «登録済みです» need not say of what.
READ_ON: Final = 0.15
#: What is only proposed has no words to show, so it has to be likelier.
PROPOSED: Final = 0.5
#: An emergency that no words tell of, and a thing that no words show, have to be likelier still.
SURELY_PROPOSED: Final = 0.65
_SURE_ONLY: Final = ("urgent", "presented")
#: A thing is shown when it is nearly as likely as not: the words around its name are weighed as well.
SHOWN: Final = 0.45
#: What turns a verdict round when it is wrong has to be surer still.
SURELY: Final = 0.45
#: From here it is asked about, below it is dropped.
DOUBTED: Final = 0.25
#: What words say plainly is only left out when everything speaks against it.
PLAINLY: Final = 0.2
_TOLD: Final = "told plainly"
_PLAIN: Final = ("also", "instead", "held", "plainly")
#: Who has left an insurance names the next one, which they are not in yet: «国保の手続きはまだです».
_LEFT: Final = ("insurance_change", "lost")
_TURNS_ROUND: Final = frozenset({("presented", "none"), ("presented", "old_card")})
_NEVER_PROPOSED: Final = _TURNS_ROUND | {("holder", "other")}


class Doubt(NamedTuple):
    """A fact that was read with less certainty (0 to 1); it decides nothing until it is confirmed."""

    fact: str
    value: str
    confidence: float


class Accepted(NamedTuple):
    """The facts acted upon, with the items among them in the order of the contract; and what was doubtful.

    ``ruled`` is what the rules read, ``believed`` how likely each fact and item that was weighed is stated or shown.
    """

    facts: dict[str, Value]
    shown: tuple[str, ...]
    doubtful: tuple[Doubt, ...]
    ruled: Mapping[Pair, Value]
    believed: Mapping[Pair, float]


def accepted(
    findings: Slots,
    shown: tuple[str, ...],
    parts: Mapping[str, str],
    proposals: Mapping[Pair, float],
    near: Mapping[str, float],
    reading: Utterance,
    model: ReadingModel,
    *,
    on_subject: bool = False,
) -> Accepted:
    """Weigh the ``findings`` and the items ``shown``, both read by rule, with what the model proposes.

    ``parts`` are those that items play in the words, ``near`` how likely what stands around
    their names makes it that they are shown; ``on_subject`` when cards and papers were spoken of before.
    """
    ruled = read_by_rule(findings.facts, shown)
    weighed = candidates(ruled, parts, proposals, near, reading, findings.plainly)
    believed = {it.pair: model.believed(it, ruled, reading.lang) for it in weighed}
    plain = {("presented", item) for item, part in parts.items() if _is_plain(part)}
    plain |= {pair for pair in ruled if pair[0] in findings.plainly}
    best = _best(believed, ruled, plain, READ_ON if on_subject else READ)
    items = [item for item in ITEMS if ("presented", item) in best]
    kept = tuple(item for item in items if item != "none" or len(items) == 1)
    values = {pair[0]: ruled.get(pair, pair[1]) for pair in best if pair[0] != "presented"}
    doubtful = tuple(
        Doubt(*pair, round(chance, 2))
        for pair, chance in believed.items()
        if chance >= DOUBTED and pair not in best and pair[0] not in values and pair[1] not in (DAY, "none")
    )
    return Accepted(values, kept, doubtful, ruled, believed)


def read_by_rule(facts: Mapping[str, Value], shown: tuple[str, ...]) -> dict[Pair, Value]:
    """Return what the rules read as pairs, each with its value: of a date the day itself."""
    read: dict[Pair, Value] = {undated((fact, str(it))): it for fact, it in facts.items() if fact != "presented"}
    return read | {("presented", item): item for item in shown}


def of_items(chances: Mapping[Pair, float]) -> dict[str, float]:
    """Return how likely each item is, of all that is."""
    return {value: chance for (fact, value), chance in chances.items() if fact == "presented"}


def candidates(
    ruled: Collection[Pair],
    parts: Mapping[str, str],
    proposals: Mapping[Pair, float],
    near: Mapping[str, float],
    reading: Utterance,
    plainly: Collection[str] = (),
) -> Iterator[Candidate]:
    """Yield everything that may be stated: what was read by rule, and what is likely enough to be weighed.

    ``plainly`` are the facts that the words affirm or deny.
    """
    left = _LEFT in ruled
    likely = [
        pair
        for pair, chance in proposals.items()
        if chance >= LIKELY and _may_be_proposed(pair, parts) and not (left and pair[0] == "scheme")
    ]
    for pair in dict.fromkeys((*ruled, *likely)):
        of_items = pair[0] == "presented"
        told = _TOLD if pair in ruled and pair[0] in plainly else ""
        part, beside = (parts.get(pair[1], ""), near.get(pair[1])) if of_items else (told, None)
        yield Candidate(pair, pair in ruled, proposals.get(pair, 0.0), part, beside, len(reading.plain))


def _may_be_proposed(pair: Pair, parts: Mapping[str, str]) -> bool:
    """Tell whether a fact that no rule read may be taken from the sound of a text.

    What the words say of a thing stands; what turns a verdict round needs words of its own.
    """
    fact, value = pair
    if needs_words(pair):
        return False
    if fact == "registration":
        return not parts.get("mynumber_card", "").startswith(GONE)
    return fact != "presented" or not parts or parts.get(value) == f"{HERE} barely"


def needs_words(pair: Pair) -> bool:
    """Tell whether a fact turns a verdict round, so that it is never taken from the sound of a text."""
    return pair in _NEVER_PROPOSED or pair[0] == "check_result"


def _is_plain(part: str) -> bool:
    return part.startswith(HERE) and part.endswith(_PLAIN)


def _best(
    believed: Mapping[Pair, float], ruled: Collection[Pair], plain: Collection[Pair], read: float
) -> dict[Pair, float]:
    """Return what is believed enough: every item, and of each other fact the likeliest value.

    A value with words of its own goes before one without; where it has some, ``read`` is enough.
    """

    def needed(pair: Pair) -> float:
        if pair not in ruled:
            return SURELY_PROPOSED if pair[0] in _SURE_ONLY else PROPOSED
        if pair in plain:
            return PLAINLY
        if pair in _TURNS_ROUND:
            return SURELY
        return SHOWN if pair[0] == "presented" else read

    enough = {pair: chance for pair, chance in believed.items() if chance >= needed(pair)}
    likeliest: dict[str, Pair] = {}
    for pair in sorted(enough, key=lambda it: (it in ruled, enough[it])):
        likeliest[pair[0]] = pair
    return {pair: it for pair, it in enough.items() if pair[0] == "presented" or pair == likeliest[pair[0]]}
