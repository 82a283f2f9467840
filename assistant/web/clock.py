"""The only place where the day is read: the calendar day in Japan, whatever zone the server is in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

_JAPAN = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Return the day of asking: today in Japan, or the day a reviewer's build was fixed to."""
    fixed: date | None = current_app.extensions["settings"].as_of
    return fixed or day_in_japan()


def day_in_japan() -> date:
    """Return today's date in Asia/Tokyo."""
    return now().date()


def now() -> datetime:
    """Return the time in Japan, for what operators read."""
    return datetime.now(_JAPAN)
