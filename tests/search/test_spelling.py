"""Suggestions are made for slips, and not for words we merely do not have."""

from __future__ import annotations

import pytest

from assistant.search import Searcher


@pytest.mark.parametrize(
    ("typed", "lang", "meant"),
    [
        ("暗唱番号を忘れた", "ja", "暗証番号を忘れた"),
        ("マイナポタールで確認", "ja", "マイナポータルで確認"),
        ("renew my certifcate", "en", "renew my certificate"),
        ("Teelphone number", "en", "telephone number"),
    ],
)
def test_a_slip_is_corrected(searcher: Searcher, typed: str, lang: str, meant: str) -> None:
    assert searcher.suggest(typed, lang) == meant


@pytest.mark.parametrize(
    ("typed", "lang"),
    [
        ("暗証番号を忘れた", "ja"),
        ("あんしょばんごう", "ja"),
        ("天気予報", "ja"),
        ("幸進", "ja"),
        ("lost certificates", "en"),
        ("weather forecast", "en"),
        ("cart", "en"),
        ("", "en"),
    ],
)
def test_what_is_right_or_simply_unknown_is_left_alone(searcher: Searcher, typed: str, lang: str) -> None:
    assert searcher.suggest(typed, lang) is None


def test_at_most_three_words_are_replaced(searcher: Searcher) -> None:
    assert searcher.suggest("certifcate " * 5, "en") == "certificate certificate certificate certifcate certifcate"
