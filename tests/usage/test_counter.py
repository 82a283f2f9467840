"""Counting in memory: nothing waits for the store, and what waits is bounded."""

from __future__ import annotations

import os
import sqlite3
import time

import pytest

from assistant.usage import counter as module
from assistant.usage.codes import Count
from assistant.usage.counter import UsageCounter
from assistant.usage.store import UsageStore, store_url

ENTRY = Count("2026-W48", "entry", "refund", "en")
HELPFUL = Count("2026-W48", "helpful_entry", "refund", "en")


@pytest.fixture
def counter(place):
    """A counter on each database."""
    made = UsageCounter(UsageStore(store_url(place)), keep_weeks=53)
    yield made
    made.close()


def read(place: str) -> dict[Count, int]:
    """Return what is in the store."""
    return dict(UsageStore(store_url(place)).read())


def test_counts_are_written_by_themselves(counter, place, monkeypatch):
    """Nobody has to ask for it."""
    monkeypatch.setattr(module, "INTERVAL", 0.05)
    for _ in range(300):
        counter.add([ENTRY])
    deadline = time.monotonic() + 10
    while read(place) != {ENTRY: 300}:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_opinion_is_in_the_store_when_it_is_acknowledged(counter, place):
    """And what had gathered before went with it."""
    counter.add([ENTRY, ENTRY])
    assert counter.record(HELPFUL)
    assert read(place) == {ENTRY: 2, HELPFUL: 1}


def test_closing_writes_what_is_left(counter, place):
    """An orderly end loses nothing."""
    counter.add([ENTRY])
    counter.close()
    assert read(place) == {ENTRY: 1}


def test_old_weeks_are_forgotten(counter, place):
    """With the first count of a new week."""
    counter.add([Count("2025-W47", "entry", "refund", "en"), Count("2025-W48", "entry", "refund", "en")])
    assert counter.flush()
    counter.add([ENTRY])
    assert counter.flush()
    assert {count.week for count in read(place)} == {"2025-W47", "2025-W48", "2026-W48"}
    counter.add([Count("2026-W49", "entry", "refund", "en")])
    assert counter.flush()
    assert {count.week for count in read(place)} == {"2025-W48", "2026-W48", "2026-W49"}


@pytest.fixture
def file(tmp_path):
    """The file of a store in SQLite."""
    return tmp_path / "use.db"


@pytest.fixture
def on_file(file, monkeypatch):
    """A counter on it that is soon out of patience."""
    monkeypatch.setattr("assistant.usage.store.PATIENCE", 0.1)
    made = UsageCounter(UsageStore(store_url(str(file))), keep_weeks=53)
    yield made
    made.close()


def test_a_lock_delays_counts_and_refuses_opinions(on_file, file, caplog, monkeypatch):
    """One line in the log for a row of failures; afterwards nothing is missing, and nothing was counted twice."""
    monkeypatch.setattr(module, "PAUSE", 0.0)
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    on_file.add([ENTRY])
    assert not on_file.record(HELPFUL)
    assert not on_file.flush()
    on_file.add([ENTRY])
    assert not on_file.flush()
    assert caplog.text.count("cannot be written") == 1
    other.rollback()
    other.close()
    assert on_file.flush()
    assert read(str(file)) == {ENTRY: 2}
    assert "written again; 0 counts were lost" in caplog.text
    assert on_file.record(HELPFUL)


def test_after_a_refusal_the_next_opinions_do_not_wait(on_file, file, monkeypatch):
    """A broken store must not hold the threads that answer."""
    asked = []
    monkeypatch.setattr(on_file, "_prepare", lambda: asked.append("prepare"))
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    assert not on_file.record(HELPFUL)
    other.rollback()
    other.close()
    tries = len(asked)
    assert not on_file.record(HELPFUL)
    assert len(asked) == tries
    monkeypatch.setattr(on_file, "_refuse_until", 0.0)
    assert on_file.record(HELPFUL)


@pytest.mark.parametrize("fault", ["deleted", "not a database", "no directory"])
def test_a_store_that_breaks_while_serving_is_begun_anew(on_file, file, fault, caplog):
    """The counts that waited are written to it."""
    on_file.add([ENTRY])
    assert on_file.flush()
    if fault == "deleted":
        file.unlink()
    elif fault == "not a database":
        file.write_bytes(b"no database" * 999)
    else:
        file.parent.rename(file.parent.with_name("gone"))
    on_file.add([ENTRY])
    assert not on_file.flush()
    file.parent.mkdir(exist_ok=True)
    assert on_file.flush()
    assert read(str(file)) == {ENTRY: 1}
    assert "cannot be written" in caplog.text


@pytest.mark.parametrize("place", ["{}/missing/use.db", "postgresql://clerk:secret@/postgres?host={}"])
def test_a_store_that_was_never_there_costs_nothing_but_a_line(tmp_path, caplog, place):
    """A volume that was not mounted, or a server that is away, keeps no reader from an answer."""
    made = UsageCounter(UsageStore(store_url(place.format(tmp_path))), keep_weeks=53)
    made.add([ENTRY])
    assert not made.record(HELPFUL)
    made.close()
    assert caplog.text.count("cannot be written") == 1
    assert "secret" not in caplog.text


def test_what_waits_is_bounded(on_file, file, monkeypatch, caplog):
    """Further kinds of counts are lost, known ones go on adding up, and the log says how many were lost."""
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    monkeypatch.setattr(module, "INTERVAL", 3600.0)
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    counts = [Count("2026-W48", "entry", f"entry-{number:02d}", "en") for number in range(25)]
    on_file.add(counts)
    on_file.add(counts[:10])
    assert not on_file.flush()
    other.rollback()
    other.close()
    assert on_file.flush()
    assert read(str(file)) == dict.fromkeys(counts[:10], 2)
    assert "15 counts were lost" in caplog.text


def test_a_forked_worker_counts_for_itself(on_file, file):
    """Servers that fork after loading: the child has a thread of its own and none of its parent's counts."""
    on_file.add([ENTRY])
    child = os.fork()
    if child == 0:
        on_file.add([ENTRY, ENTRY])
        os._exit(0 if on_file.record(HELPFUL) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert on_file.flush()
    assert read(str(file)) == {ENTRY: 3, HELPFUL: 1}
