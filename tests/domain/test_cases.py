"""Situations with their expected decision, replayed."""

from __future__ import annotations

from assistant.evaluation.cases import evaluate_cases
from tests.conftest import DATA


def test_every_case_agrees(snapshot):
    """None wrong, none left open."""
    report = evaluate_cases(DATA / "cases.yaml", snapshot)
    assert (report.wrong, report.open) == ({}, {})
    assert report.agreed >= 80
