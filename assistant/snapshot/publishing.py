"""Published snapshots: built aside, named by their hash, swapped by one rename, checked before they are opened."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from assistant.conversation.snapshot import Snapshot, build_snapshot, content_files, content_version
from assistant.domain.faults import Fault, Faulty
from assistant.language.encoder import Encoder

_CURRENT = "current"
_PREVIOUS = "previous"
_MANIFEST = "MANIFEST.json"
_ASIDE = ".building-"
#: Seconds until a snapshot that was refused is looked at again: it may have been published anew, or a disk have healed.
_AGAIN = 5.0


class AlreadyPublishing(Exception):
    """Another process is publishing into the same store."""


def publish(content: Path, store: Path) -> str:
    """Check ``content``, build its snapshot beside the others, make it current; return its version.

    Raises `Faulty` or `OSError` and leaves the store as it was when the content is not in order or the disk is not,
    and `AlreadyPublishing` while another process is at it. A process that dies half way leaves a temporary directory
    behind, which the next one removes.
    """
    store.mkdir(parents=True, exist_ok=True)
    with _alone(store):
        version = content_version(content)
        if not _sound(store / version):
            version = _put(content, store)
        _point(store, version)
        return version


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Hold the store's lock, which the kernel frees whatever becomes of this process; remove what dead ones left."""
    handle = os.open(store, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in store.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    except BlockingIOError:
        raise AlreadyPublishing(str(store)) from None
    finally:
        os.close(handle)


def _put(content: Path, store: Path) -> str:
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=store))
    spoiled = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=store))
    try:
        target = store / _build(content, aside)
        if target.exists():
            target.rename(spoiled / target.name)
        aside.rename(target)
        return target.name
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(spoiled, ignore_errors=True)


def _point(store: Path, version: str) -> None:
    """Make ``version`` current, and previous what was current before."""
    links = {_CURRENT: version}
    before = store / _CURRENT
    if before.is_symlink() and before.readlink().name != version:
        links = {_PREVIOUS: before.readlink().name, **links}
    for name, wanted in links.items():
        link = store / f"{_ASIDE}{name}"
        link.unlink(missing_ok=True)
        link.symlink_to(wanted)
        link.replace(store / name)
    _sync(store)


def _build(content: Path, aside: Path) -> str:
    """Fill ``aside``; return the version of what was copied, even where an editor saved in the meantime."""
    for path in content_files(content):
        copy = aside / "content" / path.relative_to(content)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (aside / "index").mkdir()
    version = build_snapshot(aside / "content", aside / "index").version
    files = sorted(path for path in aside.rglob("*") if path.is_file())
    hashes = {path.relative_to(aside).as_posix(): _hash(path) for path in files}
    (aside / _MANIFEST).write_text(json.dumps(hashes, indent=1), encoding="utf-8")
    for path in (*files, aside / _MANIFEST, *(path for path in aside.rglob("*") if path.is_dir()), aside):
        _sync(path)
    aside.chmod(0o755)
    return version


def open_current(store: Path, encoder: Encoder | None = None) -> Snapshot:
    """Open the current snapshot; raises `Faulty` when it is missing or differs from its manifest."""
    return open_version(store, current_version(store), encoder)


def open_sound(store: Path, encoder: Encoder | None = None) -> Snapshot:
    """Open the current snapshot, or the one before when it is damaged; raises `Faulty` when neither is in order."""
    try:
        return open_current(store, encoder)
    except Faulty:
        if not (store / _PREVIOUS).is_symlink():
            raise
        return open_version(store, (store / _PREVIOUS).readlink().name, encoder)


def current_version(store: Path) -> str:
    """Return the name of the current snapshot; raises `Faulty` when nothing was published."""
    try:
        return (store / _CURRENT).readlink().name
    except OSError:
        raise Faulty([Fault(str(store), 1, "nothing was published here", "run madoguchi index")]) from None


def open_version(store: Path, version: str, encoder: Encoder | None = None) -> Snapshot:
    """Open one snapshot after checking every file against the manifest: the index is read as code would be.

    Raises `Faulty` when they differ, or when the directory was taken away or replaced while it was read.
    """
    target = store / version
    try:
        handle = os.open(target, os.O_RDONLY)
    except OSError:
        raise _unsound(target) from None
    try:
        if not _sound(target):
            raise _unsound(target)
        snapshot = _read(target, encoder)
        # A directory is filled before it gets its name, so the same one, whole again, was whole in between.
        if not _sound(target) or not os.path.samestat(os.fstat(handle), target.stat()):
            raise _unsound(target)
        return snapshot
    finally:
        os.close(handle)


def _read(target: Path, encoder: Encoder | None) -> Snapshot:
    try:
        return build_snapshot(target / "content", target / "index", built=True, encoder=encoder)
    except Faulty:
        raise
    except Exception as error:  # an index in order, but of another make: nothing says how reading it fails
        why = f"the index is not one of this version ({type(error).__name__})"
        raise Faulty([Fault(str(target / "index"), 1, why, "publish again")]) from error


def _unsound(target: Path) -> Faulty:
    return Faulty([Fault(str(target / _MANIFEST), 1, "the files differ from the manifest", "publish again")])


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


def open_shelf(
    content: Path,
    store: Path | None,
    report: Callable[[str], None],
    now: Callable[[], datetime],
    encoder: Encoder | None = None,
) -> Shelf:
    """Return the shelf of a process: a snapshot of ``store``, or without a store ``content`` as it lies there.

    The one before is taken when the current one is damaged; raises `Faulty` when neither is in order.
    ``report`` is told of a later snapshot that was refused. With an ``encoder`` all of them are read with it.
    """
    if store is None:
        return Shelf(build_snapshot(content, encoder=encoder), report=report, now=now)
    return Shelf(open_sound(store, encoder), store, report, now=now, encoder=encoder)


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
        encoder: Encoder | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._encoder = encoder
        self._now = now
        self.complaint = ""
        self.stale_since: datetime | None = None
        self._store = store
        self._report = report
        self._opening = threading.Lock()
        self._refused = ""
        self._refused_at = 0.0

    def refresh(self, *, wait: bool = False) -> None:
        """Look at the store; when it holds something new, begin to open it. With ``wait``, return when that is done.

        Returns at once while another snapshot is being opened.
        """
        if self._store is None or not self._opening.acquire(blocking=False):
            return
        version = self._awaited(self._store)
        if version is None:
            self._opening.release()
            return
        opener = threading.Thread(target=self._open, args=(self._store, version), daemon=True)
        opener.start()
        if wait:
            opener.join()

    def _awaited(self, store: Path) -> str | None:
        """Return the version that should be opened now, if any."""
        try:
            version = current_version(store)
        except Faulty as error:
            self._complain(error)
            return None
        if version == self.snapshot.version:
            self.complaint, self.stale_since = "", None
            return None
        lately = version == self._refused and monotonic() - self._refused_at < _AGAIN
        return None if lately else version

    def _open(self, store: Path, version: str) -> None:
        try:
            self.snapshot = open_version(store, version, self._encoder)
            self.complaint, self.stale_since = "", None
        except Exception as error:  # whatever is wrong with the new one, the old one stays
            self._refused, self._refused_at = version, monotonic()
            if str(error) != self.complaint:
                self._report(str(error))
            self._complain(error)
        finally:
            self._opening.release()

    def _complain(self, error: Exception) -> None:
        self.complaint = str(error)
        self.stale_since = self.stale_since or self._now()
