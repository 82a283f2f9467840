"""How well the search finds our own entries: queries with those that should come first and those that help too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

DEPTH: Final = 10
"""How far down a ranking is looked; what should come first and is not within it counts as not found."""

Half = Literal["learning", "checking"]
HALVES: Final[tuple[Half, ...]] = ("learning", "checking")

Ranker = Callable[[str, str, int], Sequence[str]]
"""From a query, its language and a depth to the ids of entries, best first."""


class FaultyLine(ValueError):
    """A line of the file that is no query; the message says which and why."""


class EntryQuery(NamedTuple):
    """What a reader types, with the entries that should come ``first`` and those that are ``fine`` too."""

    query: str
    lang: str
    kind: str
    first: frozenset[str]
    fine: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over ``queries`` queries: MRR to depth 10, right first, right among three, first a hit that helps nobody.

    A query with no hit at all has no junk first: nothing misleads.
    """

    queries: int
    mrr: float
    first: float
    three: float
    junk: float

    def line(self, name: str) -> str:
        """Return the figures as one line under ``name``."""
        shares = f"right first {self.first:5.1%}  among three {self.three:5.1%}  junk first {self.junk:5.1%}"
        return f"{name:<12} {self.queries:4}  MRR {self.mrr:.3f}  {shares}"


class Judged(NamedTuple):
    """One query with its ranking to depth 10."""

    query: EntryQuery
    ranked: tuple[str, ...]

    @property
    def place(self) -> int | None:
        """Where the first entry that should come first stands, counted from 1."""
        return next((place for place, id in enumerate(self.ranked, 1) if id in self.query.first), None)

    @property
    def junk(self) -> bool:
        """Whether the first hit is neither what should come first nor fine."""
        return bool(self.ranked) and self.ranked[0] not in self.query.first | self.query.fine


def read_queries(file: Path, half: Half | None = None) -> tuple[EntryQuery, ...]:
    """Return the queries of ``file``, or of one ``half``: odd lines are for learning, even ones for checking."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    wanted = {None: (0, 1), "learning": (1,), "checking": (0,)}[half]
    return tuple(_query(file, number, line) for number, line in lines if line.strip() and number % 2 in wanted)


def judge(queries: Iterable[EntryQuery], rank: Ranker) -> tuple[Judged, ...]:
    """Ask every query with ``rank`` and keep what came."""
    return tuple(Judged(query, tuple(rank(query.query, query.lang, DEPTH))) for query in queries)


def figures(judged: Sequence[Judged]) -> Figures:
    """Return the means over ``judged``, all zero when it is empty."""
    count = max(len(judged), 1)
    places = [one.place for one in judged]
    found = [place for place in places if place is not None]
    return Figures(
        len(judged),
        sum(1 / place for place in found) / count,
        sum(place == 1 for place in found) / count,
        sum(place <= 3 for place in found) / count,
        sum(one.junk for one in judged) / count,
    )


def report_lines(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Return the figures over all, by language and by kind within each language, as lines to print."""
    lines = [figures(judged).line("all")]
    for lang in dict.fromkeys(one.query.lang for one in judged):
        spoken = [one for one in judged if one.query.lang == lang]
        lines.append(figures(spoken).line(lang))
        for kind in dict.fromkeys(one.query.kind for one in spoken):
            lines.append(figures([one for one in spoken if one.query.kind == kind]).line(f"{lang} {kind}"))
    return tuple(lines)


def missed_lines(judged: Iterable[Judged]) -> tuple[str, ...]:
    """Return a line for each query whose first hit is not one that should come first."""
    return tuple(
        f"{one.query.lang} {one.query.query}: {'junk' if one.junk else 'fine'} {one.ranked[0] if one.ranked else '-'}, "
        f"right at {one.place or '-'} ({' '.join(sorted(one.query.first))})"
        for one in judged
        if one.place != 1
    )


def _query(file: Path, number: int, line: str) -> EntryQuery:
    try:
        stored = json.loads(line)
        first, fine = frozenset(stored["first"]), frozenset(stored["fine"])
        query = EntryQuery(stored["query"], stored["lang"], stored["kind"], first, fine)
    except (ValueError, KeyError, TypeError) as error:
        raise FaultyLine(f"{file}:{number}: not a query with query, lang, kind, first and fine: {error}") from None
    if not first:
        raise FaultyLine(f"{file}:{number}: first is empty; name an entry that should come first")
    return query
