"""Weights with names, and a file of them that is not there or not one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.content.policy_weights import PolicyWeights, load_weights
from assistant.domain.faults import Fault


def test_what_speaks_for_and_against_adds_up() -> None:
    weights = PolicyWeights(-1.0, {"asks": 2.0, "known": -1.0})
    assert weights.chance([("asks", 1.0), ("known", 1.0)]) == pytest.approx(0.5)
    assert weights.chance([("asks", 1.0), ("strange", 9.0)]) == pytest.approx(0.7311, abs=1e-4)


@pytest.mark.parametrize("text", [None, "bias = 1", "bias = 'x'\n[weights]", "bias = 1\nweights = 3", "= ="])
def test_a_file_without_weights_is_named_with_what_to_do(tmp_path: Path, text: str | None) -> None:
    (tmp_path / "model").mkdir()
    if text is not None:
        (tmp_path / "model" / "policy.toml").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    assert load_weights(tmp_path, faults).of == {}
    assert [(it.path, it.do) for it in faults] == [("model/policy.toml", "run make policy")]
