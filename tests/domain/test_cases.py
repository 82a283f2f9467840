"""Situations with their expected decision, replayed."""

from __future__ import annotations

import pytest

from assistant.evaluation.cases import evaluate_cases
from tests.conftest import DATA


@pytest.mark.parametrize(("name", "least"), [("cases.yaml", 89), ("cases-own.yaml", 12)])
def test_every_case_agrees(snapshot, name, least):
    """None wrong, none left open, none skipped."""
    report = evaluate_cases(DATA / name, snapshot)
    assert (report.wrong, report.open) == ({}, {})
    assert report.agreed >= least
