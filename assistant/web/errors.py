"""Errors: a page in both languages with a way on, or problem+json for programs. Never a traceback."""

from __future__ import annotations

import traceback
from typing import Any

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from assistant.domain.facts import BadFact
from assistant.web.http.cache_headers import keep_not
from assistant.web.http.request_limits import RETRY_AFTER
from assistant.web.jinja.environment import render_template

API = "/api/"
_KNOWN = {400, 403, 404, 405, 413, 414, 415, 422, 429, 431, 500, 503}


def set_up(app: Flask) -> None:
    """Register the handlers on ``app``."""
    app.register_error_handler(BadFact, bad_fact)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """Return an ``application/problem+json`` response (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return keep_not(response)


def bad_fact(error: BadFact) -> Response:
    """Name the parameter and what it takes; never repeat what was sent."""
    return problem(400, "Bad Request", str(error), parameter=error.fact, takes=list(error.takes))


def http_error(error: HTTPException) -> Response | tuple[str, int]:
    """Answer a routing or protocol error in the form the caller reads."""
    status = error.code or 500
    if request.path.startswith(API):
        foreign = isinstance(error, SecurityError)  # its own words repeat the host
        response = problem(status, error.name, error.name if foreign else error.description or error.name)
    elif 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]
    else:
        response = keep_not(Response(_page(error, status), status))
    if status == 429:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _page(error: HTTPException, status: int) -> str:
    if isinstance(error, SecurityError):
        return f"{error.name}\n"  # a foreign host: no address of ours can be written into a page
    return render_template("pages/error.html", status=status if status in _KNOWN else 500)


def broken(error: Exception) -> Response | tuple[str, int]:
    """Log where it broke, and show the page for it. The error's own words stay out: they may hold what was typed."""
    places = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("unexpected %s at %s\n%s", type(error).__name__, request.endpoint, places)
    return http_error(InternalServerError())
