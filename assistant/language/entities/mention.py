"""One thing that a text speaks of, with what the words around it say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: States that may stand beside another one: an expired card can be shown.
BESIDE: Final = frozenset({"expired", "in_date", "registered", "unregistered", "unreadable", "unsure"})


#: States that hold whatever else is said: a paper used at a bank is used, but not at the desk.
OVERRIDING: Final = frozenset({"elsewhere"})


#: States that give way to other words: «お知らせだけ届かない», «見せてと言われたが忘れた».
WEAK: Final = frozenset({None, "only", "held", "asked_for"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing at ``[start:end]``: its lexicon name and contract item, its main state and those beside it.

    ``tail`` is where additions such as «（後期）» or «っていう紙» end. ``firm`` when words say outright that somebody
    carries the thing or hands it over, ``earlier`` when they speak of another day, ``asked_about`` when the sentence
    asks about it, ``at_desk`` when the sentence is about what happens at the desk,
    ``told`` when the text is one short statement, as in the answer to a question, ``answer`` when it is little more
    than the name of the thing, ``bare`` when it only says that the thing was forgotten; ``outdone`` when words of
    another day are followed by what is the case today.
    """

    name: str
    item: str
    start: int
    end: int
    registered: bool
    state: str | None = None
    beside: frozenset[str] = frozenset()
    said: tuple[int, int] | None = None
    tail: int = 0
    firm: bool = False
    earlier: bool = False
    asked_about: bool = False
    at_desk: bool = False
    told: bool = False
    outdone: bool = False
    answer: bool = False
    bare: bool = False
