"""Published snapshots: whole or not at all, checked before they are opened, the old one kept when the new is bad."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from assistant.domain.faults import Faulty
from assistant.snapshot import live
from assistant.snapshot.live import LiveSnapshot
from assistant.snapshot.publishing import current_version, open_current, open_sound, open_version, publish
from assistant.snapshot.snapshot import build_snapshot, content_version

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_published_snapshot_opens_as_it_was(small_content, tmp_path):
    """Same version, same answers from the index on disk."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    opened = open_current(store)
    assert version == opened.version == content_version(small_content)
    assert opened.searcher.search("資格確認書", "ja", 3)


def test_bad_content_leaves_the_store_as_it_was(small_content, tmp_path):
    """The fault is raised, the current snapshot stays, nothing half-built is left."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    (small_content / "calendar.toml").write_text("first_day = never\n", encoding="utf-8")
    with pytest.raises(Faulty, match=r"calendar\.toml:1"):
        publish(small_content, store)
    assert current_version(store) == version
    assert {path.name for path in store.iterdir()} == {version, "current"}


def test_a_changed_file_is_found_before_it_is_read(small_content, tmp_path):
    """The manifest holds every file's hash."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    target = next((store / version / "index").iterdir())
    target.write_bytes(target.read_bytes() + b"\0")
    with pytest.raises(Faulty, match="manifest"):
        open_current(store)


def test_the_site_takes_the_new_one_and_keeps_the_old_when_the_new_is_spoiled(small_content, tmp_path):
    """One attribute is read; it changes only to something whole."""
    store = tmp_path / "store"
    first = publish(small_content, store)
    said: list[str] = []
    served = LiveSnapshot(open_current(store), store, said.append, now=lambda: NOW)
    notes = small_content / "notes.toml"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n# another day\n", encoding="utf-8")
    second = publish(small_content, store)
    served.refresh(wait=True)
    assert (first != second, served.snapshot.version) == (True, second)
    notes.write_text(notes.read_text(encoding="utf-8") + "\n# a third\n", encoding="utf-8")
    third = publish(small_content, store)
    (store / third / "content" / "notes.toml").write_text("spoiled", encoding="utf-8")
    served.refresh(wait=True)
    assert served.snapshot.version == second
    assert "manifest" in served.complaint
    assert said == [served.complaint]
    assert served.stale_since == NOW
    link = store / "back"
    link.symlink_to(second)
    link.replace(store / "current")
    served.refresh(wait=True)
    assert (served.complaint, served.stale_since) == ("", None)


def test_a_snapshot_withdrawn_while_it_is_opened_is_never_served(small_content, tmp_path, monkeypatch):
    """Opening takes seconds; an editor who takes a version back must not see it appear after that."""
    store = tmp_path / "store"
    first = publish(small_content, store)
    served = LiveSnapshot(open_current(store), store, lambda said: None, now=lambda: NOW)
    _append(small_content, "# another day")
    second = publish(small_content, store)

    def opened_slowly(*asked):
        opened = open_version(*asked)
        link = store / "back"
        link.symlink_to(first)
        link.replace(store / "current")
        return opened

    monkeypatch.setattr(live, "open_version", opened_slowly)
    served.refresh(wait=True)
    assert (first != second, served.snapshot.version, served.complaint) == (True, first, "")


