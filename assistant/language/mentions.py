"""The things that a text speaks of, and what it says happened to each: shown, forgotten, lost, wanted …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.language.lexicon import Cue, Lexicon
from assistant.language.lexicon_entries import NO_ITEM
from assistant.language.phrases import Plain
from assistant.language.reading import Reading

REACH: Final = 34
"""How many characters may lie between a thing and the words after it that say what happened to it."""

ADJACENT: Final = 5
"""The same for an adjective: in «期限切れ、カードは無事» the card is not the expired thing."""

REACH_AHEAD: Final = 26
"""The same for words that stand before it."""

#: States that may stand beside another one: an expired card can be shown.
BESIDE: Final = frozenset({"expired", "in_date", "registered", "unregistered", "unreadable", "unsure"})

_CONNECTOR: Final = re.compile(
    r"\s*(?:と|も|や|か|、|,|・|/|\+|&|又は|または|および|及び|とか|,? ?(?:and|or|nor|plus))"
    r"\s*(?:(?:my|the|a|an|both|old|her|his|their)\s+)*"
)


#: States that hold whatever else is said: a paper used at a bank is used, but not at the desk.
OVERRIDING: Final = frozenset({"elsewhere"})


#: States that give way to other words: «お知らせだけ届かない», «見せてと言われたが忘れた».
WEAK: Final = frozenset({None, "only", "held", "asked_for"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing at ``[start:end]``: its lexicon name and contract item, its main state and those beside it."""

    name: str
    item: str
    start: int
    end: int
    registered: bool
    state: str | None = None
    beside: frozenset[str] = frozenset()
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """Cue words at ``[start:end]`` that look back (``after`` a thing) or ahead (``before`` one)."""

    id: str
    start: int
    end: int
    looks_back: bool


def find_mentions(reading: Reading, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions in order, each with the states that the words around it give."""
    mentions = list(_things(reading.plain, lexicon))
    cues = [cue for cue in _cues(reading.plain, mentions, lexicon.states) if not _inside(cue, mentions)]
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        index = _target(cue, mentions, reading)
        if index is not None:
            mentions[index] = _stated(mentions[index], cue)
    return tuple(_shared(mentions, reading))


def _cues(plain: Plain, mentions: list[Mention], cues: Iterable[Cue]) -> Iterator[_Found]:
    """Yield every place where cue words stand: right behind a thing, or anywhere."""
    ends = [mention.end for mention in mentions]
    for cue in cues:
        for match in cue.next.matches(plain, ends) if cue.next else ():
            yield _Found(cue.id, match.start(), match.end(), looks_back=True)
        for pattern, looks_back in ((cue.after, True), (cue.before, False)):
            for match in pattern.finditer(plain) if pattern else ():
                yield _Found(cue.id, match.start(), match.end(), looks_back)


def _things(plain: Plain, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the words from left to right, the longest of those that begin together, none inside another."""
    found = [
        Mention(words.name, words.item, match.start(), match.end(), words.registered)
        for words in lexicon.items
        for match in words.pattern.finditer(plain)
    ]
    found.sort(key=lambda mention: (mention.start, mention.start - mention.end))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    yield from sorted(kept, key=lambda mention: mention.start)


def _inside(cue: _Found, mentions: Iterable[Mention]) -> bool:
    return any(mention.start <= cue.start and cue.end <= mention.end for mention in mentions)


def _target(cue: _Found, mentions: list[Mention], reading: Reading) -> int | None:
    """Return the index of the thing that a cue speaks about.

    Looking back, a thing that already has its state leaves the cue to an earlier one that has none:
    in «AはBがあれば出さなくていい» the second cue belongs to A.
    """
    start, end = reading.sentence_at(cue.start)
    if not cue.looks_back:
        reach = ADJACENT if cue.id in BESIDE - {"unsure"} else REACH_AHEAD
        ahead = [i for i, m in enumerate(mentions) if cue.end <= m.start < min(end, cue.end + reach)]
        return ahead[0] if ahead else None
    behind = [i for i, m in enumerate(mentions) if m.end <= cue.start and m.start >= start]
    behind = [i for i in reversed(behind) if cue.start - mentions[i].end <= REACH]
    if cue.id == "unsure":
        behind = [i for i in behind if mentions[i].item != NO_ITEM]
    if cue.id in BESIDE | OVERRIDING:
        return behind[0] if behind else None
    topics = [i for i in behind[1:] if reading.plain[mentions[i].end] in "はも"]
    return next((i for i in (*behind[:1], *topics) if mentions[i].state in WEAK), None)


def _stated(mention: Mention, cue: _Found) -> Mention:
    if cue.id in BESIDE:
        return replace(mention, beside=mention.beside | {cue.id})
    same_words = mention.said is not None and cue.start < mention.said[1] and cue.end > mention.said[0]
    if same_words or not (mention.state in WEAK or cue.id in OVERRIDING):
        return mention
    return replace(mention, state=cue.id, said=(cue.start, cue.end))


def _shared(mentions: list[Mention], reading: Reading) -> Iterator[Mention]:
    """Give a thing without a state that of its neighbour in a list: «AもBも忘れた»."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        if shared[index].state is None and _listed(shared[index], shared[index + 1], reading):
            shared[index] = replace(shared[index], state=shared[index + 1].state, said=shared[index + 1].said)
    for index in range(1, len(shared)):
        if shared[index].state is None and _listed(shared[index - 1], shared[index], reading):
            shared[index] = replace(shared[index], state=shared[index - 1].state, said=shared[index - 1].said)
    yield from shared


def _listed(first: Mention, second: Mention, reading: Reading) -> bool:
    return bool(_CONNECTOR.fullmatch(reading.plain[first.end : second.start]))
