"""Labelled sentences, one a line: the files of a folder, one for each voice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.domain.faults import Fault


class _Said(Protocol):
    @property
    def text(self) -> str: ...


Line = TypeVar("Line", bound=_Said)


def read_lines(content: Path, folder: str, read: Callable[[str, bytes], Line], faults: list[Fault]) -> list[Line]:
    """Return what ``read`` makes of each line, given its voice; note a fault for each that it cannot read."""
    found: list[Line] = []
    seen: set[str] = set()
    for path in _files(content, folder):
        name = f"{folder}/{path.name}"
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            try:
                labelled = read(path.stem, line)
            except ValueError as error:
                faults.append(Fault(name, number, str(error), "correct the line"))
                continue
            if labelled.text in seen:
                faults.append(Fault(name, number, "this text was there before", "leave one of the two out"))
            seen.add(labelled.text)
            found.append(labelled)
    return found


def digest(content: Path, folder: str) -> str:
    """Return the name of the present lines of ``folder``: twelve digits of their hash."""
    found = hashlib.sha256()
    for path in _files(content, folder):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def _files(content: Path, folder: str) -> list[Path]:
    return sorted((content / folder).glob("*.jsonl"))
