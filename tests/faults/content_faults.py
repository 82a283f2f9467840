"""Content that is not in order: it never replaces what is served, and its editor is told where."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.domain.faults import Faulty
from assistant.snapshot.publishing import current_version, publish
from tests.faults.lab import Lab, one_line
from tests.faults.registry import fault
from tests.faults.site import ROOT

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def _text(pattern: str, by: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE | re.DOTALL)
        assert count, (path, pattern)
        path.write_text(text, encoding="utf-8")

    return spoil


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return spoil


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


_ENTRY, _RULES, _OUTCOME = "faq/refund/en.md", "rules/71-tolerance.toml", "outcomes/full-old-card.toml"
#: What is done to which file.
KINDS: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("tab in the front matter", _ENTRY, _text(r"^id: refund", "id:\t- refund")),
    ("day that does not exist", _ENTRY, _text(r"^checked_on: .*?$", "checked_on: 2026-02-30")),
    ("byte order mark", _ENTRY, _bytes(lambda raw: b"\xef\xbb\xbf" + raw)),
    ("UTF-16", _ENTRY, _bytes(lambda raw: raw.decode().encode("utf-16"))),
    ("Shift JIS", "faq/refund/ja.md", _bytes(lambda raw: raw.decode().encode("cp932", "replace"))),
    ("NUL in the front matter", _ENTRY, _bytes(lambda raw: raw.replace(b"title: ", b"title: \0"))),
    ("empty file", _ENTRY, _bytes(lambda raw: b"")),
    ("cut in the middle of the front matter", _ENTRY, _bytes(lambda raw: raw[:100])),
    ("50 MB of zeros", _ENTRY, _bytes(lambda raw: bytes(50_000_000))),
    ("link to itself", _ENTRY, _loop),
    ("bomb of anchors", _ENTRY, _text(r"\A---\n", f"---\n{_BOMB}")),
    ("unknown key", _ENTRY, _text(r"^id: ", "price: 0\nid: ")),
    ("unknown source", _ENTRY, _text(r"^sources: \[", "sources: [S9999, ")),
    ("TOML cut in a string", _OUTCOME, _bytes(lambda raw: raw[: raw.index("全額".encode()) + 1])),
    ("duplicate key in TOML", _RULES, _text(r"^from = 2026-08-01$", "from = 2026-08-01\nfrom = 2026-08-01")),
    ("day that does not exist in a rule", _RULES, _text(r"^from = 2026-08-01$", "from = 2026-02-30")),
    ("hole between two rows", _RULES, _text(r"^from = 2026-08-01$", "from = 2026-08-02")),
    ("two rows on one day", _RULES, _text(r"^from = 2026-08-01$", "from = 2026-07-31")),
    ("unknown result", _RULES, _text(r'^result = "open"$', 'result = "perhaps"')),
    ("rules in UTF-16", _RULES, _bytes(lambda raw: raw.decode().encode("utf-16"))),
)


@contextmanager
def _copy(lab: Lab) -> Iterator[Path]:
    """Yield a copy of ``b`` that may be spoiled."""
    with TemporaryDirectory(dir=lab.work) as place:
        yield shutil.copytree(lab.b, Path(place) / "spoiled")


def _refused(lab: Lab, content: Path, path: str) -> str:
    try:
        publish(content, lab.store)
    except Faulty as error:
        named = [str(fault) for fault in error.faults if fault.path == path]
        if not named and path not in str(error):
            raise AssertionError(f"{path} is not named: {error}") from None
        assert current_version(lab.store) == lab.version["a"]
        return (named or [str(error)])[0]
    raise AssertionError(f"published in spite of {path}")


@fault("F14", "malformed content lands while serving")
def f14(lab: Lab) -> str:
    """Refused with file and line; nothing of it is used."""
    kinds = lab.draw(KINDS, 2)
    for what, name, spoil in kinds[:-1]:
        with _copy(lab) as spoiled:
            spoil(spoiled / name)
            try:
                _refused(lab, spoiled, name)
            except Exception as error:
                raise AssertionError(f"{what}: {type(error).__name__}: {str(error)[:200]}") from error
    what, name, spoil = kinds[-1]
    with _copy(lab) as spoiled:
        spoil(spoiled / name)
        status, said = lab.index(spoiled)
    assert (status, name in said) == (1, True), said
    one_line(said)
    return f"{len(kinds)} kinds refused, the last one also by the command: «{said.splitlines()[0][:60]}»"


@fault("F15", "a language is missing")
def f15(lab: Lab) -> str:
    """The build is refused."""
    for name, spoil in ((_ENTRY, os.unlink), (_OUTCOME, _text(r"^\[en\]$.*", ""))):
        with _copy(lab) as spoiled:
            spoil(spoiled / name)
            _refused(lab, spoiled, name)
    return "an entry and an outcome without English refused"


@fault("F16", "catalog of translations cut at 60 %")
def f16(lab: Lab) -> str:
    """The running site keeps the old one; a new one refuses to start, in one line."""
    tree = lab.work / "tree"
    tree.mkdir()
    shutil.copytree(ROOT / "assistant", tree / "assistant", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "translations", tree / "translations")
    for name in ("content", "templates", "static"):
        (tree / name).symlink_to(ROOT / name)
    catalog = tree / "translations" / "en" / "LC_MESSAGES" / "messages.mo"
    os.truncate(catalog, catalog.stat().st_size * 6 // 10)
    process = lab.command("serve", "--port", "9", tree=tree, MADOGUCHI_STORE=str(lab.store))
    said, _ = process.communicate(timeout=60)
    shutil.rmtree(tree)
    assert (process.returncode, "damaged" in said) == (1, True), said
    one_line(said)
    return f"«{said.strip()[:60]}…»"


@fault("F20", "a rule altered")
def f20(lab: Lab) -> str:
    """The worked cases notice."""
    with _copy(lab) as spoiled:
        for old, new in (("until = 2026-07-31", "until = 2026-08-31"), ("from = 2026-08-01", "from = 2026-09-01")):
            _text(f"^{old}$", new)(spoiled / _RULES)
        cases = ROOT / "tests" / "data" / "cases.yaml"
        process = lab.command("eval", "cases", cases, MADOGUCHI_CONTENT=str(spoiled))
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 1, said
    return f"the end of the tolerance moved by a month: «{said.strip().splitlines()[-1][:60]}»"
