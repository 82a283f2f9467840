"""The first reply to the labelled questions, judged by a list of right answers; and the judging itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.first_replies import AnswerReport, evaluate_answers, read_answers
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import DATA, TODAY

QUESTIONS, ANSWERS = DATA / "questions.jsonl", DATA / "answers.jsonl"


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> AnswerReport:
    return evaluate_answers(QUESTIONS, read_answers(ANSWERS), snapshot, TODAY)


def test_the_first_reply_is_mostly_right(report: AnswerReport) -> None:
    """Answering by the rules first cost four of these, reading that is learnt from other sentences a few more."""
    assert report.questions == 222
    assert report.first_share >= 0.81


def test_a_right_reply_is_nearly_always_among_three(report: AnswerReport) -> None:
    assert report.within_three_share >= 0.95


def test_every_right_answer_is_an_entry_we_have(snapshot: Snapshot) -> None:
    named = {id for right in read_answers(ANSWERS).values() for id in right.entries}
    assert named - set(snapshot.entry_ids()) == set()


def test_a_list_without_the_right_answer_counts_as_missed(tmp_path: Path, snapshot: Snapshot) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"id": "ja-0156", "entries": ["school-trip"], "rules": false}\n', encoding="utf-8")
    report = evaluate_answers(QUESTIONS, read_answers(path), snapshot, TODAY)
    assert (report.questions, report.first, report.within_three, report.missed) == (1, 0, 0, ["ja-0156"])
    assert [line.split()[0] for line in report.lines()] == ["right", "right", "not"]
