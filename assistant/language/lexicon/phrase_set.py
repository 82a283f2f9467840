"""Many ways of saying one thing, of which only those are tried that a text can hold.

Any match of a way of saying something holds certain runs of letters. Most of the lexicon has nothing to do with a given
sentence, and one pass over the sentence that finds all those runs (Aho and Corasick, 1975) tells so.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

import ahocorasick

_RARER: Final = 5.0


class MatchText(str):
    """Folded text that knows, of those `PhraseSet` that were looked for, which ways it can hold."""

    __slots__ = ("possible",)
    possible: dict[PhraseSet, Sequence[re.Pattern[str]]]

    def __new__(cls, text: str) -> MatchText:
        """Return ``text`` of which nothing is known yet."""
        plain = super().__new__(cls, text)
        plain.possible = {}
        return plain


@dataclass(frozen=True, eq=False)
class Alternative:
    """One way of saying it: any match holds all of ``runs`` of letters and one of each choice.

    ``compiled`` gives its expression, and is asked when a text may hold it for the first time.
    """

    compiled: Callable[[], re.Pattern[str]]
    runs: frozenset[str]
    choices: tuple[frozenset[str], ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What finds it in a text."""
        return self.compiled()

    def keys(self, common: Callable[[str], float]) -> frozenset[str]:
        """Return the runs by whose absence it is ruled out, the least ``common`` ones there are; none if unsure."""
        sure = (*map(frozenset, zip(self.runs)), *self.choices)
        return min(sure, key=lambda keys: sum(map(common, keys)), default=frozenset())


class _Guarded(NamedTuple):
    """A way of ``phrases`` at its place in their order, and what a text with one of its keys must hold besides."""

    phrases: PhraseSet
    place: int
    way: Alternative
    runs: frozenset[str]
    choices: tuple[frozenset[str], ...]


class Prefilter:
    """Many `PhraseSet` together: which ways of each a text can hold, found in one pass over it."""

    __slots__ = ("_always", "_by_key", "_otherwise", "_runs")

    def __init__(self, listed: Iterable[PhraseSet]) -> None:
        ways = [(phrases, place, way) for phrases in listed for place, way in enumerate(phrases.ways)]
        held = Counter(run for _, _, way in ways for run in chain(way.runs, *way.choices))
        self._always: dict[PhraseSet, dict[int, Alternative]] = {phrases: {} for phrases, _, _ in ways}
        self._by_key: dict[str, list[_Guarded]] = {}
        for phrases, place, way in ways:
            # a letter more makes a run several times rarer in any text
            keys = way.keys(lambda run: held[run] * _RARER ** -len(run))
            others = tuple(choice for choice in way.choices if choice != keys)
            for key in keys:
                guarded = _Guarded(phrases, place, way, way.runs - keys, others)
                self._by_key.setdefault(key, []).append(guarded)
            if not keys:
                self._always[phrases][place] = way
        self._otherwise = {phrases: _in_order(ways) for phrases, ways in self._always.items()}
        self._runs = ahocorasick.Automaton()
        for run in held:
            self._runs.add_word(run, run)
        self._runs.make_automaton()

    def open(self, text: MatchText) -> None:
        """Note for each of the phrases the ways that ``text`` may hold, in their order."""
        found = {run for _, run in self._runs.iter(text)} if self._by_key else set()
        fitting: dict[PhraseSet, dict[int, Alternative]] = {}
        for key in found & self._by_key.keys():
            for phrases, place, way, runs, choices in self._by_key[key]:
                if runs <= found and not (choices and any(map(found.isdisjoint, choices))):
                    fitting.setdefault(phrases, dict(self._always[phrases]))[place] = way
        text.possible |= self._otherwise
        text.possible |= {phrases: _in_order(ways) for phrases, ways in fitting.items()}


def _in_order(ways: dict[int, Alternative]) -> Sequence[re.Pattern[str]]:
    return [ways[place].regex for place in sorted(ways)]


class PhraseSet:
    """Behaves like one regular expression ``first|second|…``; of two that begin together the earlier wins."""

    __slots__ = ("_gate", "ways")

    def __init__(self, ways: Iterable[Alternative]) -> None:
        self.ways: Final = tuple(ways)
        self._gate: Prefilter | None = None

    def _possible(self, text: MatchText) -> Sequence[re.Pattern[str]]:
        if self not in text.possible:
            self._gate = self._gate or Prefilter((self,))
            self._gate.open(text)
        return text.possible[self]

    def found_in(self, text: MatchText, start: int = 0, end: int = sys.maxsize) -> bool:
        """Tell whether there is a match in ``text[start:end]``."""
        return any(regex.search(text, start, end) for regex in self._possible(text))

    def matches(self, text: MatchText, starts: Iterable[int], end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the match that begins at each of ``starts``, where there is one."""
        possible = self._possible(text)
        for start in starts if possible else ():
            found = next(filter(None, (regex.match(text, start, end) for regex in possible)), None)
            if found:
                yield found

    def finditer(self, text: MatchText, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
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
