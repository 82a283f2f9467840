"""Headers on every response. The policy is data; nothing inline, nothing from elsewhere."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

_POLICY: Final = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def _policy(**different: str) -> str:
    return "; ".join(f"{name} {value}" for name, value in (_POLICY | different).items())


HEADERS: Final = {
    "Content-Security-Policy": _policy(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: Blueprints that other sites may frame or load; everything else about them is as strict.
FRAMEABLE: Final = frozenset({"widget"})
_FRAMED: Final = HEADERS | {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def set_up(app: Flask) -> None:
    """Put the headers on every response of ``app``."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in (_FRAMED if request.blueprint in FRAMEABLE else HEADERS).items():
            response.headers.setdefault(name, value)
        return response
