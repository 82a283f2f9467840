"""The first twenty faults at small counts: make faults-quick."""

from __future__ import annotations

import os

import pytest

from tests.faults.campaign import campaign
from tests.faults.registry import FAULTS, FIRST

SEED = int(os.environ.get("MADOGUCHI_SEED", "1"))


@pytest.mark.faults
def test_the_first_twenty_are_survived() -> None:
    """No answer was wrong, none of them could not be run; the lines are printed."""
    lines = list(campaign(FIRST, SEED, small=True, longest=600))
    print("", *lines, sep="\n")
    assert set(FIRST) <= FAULTS.keys()
    assert [str(line) for line in lines if not line.survived] == []
