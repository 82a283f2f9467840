"""The site as an operator runs it: `madoguchi serve` in a process of its own, with its own home and temp directory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(home: Path, usage: str) -> Iterator[str]:
    """Serve below ``home`` with counts kept in ``usage``; yield the address, end with what is written in ``log``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    (home / "tmp").mkdir()
    places = {name: str(home / "tmp") for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME")}
    env = {**os.environ, **places, "MADOGUCHI_USAGE": usage}
    command = [sys.executable, "-m", "assistant", "serve", "--port", port]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(20)
    assert ended == 0, "the server did not end in order"


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended while it was starting"
        try:
            with urllib.request.urlopen(f"{address}/api/v1/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError("the server was not ready within two minutes")
