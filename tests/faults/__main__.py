"""Run the campaign: ``python -m tests.faults [--small] [--seed N] [F01 F02 …]``; exit 1 when one was not survived."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time

from tests.faults.campaign import Line, campaign
from tests.faults.registry import FIRST

#: No fault may begin after this many seconds.
_LONGEST = 3 * 3600


def main() -> int:
    """Print one line for each fault; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="F01", help="these only")
    parser.add_argument("--first", action="store_true", help="the twenty that CI runs")
    parser.add_argument("--small", action="store_true", help="small counts")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--longest", type=float, default=_LONGEST, help="seconds after which no fault begins any more")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    begun = time.monotonic()
    lines: list[Line] = []
    codes = wanted.faults or (FIRST if wanted.first else None)
    for line in campaign(codes, wanted.seed, small=wanted.small, longest=wanted.longest):
        lines.append(line)
        print(line, flush=True)
    bad = [line for line in lines if not line.survived]
    ours = [line for line in bad if line.verdict != "not run" or os.environ.get("CI")]
    print(f"{len(lines) - len(bad)} of {len(lines)} survived in {time.monotonic() - begun:.0f} s, seed {wanted.seed}")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main())
