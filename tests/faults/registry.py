"""Faults by their number, and how one is put into the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.faults.lab import Lab

Run = Callable[["Lab"], str]

#: What CI runs at small counts.
FIRST: Final = (
    "F01", "F02", "F04", "F10", "F14", "F16", "F21", "F23", "F25", "F29",
    "F31", "F34", "F36", "F40", "F41", "F45", "F48", "F50", "F60", "F63",
)  # fmt: skip


class NotHere(Exception):
    """The fault cannot be injected on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``run`` does the harm, raises `AssertionError` when what should follow does not, and returns what was done."""

    code: str
    what: str
    run: Run


FAULTS: dict[str, Fault] = {}


def fault(code: str, what: str) -> Callable[[Run], Run]:
    """Enter the function below under ``code``."""

    def enter(run: Run) -> Run:
        assert code not in FAULTS, code
        FAULTS[code] = Fault(code, what, run)
        return run

    return enter
