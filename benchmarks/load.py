"""The site under load beside a plain Flask hello-world and a plain Jinja page: same server, same settings, one run.

Loopback only. Needs Debian's wrk. Run: make load, make soak (300,000 requests).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
CONNECTIONS = 32
FACTS = "presented=mynumber_card&presented=notice&scheme=kouki&registration=registered&visit_date=2026-11-23"
#: A name that is not ours is dropped by the page and keeps it out of memory: the page is made each time.
FRESH = "made=anew"


def _searches() -> list[str]:
    lines = (ROOT / "tests" / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return [f"POST /{one['lang']}/search q={quote(one['text'])}" for one in asked]


#: Name → server, lines to send, the peer and the share of its rate that is wanted.
RUNS: dict[str, tuple[str, list[str], str, float]] = {
    "hello-world": ("plain", ["GET /hello"], "", 0),
    "plain Jinja page": ("plain", ["GET /page"], "", 0),
    "FAQ entry, kept": ("ours", ["GET /ja/faq/notice-alone"], "hello-world", 0.8),
    "outcome, kept": ("ours", [f"GET /ja/check?{FACTS}"], "hello-world", 0.8),
    "FAQ entry, rendered": ("ours", [f"GET /ja/faq/notice-alone?{FRESH}"], "plain Jinja page", 1),
    "outcome, rendered": ("ours", [f"GET /ja/check?{FACTS}&{FRESH}"], "plain Jinja page", 1),
    "decision, API": ("ours", [f"GET /api/v1/check?{FACTS}"], "", 0),
    "search": ("ours", _searches(), "hello-world", 0.1),
}


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def gunicorn(app: str, path: str, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Run an application by the recipe of deploy/; give its address and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py"), app]
    settings = {**os.environ, **environment, "MADOGUCHI_BIND": f"127.0.0.1:{port}"}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}{path}")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def wait_for(url: str) -> None:
    """Return when ``url`` answers."""
    for _ in range(600):
        try:
            urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer; is the extra gunicorn installed?")


def workers(server: int) -> list[int]:
    """Return the process ids of a server's workers."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def memory(server: int) -> float:
    """Return the proportional memory of a server and its workers in MB."""
    total = 0
    for pid in (server, *workers(server)):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def wrk(base: str, lines: list[str], seconds: float) -> dict[str, float]:
    """Send ``lines`` to ``base`` for some seconds; return requests, errors, rate, p50 and p99 in ms."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines))
        file.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout", "10s", "--latency"]
        command += ["-s", str(ROOT / "benchmarks" / "load.lua"), base, "--", file.name]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return {**found, "rate": found["requests"] / found["us"] * 1e6}


def compare(bases: dict[str, str], seconds: float, rounds: int) -> None:
    """Print the figures of every run; rounds are interleaved, and the middle one counts."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in RUNS}
    for base in (RUNS["hello-world"], RUNS["FAQ entry, rendered"], RUNS["search"]):
        wrk(bases[base[0]], base[1], 1)
    for _ in range(rounds):
        for name, (server, lines, _, _) in RUNS.items():
            found[name].append(wrk(bases[server], lines, seconds))
    middle = {name: statistics.median(one["rate"] for one in each) for name, each in found.items()}
    for name, (_, _, peer, wanted) in RUNS.items():
        each = found[name]
        p50, p99 = (statistics.median(one[key] for one in each) for key in ("p50", "p99"))
        line = f"{name:20} {middle[name]:7.0f} req/s  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms"
        line += f"  errors {sum(one['errors'] for one in each):.0f}"
        if peer:
            line += f"  {middle[name] / middle[peer]:6.1%} of {peer} (wanted {wanted:.0%})"
        print(line, flush=True)


def soak(base: str, server: int, wanted: int) -> None:
    """Send a mixture until ``wanted`` requests were answered; print errors and growth."""
    lines = [line for name in RUNS if RUNS[name][0] == "ours" for line in RUNS[name][1][:8]]
    wrk(base, lines, 20)
    start, sent, errors, begun = memory(server), 0.0, 0.0, workers(server)
    while sent < wanted:
        found = wrk(base, lines, 10)
        sent, errors = sent + found["requests"], errors + found["errors"]
    grown = memory(server) - start
    print(
        f"soak: {sent:.0f} requests, {errors:.0f} errors, memory {start:.1f} → {start + grown:.1f} MB, "
        f"{grown / sent * 1e5:+.2f} MB per 100,000; same workers: {begun == workers(server)}"
    )


def main() -> None:
    """Compare, or soak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", type=int, metavar="REQUESTS")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as store:
        subprocess.run([sys.executable, "-m", "assistant", "index", "--store", store], check=True, cwd=ROOT)
        ours = {"MADOGUCHI_STORE": store}
        with gunicorn("assistant:create_app()", "/health/ready", ours) as (base, server):
            if asked.soak:
                soak(base, server, asked.soak)
                return
            before = memory(server)
            with gunicorn("benchmarks.plain:create_plain()", "/hello", {}) as (plain, _):
                compare({"ours": base, "plain": plain}, asked.seconds, asked.rounds)
            print(f"memory of the site, all processes: {before:.1f} MB at start, {memory(server):.1f} MB at end")


if __name__ == "__main__":
    main()
