"""A calendar file (RFC 5545): all-day events, lines folded at 75 octets and ended by CRLF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

_LONGEST: Final = 75


class Event(NamedTuple):
    """A day with its words; ``uid`` stays the same when the file is made again, so that a calendar replaces it."""

    uid: str
    day: date
    title: str
    text: str
    url: str


def calendar(events: Iterable[Event], lang: str, stamp: datetime) -> str:
    """Return a calendar of ``events``, made at ``stamp`` (any time zone)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Madoguchi//Reminders//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, lang, stamp.astimezone(UTC))
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))


def _event(event: Event, lang: str, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    if event.day < date.max:
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={lang}:{_escaped(event.title)}"
    yield f"DESCRIPTION;LANGUAGE={lang}:{_escaped(event.text)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line, each at most 75 octets long; what goes on begins with a space."""
    part, room = "", _LONGEST
    for sign in line:
        room -= len(sign.encode())
        if room < 0:
            yield part
            part, room = " ", _LONGEST - 1 - len(sign.encode())
        part += sign
    yield part
