"""Published snapshots: built aside, named by their hash, swapped by one rename, checked before they are opened."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.domain.faults import Fault, Faulty
from assistant.language.models.sentence_encoder import Encoder
from assistant.snapshot.snapshot import Snapshot, build_snapshot, content_files, content_version

_CURRENT = "current"
_PREVIOUS = "previous"
_MANIFEST = "MANIFEST.json"
_ASIDE = ".building-"


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
