"""Process and host: descriptors, processors, calls to the kernel that fail, restarts."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

from assistant.domain.faults import Faulty
from assistant.snapshot.publishing import open_current, publish
from tests.faults.lab import Lab, leftovers, needs
from tests.faults.registry import fault

_CALLS = ("openat", "read", "write", "fsync", "rename", "getrandom", "mkdir", "symlink", "unlink", "newfstatat")
_ERRORS = ("EIO", "EINTR", "ENOSPC", "EMFILE", "EACCES")


@fault("F58", "64 descriptors")
def f58(lab: Lab) -> str:
    """Refusals while others hold them all; back when they let go."""
    prlimit = needs("prlimit", "util-linux")
    with lab.another({}, [prlimit, "--nofile=64"]) as site:
        lab.probe.recover()
        with ExitStack() as held:
            for _ in range(100):
                held.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=2))
            time.sleep(1.5)
        back = lab.probe.recover()
    return f"100 idle connections, back after {back:.1f} s"


@fault("F59", "neighbours that take every processor")
def f59(lab: Lab) -> str:
    """Slower, never wrong."""
    burning = [sys.executable, "-c", "while True: pass"]
    neighbours = [subprocess.Popen(burning) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        time.sleep(lab.count(2, 30))
        lab.probe.recover()
    finally:
        for neighbour in neighbours:
            neighbour.kill()
            neighbour.wait()
    return f"{len(neighbours)} busy neighbours"


@fault("F60", "calls to the kernel that fail at random")
def f60(lab: Lab) -> str:
    """A build publishes whole or not at all; a server that meets them while reloading is right or honest."""
    strace = needs("strace", "strace")
    published = status = 0
    times = lab.count(1, 60)
    for _ in range(times):
        call, error, when = lab.random.choice(_CALLS), lab.random.choice(_ERRORS), lab.random.randrange(1, 300)
        publish(lab.a, lab.store)
        shutil.rmtree(lab.store / lab.version["b"], ignore_errors=True)
        failing = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
        status, _ = lab.index(lab.b, before=[strace, "-f", "--seccomp-bpf", "-o", "/dev/null", *failing])
        what = f"{call} failed with {error} at call {when}"
        try:
            now = open_current(lab.store).version
        except Faulty as damaged:
            raise AssertionError(f"{what}: {damaged}") from None
        assert now == lab.version["b"] or status != 0, f"{what}: ended well without publishing"
        published += status == 0
        lab.probe.recover()
    assert status == 0 or lab.index(lab.b)[0] == 0, "the build after it fails"
    assert leftovers(lab.store) == []
    _reloading(lab, strace)
    return f"{times} builds with a failing call ({published} got by), and a reload with failing reads"


def _reloading(lab: Lab, strace: str) -> None:
    lab.serve("a")
    failing = f"inject=openat,read:error=EIO:when={lab.random.randrange(1, 20)}+{lab.random.randrange(5, 40)}"
    command = [strace, "-f", "-o", "/dev/null", "-e", "trace=openat,read", "-e", failing, "-p", str(lab.site.pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    assert "attached" in tracer.stderr.readline()
    try:
        publish(lab.b, lab.store)
        time.sleep(1.5)
    finally:
        tracer.terminate()
        tracer.communicate()
    end = time.monotonic() + 30
    while lab.version["b"].encode() not in lab.site.get("/api/v1/health").body:
        assert time.monotonic() < end, f"the new snapshot is never taken: {lab.site.last_words()}"
        time.sleep(0.2)
    assert not json.loads(lab.site.get("/api/v1/health").body)["refused"]
