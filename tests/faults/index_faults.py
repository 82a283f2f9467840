"""Index and store: builders that die, files that are cut, altered or planted, disks that fill up."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import time
from hashlib import sha256
from pathlib import Path
from random import Random

from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage

from assistant.domain.faults import Faulty
from assistant.snapshot.publishing import current_version, open_current, open_version, publish
from tests.faults.lab import Lab, leftovers, needs, one_line, small_disk
from tests.faults.registry import fault


def _builder_killed_after(lab: Lab, seconds: float) -> bool:
    """Build ``b`` anew and kill the builder; return whether it died before it was done."""
    publish(lab.a, lab.store)
    shutil.rmtree(lab.store / lab.version["b"], ignore_errors=True)
    builder = lab.command("index", "--content", lab.b, "--store", lab.store)
    time.sleep(seconds)
    builder.send_signal(signal.SIGKILL)
    builder.communicate()
    return builder.returncode == -signal.SIGKILL


@fault("F01", "builder killed at a random moment")
def f01(lab: Lab) -> str:
    """The served snapshot is untouched, leftovers go with the next build, no lock stays."""
    times = lab.count(2, 200)
    died = 0
    for _ in range(times):
        died += _builder_killed_after(lab, lab.random.uniform(0.1, lab.build_seconds))
        assert open_current(lab.store).version in lab.version.values()
    status, said = lab.index(lab.b)
    assert (status, leftovers(lab.store)) == (0, []), said
    return f"{died} of {times} builds killed, the next one left nothing behind"


@fault("F02", "server, or server and builder, killed at a random moment of a rebuild or a reload")
def f02(lab: Lab) -> str:
    """It comes back with one whole snapshot, also when it is killed again while it starts."""
    times, slowest = lab.count(3, 60), 0.0
    for turn in range(times):
        lab.serve("a")
        builder = None
        if turn % 3 == 0:
            publish(lab.b, lab.store)  # the running server sees it with its next request and begins to open it
            lab.site.get("/api/v1/health")
        else:
            shutil.rmtree(lab.store / lab.version["b"], ignore_errors=True)
            builder = lab.command("index", "--content", lab.b, "--store", lab.store)
        time.sleep(lab.random.uniform(0, lab.build_seconds))
        if builder is not None and turn % 3 == 1:
            builder.kill()
        lab.site.kill()
        if lab.random.random() < 0.5:
            time.sleep(lab.random.uniform(0, 1.5))
            lab.site.kill()
        slowest = max(slowest, lab.site.ready() + lab.probe.recover())
        if builder is not None:
            builder.communicate()
        open_current(lab.store)
    return f"{times} kills, back and right after {slowest:.1f} s at most"


def _damaged(lab: Lab, times: int, harm: str) -> int:
    """Harm one random file of ``b`` at a time; return how often that was refused before anything was read."""
    target = lab.store / lab.version["b"]
    files = sorted(path for path in target.rglob("*") if path.is_file() and path.stat().st_size)
    for _ in range(times):
        path = lab.random.choice(files)
        whole = path.read_bytes()
        path.write_bytes(_harmed(whole, harm, lab.random))
        if path.read_bytes() == whole:
            times -= 1
            continue
        try:
            open_version(lab.store, lab.version["b"])
            raise AssertionError(f"{path.name} {harm}: opened")
        except Faulty as error:
            if "manifest" not in str(error):
                raise AssertionError(f"{path.name} {harm}: {error}") from None
        finally:
            path.write_bytes(whole)
    open_version(lab.store, lab.version["b"])
    return times


def _harmed(whole: bytes, harm: str, random: Random) -> bytes:
    at = random.randrange(len(whole))
    if harm == "truncated":
        return whole[:at]
    if harm == "one bit flipped":
        return whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :]
    at -= at % 4096
    return whole[:at] + bytes(len(whole[at : at + 4096])) + whole[at + 4096 :]


def _served_in_spite(lab: Lab) -> None:
    """Make a damaged ``b`` current: the running site stays with ``a`` and says so; a new one falls back to ``a``."""
    target, whole = lab.store / lab.version["b"], lab.work / "whole"
    shutil.copytree(target, whole)
    _newest_cut(target)
    for name, version in (("previous", "a"), ("current", "b")):
        link = lab.store / f".{name}"
        link.symlink_to(lab.version[version])
        link.replace(lab.store / name)
    _says_refused(lab)
    lab.site.kill()
    lab.site.ready()
    lab.probe.recover()
    _says_refused(lab)
    assert lab.version["a"].encode() in lab.site.get("/api/v1/health").body
    shutil.rmtree(target)
    whole.rename(target)


def _says_refused(lab: Lab) -> None:
    end = time.monotonic() + 10
    while not json.loads(lab.site.get("/api/v1/health").body)["refused"]:
        assert time.monotonic() < end, "health does not say that the new snapshot was refused"
        time.sleep(0.1)


def _newest_cut(target: Path) -> None:
    files = sorted((path for path in target.rglob("*") if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
    for path in files[-5:]:
        os.truncate(path, 0)


@fault("F03", "power lost: the newest files are empty")
def f03(lab: Lab) -> str:
    """Refused; the snapshot before serves, also after a restart, and health says so."""
    _served_in_spite(lab)
    return "5 newest files of the new snapshot emptied; running and restarted site serve the one before"


@fault("F04", "a file of the snapshot cut at a random place")
def f04(lab: Lab) -> str:
    """Never opened; the snapshot before serves."""
    times = _damaged(lab, lab.count(20, 300), "truncated")
    _served_in_spite(lab)
    return f"{times} of {times} refused by the manifest; running and restarted site serve the one before"


@fault("F05", "one bit flipped anywhere")
def f05(lab: Lab) -> str:
    """Never opened."""
    times = _damaged(lab, lab.count(20, 1000), "one bit flipped")
    return f"{times} of {times} refused by the manifest"


@fault("F06", "a page of 4 KiB zeroed")
def f06(lab: Lab) -> str:
    """Never opened."""
    times = _damaged(lab, lab.count(20, 300), "zeroed")
    return f"{times} of {times} refused by the manifest"


@fault("F07", "an index of another make, with a manifest that fits")
def f07(lab: Lab) -> str:
    """Refused by name; the running site stays with what it has."""
    target, whole = lab.store / lab.version["b"], lab.work / "whole"
    shutil.copytree(target, whole)
    shutil.rmtree(target / "index")
    (target / "index").mkdir()
    writer = FileStorage(str(target / "index")).create_index(Schema(title=STORED), indexname="questions").writer()
    writer.add_document(title="made by another")
    writer.commit()
    files = sorted(path for path in target.rglob("*") if path.is_file() and path.name != "MANIFEST.json")
    hashes = {path.relative_to(target).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    (target / "MANIFEST.json").write_text(json.dumps(hashes), encoding="utf-8")
    link = lab.store / ".current"
    link.symlink_to(lab.version["b"])
    link.replace(lab.store / "current")
    try:
        _says_refused(lab)
        why = json.loads(lab.site.get("/health/ready").body)["why"].partition("/index:")[2]
        assert "not one of this version" in why, why
    finally:
        shutil.rmtree(target)
        whole.rename(target)
    return f"«{why[:70]}»"


class _Marker:
    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self.path, "w")


@fault("F08", "a pickle that runs code planted in the index")
def f08(lab: Lab) -> str:
    """The hash check comes before any unpickling."""
    marker = lab.work / "marker"
    index = lab.store / lab.version["b"] / "index"
    pickle.loads(pickle.dumps(_Marker(marker)))  # noqa: S301 - it must be able to do what it is to be kept from
    assert marker.exists()
    marker.unlink()
    for path in [*index.iterdir(), index / "planted.pickle"]:
        whole = path.read_bytes() if path.exists() else None
        path.write_bytes(pickle.dumps(_Marker(marker)))
        try:
            open_version(lab.store, lab.version["b"])
            raise AssertionError(f"{path.name}: opened")
        except Faulty:
            pass
        finally:
            path.unlink() if whole is None else path.write_bytes(whole)
    assert not marker.exists(), "the planted code ran"
    return "every file of the index replaced, and one added: nothing ran"


@fault("F09", "read-only disk")
def f09(lab: Lab) -> str:
    """All reading goes on."""
    bwrap = needs("bwrap", "bubblewrap")
    with lab.another(
        {"PYTHONDONTWRITEBYTECODE": "1"}, [bwrap, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    ):
        lab.probe.recover()
    return "the whole root is read-only: 20 of 20"


@fault("F10", "disk full while building")
def f10(lab: Lab) -> str:
    """The build fails in one line and leaves nothing; the current snapshot stays."""
    size = sum(path.stat().st_size for path in (lab.store / lab.version["a"]).rglob("*") if path.is_file())
    return _starved(lab, f"size={int(size * 1.5) // 1024 + 600}k")


@fault("F13", "no inodes left while building")
def f13(lab: Lab) -> str:
    """As with a full disk."""
    count = sum(1 for _ in (lab.store / lab.version["a"]).rglob("*"))
    return _starved(lab, f"nr_inodes={int(count * 1.5)}")


def _starved(lab: Lab, options: str) -> str:
    with small_disk(lab.work / f"disk-{lab.random.randrange(10**9)}", options) as disk:
        store = disk / "store"
        store.mkdir()
        shutil.copytree(lab.store / lab.version["a"], store / lab.version["a"])
        (store / "current").symlink_to(lab.version["a"])
        status, said = lab.index(lab.b, store)
        assert status == 1, f"the build did not fail: {said}"
        one_line(said)
        assert leftovers(store) == []
        assert open_current(store).version == lab.version["a"]
        return f"{options}: «{said.strip()[-70:]}»"


@fault("F17", "two builders at once")
def f17(lab: Lab) -> str:
    """One builds, the other ends well; the store is whole."""
    for _ in range(lab.count(1, 20)):
        publish(lab.a, lab.store)
        shutil.rmtree(lab.store / lab.version["b"], ignore_errors=True)
        both = [lab.command("index", "--content", lab.b, "--store", lab.store) for _ in range(2)]
        said = sorted(process.communicate()[0].split()[0] for process in both)
        assert [process.returncode for process in both] == [0, 0], said
        assert leftovers(lab.store) == []
        assert open_current(lab.store).version == lab.version["b"]
    return "both ended with 0, one of them published"


@fault("F18", "snapshots swapped under load")
def f18(lab: Lab) -> str:
    """Never a mix; descriptors stay."""
    before = lab.site.descriptors()
    times = lab.count(20, 500)
    for turn in range(times):
        publish(lab.b if turn % 2 == 0 else lab.a, lab.store)
        time.sleep(lab.random.uniform(0, 0.3))
    lab.probe.recover()
    assert not lab.probe.seen["honest"], f"{lab.probe.seen['honest']} requests were lost"
    after = lab.site.descriptors()
    assert after <= before + 4, f"descriptors grew from {before} to {after}"
    return f"{times} swaps, descriptors {before} → {after}"


@fault("F19", "the served snapshot deleted")
def f19(lab: Lab) -> str:
    """What is served was read whole; publishing puts it back."""
    shutil.rmtree(lab.store / lab.version["a"])
    lab.probe.recover()
    assert current_version(lab.store) == lab.version["a"]
    status, said = lab.index(lab.a)
    assert status == 0, said
    open_current(lab.store)
    return "deleted while served; 20 of 20, published again"
