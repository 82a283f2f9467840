"""The ranking is BM25F: fields are added before they saturate."""

from __future__ import annotations

import math

import pytest

from assistant.search.ranking.bm25f import Field, rank_fields


def test_fields_are_added_before_they_saturate() -> None:
    fields = {"title": {"card": [(0, 1.0)]}, "body": {"card": [(0, 2.0), (1, 1.0)]}}
    settings = {"title": Field(1.0, 0.0), "body": Field(0.5, 0.0)}
    ranking = rank_fields(3, fields, settings)
    scores = ranking.scores({"card": 1.0}).tolist()
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    assert scores == pytest.approx([rarity * 2.0 / (1.2 + 2.0), rarity * 0.5 / (1.2 + 0.5), 0.0])


def test_a_long_field_counts_less() -> None:
    fields = {"body": {"card": [(0, 1.0), (1, 1.0)], "other": [(1, 9.0)]}}
    ranking = rank_fields(2, fields, {"body": Field(1.0, 0.75)})
    short, long = ranking.postings["card"][1]
    assert short > long


def test_a_rare_term_counts_more_and_an_unseen_one_most() -> None:
    fields = {"body": {"rare": [(0, 1.0)], "common": [(0, 1.0), (1, 1.0)]}}
    ranking = rank_fields(3, fields, {"body": Field(1.0, 0.75)})
    assert ranking.rarity_of("unseen") > ranking.rarity_of("rare") > ranking.rarity_of("common")


def test_a_document_has_a_term_or_not() -> None:
    ranking = rank_fields(3, {"body": {"card": [(0, 1.0), (2, 1.0)]}}, {"body": Field(1.0, 0.75)})
    assert ranking.having("card", {0, 1}) == {0}
    assert ranking.having("card", {1, 2}) == {2}
    assert not ranking.having("none", {0, 1, 2})
