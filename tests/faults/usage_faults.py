"""What is counted, and where: the store full, locked, spoiled or gone, and Redis. Reading depends on none of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from assistant.usage.store import UsageStore, store_url
from tests.faults.lab import Lab, needs, small_disk
from tests.faults.registry import NotHere, fault
from tests.faults.site import Reply, Site, free_port
from tests.usage import postgres

_FORM = "application/x-www-form-urlencoded"
_REFUSED_WITHIN = 2.5


def _opinion(site: Site) -> Reply:
    return site.ask("POST", "/ja/helpful", b"helpful=yes&entry=refund", content_type=_FORM)


def _kept(usage: str) -> int:
    return sum(n for count, n in UsageStore(store_url(usage), writing=False).read() if count.kind == "helpful_entry")


def _taken(site: Site, within: float = 30) -> None:
    """Wait until an opinion is written again: after a failure the next ones are refused for some seconds."""
    end = time.monotonic() + within
    while (status := _opinion(site).status) != 303:
        assert status in (0, 503), status
        assert time.monotonic() < end, f"no opinion is taken; last words: {site.last_words()}"
        time.sleep(0.3)


def _refused(lab: Lab, site: Site) -> None:
    """An opinion is refused politely and soon, and everything is read as before."""
    reply = _opinion(site)
    assert (reply.status, b"<main" in reply.body) == (503, True), reply.status
    assert reply.seconds < _REFUSED_WITHIN, f"{reply.seconds:.1f} s"
    honest = lab.probe.seen["honest"]
    lab.probe.recover()
    assert lab.probe.seen["honest"] == honest, "reading depends on the store of counts"


@fault("F11", "disk full while an opinion is written")
def f11(lab: Lab) -> str:
    """A polite 503; what was written before stays; the log says it once."""
    with small_disk(lab.work / f"counts-{lab.random.randrange(10**9)}", "size=1m") as disk:
        usage, filler = disk / "usage.db", disk / "filler"
        with lab.another({"MADOGUCHI_USAGE": str(usage)}) as site:
            _taken(site)
            before = _kept(str(usage))
            with filler.open("wb", buffering=0) as file:
                while True:
                    try:
                        file.write(bytes(4096))
                    except OSError:
                        break
            for _ in range(lab.count(2, 10)):
                _refused(lab, site)
            assert _kept(str(usage)) >= before
            said = site.log.read_text(encoding="utf-8").count("usage cannot be written")
            assert said == 1, f"the log says {said} times that nothing can be written"
            filler.unlink()
            _taken(site)
            assert _kept(str(usage)) > before
    return "503, the rows before intact, one line in the log; written again when there is room"


@contextmanager
def _locked(usage: Path) -> Iterator[None]:
    with closing(sqlite3.connect(usage, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")


@fault("F61", "store of counts locked, deleted, no database, with a journal left behind")
def f61(lab: Lab) -> str:
    """Reading goes on; what is no database is put aside, while serving and at a start."""
    usage = lab.work / f"f61-{lab.random.randrange(10**9)}.db"
    with lab.another({"MADOGUCHI_USAGE": str(usage)}) as site:
        _taken(site)
        with _locked(usage):
            _refused(lab, site)
            time.sleep(lab.count(0, 10))
        _taken(site)
        usage.unlink()
        _taken(site)
        assert _kept(str(usage)) == 1
        usage.write_bytes(b"this is no database " * 500)
        _taken(site)
        site.kill()
        usage.write_bytes(b"nor is this " * 500)
        for name in ("-wal", "-shm", "-journal"):
            usage.with_name(usage.name + name).write_bytes(os.urandom(4096))
        site.ready()
        lab.probe.recover()
        _taken(site)
        assert _kept(str(usage)) >= 1
    aside = sorted(path.name for path in usage.parent.glob(f"{usage.name}.corrupt-*"))
    assert len(aside) == 2, aside
    return "locked: 503 and back; deleted: begun anew; twice spoiled: put aside and begun anew"


@fault("F64", "the host goes down while opinions are written")
def f64(lab: Lab) -> str:
    """Ready and right soon after the start; no opinion that was thanked for is lost."""
    usage = lab.work / f"f64-{lab.random.randrange(10**9)}.db"
    thanked, waits = 0, []
    with lab.another({"MADOGUCHI_USAGE": str(usage)}) as site:
        times = lab.count(2, 20)
        for _ in range(times):
            end = time.monotonic() + lab.random.uniform(0.1, 1)
            while time.monotonic() < end:
                thanked += _opinion(site).status == 303
            site.kill()
            waits.append(site.ready() + lab.probe.recover())
        _taken(site)
        assert _kept(str(usage)) > thanked, f"{thanked} thanked for, {_kept(str(usage))} kept"
    middle = sorted(waits)[len(waits) // 2]
    return f"{times} times; right after {middle:.1f} s as a rule, {max(waits):.1f} s at most; {thanked} opinions kept"


@fault("F65", "PostgreSQL silent, then gone")
def f65(lab: Lab) -> str:
    """As with a file that is locked, and one that is missing."""
    if postgres.programs() is None:
        raise NotHere("there is no PostgreSQL; make postgres installs Debian's")
    with postgres.running() as url, lab.another({"MADOGUCHI_USAGE": url}) as site:
        home = Path(url.partition("host=")[2])
        server = int((home / "data" / "postmaster.pid").read_text().split()[0])
        _taken(site)
        os.kill(server, signal.SIGSTOP)
        try:
            _refused(lab, site)
        finally:
            os.kill(server, signal.SIGCONT)
        _taken(site)
        os.kill(server, signal.SIGQUIT)
        time.sleep(1)
        _refused(lab, site)
    return "503 while it is silent, back when it speaks, 503 when it is gone; reading as before"


@contextmanager
def _redis(port: int) -> Iterator[tuple[subprocess.Popen[bytes], Redis]]:
    program = needs("redis-server", "redis-server")
    command = [program, "--port", str(port), "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        client = Redis(port=port)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                client.ping()
                break
            except NotYet:
                time.sleep(0.05)
        yield server, client
    finally:
        server.kill()
        server.wait()


def _slowest(lab: Lab, site: Site) -> float:
    lab.probe.recover()
    return max(site.get("/health").seconds for _ in range(lab.count(10, 100)))


@fault("F62", "Redis with values of another type, silent, gone, back")
def f62(lab: Lab) -> str:
    """Reading is never refused for it, and waits a moment at most."""
    port = free_port()
    took: dict[str, float] = {}
    with _redis(port) as (server, client), lab.another({"MADOGUCHI_LIMITS": f"redis://127.0.0.1:{port}"}) as site:
        took["well"] = _slowest(lab, site)
        keys = client.keys()
        assert keys, "nothing is counted in Redis"
        for key in keys:
            client.delete(key)
            client.lpush(key, "no number")
        took["other type"] = _slowest(lab, site)
        os.kill(server.pid, signal.SIGSTOP)
        took["silent"] = _slowest(lab, site)
        os.kill(server.pid, signal.SIGCONT)
        server.kill()
        server.wait()
        took["gone"] = _slowest(lab, site)
        with _redis(port):
            took["back"] = _slowest(lab, site)
    assert max(took.values()) < 1, took
    return "slowest answer: " + ", ".join(f"{what} {seconds * 1000:.0f} ms" for what, seconds in took.items())
