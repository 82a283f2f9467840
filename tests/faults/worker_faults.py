"""Workers of the gunicorn recipe, the log, memory: what a host does to those who serve."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from tests.faults.lab import Lab, needs, small_disk
from tests.faults.probe import QUESTIONS
from tests.faults.registry import NotHere, fault
from tests.faults.site import Site, children

_TWO = {"MADOGUCHI_WORKERS": "2"}


def _needs_gunicorn() -> None:
    if find_spec("gunicorn") is None:
        raise NotHere("gunicorn is not installed; make faults installs it")


def _master(site: Site) -> int:
    assert site.process is not None
    return site.process.pid


@contextmanager
def loaded(site: Site, threads: int = 4) -> Iterator[Counter[int]]:
    """Ask ``site`` without a pause from several threads; yield how often each status came."""
    seen: Counter[int] = Counter()
    going = True

    def ask() -> None:
        turn = 0
        while going:
            seen[site.get(QUESTIONS[turn % len(QUESTIONS)]).status] += 1
            turn += 1

    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in asking:
        thread.start()
    try:
        yield seen
    finally:
        going = False
        for thread in asking:
            thread.join()


@fault("F56", "gunicorn told to reload under load")
def f56(lab: Lab) -> str:
    """Not one request is lost; while the new workers start, they wait."""
    _needs_gunicorn()
    times = lab.count(2, 20)
    with lab.another(_TWO, gunicorn=True) as site:
        site.patience = 60
        with loaded(site) as seen:
            for _ in range(times):
                before = children(_master(site))
                os.kill(_master(site), signal.SIGHUP)
                end = time.monotonic() + 60
                while set(before) & set(children(_master(site))) or site.get("/health").status != 200:
                    assert time.monotonic() < end, "the old workers stay"
                    time.sleep(0.1)
    assert set(seen) == {200}, seen
    return f"{times} reloads, {seen[200]} requests, none lost"


@fault("F66", "a worker of gunicorn killed at a random moment of a rebuild or a reload")
def f66(lab: Lab) -> str:
    """Another takes its place; all of them then answer by the new snapshot and nothing else."""
    _needs_gunicorn()
    times, slowest = lab.count(2, 40), 0.0
    with lab.another(_TWO, gunicorn=True) as site:
        for turn in range(times):
            name = "ba"[turn % 2]
            shutil.rmtree(lab.store / lab.version[name], ignore_errors=True)
            builder = lab.command("index", "--content", lab.work / name, "--store", lab.store)
            time.sleep(lab.random.uniform(0, lab.build_seconds + 1))
            os.kill(lab.random.choice(children(_master(site))), signal.SIGKILL)
            slowest = max(slowest, lab.probe.recover())
            said, _ = builder.communicate()
            assert builder.returncode == 0, said
            end = time.monotonic() + 30
            while any(lab.otherwise(site, name) for _ in range(3)):
                assert time.monotonic() < end, f"a worker never takes {name}: {site.last_words()}"
    return f"{times} kills, 20 of 20 after {slowest:.2f} s at most"


@fault("F12", "disk of the log full")
def f12(lab: Lab) -> str:
    """Serving goes on; what cannot be written is not."""
    place = lab.work / f"log-{lab.random.randrange(10**9)}"
    with small_disk(place, "size=64k") as disk, lab.another({}, log=disk / "log"):
        for _ in range(lab.count(40, 400)):
            lab.probe.recover()
        assert shutil.disk_usage(disk).free < 4096, "the disk never was full"
        assert not lab.probe.seen["honest"]
    return "64 kB for the log; 20 of 20 throughout"


@fault("F57", "300 MB of memory for data, and requests that want it")
def f57(lab: Lab) -> str:
    """Right or refused; when it dies it is started again."""
    prlimit = needs("prlimit", "util-linux")
    with lab.another({}, [prlimit, "--data=300000000"]) as site:
        lab.probe.recover()
        for _ in range(lab.count(2, 30)):
            for _ in range(20):
                site.ask("POST", "/api/v1/chat", b"[" * 1_000_000, content_type="application/json")
            lab.probe.recover()
        starts = site.starts
    return f"20 of 20 between the bursts, {starts - 1} restarts"
