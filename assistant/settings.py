"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.engine import URL

from assistant import paths
from assistant.usage.store import BadStore, store_url

_SHORTEST_KEY = 16
_LONGEST_OPERATOR = 300
_MOST_WEEKS = 520


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``operator`` says who runs the site and how to reach them. ``as_of`` fixes the day of asking for reviewers; pages
    then carry a banner. ``usage`` is where counts of use are kept, for ``usage_weeks`` weeks; without it nothing is
    counted. ``receipt_key`` signs receipts; one made up at start is good until the process ends.
    """

    content: Path = paths.CONTENT
    store: Path | None = None
    as_of: date | None = None
    operator: str = ""
    usage: URL | None = field(default=None, repr=False)
    usage_weeks: int = 53
    receipt_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings named ``MADOGUCHI_…`` (README has the list); raises `BadSetting`."""
        content = Path(environment.get("MADOGUCHI_CONTENT", paths.CONTENT))
        if not content.is_dir():
            raise BadSetting(f"MADOGUCHI_CONTENT: {content} is not a directory; name the content directory")
        store = environment.get("MADOGUCHI_STORE")
        day = environment.get("MADOGUCHI_AS_OF")
        try:
            as_of = date.fromisoformat(day) if day else None
        except ValueError:
            raise BadSetting(f"MADOGUCHI_AS_OF: {day!r} is not a day; write YYYY-MM-DD") from None
        key = environment.get("MADOGUCHI_RECEIPT_KEY", "")
        if key and len(key) < _SHORTEST_KEY:
            raise BadSetting(f"MADOGUCHI_RECEIPT_KEY: too short; give at least {_SHORTEST_KEY} characters")
        operator = environment.get("MADOGUCHI_OPERATOR", "").strip()
        if len(operator) > _LONGEST_OPERATOR:
            raise BadSetting(f"MADOGUCHI_OPERATOR: too long; give at most {_LONGEST_OPERATOR} characters")
        usage, weeks = _usage(environment)
        usage = None if as_of else usage  # a reviewer's clicks are no use, and their weeks are made up
        key_bytes = key.encode() or secrets.token_bytes(32)
        return cls(content, Path(store) if store else None, as_of, operator, usage, weeks, key_bytes)


def _usage(environment: Mapping[str, str]) -> tuple[URL | None, int]:
    place, weeks = environment.get("MADOGUCHI_USAGE", ""), environment.get("MADOGUCHI_USAGE_WEEKS", "53")
    if not (weeks.isascii() and weeks.isdigit() and 1 <= int(weeks[:4]) <= _MOST_WEEKS and len(weeks) <= 3):
        raise BadSetting(f"MADOGUCHI_USAGE_WEEKS: not a number of weeks; give 1 to {_MOST_WEEKS}")
    try:
        return (store_url(place) if place else None), int(weeks)
    except BadStore as error:
        raise BadSetting(f"MADOGUCHI_USAGE: {error}") from None
