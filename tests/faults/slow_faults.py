"""Clients that are slow, and more of them than can be served: straight to the application server, without a proxy."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

from tests.faults.lab import Lab, needs
from tests.faults.probe import QUESTIONS
from tests.faults.registry import fault
from tests.faults.site import HOST


def _slow(lab: Lab, head: str, more: Callable[[socket.socket], object]) -> str:
    """Hold many connections that begin with ``head`` and do ``more`` every two seconds; all answers stay right."""
    many, seconds = lab.count(100, 800), lab.count(4, 25)
    honest = lab.probe.seen["honest"]
    with ExitStack() as held:
        connections = [
            held.enter_context(socket.create_connection(("127.0.0.1", lab.site.port), timeout=5)) for _ in range(many)
        ]
        for connection in connections:
            connection.sendall(head.encode())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for connection in connections:
                with suppress(OSError):
                    more(connection)
            time.sleep(2)
        lab.probe.recover()
    lost = lab.probe.seen["honest"] - honest
    assert not lost, f"{lost} probes were not answered"
    return f"{many} connections for {seconds} s"


@fault("F46", "clients that send their headers slowly")
def f46(lab: Lab) -> str:
    """Nobody else waits."""
    head = f"GET {QUESTIONS[0]} HTTP/1.1\r\nHost: {HOST}\r\n"
    return _slow(lab, head, lambda connection: connection.sendall(b"X-Slow: 1\r\n"))


@fault("F47", "clients that send a body slowly, or read slowly")
def f47(lab: Lab) -> str:
    """Nobody else waits."""
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
    sent = _slow(lab, f"POST /ja/ HTTP/1.1\r\nHost: {HOST}\r\n{form}", lambda connection: connection.sendall(b"a"))
    read = _slow(lab, f"GET /ja/rules HTTP/1.1\r\nHost: {HOST}\r\n\r\n" * 20, lambda connection: connection.recv(1))
    return f"bodies: {sent}; readers: {read}"


@fault("F55", "five times the load that can be served")
def f55(lab: Lab) -> str:
    """Slower or refused, never wrong, and back at once."""
    wrk = needs("wrk", "wrk")
    address = f"http://127.0.0.1:{lab.site.port}{QUESTIONS[2]}"
    command = [wrk, "-t1", "-c512", f"-d{lab.count(5, 60)}s", "--timeout", "5s", "-H", f"Host: {HOST}", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = next(line.split()[1] for line in said.splitlines() if line.startswith("Requests/sec"))
    back = lab.probe.recover()
    assert back < 5, f"{back:.1f} s until 20 of 20 are right"
    return f"512 connections, {rate} requests/s, right again after {back:.2f} s"
