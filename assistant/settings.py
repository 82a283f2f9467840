"""Settings, read from the environment once and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from assistant import paths

_SHORTEST_KEY = 16
_LONGEST_OPERATOR = 300
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?/?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?/?")
_T = TypeVar("_T")


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content is and how the site runs.

    ``store`` is a directory of published snapshots; without it the content is read as it lies there.
    ``operator`` says who runs the site and how to reach them. ``as_of`` fixes the day of asking for reviewers; pages
    then carry a banner. ``receipt_key`` signs receipts; one made up at start is good until the process ends.
    ``address`` is where readers reach the site, for what is printed. ``metrics`` says who may read `/metrics`.
    """

    content: Path = paths.CONTENT
    store: Path | None = None
    as_of: date | None = None
    operator: str = ""
    receipt_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    address: str = ""
    metrics: str = "loopback"

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

        found = cls(
            content=read("MADOGUCHI_CONTENT", _directory, paths.CONTENT),
            store=read("MADOGUCHI_STORE", Path, None),
            as_of=read("MADOGUCHI_AS_OF", _day, None),
            operator=read("MADOGUCHI_OPERATOR", _operator, ""),
            receipt_key=read("MADOGUCHI_RECEIPT_KEY", _key, b"") or secrets.token_bytes(32),
            address=read("MADOGUCHI_ADDRESS", _address, ""),
            metrics=read("MADOGUCHI_METRICS", _metrics, "loopback"),
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


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("not an address of a site; write https://HOST or https://HOST:PORT, without a path")
    return text.rstrip("/") + "/"


def _metrics(text: str) -> str:
    if text not in ("loopback", "any", "off"):
        raise ValueError("give loopback, any or off")
    return text
