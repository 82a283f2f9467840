"""The figures of the evaluation, on a set small enough to reckon by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from assistant.evaluation.retrieval_set import evaluate

DOCUMENTS = (
    ("d1", "Where is the post office?", "Next to the station."),
    ("d2", "When does the museum open?", "At nine."),
    ("d3", "Where is the museum?", "Behind the park."),
)
QUERIES = (("q1", "museum opening"), ("q2", "post office"), ("q3", "weather forecast"), ("unjudged", "station"))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    documents = [json.dumps({"id": id, "question": asked, "answer": answer}) for id, asked, answer in DOCUMENTS]
    queries = [json.dumps({"id": id, "text": text}) for id, text in QUERIES]
    (tmp_path / "documents.jsonl").write_text("\n".join(documents), encoding="utf-8")
    (tmp_path / "queries-dev.jsonl").write_text("\n".join(queries), encoding="utf-8")
    judged = "q1\td3\t1\nq1\td1\t0\nq2\td1\t2\nq2\td2\t1\nq3\td2\t1\nelsewhere\td2\t1\n"
    (tmp_path / "qrels-dev.tsv").write_text(judged, encoding="utf-8")
    return tmp_path


def test_the_figures_are_means_over_judged_queries(directory: Path) -> None:
    report = evaluate(directory)
    assert (report.documents, report.queries) == (3, 3)
    assert report.mrr == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert report.map == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)
    assert report.p_at_5 == pytest.approx((1 / 5 + 1 / 5 + 0) / 3)
    assert report.sr_at_1 == pytest.approx(1 / 3)
    assert report.sr_at_5 == pytest.approx(2 / 3)
    assert report.r_at_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    ideal = 2 + 1 / math.log2(3)
    assert report.ndcg_at_10 == pytest.approx((1 / math.log2(3) + 2 / ideal + 0) / 3)


def test_the_report_prints_every_figure(directory: Path) -> None:
    report = evaluate(directory)
    text = "\n".join(report.lines())
    for name in ("MRR", "MAP", "P@5", "SR@1", "SR@5", "R@10", "NDCG@10"):
        assert name in text
    assert f"{report.mrr:.3f}" in text
