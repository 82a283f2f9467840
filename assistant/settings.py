"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import paths


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``as_of`` fixes the day of asking for reviewers; pages then carry a banner.
    """

    content: Path = paths.CONTENT
    store: Path | None = None
    as_of: date | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``MADOGUCHI_CONTENT``, ``MADOGUCHI_STORE`` and ``MADOGUCHI_AS_OF``; raises `BadSetting`."""
        content = Path(environment.get("MADOGUCHI_CONTENT", paths.CONTENT))
        if not content.is_dir():
            raise BadSetting(f"MADOGUCHI_CONTENT: {content} is not a directory; name the content directory")
        store = environment.get("MADOGUCHI_STORE")
        day = environment.get("MADOGUCHI_AS_OF")
        try:
            as_of = date.fromisoformat(day) if day else None
        except ValueError:
            raise BadSetting(f"MADOGUCHI_AS_OF: {day!r} is not a day; write YYYY-MM-DD") from None
        return cls(content, Path(store) if store else None, as_of)
