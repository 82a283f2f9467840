"""Limits that are counted in years from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def last_day_of_years(day: date, years: int) -> date:
    """Return the last day of a time of ``years`` that is counted from the day after ``day``.

    Where that year has no such day, the time ends with the month.
    """
    year = min(day.year + years, date.max.year)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
