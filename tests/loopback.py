"""The site on the loopback interface, in a thread of the test run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import waitress
from flask import Flask
from waitress import wasyncore

from assistant.web.delivery.waitress_server import OneAtATime


@contextmanager
def running(app: Flask, **options: Any) -> Iterator[str]:
    """Serve ``app`` by waitress; yield its address without a slash at the end.

    Its sockets are closed by the thread that waits for them: closed by another, they would break its `select`.
    """
    server = waitress.create_server(app, host="127.0.0.1", port=0, **options)
    server.channel_class = OneAtATime
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(20)
        server.task_dispatcher.shutdown()
    assert not thread.is_alive(), "the server did not end"
