"""Schemathesis, with all of its checks, against the API as waitress serves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback import running

#: For each operation in the random phase. `make schemathesis` asks for more, and for the long phases too.
EXAMPLES = os.environ.get("MADOGUCHI_EXAMPLES")
#: Fewer requests than this would mean that hardly anything was tried.
LEAST = 2_000 if EXAMPLES else 100
PHASES = "examples,coverage,fuzzing,stateful" if EXAMPLES else "examples,fuzzing"


@pytest.fixture
def served(app):
    """The address of the site, served by waitress on the loopback interface."""
    with running(app, threads=4) as address:
        yield address


def test_schemathesis_finds_nothing(served):
    """Every answer as documented, what is wrong refused, what is right accepted, no other method."""
    command = [Path(sys.executable).with_name("schemathesis"), "run", f"{served}/api/v1/openapi.json"]
    options = [
        "--checks=all",
        f"--max-examples={EXAMPLES or 12}",
        f"--phases={PHASES}",
        "--continue-on-failure",
        "--no-color",
        "--warnings=off",
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks"}
    ran = subprocess.run(
        [*command, *options],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    generated = re.search(r"(\d+) generated, \1 passed", ran.stdout)
    assert generated, ran.stdout[-2000:]
    print(ran.stdout[-1200:])  # noqa: T201 - the count is what a long run is for
    assert int(generated[1]) >= LEAST
