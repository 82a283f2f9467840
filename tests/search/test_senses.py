"""What is near in sense comes first though it shares few words; documents without senses rank as if there were none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest

from assistant.language.models.word_vectors import Vector
from assistant.search import Document, build, open_index, packed
from tests.search.conftest import DOCUMENTS, SYNONYMS


def _sense(*numbers: float) -> Vector:
    direction = np.array(numbers, np.float32)
    return direction / np.float32(np.sqrt(direction @ direction))


MEANT: Final = _sense(1, 2, 2)
OTHER: Final = _sense(2, 1, -2)
QUERY: Final = "lost card"
SENSED: Final = (
    Document("wordy", "en", "The lost hat of a card player at the pharmacy counter", senses=(packed(OTHER),)),
    Document("meant", "en", "My card", asked=("gone",), senses=(packed(OTHER), packed(_sense(1, 2, 1.8)))),
    Document("third", "en", "Opening hours of the pharmacy", senses=(packed(-MEANT),)),
)


def test_what_is_near_in_sense_comes_before_what_has_more_of_the_words() -> None:
    searcher = build(SENSED)
    assert [hit.id for hit in searcher.search(QUERY, "en")] == ["wordy", "meant"]
    assert [hit.id for hit in searcher.search(QUERY, "en", sense=MEANT)] == ["meant", "wordy"]


def test_senses_are_kept_with_the_index(tmp_path: Path) -> None:
    written = build(SENSED, tmp_path / "index")
    opened = open_index(tmp_path / "index")
    assert opened.search(QUERY, "en", sense=MEANT) == written.search(QUERY, "en", sense=MEANT)


@pytest.mark.parametrize(("query", "lang"), [("lost card", "en"), ("カード 更新", "ja")])
def test_documents_without_senses_rank_as_if_the_query_had_none(query: str, lang: str) -> None:
    searcher = build(DOCUMENTS, synonyms=SYNONYMS)
    assert searcher.search(query, lang, sense=MEANT) == searcher.search(query, lang)


def test_a_sense_survives_eight_bits() -> None:
    sense = np.random.default_rng(7).normal(size=96).astype(np.float32)
    kept = np.frombuffer(packed(sense), np.int8).astype(np.float32)
    assert sense @ kept / np.linalg.norm(sense) / np.linalg.norm(kept) == pytest.approx(1, abs=1e-4)
    assert not any(packed(np.zeros(96, np.float32)))
