"""Excerpts show where the words are and never change the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search import Piece, highlight
from assistant.search.snippet import ELLIPSIS, excerpt


def test_every_occurrence_is_marked_whatever_its_case() -> None:
    assert highlight("Card or card", ["card"]) == (Piece("Card", True), Piece(" or ", False), Piece("card", True))


def test_latin_words_are_marked_only_whole() -> None:
    assert highlight("cardigan, discard", ["card"]) == (Piece("cardigan, discard", False),)


def test_of_two_words_that_overlap_the_longer_is_marked() -> None:
    assert highlight("保険証", ["保険", "保険証"]) == (Piece("保険証", True),)


def test_an_excerpt_starts_at_the_sentence_with_the_words() -> None:
    text = "前置きです。" * 40 + "暗証番号は窓口で変えられます。" + "後書きです。" * 40
    pieces = excerpt(text, ["暗証", "番号"])
    assert pieces[:2] == (Piece("暗証", True), Piece("番号", True))


def test_an_excerpt_without_the_words_is_the_beginning() -> None:
    assert "".join(piece.text for piece in excerpt("はじめに。" * 100, ["暗証"])) == ("はじめに。" * 100)[:140]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("資格確認書は無料です。" * 40, "無料です。"),
        ("資格確認書は、保険者が無料で送る紙であり、" * 40, "、…"),
        ("The certificate is free of charge and comes by post " * 20, " charge…"),
        ("The certificate comes by post. " * 20, "by post."),
        ("マイナンバーカードマイナンバーカードと" * 40, "と…"),
        ("資格確認書は無料です（国の案内）。" * 40, "（国の案内）。"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_or_a_word(text: str, end: str) -> None:
    shown = "".join(piece.text for piece in excerpt(text, ["資格"]))
    assert 60 < len(shown) <= 141
    assert shown.endswith(end)


@pytest.mark.parametrize(
    ("text", "words", "begins"),
    [
        ("前置き。" * 9 + "期限は人によって違います（中野区の国保、東京の文書は未確認です）。", ["東京"], "期限は人に"),
        ("Before. " * 20 + "It (資格確認書) can be used from the day it arrives.", ["arrives"], "It (資格確認書)"),
        ("前の文（例です。）資格確認書が届きます。" * 3, ["届き"], "資格確認書が"),
        ("長い文が続き" * 30 + "、届きません" + "と続く" * 30, ["届き"], "…届きません"),
    ],
)
def test_an_excerpt_begins_with_a_sentence_or_says_that_it_does_not(text: str, words: list[str], begins: str) -> None:
    assert "".join(piece.text for piece in excerpt(text, words)).startswith(begins)


def test_a_letter_that_grows_in_lower_case_does_not_shift_the_marks() -> None:
    assert Piece("card", True) in highlight("İstanbul card", ["card"])


@given(st.text(max_size=300), st.lists(st.text(max_size=4), max_size=5))
def test_the_pieces_together_are_the_text(text: str, words: list[str]) -> None:
    assert "".join(piece.text for piece in highlight(text, words)) == text
    assert "".join(piece.text for piece in excerpt(text, words) if piece != ELLIPSIS) in text
