"""waitress, told to answer one request of a connection at a time."""

from __future__ import annotations

from typing import Any

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer


class OneAtATime(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed after an answer when its client has sent further requests ahead.

    No browser or proxy sends ahead; a few hundred clients that do, and read slowly, would fill queue and memory.
    """

    def service(self) -> None:
        """Answer the first request; what came behind it is dropped, which HTTP allows: the client asks again."""
        with self.requests_lock:
            first, ahead = self.requests[0], self.requests[1:]
            for request in ahead:
                request.close()
            del self.requests[1:]
            if ahead:
                first.headers["CONNECTION"] = "close"
        super().service()


def serve(app: Flask, **options: Any) -> None:
    """Run ``app`` by waitress, with its ``options``, until the process is told to end."""
    BaseWSGIServer.channel_class = OneAtATime
    waitress.serve(app, ident=None, threads=8, channel_timeout=15, connection_limit=2000, **options)
