"""New content is looked for before every request, whatever answers it: a kept page, a page made anew, or an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def set_up(app: Flask) -> None:
    """Let ``app`` look at the store. Set up after whatever answers without asking the application."""
    answer = app.wsgi_app

    def look(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        app.extensions["served"].refresh()
        return answer(environ, start_response)

    app.wsgi_app = look  # type: ignore[method-assign]
