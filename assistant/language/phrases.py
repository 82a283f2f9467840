"""Many ways of saying one thing, of which only those are tried that a text can hold.

Any match of a way of saying something holds certain letters and certain short runs of letters (grams). Most of the
lexicon has nothing to do with a given sentence, and a look at the sentence's grams tells so.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

_LONGEST: Final = 4
"""Letters of the longest gram: enough to tell most words of the lexicon from all others."""

_RARER: Final = 5.0


class Plain(str):
    """Folded text that knows its grams, and of those `Phrases` that were looked for which ways it can hold."""

    __slots__ = ("grams", "possible")
    grams: frozenset[str]
    possible: dict[Phrases, Sequence[re.Pattern[str]]]

    def __new__(cls, text: str) -> Plain:
        """Return ``text`` with its grams."""
        plain = super().__new__(cls, text)
        plain.grams = frozenset(grams(text))
        plain.possible = {}
        return plain


def grams(text: str) -> list[str]:
    """Return the runs of one to four letters in ``text``."""
    found = list(text)
    for size in range(2, _LONGEST + 1):
        found += [text[at : at + size] for at in range(len(text) - size + 1)]
    return found


def longest_grams(run: str) -> list[str]:
    """Return those grams of ``run`` that hold all others."""
    return [run[at : at + _LONGEST] for at in range(max(len(run) - _LONGEST + 1, 1))] if run else []


class Way(NamedTuple):
    """One way of saying it: any match holds all of ``grams`` and one of each choice."""

    regex: re.Pattern[str]
    grams: frozenset[str]
    choices: tuple[frozenset[str], ...] = ()

    def keys(self, common: Callable[[str], float]) -> frozenset[str]:
        """Return the grams by whose absence it is ruled out, the least ``common`` ones there are; none if unsure."""
        sure = (*map(frozenset, zip(self.grams)), *self.choices)
        return min(sure, key=lambda keys: sum(map(common, keys)), default=frozenset())


class Gate:
    """Many `Phrases` together: which ways of each a text can hold, found in one look at its grams."""

    __slots__ = ("_always", "_by_key", "_keys", "_otherwise")

    def __init__(self, listed: Iterable[Phrases]) -> None:
        ways = [(phrases, place, way) for phrases in listed for place, way in enumerate(phrases.ways)]
        held = Counter(gram for _, _, way in ways for gram in chain(way.grams, *way.choices))
        self._always: dict[Phrases, list[int]] = {phrases: [] for phrases, _, _ in ways}
        self._otherwise: dict[Phrases, Sequence[re.Pattern[str]]] = {}
        self._by_key: dict[str, list[tuple[Phrases, int, Way]]] = {}
        for phrases, place, way in ways:
            # a letter more makes a gram several times rarer in any text
            keys = way.keys(lambda gram: held[gram] * _RARER ** -len(gram))
            for key in keys:
                self._by_key.setdefault(key, []).append((phrases, place, way))
            if not keys:
                self._always[phrases].append(place)
        self._keys = frozenset(self._by_key)
        self._otherwise |= {phrases: phrases.at(places) for phrases, places in self._always.items()}

    def open(self, text: Plain) -> None:
        """Note for each of the phrases the ways that ``text`` may hold, in their order."""
        found = text.grams
        fitting: dict[Phrases, set[int]] = {}
        for key in self._keys & found:
            for phrases, place, way in self._by_key[key]:
                if way.grams <= found and not any(map(found.isdisjoint, way.choices)):
                    fitting.setdefault(phrases, set(self._always[phrases])).add(place)
        text.possible |= self._otherwise
        text.possible |= {phrases: phrases.at(places) for phrases, places in fitting.items()}


class Phrases:
    """Behaves like one regular expression ``first|second|…``; of two that begin together the earlier wins."""

    __slots__ = ("_gate", "ways")

    def __init__(self, ways: Iterable[Way]) -> None:
        self.ways: Final = tuple(ways)
        self._gate = Gate((self,))

    def _possible(self, text: Plain) -> Sequence[re.Pattern[str]]:
        if self not in text.possible:
            self._gate.open(text)
        return text.possible[self]

    def at(self, places: Iterable[int]) -> Sequence[re.Pattern[str]]:
        """Return the ways at ``places``, in their order."""
        return [self.ways[place].regex for place in sorted(places)]

    def found_in(self, text: Plain, start: int = 0, end: int = sys.maxsize) -> bool:
        """Tell whether there is a match in ``text[start:end]``."""
        return any(regex.search(text, start, end) for regex in self._possible(text))

    def matches(self, text: Plain, starts: Iterable[int], end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the match that begins at each of ``starts``, where there is one."""
        possible = self._possible(text)
        for start in starts if possible else ():
            found = next(filter(None, (regex.match(text, start, end) for regex in possible)), None)
            if found:
                yield found

    def finditer(self, text: Plain, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in ``text[start:end]``, none overlapping another."""
        found = {regex: match for regex in self._possible(text) if (match := regex.search(text, start, end))}
        while found:
            first = min(found.values(), key=re.Match.start)
            yield first
            start = max(first.end(), first.start() + 1)
            for regex in [regex for regex, match in found.items() if match.start() < start]:
                again = regex.search(text, start, end)
                if again:
                    found[regex] = again
                else:
                    del found[regex]
