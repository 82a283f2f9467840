"""Conversations held turn by turn: those that were read while building, and those of writers who had not seen it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.conversations import evaluate_conversations
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import DATA


def test_the_conversations_that_were_built_on_go_right(snapshot: Snapshot) -> None:
    """Rules were written on these; reading is learnt without them."""
    report = evaluate_conversations(DATA / "conversations.yaml", snapshot)
    assert report.turns == 249
    assert report.right / report.turns >= 0.88
    assert report.last_right / report.conversations >= 0.9
    assert report.loops == 0


def test_conversations_of_other_writers_do_not_get_worse(snapshot: Snapshot) -> None:
    """A floor under what is reached, far from what is wanted; of what was wrong in them kinds were mended."""
    report = evaluate_conversations(DATA / "conversations-own.yaml", snapshot)
    assert report.turns == 4338
    assert report.right / report.turns >= 0.80
    assert report.loops == 0


def test_first_replies_to_people_nobody_learnt_from(snapshot: Snapshot) -> None:
    """One sentence each; 0.84 is reached, 0.75 was asked for."""
    report = evaluate_conversations(DATA / "first-replies.yaml", snapshot)
    assert report.turns == 150
    assert report.right / report.turns >= 0.8


@pytest.mark.parametrize(
    ("reply", "right"),
    [("{kind: outcome, standing: [insured]}", 1), ("{kind: outcome, standing: [full_payment]}", 0)],
)
def test_a_reply_of_another_kind_counts_as_wrong(tmp_path: Path, snapshot: Snapshot, reply: str, right: int) -> None:
    path = tmp_path / "conversations.yaml"
    path.write_text(
        "- {id: conv-1, lang: ja, voice: patient, day: 2026-11-29, turns: "
        "[{say: 資格確認書を持っています。期限は令和9年7月31日です,"
        f" facts: {{presented: [certificate]}}, reply: [{reply}]}}]}}\n",
        encoding="utf-8",
    )
    assert evaluate_conversations(path, snapshot).right == right
