"""Pages kept in memory: those that are a function of the address, the rules, the day and the host, and of nothing else.

Only addresses made of closed codes and days are kept, so nothing a reader types can be. A kept page is given before the
application is asked: what would cost more than the page itself, such as counting requests against a limit, is left out.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, request

from assistant.clock import now
from assistant.content.entries import LANGS
from assistant.content.further_languages import TONGUES
from assistant.domain.facts import BadFact, iso_date
from assistant.domain.vocabulary import CHOICES, ITEMS, MUNICIPALITIES, PRINTED_DATES, UNKNOWN, VOICES
from assistant.usage.codes import Count
from assistant.web.delivery import compression
from assistant.web.http import observability, request_facts, request_limits, usage_events
from assistant.web.http.request_day import today

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: About 20 kB a page: 20 MB at most.
SIZE: Final = 1_000
_ENDPOINTS: Final = frozenset(
    {"home.home", "check.check", "desk.desk", "holding.page", "faq.index", "faq.entry", "faq.insurers", "reading.rules",
     "reading.sources", "reading.plain", "changes.page", "sheet.sheet", "sheet.table", "sheet.papers",
     "declaration.form"}
)  # fmt: skip
#: Their lifetime ends with the day, unless the day of the visit was given.
_OF_TODAY: Final = frozenset({"api.check", "api.which_paper"})
_DAYS: Final = frozenset({"visit_date", "on", "from", "to", *PRINTED_DATES})
_CODES: Final = {
    **{fact: frozenset({*choice.values, UNKNOWN}) for fact, choice in CHOICES.items()},
    "presented": frozenset({*ITEMS, UNKNOWN}),
    "voice": frozenset(VOICES),
    "lang": frozenset(LANGS),
    "city": frozenset(MUNICIPALITIES),
    "easy": frozenset({"0", "1"}),
    "furigana": frozenset({"0", "1"}),
    "tongue": frozenset(TONGUES),
}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A finished response, its route, and what is counted whenever it is given."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    route: str
    counts: tuple[Count, ...]

    @cached_property
    def packed(self) -> tuple[list[tuple[str, str]], bytes]:
        """Headers and body for who takes gzip, made when the first does."""
        response = Response(self.body, self.status, self.headers)
        if not compression.packable(response):
            return self.headers, self.body
        body = compression.pack(self.body)
        compression.mark(response, len(body))
        return list(response.headers), body


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
    return all(value in _CODES[name] if name in _CODES else name in _DAYS and _is_day(value) for name, value in pairs)


def _is_day(text: str) -> bool:
    try:
        iso_date("", text)
    except BadFact:
        return False
    return True


def set_up(app: Flask) -> None:
    """Let ``app`` answer from memory. Set up before all that changes a response, which then is seen when finished."""
    pages = Pages()

    @app.after_request
    def keep(response: Response) -> Response:
        environ = request.environ
        if (
            _plain(environ)
            and (request.endpoint in _ENDPOINTS or (request.endpoint in _OF_TODAY and "visit_date" in request.args))
            and response.status_code == 200
            and closed(list(request.args.items(multi=True)))
        ):
            if compression.packable(response):
                response.vary.add("Accept-Encoding")
            body, status, headers = response.get_wsgi_response(environ)
            key = _key(environ, request_facts.snapshot().version, today().isoformat())
            pages.keep(key, Page(status, headers, b"".join(body), str(request.url_rule), usage_events.noted()))
        return response

    app.wsgi_app = _from_memory(app, app.wsgi_app, pages)  # type: ignore[method-assign]


def _from_memory(app: Flask, make: WSGIApplication, pages: Pages) -> Callable[..., Iterable[bytes]]:
    """Return an application that gives the kept page, and lets ``make`` answer without one."""

    def give(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.perf_counter()
        served, fixed = app.extensions["served"], app.extensions["settings"].as_of
        if not _plain(environ):
            return make(environ, start_response)
        page = pages.get(_key(environ, served.snapshot.version, (fixed or now().date()).isoformat()))
        if page is None:
            return make(environ, start_response)
        usage_events.again(app, page.counts)
        observability.seen(app, "GET", page.route, 200, time.perf_counter() - begun)
        headers, body = page.packed if compression.wanted(environ) else (page.headers, page.body)
        start_response(page.status, headers)
        return [body]

    return give


def _plain(environ: WSGIEnvironment) -> bool:
    """Return whether a request asks for a page, brings no choices of its own, and has no page yet to compare with."""
    choices = environ.keys() & {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH"}
    return environ["REQUEST_METHOD"] == "GET" and not choices and request_limits.modest(environ)


def _key(environ: WSGIEnvironment, version: str, day: str) -> Key:
    host = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
    path = f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}"
    return version, day, host, path, environ.get("QUERY_STRING", "")
