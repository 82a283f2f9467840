"""Published snapshots: built aside, named by their hash, swapped by one rename, checked before they are opened."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.conversation.snapshot import Snapshot, build_snapshot, content_files, content_version
from assistant.domain.faults import Fault, Faulty

_CURRENT = "current"
_MANIFEST = "MANIFEST.json"


def publish(content: Path, store: Path) -> str:
    """Check ``content``, build its snapshot beside the others, make it current; return its version.

    Raises `Faulty` and leaves the store as it was when the content is not in order. A process that dies
    half way leaves a temporary directory behind and nothing else.
    """
    store.mkdir(parents=True, exist_ok=True)
    version = content_version(content)
    target = store / version
    if not _sound(target):
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=store))
        try:
            _build(content, aside)
            if target.exists():
                shutil.rmtree(target)
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    link = store / f".{_CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.replace(store / _CURRENT)
    _sync(store)
    return version


def _build(content: Path, aside: Path) -> None:
    for path in content_files(content):
        copy = aside / "content" / path.relative_to(content)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (aside / "index").mkdir()
    build_snapshot(aside / "content", aside / "index")
    files = sorted(path for path in aside.rglob("*") if path.is_file())
    hashes = {path.relative_to(aside).as_posix(): _hash(path) for path in files}
    (aside / _MANIFEST).write_text(json.dumps(hashes, indent=1), encoding="utf-8")
    for path in (*files, aside / _MANIFEST, *(path for path in aside.rglob("*") if path.is_dir()), aside):
        _sync(path)
    aside.chmod(0o755)


def open_current(store: Path) -> Snapshot:
    """Open the current snapshot; raises `Faulty` when it is missing or differs from its manifest."""
    return open_version(store, current_version(store))


def current_version(store: Path) -> str:
    """Return the name of the current snapshot; raises `Faulty` when nothing was published."""
    try:
        return (store / _CURRENT).readlink().name
    except OSError:
        raise Faulty([Fault(str(store), 1, "nothing was published here", "run madoguchi index")]) from None


def open_version(store: Path, version: str) -> Snapshot:
    """Open one snapshot after checking every file against the manifest: the index is read as code would be."""
    target = store / version
    if not _sound(target):
        raise Faulty([Fault(str(target / _MANIFEST), 1, "the files differ from the manifest", "publish again")])
    return build_snapshot(target / "content", target / "index", built=True)


def _sound(target: Path) -> bool:
    try:
        hashes = json.loads((target / _MANIFEST).read_text(encoding="utf-8"))
        names = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file() and p.name != _MANIFEST}
        return names == hashes.keys() and all(_hash(target / name) == wanted for name, wanted in hashes.items())
    except (OSError, ValueError):
        return False


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_shelf(content: Path, store: Path | None, report: Callable[[str], None], now: Callable[[], datetime]) -> Shelf:
    """Return the shelf of a process: the current snapshot of ``store``, or without one ``content`` as it lies there.

    Raises `Faulty` when it is not in order. ``report`` is told of a later snapshot that was refused.
    """
    if store is None:
        return Shelf(build_snapshot(content), report=report, now=now)
    return Shelf(open_current(store), store, report, now=now)


class Shelf:
    """Holds the snapshot that is served and takes a new one when the store has it.

    Reading is one attribute access. A new snapshot is opened in a thread of its own; when it is not in
    order the old one stays, ``complaint`` says why and ``stale_since`` since when.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        store: Path | None = None,
        report: Callable[[str], None] = print,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self.snapshot = snapshot
        self._now = now
        self.complaint = ""
        self.stale_since: datetime | None = None
        self._store = store
        self._report = report
        self._opening = threading.Lock()
        self._refused = ""

    def refresh(self, *, wait: bool = False) -> None:
        """Look at the store; when it holds something new, begin to open it. With ``wait``, return when that is done.

        Returns at once while another snapshot is being opened.
        """
        if self._store is None or not self._opening.acquire(blocking=False):
            return
        try:
            version = current_version(self._store)
        except Faulty as error:
            self._complain(error)
            version = self._refused
        if version == self.snapshot.version:
            self.complaint, self.stale_since = "", None
        if version in (self.snapshot.version, self._refused):
            self._opening.release()
            return
        opener = threading.Thread(target=self._open, args=(self._store, version), daemon=True)
        opener.start()
        if wait:
            opener.join()

    def _open(self, store: Path, version: str) -> None:
        try:
            self.snapshot = open_version(store, version)
            self.complaint, self.stale_since = "", None
        except Exception as error:  # whatever is wrong with the new one, the old one stays
            self._refused = version
            self._complain(error)
            self._report(self.complaint)
        finally:
            self._opening.release()

    def _complain(self, error: Exception) -> None:
        self.complaint = str(error)
        self.stale_since = self.stale_since or self._now()
