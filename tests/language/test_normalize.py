"""Folding makes what readers type comparable, at a bounded price."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.text.normalize import MAX_QUERY, fold, hiragana, is_kana, kana_skeleton


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ﾏｲﾅﾎﾟｰﾀﾙ", "マイナポータル"),
        ("ＣＡＲＤ　１０割", "card 10割"),
        ("か\u3099き", "がき"),
        ("保険\u200b証\u202e", "保険証"),
        ("one\r\n\ttwo\x00three", "one two three"),
        ("don’t — “stop”", 'don\'t - "stop"'),
        ("〜", "~"),
        ("", ""),
        ("\u0301\u0301", ""),
    ],
)
def test_written_forms_of_one_text_fold_to_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_only_the_first_300_characters_count() -> None:
    assert fold("a" * 1_000) == "a" * MAX_QUERY
    assert fold("a" * 1_000, cap=None) == "a" * 1_000


def test_a_letter_that_expands_stays_within_the_cap() -> None:
    assert len(fold("\ufdfa" * MAX_QUERY)) <= MAX_QUERY


def test_a_tower_of_marks_comes_down_to_its_letter() -> None:
    assert fold("z" + "\u0316\u0301" * 100_000 + "a") == "z"
    assert fold("z" + "\u0316\u0301" * 100 + "a") == "za"


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in fold(text))


def test_katakana_becomes_hiragana_and_nothing_else_changes() -> None:
    assert hiragana("マイナ保険証 Card ヴー") == "まいな保険証 Card ゔー"


@pytest.mark.parametrize("spelling", ["コーレイシャ", "こうれいしゃ", "こーれーしや"])
def test_spellings_of_one_sound_have_one_skeleton(spelling: str) -> None:
    assert kana_skeleton(spelling) == "これしや"


@pytest.mark.parametrize(
    ("text", "only_kana"),
    [
        ("ほけんしょう", True),
        ("75さい！", True),
        ("カード", True),
        ("保険しょう", False),
        ("card", False),
        ("75", False),
    ],
)
def test_kana_only_means_no_other_letters(text: str, only_kana: bool) -> None:
    assert is_kana(text) is only_kana
