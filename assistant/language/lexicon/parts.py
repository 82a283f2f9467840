"""The parts of a lexicon, each as it is looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.language.lexicon.phrase_set import PhraseSet


@dataclass(frozen=True, slots=True)
class ItemWords:
    """Words for one item; ``registered`` when the word itself says that the card is registered."""

    name: str
    item: str
    pattern: PhraseSet
    registered: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words near an item or a date that say what happened to it: right after it, further on, or before it."""

    id: str
    next: PhraseSet | None
    after: PhraseSet | None
    before: PhraseSet | None


@dataclass(frozen=True, slots=True)
class FactRule:
    """Words that state ``value`` of ``fact`` and, with it, the facts in ``then``."""

    fact: str
    value: str
    pattern: PhraseSet
    unless: PhraseSet | None
    then: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Predicate:
    """Words for what is either so or not, and those around it that make it ``yes``, ``no``, unknown or asked about."""

    fact: str
    yes: str
    no: str
    about: PhraseSet
    unless: PhraseSet | None
    not_known: PhraseSet | None
    asks: PhraseSet | None
    no_behind: PhraseSet | None
    no_before: PhraseSet | None
    yes_behind: PhraseSet | None
    yes_before: PhraseSet | None

    @property
    def phrases(self) -> Iterator[PhraseSet]:
        """All its words."""
        behind_and_before = (self.no_behind, self.no_before, self.yes_behind, self.yes_before)
        yield from filter(None, (self.about, self.unless, self.not_known, self.asks, *behind_and_before))


@dataclass(frozen=True, slots=True)
class IntentCue:
    """Words or signals that may speak for an intent; how much is learnt."""

    intent: str
    cue: str
    pattern: PhraseSet | None
    unless: PhraseSet | None
    when: tuple[str, ...]
    needs_all: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for one thing with an id: a person, or what a sentence does; ``unless`` takes them back."""

    id: str
    pattern: PhraseSet
    unless: PhraseSet | None = None


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """Words that mean ``value`` while ``fact`` is asked."""

    fact: str
    value: str
    pattern: PhraseSet
    unless: PhraseSet | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """Misspellings, and the right word for each of their ways."""

    wrong: PhraseSet
    right: Mapping[re.Pattern[str], str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that tests one entry: ``expected`` is found in it, or is not when ``holds`` is false."""

    path: Path
    line: int
    kind: str
    expected: str
    text: str
    holds: bool
