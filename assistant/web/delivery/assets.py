"""Styles, scripts and pictures under an address that names what they hold, so that a browser keeps them for a year."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2s
from typing import Final

from flask import Flask, Response

from assistant import paths

_YEAR: Final = 365 * 24 * 3600
_NAMED: Final = re.compile(r"[0-9a-f]{10}/")


@lru_cache(1)
def digest() -> str:
    """Return the name of all files together: modules import each other by relative addresses, so they share it."""
    found = blake2s(digest_size=5)
    for file in sorted(paths.STATIC.rglob("*")):
        if file.is_file():
            found.update(file.relative_to(paths.STATIC).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def named(filename: str) -> str:
    """Return ``filename`` as pages link it."""
    return f"{digest()}/{filename}"


def set_up(app: Flask) -> None:
    """Let files be kept for a year under their named address, and be asked for each time under any other."""

    def static(filename: str) -> Response:
        plain = _NAMED.sub("", filename, count=1) if _NAMED.match(filename) else filename
        response = app.send_static_file(plain)
        if filename == named(plain):
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = _YEAR
            response.cache_control.immutable = True
        return response

    app.view_functions["static"] = static
