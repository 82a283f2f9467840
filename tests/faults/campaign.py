"""One fault after the other against the same site."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import (
    content_faults,
    host_faults,
    http_faults,
    index_faults,
    input_faults,
    slow_faults,
    time_faults,
    typed_faults,
    usage_faults,
    worker_faults,
)
from tests.faults.lab import Lab
from tests.faults.registry import FAULTS, Fault, NotHere

MODULES = (
    index_faults,
    content_faults,
    time_faults,
    input_faults,
    typed_faults,
    http_faults,
    slow_faults,
    host_faults,
    worker_faults,
    usage_faults,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one fault. ``recovered`` is in seconds, until twenty of twenty answers were right."""

    code: str
    verdict: str
    recovered: float | None
    done: str
    took: float

    @property
    def survived(self) -> bool:
        """Say whether no answer was wrong and what should follow did."""
        return self.verdict in ("right", "honest")

    def __str__(self) -> str:
        if self.verdict == "not run":
            return f"{self.code} not run: {self.done}"
        back = "not recovered" if self.recovered is None else f"recovered in {self.recovered:.2f} s"
        return f"{self.code} {self.verdict:6}  {back}  {self.done}  [{self.took:.1f} s]"


def campaign(codes: Iterable[str] | None, seed: int, *, small: bool, longest: float) -> Iterator[Line]:
    """Yield a line for each fault in ``codes``, or for all; none begins after ``longest`` seconds."""
    begun = time.monotonic()
    with TemporaryDirectory(prefix="madoguchi-faults-") as work:
        lab = Lab(Path(work), seed, small=small)
        try:
            for code in sorted(codes or FAULTS):
                if time.monotonic() - begun > longest:
                    yield Line(code, "not run", None, f"{longest:.0f} s were over", 0.0)
                else:
                    yield _line(FAULTS[code], lab)
        finally:
            lab.close()


def _line(fault: Fault, lab: Lab) -> Line:
    begun = time.monotonic()
    recovered: float | None = None
    failed = ""
    done = fault.what
    try:
        lab.begin(fault.code)
        done = f"{fault.what}: {fault.run(lab)}"
        recovered = lab.probe.recover()
    except NotHere as why:
        return Line(fault.code, "not run", None, str(why), time.monotonic() - begun)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        failed = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {error}"
    took = time.monotonic() - begun
    asked = ", ".join(f"{count} {verdict}" for verdict, count in sorted(lab.probe.seen.items()))
    if failed or lab.probe.wrong:
        what = "; ".join(filter(None, (failed, *lab.probe.wrong[:3])))
        return Line(fault.code, "wrong", recovered, f"{done}; {what} (seed {lab.seed}; {asked})", took)
    return Line(fault.code, lab.probe.verdict(), recovered, f"{done} ({asked})", took)
