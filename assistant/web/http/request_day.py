"""The only place where the day is read: the calendar day in Japan, whatever zone the server is in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, g

_JAPAN = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Return the day of asking: today in Japan, or the day a reviewer's build was fixed to."""
    fixed: date | None = current_app.extensions["settings"].as_of
    return fixed or _now().date()


def seconds_left() -> int:
    """Return how many whole seconds of this request's day are left in Japan."""
    now = _now()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), _JAPAN)
    return int((midnight - now).total_seconds())


def day_in_japan() -> date:
    """Return today's date in Asia/Tokyo."""
    return now().date()


def now() -> datetime:
    """Return the time in Japan, for what operators read."""
    return datetime.now(_JAPAN)


def _now() -> datetime:
    """Return one instant for the whole request, so that an answer and its lifetime speak of the same day."""
    if "now" not in g:
        g.now = now()
    found: datetime = g.now
    return found
