"""A group of the lexicon is one concept: the whole name, the longest of several, counted like a word."""

from __future__ import annotations

import pytest

from assistant.language.text.tokenizer import tokens
from assistant.search import Document, build
from assistant.search.analysis.concepts import Concepts, is_concept

CARD, MYNA, WHOLE = ("保険証", "insurance card"), ("マイナ保険証", "My Number insurance card"), ("健康診断", "checkup")
GROUPS = (CARD, MYNA, WHOLE)
SYNONYMS = {word: tuple(other for other in group if other != word) for group in GROUPS for word in group}


def met(text: str, lang: str = "ja") -> list[str]:
    return [one.surface for one in Concepts(SYNONYMS).met(tokens(text, lang))]


@pytest.mark.parametrize(
    ("text", "lang", "surfaces"),
    [
        ("マイナ保険証を忘れた", "ja", ["マイナ保険証"]),
        ("保険証とマイナ保険証", "ja", ["保険証", "マイナ保険証"]),
        ("my number insurance cards", "en", ["my number insurance cards"]),
        ("the insurance of a card", "en", []),
        ("保険の証", "ja", ["保険証"]),
        ("保険会社の証明", "ja", []),
    ],
)
def test_a_name_counts_whole_and_the_longest_alone(text: str, lang: str, surfaces: list[str]) -> None:
    assert met(text, lang) == surfaces


def test_names_of_one_group_are_one_term() -> None:
    concepts = Concepts(SYNONYMS)
    terms = {
        one.term for text, lang in (("健康診断", "ja"), ("a checkup", "en")) for one in concepts.met(tokens(text, lang))
    }
    assert len(terms) == 1
    assert all(is_concept(term) for term in terms)


def test_a_synonym_in_pieces_lifts_nobody() -> None:
    filler = [Document(str(n), "ja", f"保険証の話{n}", body="保険証を見せます。") for n in range(8)]
    pieces = Document("pieces", "ja", "英語で伝える", body="My car. Number one. Insurance office.")
    searcher = build([*filler, pieces], synonyms=SYNONYMS)
    assert "pieces" not in {hit.id for hit in searcher.search("マイナ保険証", "ja")}


def test_a_group_finds_by_whichever_name_and_ranks_by_the_union() -> None:
    documents = [
        Document("other", "en", "Where is the office?", body="The insurance office has a card."),
        Document("named", "en", "Which insurance card do I show?", body="Any."),
    ]
    hits = build(documents, synonyms=SYNONYMS).search("保険証", "en")
    assert [hit.id for hit in hits] == ["named"]
    assert hits[0].matched == ("insurance card",)
    assert "insurance card" in hits[0].forms
