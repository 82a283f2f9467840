"""A real server in a process of its own, started again when it dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: The name that every request is sent to: absolute addresses on a page then do not depend on the port.
HOST = "madoguchi.test"
KEY = "a key for the fault campaign only"
_START = 40.0
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; status 0 when nothing did."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Site:
    """``madoguchi serve``, or the recipe for ``gunicorn``, on a free port of the loopback, its output in ``log``."""

    def __init__(
        self, environment: Mapping[str, str], log: Path, before: Sequence[str] = (), *, gunicorn: bool = False
    ) -> None:
        self.port = free_port()
        self.log = log
        recipe = ["gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py"), "assistant:create_app()"]
        serve = recipe if gunicorn else ["assistant", "serve", "--port", str(self.port)]
        self._command = [*before, sys.executable, "-m", *serve]
        fixed = {"MADOGUCHI_RECEIPT_KEY": KEY, "MADOGUCHI_LIMITS": "off", "MADOGUCHI_BIND": f"127.0.0.1:{self.port}"}
        self._environment = {**os.environ, **fixed, **environment}
        self._wanted = False
        self._keeper: threading.Thread | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.starts = 0
        self.patience = _PATIENCE

    def start(self, *, wait: bool = True) -> Site:
        """Start and supervise; with ``wait``, return when it answers."""
        self._wanted = True
        self._spawn()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()
        if wait:
            self.ready()
        return self

    def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self.starts += 1

    def _keep(self) -> None:
        while self._wanted:
            if self.process is not None and self.process.poll() is not None and self._wanted:
                self._spawn()
            time.sleep(0.05)

    def ready(self, within: float = _START) -> float:
        """Wait until it answers; return the seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < within:
            if self.get("/api/v1/health").status == 200:
                return time.monotonic() - begun
            time.sleep(0.05)
        raise AssertionError(f"no answer within {within:.0f} s; last words: {self.last_words()}")

    @property
    def pid(self) -> int:
        """The server itself, whatever stands before it."""
        assert self.process is not None
        pid = self.process.pid
        while found := children(pid):
            pid = found[0]
        return pid

    def kill(self) -> None:
        """SIGKILL to the server and to what stands before it; the supervisor starts it again."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it for good."""
        self._wanted = False
        if self._keeper is not None:
            self._keeper.join()
        self.kill()

    def get(self, path: str, **headers: str) -> Reply:
        """GET ``path``."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Send one request on a connection of its own; a header ``content_type`` is sent as ``Content-Type``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        named = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        begun = time.monotonic()
        try:
            connection.request(method, path, body, named)
            got = connection.getresponse()
            return Reply(got.status, got.read(), _lowered(got), time.monotonic() - begun)
        except (OSError, HTTPException):
            return Reply(0, seconds=time.monotonic() - begun)
        finally:
            connection.close()

    def raw(self, sent: bytes, wait: float = 1.0) -> bytes:
        """Send bytes as they are; return what comes until the server closes or says no more for ``wait`` seconds."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            got = b""
            with suppress(OSError):  # it may refuse before everything was sent
                connection.sendall(sent)
            with suppress(OSError):
                while part := connection.recv(65536):
                    got += part
            return got

    def memory(self) -> int:
        """Return its resident memory in bytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def descriptors(self) -> int:
        """Return how many files and connections it holds open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def last_words(self) -> str:
        """Return the end of what it wrote, on one line."""
        return " / ".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:])


def _lowered(got: HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in got.getheaders()}


def children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started and that still run."""
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
