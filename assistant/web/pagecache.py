"""Pages kept in memory: those that are a function of the address, the rules, the day and the host, and of nothing else.

Only addresses made of closed codes and days are kept, so nothing a reader types can be.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from threading import Lock
from typing import Final

from flask import Flask, Response, g, request

from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN, VOICES
from assistant.usage.codes import Count
from assistant.web import counting, requests
from assistant.web.clock import today

#: About 20 kB a page: 20 MB at most.
SIZE: Final = 1_000
_ENDPOINTS: Final = frozenset(
    {"home.home", "check.check", "desk.desk", "holding.page", "faq.index", "faq.entry", "faq.insurers", "reading.rules",
     "reading.sources", "reading.plain", "changes.page", "sheet.sheet", "sheet.table", "sheet.papers"}
)  # fmt: skip
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS: Final = frozenset({"visit_date", "on", "from", "to", *PRINTED_DATES})
_CODES: Final = {
    **{fact: frozenset({*choice.values, UNKNOWN}) for fact, choice in CHOICES.items()},
    "presented": frozenset({*ITEMS, UNKNOWN}),
    "voice": frozenset(VOICES),
    "easy": frozenset({"0", "1"}),
    "furigana": frozenset({"0", "1"}),
}

Key = tuple[str, ...]
Page = tuple[bytes, tuple[Count, ...]]
"""The page, and what is counted whenever it is given."""


class Pages:
    """The pages used last, by key; safe for threads."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._lock = Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()

    def get(self, key: Key) -> Page | None:
        """Return the page kept under ``key``."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page) -> None:
        """Keep ``page``; the one that was not used for longest goes when there are too many."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            if len(self._pages) > self._size:
                self._pages.popitem(last=False)


def closed(pairs: list[tuple[str, str]]) -> bool:
    """Return whether a query holds codes of the vocabulary and days only."""
    return all(
        value in _CODES[name] if name in _CODES else name in _DAYS and _DAY.fullmatch(value) is not None
        for name, value in pairs
    )


def set_up(app: Flask) -> None:
    """Let ``app`` answer from memory. Set up after what changes a finished page, which then sees the kept one too."""
    pages = Pages()

    @app.before_request
    def from_memory() -> Response | None:
        environ = request.environ
        if request.method != "GET" or request.endpoint not in _ENDPOINTS or "HTTP_COOKIE" in environ:
            return None
        host = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        day = today().isoformat()
        key = (requests.snapshot().version, day, host, environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        page = pages.get(key)
        if page is not None:
            counting.add(page[1])
            return Response(page[0])
        if closed(list(request.args.items(multi=True))):
            g.page_key = key
        return None

    @app.after_request
    def keep(response: Response) -> Response:
        key: Key | None = g.pop("page_key", None)
        if key is not None and response.status_code == 200 and response.mimetype == "text/html":
            pages.keep(key, (response.get_data(), counting.noted()))
        return response
