"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from assistant import paths

_SHORTEST_KEY = 16
_LONGEST_OPERATOR = 300
_HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?", re.ASCII)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[\w.\-/]*)?", re.ASCII)


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True, slots=True)
class LineChannel:
    """A channel of LINE: what signs its requests, what lets us reply, and where replies go."""

    secret: str = field(repr=False)
    token: str = field(repr=False)
    api: str = "https://api.line.me"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``operator`` says who runs the site and how to reach them. ``as_of`` fixes the day of asking for reviewers; pages
    then carry a banner. ``receipt_key`` signs receipts; one made up at start is good until the process ends.
    ``limits`` is ``memory``, ``off`` or the URL of a Redis where requests are counted; ``hosts`` are the names the site
    answers to (any when empty); ``proxies`` is how many of our own stand in front and set ``X-Forwarded-…``.
    ``site`` is the address readers use, without a slash at its end; where it is empty, links are built on the request.
    ``line`` is the channel of LINE that is answered, if any.
    """

    content: Path = paths.CONTENT
    store: Path | None = None
    as_of: date | None = None
    operator: str = ""
    receipt_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    limits: str = field(default="memory", repr=False)  # the URL of a Redis may hold a password
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    site: str = ""
    line: LineChannel | None = None

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
        site, line = _address("MADOGUCHI_SITE", environment), _line(environment)
        facing = _facing(environment)
        return cls(content, Path(store) if store else None, as_of, operator, key_bytes, *facing, site, line)


def _facing(environment: Mapping[str, str]) -> tuple[str, tuple[str, ...], int]:
    """Return what the site needs to know of the network: where to count, its names, the proxies in front."""
    limits = environment.get("MADOGUCHI_LIMITS", "memory")
    if limits not in ("memory", "off") and not limits.startswith(("redis://", "rediss://", "redis+unix://")):
        raise BadSetting("MADOGUCHI_LIMITS: give memory, off, or the URL of a Redis (redis://…)")
    hosts = tuple(host.strip() for host in environment.get("MADOGUCHI_HOSTS", "").split(",") if host.strip())
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise BadSetting("MADOGUCHI_HOSTS: give host names with commas between them, such as example.jp,.example.org")
    proxies = environment.get("MADOGUCHI_PROXIES", "0")
    if proxies not in ("0", "1", "2", "3"):
        raise BadSetting("MADOGUCHI_PROXIES: give how many proxies of yours stand in front, 0 to 3")
    return limits, hosts, int(proxies)


def _line(environment: Mapping[str, str]) -> LineChannel | None:
    secret, token = environment.get("MADOGUCHI_LINE_SECRET", ""), environment.get("MADOGUCHI_LINE_TOKEN", "")
    if bool(secret) != bool(token):
        raise BadSetting("MADOGUCHI_LINE_SECRET and MADOGUCHI_LINE_TOKEN go together; set both or neither")
    if not secret:
        return None
    if find_spec("linebot") is None:
        raise BadSetting("MADOGUCHI_LINE_SECRET: line-bot-sdk is not installed; run pip install 'madoguchi[line]'")
    api = _address("MADOGUCHI_LINE_API", environment)
    return LineChannel(secret, token, api) if api else LineChannel(secret, token)


def _address(name: str, environment: Mapping[str, str]) -> str:
    found = environment.get(name, "").strip().rstrip("/")
    if found and not _ADDRESS.fullmatch(found):
        raise BadSetting(f"{name}: not an address; write https://example.org, without a query")
    return found
