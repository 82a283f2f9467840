"""Days to remember: what ends after a visit, and the limits that an entry of the FAQ states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from flask import Flask

from assistant.answers.kinds import OutcomeAnswer
from assistant.content.reminders import Reminder
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import PRINTED_DATES
from assistant.domain.year_limits import last_day_of_years
from assistant.web.http import day_fields, request_facts

#: How long a refund can be claimed, in years; the words and sources stand in ``reminders.toml``.
_CLAIM_YEARS: Final = 2
_REFUND: Final = "refund"
_GRACE: Final = "e_certificate_grace"
#: The printed date from which a limit is reckoned that is not that date itself.
_FROM: Final = {_GRACE: "e_certificate_until"}


class Due(NamedTuple):
    """A day to remember, and what ends on it."""

    kind: str
    day: date
    words: Reminder


class Limit(NamedTuple):
    """A limit that an entry states.

    ``step`` is the question for the day from which it is reckoned, ``fact`` what holds that day; ``given`` is the day
    where the address has it, ``known`` what the three fields show.
    """

    kind: str
    step: str
    fact: str
    words: Reminder
    given: date | None
    known: Mapping[str, str]

    @property
    def due(self) -> Due | None:
        """The limit as a day, where it can be reckoned."""
        return Due(self.kind, _last(self.kind, self.given), self.words) if self.given else None


def set_up(app: Flask) -> None:
    """Give the templates of ``app`` the days to remember."""
    app.jinja_env.globals.update(due_of=due_of, states_limit=states_limit)


def states_limit(entry: str) -> bool:
    """Return whether an entry states a limit that can be reckoned."""
    return any(entry in words.entries for words in request_facts.snapshot().reminders.values())


def due_of(found: OutcomeAnswer) -> list[Due]:
    """Return what ends after the visit: a claim, printed dates still to come, and what is left after one of them."""
    return list(_due(found, request_facts.snapshot().reminders))


def limits_of(entry: str, facts: Facts, query: Mapping[str, str]) -> list[Limit]:
    """Return the limits that ``entry`` states; ``query`` is what the address gives, ``facts`` what it says."""
    return list(_limits(entry, facts, query))


def _limits(entry: str, facts: Facts, query: Mapping[str, str]) -> Iterator[Limit]:
    known = {"visit_date": facts.visit_date, **facts.printed}
    for kind, words in request_facts.snapshot().reminders.items():
        if entry in words.entries:
            step = PRINTED_DATES.get(_FROM.get(kind, kind), "visit_date")
            fact = day_fields.target(step)
            day = known.get(fact)
            day = day if day and query.get(fact) == day.isoformat() else None
            shown = day_fields.chosen(facts, step, query) if day or query.get("step") == step else {}
            yield Limit(kind, step, fact, words, day, shown)


def _due(found: OutcomeAnswer, words: Mapping[str, Reminder]) -> Iterator[Due]:
    facts = found.asked.facts
    if found.outcome.standing == "full_payment" and found.outcome.refund:
        yield Due(_REFUND, _last(_REFUND, facts.visit_date), words[_REFUND])
    for kind, day in facts.printed.items():
        if kind in words and day >= facts.visit_date:
            yield Due(kind, day, words[kind])
    for kind, fact in _FROM.items():
        until = facts.printed.get(fact)
        if until and until < facts.visit_date <= (last := _last(kind, until)):
            yield Due(kind, last, words[kind])


def _last(kind: str, day: date) -> date:
    if kind == _GRACE:
        return request_facts.snapshot().book.rules.grace.last(day)
    return last_day_of_years(day, _CLAIM_YEARS) if kind == _REFUND else day
