"""The only place where the clock is read: the calendar day in Japan, whatever zone the host is in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def day_in_japan() -> date:
    """Return today's date in Asia/Tokyo."""
    return now().date()


def now() -> datetime:
    """Return the time in Japan, for what operators read."""
    return datetime.now(JAPAN)
