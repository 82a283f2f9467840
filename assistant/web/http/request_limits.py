"""Nothing is unlimited: size of a request in every dimension, and requests a minute from one address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, Final

from flask import Flask, abort, request
from flask_limiter import Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.settings import BadSetting, Settings
from assistant.web.http.request_day import today

#: The longest text that is taken, written as JSON escapes or in a form, and the facts beside it.
MAX_BODY: Final = 32 * 1024
MAX_ADDRESS: Final = 8_000
MAX_PARAMETERS: Final = 100
MAX_HEADERS: Final = 64
MAX_HEADER: Final = 8_190
#: Requests a minute for each endpoint and client. One address may be a whole clinic, or a carrier's gateway.
READING: Final = "1200 per minute"
SEARCHING: Final = "240 per minute"
#: Endpoints that cost a search each.
DEAR: Final = frozenset({"api.chat", "api.search", "home.say", "widget.say", "faq.search"})
#: One service calls it for all its readers, and signs what it sends.
UNCOUNTED: Final = frozenset({"line.webhook"})
RETRY_AFTER: Final = 60
_REDIS_PATIENCE: Final = 0.05


def server_options(settings: Settings) -> dict[str, Any]:
    """Return what waitress is told: it answers by itself, in plain text, above what the application answers in form."""
    return {
        "max_request_body_size": 64 * MAX_BODY,
        "max_request_header_size": 8 * MAX_HEADER,
        # The application believes these headers, or not, by the number of proxies; waitress would drop them before.
        "clear_untrusted_proxy_headers": settings.proxies == 0,
    }


def set_up(app: Flask, settings: Settings) -> None:
    """Refuse what is too long, then what is too often; raises `BadSetting` when Redis is wanted without its client."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=MAX_PARAMETERS,
        TRUSTED_HOSTS=list(settings.hosts) or None,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    app.before_request(_not_too_long)
    if settings.limits == "off":
        return
    limiter = Limiter(
        lambda: _client(request.remote_addr, settings.receipt_key),
        default_limits=[lambda: SEARCHING if request.endpoint in DEAR else READING],
        default_limits_exempt_when=lambda: request.endpoint in UNCOUNTED,
        storage_uri="memory://" if settings.limits == "memory" else settings.limits,
        storage_options=_redis_options() if settings.limits != "memory" else {},
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )
    limiter.init_app(app)


def modest(environ: Mapping[str, Any]) -> bool:
    """Return whether the headers of a request are few and short enough."""
    sent = [value for name, value in environ.items() if name.startswith("HTTP_")]
    return len(sent) <= MAX_HEADERS and all(len(value) <= MAX_HEADER for value in sent)


def _not_too_long() -> None:
    environ = request.environ
    query = environ.get("QUERY_STRING", "")
    if len(environ.get("PATH_INFO", "")) + len(query) > MAX_ADDRESS:
        abort(414)
    if query.count("&") >= MAX_PARAMETERS:
        abort(400, f"At most {MAX_PARAMETERS} parameters are read.")
    if not modest(environ):
        abort(431)
    if request.mimetype.startswith("multipart/"):
        abort(415, "Nothing can be uploaded here.")


def _client(address: str | None, key: bytes) -> str:
    """Return a name for an address that says nothing once the day is over; an IPv6 network counts as one client."""
    try:
        found = ip_address(address or "")
        packed = found.packed if found.version == 4 else found.packed[:8]
    except ValueError:
        packed = b""
    return hashlib.blake2s(packed + today().isoformat().encode(), key=key[:32], digest_size=12).hexdigest()


def _redis_options() -> dict[str, Any]:
    """Return what makes a Redis that is down or slow cost one short wait and no more."""
    try:
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError:
        raise BadSetting("MADOGUCHI_LIMITS: needs the Redis client; install madoguchi[redis]") from None
    return {
        "socket_connect_timeout": _REDIS_PATIENCE,
        "socket_timeout": _REDIS_PATIENCE,
        "retry": Retry(NoBackoff(), 0),
    }
