"""A situation at the counter: the facts somebody stated, checked against the closed vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS, PRINTED_DATES, UNKNOWN

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_DATES: Mapping[str, date] = MappingProxyType({})


class BadFact(ValueError):
    """A fact id or a value outside the vocabulary. Names the fact and lists what it takes."""

    def __init__(self, fact: str, value: str, takes: Iterable[str]) -> None:
        self.fact = fact
        self.value = value
        self.takes = tuple(takes)
        super().__init__(f"{fact} does not take this value; it takes: {', '.join(self.takes)}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one visit.

    ``visit_date`` is a calendar day in Japan. ``presented`` is empty when nobody said what is shown.
    ``stated`` maps choice ids to values of the vocabulary or to ``unknown`` (and ``presented`` to ``unknown`` for
    who does not know what they have); ``printed`` maps the ids of printed dates to the day on the paper. Nothing in
    here is assumed.
    """

    visit_date: date
    presented: frozenset[str] = frozenset()
    stated: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    printed: Mapping[str, date] = field(default_factory=lambda: _NO_DATES)

    def as_codes(self) -> dict[str, str | list[str]]:
        """Return the facts as codes and ISO dates in the order of the vocabulary, ready for an address."""
        return dict(self._codes())

    def _codes(self) -> Iterator[tuple[str, str | list[str]]]:
        for fact in FACT_IDS:
            if fact == "visit_date":
                yield fact, self.visit_date.isoformat()
            elif fact == "presented":
                shown: list[str] = [item for item in ITEMS if item in self.presented]
                if shown or fact in self.stated:
                    yield fact, shown or [UNKNOWN]
            elif fact in self.printed:
                yield fact, self.printed[fact].isoformat()
            elif fact in self.stated:
                yield fact, self.stated[fact]

    def having(self, fact: str, value: str) -> Facts:
        """Return a copy in which the choice ``fact`` has ``value``, whatever a printed date said."""
        printed = {key: day for key, day in self.printed.items() if PRINTED_DATES[key] != fact}
        return replace(self, stated={**self.stated, fact: value}, printed=printed)


def parse(codes: Mapping[str, str | Iterable[str]], today: date) -> Facts:
    """Read codes, as an address or a JSON body holds them.

    ``today`` is the visit day when none is stated. Raises `BadFact` for an id or a value outside the
    vocabulary, for ``none`` beside another item, and for a state that its own printed date contradicts.
    """
    stated: dict[str, str] = {}
    printed: dict[str, date] = {}
    presented: frozenset[str] = frozenset()
    visit = today
    for fact, raw in codes.items():
        if fact == "presented":
            presented = _items([raw] if isinstance(raw, str) else list(raw))
            if not presented:
                stated[fact] = UNKNOWN
        elif not isinstance(raw, str):
            raise BadFact(fact, "", _takes(fact))
        elif fact == "visit_date":
            visit = iso_date(fact, raw)
        elif fact in PRINTED_DATES and raw != UNKNOWN:
            printed[fact] = iso_date(fact, raw)
        elif fact in PRINTED_DATES:
            stated[PRINTED_DATES[fact]] = UNKNOWN
        else:
            stated[fact] = _choice(fact, raw)
    for fact, choice in PRINTED_DATES.items():
        if fact in printed and stated.get(choice, UNKNOWN) == UNKNOWN:
            stated.pop(choice, None)
        elif fact in printed and choice in stated:
            raise BadFact(choice, stated[choice], (f"nothing beside {fact}",))
    return Facts(visit, presented, stated, printed)


def iso_date(fact: str, text: str) -> date:
    """Read ``YYYY-MM-DD`` and nothing else; raises `BadFact`."""
    if _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadFact(fact, text, ("YYYY-MM-DD",))


def _items(values: list[str]) -> frozenset[str]:
    if values == [UNKNOWN]:
        return frozenset()
    if not values:
        raise BadFact("presented", "", (*ITEMS, UNKNOWN))
    for value in values:
        if value not in ITEMS:
            raise BadFact("presented", value, ITEMS)
    if "none" in values and len(set(values)) > 1:
        raise BadFact("presented", "none", ("none alone, or the items without none",))
    return frozenset(values)


def _choice(fact: str, value: str) -> str:
    if fact not in CHOICES:
        raise BadFact(fact, value, FACT_IDS)
    if value != UNKNOWN and value not in CHOICES[fact].values:
        raise BadFact(fact, value, (*CHOICES[fact].values, UNKNOWN))
    return value


def _takes(fact: str) -> tuple[str, ...]:
    if fact in CHOICES:
        return (*CHOICES[fact].values, UNKNOWN)
    return ("YYYY-MM-DD",) if fact == "visit_date" or fact in PRINTED_DATES else FACT_IDS
