"""Many ways of saying one thing, of which only those are tried that a text can hold.

Any match of a way of saying something holds certain letters and certain pairs of letters that stand side by side.
Most of the lexicon has nothing to do with a given sentence, and a look at the sentence's pairs tells so.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Plain(str):
    """Folded text that knows its letters and the pairs of letters that stand side by side."""

    __slots__ = ("pairs",)
    pairs: frozenset[str]

    def __new__(cls, text: str) -> Plain:
        """Return ``text`` with its pairs."""
        plain = super().__new__(cls, text)
        plain.pairs = frozenset(pairs(text))
        return plain


def pairs(text: str) -> list[str]:
    """Return the letters of ``text`` and the pairs of letters that stand side by side."""
    return [*text, *map("".join, pairwise(text))]


class Way(NamedTuple):
    """One way of saying it: any match holds one of ``keys``, if there are any, and all of ``pairs``."""

    regex: re.Pattern[str]
    keys: frozenset[str]
    pairs: frozenset[str]


class Phrases:
    """Behaves like one regular expression ``first|second|…``; of two that begin together the earlier wins."""

    __slots__ = ("_always", "_by_key", "_keys")

    def __init__(self, ways: Iterable[Way]) -> None:
        self._always: dict[int, re.Pattern[str]] = {}
        self._by_key: dict[str, list[tuple[int, Way]]] = {}
        for place, way in enumerate(ways):
            for key in way.keys:
                self._by_key.setdefault(key, []).append((place, way))
            if not way.keys:
                self._always[place] = way.regex
        self._keys = frozenset(self._by_key)

    def _possible(self, text: Plain) -> Sequence[re.Pattern[str]]:
        heard = self._keys & text.pairs
        if not heard:
            return tuple(self._always.values())
        found = dict(self._always)
        for key in heard:
            for place, way in self._by_key[key]:
                if way.pairs <= text.pairs:
                    found[place] = way.regex
        return [found[place] for place in sorted(found)]

    def search(self, text: Plain, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in ``text[start:end]``."""
        found = (regex.search(text, start, end) for regex in self._possible(text))
        return min(filter(None, found), key=re.Match.start, default=None)

    def match(self, text: Plain, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at ``start``."""
        found = (regex.match(text, start, end) for regex in self._possible(text))
        return next(filter(None, found), None)

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
