"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant import paths

_SHORTEST_KEY = 16
_LONGEST_OPERATOR = 300
_HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?", re.ASCII)


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``operator`` says who runs the site and how to reach them. ``as_of`` fixes the day of asking for reviewers; pages
    then carry a banner. ``receipt_key`` signs receipts; one made up at start is good until the process ends.
    ``limits`` is ``memory``, ``off`` or the URL of a Redis where requests are counted; ``hosts`` are the names the site
    answers to (any when empty); ``proxies`` is how many of our own stand in front and set ``X-Forwarded-…``.
    """

    content: Path = paths.CONTENT
    store: Path | None = None
    as_of: date | None = None
    operator: str = ""
    receipt_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    limits: str = field(default="memory", repr=False)  # the URL of a Redis may hold a password
    hosts: tuple[str, ...] = ()
    proxies: int = 0

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
        key_bytes = key.encode() or secrets.token_bytes(32)
        return cls(content, Path(store) if store else None, as_of, operator, key_bytes, *_facing(environment))


def _facing(environment: Mapping[str, str]) -> tuple[str, tuple[str, ...], int]:
    """Return what the site needs to know of the network: where to count, its names, the proxies in front."""
    name = ""
    try:
        limits = _limits(environment.get(name := "MADOGUCHI_LIMITS", "") or "memory")
        hosts = _hosts(environment.get(name := "MADOGUCHI_HOSTS", ""))
        proxies = _proxies(environment.get(name := "MADOGUCHI_PROXIES", "") or "0")
    except ValueError as error:
        raise BadSetting(f"{name}: {error}") from None
    return limits, hosts, proxies


def _limits(text: str) -> str:
    if text not in ("memory", "off") and not text.startswith(("redis://", "rediss://", "redis+unix://")):
        raise ValueError("give memory, off, or the URL of a Redis (redis://…)")
    return text


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise ValueError("give host names with commas between them, such as example.jp,.example.org")
    return hosts


def _proxies(text: str) -> int:
    if text not in ("0", "1", "2", "3"):
        raise ValueError("give how many proxies of yours stand in front, 0 to 3")
    return int(text)
