"""What has been understood so far: a value for each fact, and the words that said so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Span = tuple[int, int]


@dataclass(slots=True)
class Slots:
    """Facts with the place of the words behind them; the first to state a fact keeps it.

    ``days`` are those that belong to no thing of the text: a last day («until …», among ``last_days`` too) or a day
    that stands alone; ``not_days`` those that are taken back («12日じゃなくて…»); ``plainly`` the facts that are
    affirmed or denied in so many words.
    """

    facts: dict[str, str | date] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    last_days: list[date] = field(default_factory=list)
    not_days: list[date] = field(default_factory=list)
    plainly: set[str] = field(default_factory=set)

    def copy(self) -> Slots:
        """Return findings of their own with the same content."""
        days, last, taken_back = list(self.days), list(self.last_days), list(self.not_days)
        return Slots(dict(self.facts), dict(self.places), days, last, taken_back, set(self.plainly))

    def add(self, fact: str, value: str | date, place: Span) -> None:
        """Note ``fact`` unless it is already known."""
        if fact not in self.facts:
            self.replace(fact, value, place)

    def replace(self, fact: str, value: str | date, place: Span) -> None:
        """Note ``fact``, whatever was known before."""
        self.facts[fact] = value
        self.places[fact] = place

    def drop(self, fact: str) -> None:
        """Forget ``fact``."""
        self.facts.pop(fact, None)
        self.places.pop(fact, None)
