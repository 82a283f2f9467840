"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import URL

from assistant import paths
from assistant.language.models.sentence_encoder import is_installed as encoder_is_installed
from assistant.usage.store import store_url

_SHORTEST_KEY = 16
_LONGEST_OPERATOR = 300
_MOST_WEEKS = 520
_MOST_PROXIES = 3
_LINE_API = "https://api.line.me"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[\w.\-/]*)?", re.ASCII)
_HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?", re.ASCII)
_T = TypeVar("_T")


class BadSetting(ValueError):
    """Settings that cannot be used; the message has a line for each, which names it and what it takes."""


@dataclass(frozen=True, slots=True)
class LineChannel:
    """A channel of LINE: what signs its requests, what lets us reply, and where replies go."""

    secret: str = field(repr=False)
    token: str = field(repr=False)
    api: str = _LINE_API


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``operator`` says who runs the site and how to reach them. ``as_of`` fixes the day of asking for reviewers; pages
    then carry a banner. ``receipt_key`` signs receipts; one made up at start is good until the process ends.
    ``limits`` is ``memory``, ``off`` or the URL of a Redis where requests are counted; ``hosts`` are the names the site
    answers to (any when empty); ``proxies`` is how many of our own stand in front and set ``X-Forwarded-…``.
    ``site`` is the address readers use, without a slash at its end; where it is empty, links are built on the request.
    ``line`` is the channel of LINE that is answered, if any. ``metrics`` says who may read `/metrics`.
    ``encoder`` reads sentences with the extra of that name: better, for time and memory.
    ``usage`` is where counts of use are kept, for ``usage_weeks`` weeks; without it nothing is counted.
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
    metrics: str = "loopback"
    encoder: bool = False
    usage: URL | None = field(default=None, repr=False)
    usage_weeks: int = 53

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings ``MADOGUCHI_…`` (README lists them); raises `BadSetting` with a line for each wrong one."""
        wrong: list[str] = []

        def read(name: str, parse: Callable[[str], _T], default: _T) -> _T:
            text = environment.get(name, "").strip()
            try:
                return parse(text) if text else default
            except ValueError as error:
                wrong.append(f"{name}: {error}")
                return default

        as_of = read("MADOGUCHI_AS_OF", _day, None)
        usage = read("MADOGUCHI_USAGE", store_url, None)
        api = read("MADOGUCHI_LINE_API", _address, _LINE_API)
        try:
            line = _line(environment.get("MADOGUCHI_LINE_SECRET", ""), environment.get("MADOGUCHI_LINE_TOKEN", ""), api)
        except ValueError as error:
            line, wrong = None, [*wrong, str(error)]
        found = cls(
            content=read("MADOGUCHI_CONTENT", _directory, paths.CONTENT),
            store=read("MADOGUCHI_STORE", Path, None),
            as_of=as_of,
            operator=read("MADOGUCHI_OPERATOR", _operator, ""),
            receipt_key=read("MADOGUCHI_RECEIPT_KEY", _key, b"") or secrets.token_bytes(32),
            limits=read("MADOGUCHI_LIMITS", _limits, "memory"),
            hosts=read("MADOGUCHI_HOSTS", _hosts, ()),
            proxies=read("MADOGUCHI_PROXIES", _proxies, 0),
            site=read("MADOGUCHI_SITE", _address, ""),
            line=line,
            metrics=read("MADOGUCHI_METRICS", _metrics, "loopback"),
            encoder=read("MADOGUCHI_ENCODER", _encoder, False),
            usage=None if as_of else usage,  # a reviewer's clicks are no use, and their weeks are made up
            usage_weeks=read("MADOGUCHI_USAGE_WEEKS", _weeks, 53),
        )
        if wrong:
            raise BadSetting("\n".join(wrong))
        return found


def _directory(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError(f"{text} is not a directory; name the content directory")
    return Path(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write YYYY-MM-DD") from None


def _key(text: str) -> bytes:
    if len(text) < _SHORTEST_KEY:
        raise ValueError(f"too short; give at least {_SHORTEST_KEY} characters")
    return text.encode()


def _operator(text: str) -> str:
    if len(text) > _LONGEST_OPERATOR:
        raise ValueError(f"too long; give at most {_LONGEST_OPERATOR} characters")
    return text


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
    return _number(text, 0, _MOST_PROXIES, "how many proxies of yours stand in front")


def _weeks(text: str) -> int:
    return _number(text, 1, _MOST_WEEKS, "a number of weeks")


def _number(text: str, least: int, most: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise ValueError(f"give {what}, {least} to {most}")
    return int(text)


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("not an address; write https://example.org, without a query")
    return text.rstrip("/")


def _metrics(text: str) -> str:
    if text not in ("loopback", "any", "off"):
        raise ValueError("give loopback, any or off")
    return text


def _encoder(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("give on or off")
    if text == "on" and not encoder_is_installed():
        raise ValueError("the encoder is not installed; run pip install 'madoguchi[encoder]'")
    return text == "on"


def _line(secret: str, token: str, api: str) -> LineChannel | None:
    if bool(secret) != bool(token):
        raise ValueError("MADOGUCHI_LINE_SECRET and MADOGUCHI_LINE_TOKEN go together; set both or neither")
    if not secret:
        return None
    if find_spec("linebot") is None:
        raise ValueError("MADOGUCHI_LINE_SECRET: line-bot-sdk is not installed; run pip install 'madoguchi[line]'")
    return LineChannel(secret, token, api)
