"""The day of a request: one instant for all of it, and the day that a reviewer's build is fixed to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import current_app, g

from assistant.clock import JAPAN, now


def today() -> date:
    """Return the day of asking: today in Japan, or the day a reviewer's build was fixed to."""
    fixed: date | None = current_app.extensions["settings"].as_of
    return fixed or _now().date()


def seconds_left() -> int:
    """Return how many whole seconds of this request's day are left in Japan."""
    now = _now()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), JAPAN)
    return int((midnight - now).total_seconds())


def _now() -> datetime:
    """Return one instant for the whole request, so that an answer and its lifetime speak of the same day."""
    if "now" not in g:
        g.now = now()
    found: datetime = g.now
    return found
