"""What goes into a search and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

PATIENT: Final = "patient"
DESK: Final = "desk"
"""Who reads: at the counter or behind it. One set of documents serves both."""


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in one language; ``lead`` is its first sentence, ``asked`` other ways to ask ``title``.

    ``related`` are the ids of documents it leads on to; ``readers`` those it is written for, of `PATIENT` and
    `DESK`: everybody when empty. ``facets`` are what the title and each way to ask it state and ask for, in codes;
    ``senses`` are the senses of the same texts, packed (`assistant.search.ranking.nearness.packed`).
    """

    id: str
    lang: str
    title: str
    asked: tuple[str, ...] = ()
    lead: str = ""
    body: str = ""
    headings: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    senses: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's own text; ``marked`` where it is a word that was looked for."""

    text: str
    marked: bool


class Hit(NamedTuple):
    """A document found: its score, the words that matched, and whether it may stand alone as the answer.

    ``forms`` are the matched words as documents write them, ``text`` is the document's own. ``said``: the share of what
    the query says that the document holds, by whatever word; ``alike``: how much their facets have in common.
    """

    id: str
    score: float
    matched: tuple[str, ...]
    confident: bool
    forms: tuple[str, ...]
    text: str
    said: float = 1.0
    alike: float = 0.0
