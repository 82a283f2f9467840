"""Answers packed by gzip for who can unpack them.

No page holds a secret beside what a request repeats in it (no session, no token), so its length tells nothing (BREACH).
An ETag becomes a weak one, since packed and plain answers differ in bytes; what is asked by it is compared weakly.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

#: Below this packing gains less than its own header.
_LEAST: Final = 500
_TYPES: Final = frozenset(
    {"application/json", "application/problem+json", "application/manifest+json", "application/javascript",
     "image/svg+xml", "application/atom+xml", "application/xml"}
)  # fmt: skip
#: Endpoints whose bytes follow from path and ETag: they are packed once.
_FIXED: Final = frozenset({"static", "offline.rules_graph", "offline.worker"})


def wanted(environ: Mapping[str, Any]) -> bool:
    """Return whether a request takes gzip, and the whole answer."""
    return "HTTP_RANGE" not in environ and _takes(environ.get("HTTP_ACCEPT_ENCODING", ""))


def pack(body: bytes) -> bytes:
    """Return ``body`` packed; the same bytes for the same body."""
    return gzip.compress(body, 6, mtime=0)


def packable(response: Response) -> bool:
    """Return whether an answer is of a kind and a length that packing helps."""
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind in _TYPES
    length = response.content_length
    return text and "Content-Encoding" not in response.headers and length is not None and length >= _LEAST


def mark(response: Response, length: int) -> None:
    """Write into the headers of an answer that its body is packed to ``length`` bytes."""
    response.headers["Content-Encoding"] = "gzip"
    response.content_length = length
    weaken(response)


def weaken(response: Response) -> None:
    """Say that the ETag stands for the content, not for its bytes."""
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag, weak=True)


def set_up(app: Flask) -> None:
    """Pack what leaves ``app``. Set up before all that looks at a finished body: who is registered first is last."""

    @app.after_request
    def squeeze(response: Response) -> Response:
        takes = wanted(request.environ)
        if response.status_code == 304:
            response.vary.add("Accept-Encoding")
            if takes:
                weaken(response)
        elif response.status_code != 206 and packable(response):
            response.vary.add("Accept-Encoding")
            if takes:
                response.direct_passthrough = False
                body = response.get_data()
                fixed = request.endpoint in _FIXED and response.get_etag()[0]
                packed = _once(request.path, str(response.get_etag()[0]), body) if fixed else pack(body)
                response.set_data(packed)
                mark(response, len(packed))
        return response


@lru_cache(64)  # browsers send a handful of different headers; whoever sends others only makes us look again
def _takes(header: str) -> bool:
    found = dict(parse_accept_header(header))
    return float(found.get("gzip", found.get("*", 0))) > 0


@lru_cache(64)
def _once(_path: str, _tag: str, body: bytes) -> bytes:
    return pack(body)
