"""What a printed date means on a day: the states that rows speak of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Grace:
    """How long a My Number card still proves insurance after its electronic certificate has ended.

    ``months`` runs from the day of expiry; sources differ on whether it runs from the end of that month,
    so the days between the two readings have a state of their own (`state`).
    """

    months: int
    basis: tuple[str, ...]

    def last(self, until: date) -> date:
        """Return the last day on which a card whose certificate ended on ``until`` surely works: the shorter count."""
        return _months_after(until, self.months)

    def state(self, until: date, day: date) -> str:
        """Return ``valid``, ``grace``, ``disputed`` or ``lapsed`` for a certificate that ends on ``until``."""
        if day <= until:
            return "valid"
        if day <= self.last(until):
            return "grace"
        month_end = until.replace(day=monthrange(until.year, until.month)[1])
        return "disputed" if day <= _month_end_after(month_end, self.months) else "lapsed"


def states(printed: Mapping[str, date], day: date, grace: Grace) -> dict[str, str]:
    """Turn printed dates into the states of their papers on ``day`` (both inclusive, days in Japan)."""
    found: dict[str, str] = {}
    for fact, until in printed.items():
        if fact == "e_certificate_until":
            found["e_certificate"] = grace.state(until, day)
        else:
            found[fact.removesuffix("_until")] = "valid" if day <= until else "expired"
    return found


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_end_after(day: date, months: int) -> date:
    later = _months_after(day, months)
    return later.replace(day=monthrange(later.year, later.month)[1])


def day_before(day: date) -> date:
    """Return the calendar day before ``day``."""
    return day - timedelta(days=1)
