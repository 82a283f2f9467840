"""A PostgreSQL of our own for a test run: Debian's programs, a private socket, a directory that goes away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: PostgreSQL refuses to run as root.
_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


def programs() -> Path | None:
    """Return the directory with ``initdb`` and ``postgres``, or nothing when they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def running() -> Iterator[str]:
    """Start a server and yield the URL of an empty database in it."""
    folder = programs()
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket may have 107 bytes
    as_nobody = _NOBODY if os.geteuid() == 0 else []
    if as_nobody:
        shutil.chown(home, "nobody", "nogroup")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    make = [folder / "initdb", "-D", home / "data", "-A", "trust", "-U", "clerk", "-E", "UTF8", "--no-locale", "-N"]
    options = ["-D", home / "data", "-k", home, "-c", "listen_addresses=", "-F"]
    server = None
    try:
        subprocess.run([*as_nobody, *make], check=True, **quiet)
        server = subprocess.Popen([*as_nobody, folder / "postgres", *options], **quiet)
        _wait_until_ready(folder, home, server)
        yield f"postgresql://clerk@/postgres?host={home}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(20)
        shutil.rmtree(home)


def _wait_until_ready(folder: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        asked = subprocess.run([folder / "pg_isready", "-q", "-h", home], check=False)
        if asked.returncode == 0:
            return
        assert server.poll() is None, "PostgreSQL ended while it was starting"
        time.sleep(0.05)
    raise AssertionError("PostgreSQL was not ready within ten seconds")
