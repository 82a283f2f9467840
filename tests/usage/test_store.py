"""The table of counts, in SQLite and in PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from assistant.usage import store as module
from assistant.usage.codes import Count
from assistant.usage.store import BadStore, UsageStore, store_url

OUTCOME = Count("2026-W48", "outcome", "full-payment", "ja", "patient", "presented=notice scheme=kouki")
ENTRY = Count("2026-W48", "entry", "refund", "en")


def test_numbers_add_up(store):
    """A second write adds to the first; what differs in one field is counted by itself."""
    store.add({OUTCOME: 2, ENTRY: 1})
    store.add({OUTCOME: 3, replace(OUTCOME, lang="en"): 1})
    assert dict(store.read()) == {OUTCOME: 5, replace(OUTCOME, lang="en"): 1, ENTRY: 1}


def test_weeks_are_read_from_a_week_on_and_forgotten_before_one(store):
    """Over the turn of a year too, which sorts as the names do."""
    weeks = [replace(ENTRY, week=week) for week in ("2025-W52", "2026-W01", "2026-W53", "2027-W01")]
    store.add(dict.fromkeys(weeks, 1))
    assert [count.week for count, _ in store.read("2026-W53")] == ["2026-W53", "2027-W01"]
    store.forget_before("2026-W53")
    assert [count.week for count, _ in store.read()] == ["2026-W53", "2027-W01"]


def test_many_writers_lose_nothing(place, store):
    """Eight at once, each with a connection of its own, the keys in another order each time."""
    counts = [replace(ENTRY, code=f"entry-{number}") for number in range(20)]

    def added(numbers: dict[Count, int]) -> bool:
        try:
            UsageStore(store_url(place)).add(numbers)
        except OperationalError:  # waited too long for the others; nothing may have been added
            return False
        return True

    def write(number: int) -> None:
        mine = counts[number:] + counts[:number]
        for _ in range(5):
            while not added(dict.fromkeys(mine, 1)):
                pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict(store.read()) == dict.fromkeys(counts, 40)


def test_somebody_who_walks_every_address_does_not_fill_the_disk(store, monkeypatch):
    """Past a number of rows the combinations of facts of that week are no longer told apart, and still counted."""
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    store.add({OUTCOME: 1, ENTRY: 1})
    store.add({replace(OUTCOME, facts=f"presented=notice facility={number}"): 1 for number in range(50)})
    assert dict(store.read()) == {OUTCOME: 1, ENTRY: 1, replace(OUTCOME, facts=""): 50}


def test_a_missing_file_is_not_made_by_reading(tmp_path):
    """The report looks; it leaves nothing behind."""
    reader = UsageStore(store_url(str(tmp_path / "use.db")), writing=False)
    with pytest.raises(OperationalError):
        list(reader.read())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["head", "middle", "other"])
def test_a_corrupt_file_is_put_aside_and_begun_anew(tmp_path, caplog, damage):
    """No journal of the old file is played into the new one, the log names both files, and counting works."""
    path = tmp_path / "use.db"
    first = UsageStore(store_url(str(path)))
    first.prepare()
    first.add({replace(ENTRY, code=f"entry-{number}"): 1 for number in range(500)})
    sound = path.read_bytes()
    half = len(sound) // 2
    spoilt = {"head": b"\0" * 100 + sound[100:], "middle": sound[:half], "other": "受付\n".encode() * 999}[damage]
    path.write_bytes(spoilt)
    for name in ("use.db-journal", "use.db-wal", "use.db-shm"):
        path.with_name(name).write_bytes(b"left over" * 99)
    again = UsageStore(store_url(str(path)))
    again.prepare()
    again.add({ENTRY: 1})
    assert dict(again.read()) == {ENTRY: 1}
    assert (tmp_path / "use.db.corrupt-1").read_bytes() == spoilt
    assert {found.name for found in tmp_path.iterdir()} == {"use.db", "use.db.corrupt-1"}
    assert "moved to" in caplog.text


def test_a_locked_file_is_not_taken_for_a_corrupt_one(tmp_path, monkeypatch):
    """Somebody else is writing; that passes."""
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    path = tmp_path / "use.db"
    store = UsageStore(store_url(str(path)))
    store.prepare()
    store.add({ENTRY: 1})
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SQLAlchemyError):
            store.prepare()
        with pytest.raises(SQLAlchemyError):
            store.add({ENTRY: 1})
    other.close()
    assert dict(store.read()) == {ENTRY: 1}
    assert [found.name for found in tmp_path.iterdir()] == ["use.db"]


def test_what_is_deleted_leaves_the_bytes_of_the_file(tmp_path):
    """Not only the table."""
    path = tmp_path / "use.db"
    store = UsageStore(store_url(str(path)))
    store.prepare()
    store.add({replace(ENTRY, code="long-forgotten-entry"): 1})
    assert b"long-forgotten-entry" in path.read_bytes()
    store.forget_before("2026-W49")
    assert b"long-forgotten-entry" not in path.read_bytes()


@pytest.mark.parametrize("place", ["mysql://host/db", "postgresql+pg8000://host/db", "sqlite:///x", "http://x", "://"])
def test_other_places_are_refused_in_words(place):
    """A file or PostgreSQL, nothing else; a password in the address is not repeated."""
    with pytest.raises(BadStore, match="path of a file or postgresql"):
        store_url(place)
