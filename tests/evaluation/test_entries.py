"""Our own relevance set: its figures reckoned by hand, its halves, and what a line must hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.entry_ranking import FaultyLine, figures, judge, missed_lines, read_queries, report_lines

LINES = (
    {"query": "lost", "lang": "en", "kind": "word", "first": ["a"], "fine": ["b"]},
    {"query": "late", "lang": "en", "kind": "pair", "first": ["c"], "fine": ["b"]},
    {"query": "紛失", "lang": "ja", "kind": "word", "first": ["a"], "fine": []},
    {"query": "無", "lang": "ja", "kind": "word", "first": ["a"], "fine": []},
)
RANKED = {"lost": ["a"], "late": ["b", "c"], "紛失": ["x", "y", "z", "a"], "無": []}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "entries.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES), encoding="utf-8")
    return path


def rank(query: str, lang: str, depth: int) -> list[str]:
    return RANKED[query]


def test_the_figures_are_means_over_the_queries(file: Path) -> None:
    found = figures(judge(read_queries(file), rank))
    assert found.queries == 4
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4 + 0) / 4)
    assert (found.first, found.three, found.junk) == (0.25, 0.5, 0.25)


def test_the_halves_share_no_line_and_leave_none_out(file: Path) -> None:
    learning, checking = read_queries(file, "learning"), read_queries(file, "checking")
    assert [one.query for one in learning] == ["lost", "紛失"]
    assert {*learning, *checking} == {*read_queries(file)}


def test_the_report_has_a_line_per_language_and_kind(file: Path) -> None:
    lines = report_lines(judge(read_queries(file), rank))
    assert [line[:12].strip() for line in lines] == ["all", "en", "en word", "en pair", "ja", "ja word"]


def test_what_was_missed_is_told_apart_from_what_misled(file: Path) -> None:
    missed = missed_lines(judge(read_queries(file), rank))
    assert [line.split(", ")[0] for line in missed] == ["en late: fine b", "ja 紛失: junk x", "ja 無: fine -"]


@pytest.mark.parametrize("line", ["{", "[]", '{"query": "x"}', json.dumps({**LINES[0], "first": []})])
def test_a_line_that_is_no_query_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_text(f"{json.dumps(LINES[0])}\n{line}", encoding="utf-8")
    with pytest.raises(FaultyLine, match=r"entries\.jsonl:2: "):
        read_queries(path)
