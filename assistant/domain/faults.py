"""What is wrong with a file, in one line that its editor can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where it stands, what it is, what to do about it."""

    path: str
    line: int
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}, {self.do}"


class Faulty(Exception):
    """A set of files that may not be served; carries every fault that was found, each once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.path, fault.line, fault.what)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
