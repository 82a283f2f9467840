"""What one entry of each lexicon file may hold, as an editor writes it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.domain.people import NAMED
from assistant.domain.vocabulary import CHOICES, INTENTS, ITEMS, UNKNOWN

UNNAMED_PAPER = "unnamed_paper"
UNNAMED_CARD = "unnamed_card"
E_CERTIFICATE = "e_certificate"
NO_ITEM = "no_item"
ORIGINAL = "original"
BY_ITS_NAME = "old_card_by_name"
"""«健康保険証»: who says the whole name does not mean the paper that came after it, as «保険証» may."""

STATES = (
    "shown",
    "only",
    "held",
    "asked_for",
    "absent",
    "lost",
    "wanted",
    "elsewhere",
    "unwanted",
    "unmade",
    "undone",
    "unregistered",
    "registered",
    "talked_about",
    "expired",
    "in_date",
    "unreadable",
    "unsure",
)
DATE_ROLES = ("expiry", "visit", "other_event")
ACTS = (
    "greeting",
    "thanks",
    "heard",
    "sorry",
    "annoyed",
    "not_helped",
    "person",
    "phone",
    "yes",
    "no",
    "unknown",
    "correction",
    "back",
    "next_person",
    "cost",
    "until",
    "bring",
    "duration",
    "money_back",
    "moved",
    "turned_75",
    "dependant",
    "former_paper",
    "insurer_paper",
    "place_paper",
    "ward_paper",
    "new_paper",
    "work_injury",
    "accident",
    "no_card",
    "again",
    "pharmacy",
    "what_if",
    "which",
    "help",
    "claim",
    "aside",
    "not_read",
    "beforehand",
)


class LexiconEntry(BaseModel):
    """What every entry holds: sentences that test it, and sentences in which it must not be found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class SpellingEntry(LexiconEntry):
    """Wrong writings and the right word that replaces them."""

    right: str
    wrong: tuple[str, ...] = Field(min_length=1)


class WordsEntry(LexiconEntry):
    """A named list of words for use in patterns as ``{name}``."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)


class ItemEntry(LexiconEntry):
    """Words for a thing that may be shown; ``item`` is a contract id or one of the readings named above."""

    name: str
    item: str
    words: tuple[str, ...] = Field(min_length=1)
    registered: bool = False

    @model_validator(mode="after")
    def _known_item(self) -> ItemEntry:
        known = (*ITEMS, UNNAMED_PAPER, UNNAMED_CARD, E_CERTIFICATE, NO_ITEM, ORIGINAL)
        if self.item not in known:
            raise ValueError(f"item {self.item!r} is unknown; use one of {', '.join(known)}")
        return self


class CueEntry(LexiconEntry):
    """Words that say what happened to the item or date near which they stand."""

    id: str
    next: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_id(self) -> CueEntry:
        if self.id not in STATES + DATE_ROLES:
            raise ValueError(f"id {self.id!r} is unknown; use one of {', '.join(STATES + DATE_ROLES)}")
        if not (self.next or self.after or self.before):
            raise ValueError("give words under next, after or before")
        return self


class FactEntry(LexiconEntry):
    """Words that state a value of a fact; ``unless`` in the same sentence takes it back."""

    fact: str
    value: str
    say: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    then: dict[str, str] = {}

    @model_validator(mode="after")
    def _known_fact(self) -> FactEntry:
        for fact, value in ((self.fact, self.value), *self.then.items()):
            if fact != "presented" and fact not in CHOICES:
                raise ValueError(f"fact {fact!r} is unknown; use one of {', '.join(CHOICES)}")
            known = ITEMS if fact == "presented" else (*CHOICES[fact].values, UNKNOWN)
            if value not in known:
                raise ValueError(f"{fact} has no value {value!r}; use one of {', '.join(known)}")
        return self


class PredicateEntry(LexiconEntry):
    """What is either so or not, and the words around it that say which; see the top of ``predicates.toml``."""

    fact: str
    yes: str
    no: str
    about: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    no_behind: tuple[str, ...] = ()
    no_before: tuple[str, ...] = ()
    yes_behind: tuple[str, ...] = ()
    yes_before: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_fact(self) -> PredicateEntry:
        if self.fact not in CHOICES:
            raise ValueError(f"fact {self.fact!r} is unknown; use one of {', '.join(CHOICES)}")
        for value in (self.yes, self.no):
            if value not in CHOICES[self.fact].values:
                raise ValueError(
                    f"{self.fact} has no value {value!r}; use one of {', '.join(CHOICES[self.fact].values)}"
                )
        return self

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """All words, in the order of `assistant.language.lexicon.loader.Predicate`."""
        behind_and_before = (self.no_behind, self.no_before, self.yes_behind, self.yes_before)
        return (self.about, self.unless, self.not_known, self.asks, *behind_and_before)


class IntentEntry(LexiconEntry):
    """A cue for an intent: words, or signals such as ``item:notice``, ``state:lost``, ``fact:facility``."""

    intent: str
    cue: str
    say: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    match: Literal["any", "all"] = "any"

    @model_validator(mode="after")
    def _known_intent(self) -> IntentEntry:
        if self.intent not in INTENTS:
            raise ValueError(f"intent {self.intent!r} is unknown; use one of {', '.join(INTENTS)}")
        if not (self.say or self.when):
            raise ValueError("give words under say, or signals under when")
        return self


class GroupEntry(LexiconEntry):
    """Words that search treats as one."""

    words: tuple[str, ...] = Field(min_length=2)
    examples: tuple[str, ...] = ()


class PersonEntry(LexiconEntry):
    """Words for a person whose papers may be spoken of."""

    id: str
    words: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_person(self) -> PersonEntry:
        if self.id not in NAMED:
            raise ValueError(f"person {self.id!r} is unknown; use one of {', '.join(NAMED)}")
        return self


class ActEntry(LexiconEntry):
    """Words with which a sentence does something besides stating a fact."""

    id: str
    say: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_act(self) -> ActEntry:
        if self.id not in ACTS:
            raise ValueError(f"act {self.id!r} is unknown; use one of {', '.join(ACTS)}")
        return self


class AnswerEntry(LexiconEntry):
    """Short words that, while ``fact`` is asked, mean ``value``."""

    fact: str
    value: str
    say: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_answer(self) -> AnswerEntry:
        if self.fact not in CHOICES:
            raise ValueError(f"fact {self.fact!r} is unknown; use one of {', '.join(CHOICES)}")
        known = (*CHOICES[self.fact].values, UNKNOWN)
        if self.value not in known:
            raise ValueError(f"{self.fact} has no value {self.value!r}; use one of {', '.join(known)}")
        return self
