"""The search over our own entries: figures do not fall, no entry draws what is not its own, no answer is made up.

The floors are what was measured less two or three queries; ``entries-unseen`` was never looked at line by line.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from assistant.conversation.retrieval import find, look_up
from assistant.evaluation.entry_ranking import EntryQuery, Half, Judged, figures, judge, read_queries
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import DATA, TODAY

SETS: Final[tuple[tuple[str, Half | None], ...]] = (
    ("entries-own", "learning"),
    ("entries-own", "checking"),
    ("entries-learn", None),
    ("entries-unseen", None),
)


@pytest.fixture(scope="module")
def judged(snapshot: Snapshot) -> dict[tuple[str, Half | None], tuple[Judged, ...]]:
    def rank(query: str, lang: str, depth: int) -> list[str]:
        return [hit.id for hit in find(snapshot, query, lang, depth, TODAY)]

    return {(name, half): judge(read_queries(DATA / f"{name}.jsonl", half), rank) for name, half in SETS}


@pytest.mark.parametrize(
    ("which", "mrr", "first", "three", "junk"),
    [
        (("entries-own", "checking"), 0.9, 0.855, 0.94, 0.08),
        (("entries-unseen", None), 0.82, 0.745, 0.88, 0.155),
    ],
)
def test_what_should_come_first_does(
    judged: dict[tuple[str, Half | None], tuple[Judged, ...]],
    which: tuple[str, Half | None],
    mrr: float,
    first: float,
    three: float,
    junk: float,
) -> None:
    found = figures(judged[which])
    assert found.mrr >= mrr
    assert found.first >= first
    assert found.three >= three
    assert found.junk <= junk


def test_no_entry_draws_queries_that_are_not_its_own(
    judged: dict[tuple[str, Half | None], tuple[Judged, ...]], snapshot: Snapshot
) -> None:
    everything = [one for part in judged.values() for one in part]
    assert len(everything) >= 600
    drawn = Counter((one.ranked[0], one.query.lang) for one in everything if one.junk)
    assert max(drawn.values()) <= 0.02 * len(everything)


def test_our_own_sets_name_only_entries_that_exist(snapshot: Snapshot) -> None:
    queries: list[EntryQuery] = [one for name, half in SETS for one in read_queries(DATA / f"{name}.jsonl", half)]
    assert {id for one in queries for id in one.first | one.fine} <= set(snapshot.entry_ids())
    assert all(not one.first & one.fine for one in queries)


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        ("ぺんぎんの飼い方", "ja"),
        ("ラーメンの作り方", "ja"),
        ("how to keep penguins", "en"),
        ("best pizza in town", "en"),
    ],
)
def test_what_no_entry_answers_has_neighbours_and_no_hits(snapshot: Snapshot, query: str, lang: str) -> None:
    found = look_up(snapshot, query, lang, 10, TODAY)
    assert found.hits == ()
    assert len(found.nearest) <= 3


def test_nearly_every_query_on_our_subject_is_answered(snapshot: Snapshot) -> None:
    queries = [one for name, half in SETS for one in read_queries(DATA / f"{name}.jsonl", half)]
    answered = [one for one in queries if look_up(snapshot, one.query, one.lang, 1, TODAY).hits]
    assert len(answered) >= 0.97 * len(queries)


def test_a_misspelling_is_found_and_named(snapshot: Snapshot) -> None:
    found = look_up(snapshot, "forgoten pasword", "en", 3, TODAY)
    assert found.hits
    assert found.meant == "forgotten password"


@pytest.mark.parametrize(("query", "word"), [("shikaku kakuninsho", "資格"), ("sikaku kakuninsyo", "資格")])
def test_japanese_in_latin_letters_is_heard(snapshot: Snapshot, query: str, word: str) -> None:
    assert word in snapshot.entries[look_up(snapshot, query, "ja", 1, TODAY).hits[0].id, "ja"].front.title


def test_the_desk_and_the_patient_are_told_what_is_for_them(snapshot: Snapshot) -> None:
    def readers(voice: str) -> tuple[str, ...]:
        return snapshot.entries[
            look_up(snapshot, "期限切れの資格確認書", "ja", 1, TODAY, voice).hits[0].id, "ja"
        ].front.audience

    assert "front-desk" in readers("desk")
    assert "enrollee" in readers("patient")
