"""Headers on every response. The policy is data; nothing inline, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response, request

#: What a page of ours may do. A page that others may frame takes this with another ``frame-ancestors``.
PAGE: Final = {
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
#: What JSON may do when a browser shows it as a page.
DATA: Final = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}
#: Powers of the browser that no page of ours asks for.
_UNUSED: Final = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
_TWO_YEARS: Final = 2 * 365 * 24 * 3600


def policy(directives: Mapping[str, str]) -> str:
    """Return a Content-Security-Policy of ``directives``."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


HEADERS: Final = {
    "Content-Security-Policy": policy(PAGE),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _UNUSED),
}
#: What differs, by blueprint; ``None`` leaves a header out.
DIFFERENT: Final[Mapping[str, Mapping[str, str | None]]] = {
    "api": {"Content-Security-Policy": policy(DATA), "Cross-Origin-Resource-Policy": "cross-origin"},
    "widget": {
        "Content-Security-Policy": policy(PAGE | {"frame-ancestors": "*"}),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Frame-Options": None,
    },
}


def set_up(app: Flask) -> None:
    """Put the headers on every response of ``app``."""
    usual = list(HEADERS.items())
    ready = {
        name: [(header, value) for header, value in {**HEADERS, **different}.items() if value is not None]
        for name, different in DIFFERENT.items()
    }

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(ready.get(request.blueprint or "", usual))
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_TWO_YEARS}; includeSubDomains")
        return response