def test_a_builder_that_is_killed_leaves_the_current_snapshot_readable(small_content, tmp_path):
    """SIGKILL at several moments of a second publication."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    notes = small_content / "notes.toml"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "index", "--content", str(small_content), "--store", str(store)]
    for seconds in (0.3, 0.8, 1.3):
        builder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        os.kill(builder.pid, signal.SIGKILL)
        builder.wait()
        assert open_current(store).version in (version, content_version(small_content))


def test_a_damaged_current_snapshot_gives_way_to_the_one_before(small_content, tmp_path):
    """A server that starts then still answers, and takes the new one once it is published again."""
    store = tmp_path / "store"
    first = publish(small_content, store)
    _append(small_content, "# another day")
    second = publish(small_content, store)
    (store / second / "content" / "notes.toml").write_text("spoiled", encoding="utf-8")
    served = LiveSnapshot(open_sound(store), store, lambda said: None, now=lambda: NOW)
    served.refresh(wait=True)
    assert (served.snapshot.version, "manifest" in served.complaint) == (first, True)
    assert publish(small_content, store) == second
    served._refused_at -= 60
    served.refresh(wait=True)
    assert (served.snapshot.version, served.complaint) == (second, "")


def test_leftovers_go_and_two_do_not_publish_at_once(small_content, tmp_path):
    """What a dead builder left is removed by the next; a living one keeps others out."""
    store = tmp_path / "store"
    (store / ".building-dead" / "content").mkdir(parents=True)
    version = publish(small_content, store)
    assert {path.name for path in store.iterdir()} == {version, "current"}
    holder = os.open(store, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    result = CliRunner().invoke(main, ["index", "--content", str(small_content), "--store", str(store)])
    os.close(holder)
    assert (result.exit_code, "already running" in result.output) == (0, True)


def test_a_disk_in_trouble_is_one_line(small_content, tmp_path, monkeypatch):
    """No traceback, and nothing half-built is left."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    _append(small_content, "# another day")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(store))

    monkeypatch.setattr("assistant.snapshot.publishing._sync", full)
    result = CliRunner().invoke(main, ["index", "--content", str(small_content), "--store", str(store)])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "No space left" in result.output
    assert {path.name for path in store.iterdir()} == {version, "current"}


def test_content_saved_while_it_is_published_is_named_by_what_was_copied(small_content, tmp_path, monkeypatch):
    """Or a server would take the snapshot for a new one for ever."""
    store = tmp_path / "store"
    monkeypatch.setattr("assistant.snapshot.publishing.content_version", lambda _: "0123456789ab")
    version = publish(small_content, store)
    assert (version, current_version(store)) == (content_version(small_content), open_current(store).version)


def test_a_snapshot_that_is_taken_away_while_it_is_read_is_not_served(small_content, tmp_path, monkeypatch):
    """Half of a content can be in order too; it may even have been published again by the time it was read."""
    store = tmp_path / "store"
    version = publish(small_content, store)
    lost = store / version / "content" / "faq" / "refund"

    def deleted(*places: Path, **how: bool) -> object:
        shutil.rmtree(lost)
        return build_snapshot(*places, **how)

    monkeypatch.setattr("assistant.snapshot.publishing.build_snapshot", deleted)
    with pytest.raises(Faulty, match="manifest"):
        open_version(store, version)

    def replaced(*places: Path, **how: bool) -> object:
        found = deleted(*places, **how)
        monkeypatch.setattr("assistant.snapshot.publishing.build_snapshot", build_snapshot)
        publish(small_content, store)
        return found

    monkeypatch.setattr("assistant.snapshot.publishing.build_snapshot", build_snapshot)
    publish(small_content, store)
    monkeypatch.setattr("assistant.snapshot.publishing.build_snapshot", replaced)
    with pytest.raises(Faulty, match="manifest"):
        open_version(store, version)


def _append(content: Path, line: str) -> None:
    notes = content / "notes.toml"
    notes.write_text(f"{notes.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


def test_it_is_published_where_the_server_looks(small_content, tmp_path, monkeypatch):
    """`madoguchi index` and `madoguchi serve` read the same setting; what is typed goes first."""
    monkeypatch.setenv("MADOGUCHI_STORE", str(tmp_path / "set"))
    for words, store in (([], "set"), (["--store", str(tmp_path / "typed")], "typed")):
        result = CliRunner().invoke(main, ["index", "--content", str(small_content), *words])
        assert (result.exit_code, result.output.split(" in ")[1]) == (0, f"{tmp_path / store}\n")
        assert current_version(tmp_path / store) == content_version(small_content)
