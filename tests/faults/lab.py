"""What a fault works with: two contents with their truths, a store, a running site under the probe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TypeVar

from assistant import paths
from assistant.snapshot.publishing import publish
from assistant.snapshot.snapshot import content_version
from tests.conftest import keep_topics
from tests.faults.probe import QUESTIONS, Probe, Truth, truth_of
from tests.faults.registry import NotHere
from tests.faults.site import ROOT, Site

_Thing = TypeVar("_Thing")


class Lab:
    """``a`` and ``b`` are contents that answer differently; the site serves ``a`` at the beginning of each fault."""

    def __init__(self, work: Path, seed: int, *, small: bool) -> None:
        self.work = work
        self.seed = seed
        self.small = small
        self.random = Random(seed)
        self.a, self.b = work / "a", work / "b"
        shutil.copytree(paths.CONTENT, self.a)
        keep_topics(self.a, "notice-alone", "refund", "certificate-lost")
        shutil.copytree(self.a, self.b)
        _edit(self.b / "outcomes" / "full-old-card.toml", r"^title = \"(.+)\"", r'title = "\1 (B)"')
        _edit(self.b / "faq" / "refund" / "en.md", r"^title: (.+)$", r"title: \1 (B)")
        _edit(self.b / "faq" / "notice-alone" / "ja.md", r"^title: (.+)$", r"title: \1 (B)")
        _edit(self.b / "rules" / "10-payer.toml", r"^about\.en = \"(.+)\"", r'about.en = "\1 (B)"')
        self.version = {name: content_version(work / name) for name in ("a", "b")}
        self.store = work / "store"
        with ProcessPoolExecutor(2) as pool:
            told = [pool.submit(truth_of, content, usage=work / "truth.db") for content in (self.a, self.b)]
            self.truth: dict[str, Truth] = {"a": told[0].result(), "b": told[1].result()}
        assert all(self.truth["a"][question] != self.truth["b"][question] for question in QUESTIONS[-4:])
        begun = time.monotonic()
        status, said = self.index(self.b)
        assert status == 0, said
        self.build_seconds = time.monotonic() - begun
        publish(self.a, self.store)
        self.usage = work / "usage.db"
        self.site = Site(self._environment(self.usage), work / "server.log").start()
        self.probe = Probe(self.site, list(self.truth.values()))

    def _environment(self, usage: Path) -> dict[str, str]:
        return {"MADOGUCHI_STORE": str(self.store), "MADOGUCHI_USAGE": str(usage)}

    def count(self, small: int, full: int) -> int:
        """Return how often to do something."""
        return small if self.small else full

    def begin(self, code: str) -> None:
        """Draw anew for one fault, make ``a`` current, forget what the probe saw."""
        self.random = Random(f"{self.seed} {code}")
        self.probe.site = self.site
        if not (self.store / self.version["b"]).exists():
            publish(self.b, self.store)
        self.serve("a")
        self.probe.begin()

    def serve(self, name: str) -> None:
        """Make content ``name`` current and wait until the site has taken it; it then answers by nothing else."""
        publish(self.work / name, self.store)
        end = time.monotonic() + 30
        while self.version[name].encode() not in self.site.get("/api/v1/health").body:
            assert time.monotonic() < end, f"{name} is never taken: {self.site.last_words()}"
            time.sleep(0.05)
        self.probe.recover()
        assert not (late := self.otherwise(self.site, name)), f"{late[0]} is not answered by {name}"

    def otherwise(self, site: Site, name: str) -> list[str]:
        """Return the questions that ``site`` does not answer by content ``name``."""
        return [question for question in QUESTIONS if site.get(question).body != self.truth[name][question]]

    def close(self) -> None:
        """Stop everything that was started."""
        self.probe.end()
        self.site.stop()

    def draw(self, things: Sequence[_Thing], small: int) -> Sequence[_Thing]:
        """Return all of ``things``, or ``small`` of them."""
        return self.random.sample(things, small) if self.small else things

    @contextmanager
    def another(
        self,
        environment: Mapping[str, str],
        before: Sequence[str] = (),
        *,
        probed: bool = True,
        log: Path | None = None,
        gunicorn: bool = False,
    ) -> Iterator[Site]:
        """Start a second site on the same store; the probe asks it in the meantime."""
        own = self.work / f"another-{self.random.randrange(10**9)}"
        own.mkdir()
        places = {**self._environment(own / "usage.db"), "TMPDIR": str(own)}
        site = Site({**places, **environment}, log or own / "log", before, gunicorn=gunicorn)
        try:
            site.start()
            self.probe.site = site if probed else self.site
            yield site
        finally:
            self.probe.site = self.site
            site.stop()

    def command(
        self, *words: str | Path, before: Sequence[str] = (), tree: Path = ROOT, **environment: str
    ) -> subprocess.Popen[str]:
        """Start ``madoguchi`` with ``words``, its output together in one pipe."""
        command = [*before, sys.executable, "-m", "assistant", *map(str, words)]
        pipe = subprocess.PIPE
        env = {**os.environ, **environment}
        return subprocess.Popen(command, cwd=tree, env=env, stdout=pipe, stderr=subprocess.STDOUT, text=True)

    def index(self, content: Path, store: Path | None = None, before: Sequence[str] = ()) -> tuple[int, str]:
        """Publish by the command line; return its exit status and what it printed."""
        process = self.command("index", "--content", content, "--store", store or self.store, before=before)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said


@contextmanager
def small_disk(at: Path, options: str) -> Iterator[Path]:
    """Mount a file system in memory at ``at``; raises `NotHere` where that is not allowed."""
    at.mkdir(parents=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", at], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotHere(f"mount needs rights that this machine does not give ({done.stderr.strip()})")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def needs(program: str, package: str) -> str:
    """Return the path of ``program``; raises `NotHere` with the Debian package that has it."""
    found = shutil.which(program)
    if found is None:
        raise NotHere(f"there is no {program}; install Debian's {package}")
    return found


def leftovers(store: Path) -> list[str]:
    """Return what in ``store`` is neither a snapshot nor a link to one."""
    return [path.name for path in store.iterdir() if path.name.startswith(".")]


def one_line(said: str) -> None:
    """Hold the command line to its promise."""
    assert "Traceback" not in said, said
    assert said.strip(), "said nothing"


def _edit(path: Path, pattern: str, by: str) -> None:
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count, path
    path.write_text(text, encoding="utf-8")
