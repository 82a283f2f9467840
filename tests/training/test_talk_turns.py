"""Turns to learn from: every line is checked, and each voice is measured by what the others taught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import paths
from assistant.domain.faults import Fault
from assistant.evaluation.talk_tracking import FLOORS, TalkReport, cross_validated_talks
from assistant.training.talk_turns import read_turns

GOOD = {
    "lang": "ja",
    "voice": "patient",
    "before": {"presented": ["certificate"], "scheme": "kouki"},
    "asked": "certificate_until",
    "say": "来年の7月です。カードもありました",
    "presented": ["certificate", "mynumber_card"],
    "stated": {"certificate_until": "2027-07-31"},
}


def read(content: Path, *lines: object) -> tuple[list[Fault], int]:
    (content / "turns").mkdir()
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    (content / "turns" / "aunt.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    faults: list[Fault] = []
    return faults, len(read_turns(content, faults))


def test_a_date_that_was_asked_is_the_state_that_it_settles(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    [turn] = read_turns(tmp_path, [])
    assert (turn.voice, turn.asked, turn.presented) == ("aunt", "certificate", {"certificate", "mynumber_card"})
    assert turn.before.stated == {"scheme": "kouki"}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ({**GOOD, "mood": "fine"}, "not an object with asked"),
        ({**GOOD, "voice": "aunt"}, "voice 'aunt' is unknown"),
        ({**GOOD, "asked": "weather"}, "asked 'weather' is unknown"),
        ({**GOOD, "say": " "}, "the text is missing"),
        ({**GOOD, "presented": ["passport"]}, "is no list of items"),
        ({**GOOD, "stated": {"scheme": "cheap"}}, "scheme does not take this value"),
        ({**GOOD, "before": []}, "objects with facts"),
    ],
)
def test_a_line_that_is_no_turn_is_named(tmp_path: Path, line: object, part: str) -> None:
    [fault], kept = read(tmp_path, GOOD, line)
    assert (fault.path, fault.line, kept) == ("turns/aunt.jsonl", 2, 1)
    assert part in fault.what


def test_the_same_text_twice_is_named(tmp_path: Path) -> None:
    [fault], _ = read(tmp_path, GOOD, GOOD)
    assert str(fault) == "turns/aunt.jsonl:2: this text was there before, leave one of the two out"


def test_each_voice_is_measured_by_what_the_others_taught(content: Path) -> None:
    for path in (content / "turns").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines[::10]) + "\n", encoding="utf-8")
    report = cross_validated_talks(content, quick=True)
    voices = {path.stem for path in (paths.CONTENT / "turns").glob("*.jsonl")}
    assert set() < report.turns.keys() < voices
    for what in FLOORS:
        assert report.by_rule[what].total() < report.right[what].total() < report.turns.total()


def test_a_report_names_what_fell_below_its_floor() -> None:
    report = TalkReport()
    report.turns["aunt"] = 100
    report.right["shown"]["aunt"], report.right["stated"]["aunt"] = int(FLOORS["shown"] * 100) - 1, 100
    assert [*report.below_floor()] == ["what is shown after a sentence: 0.830, it was to be 0.84 at least"]
