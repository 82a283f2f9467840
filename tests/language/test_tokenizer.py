"""Tokens: keys that join forms of one word, weights by part of speech, readings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.language.text.stemmer import stem
from assistant.language.text.tokenizer import QUERY_TERMS, Token, query_tokens, tokens


def keys(text: str, lang: str) -> list[str]:
    return [token.key for token in tokens(text, lang)]


def found(text: str, surface: str, lang: str = "ja") -> Token:
    return next(token for token in tokens(text, lang) if token.surface == surface)


def test_forms_of_a_japanese_verb_share_a_key() -> None:
    assert found("カードを忘れた", "忘れ").key == found("カードを忘れる", "忘れる").key


def test_half_width_and_full_width_words_share_a_key() -> None:
    assert keys("ﾊﾟｽﾜｰﾄﾞ", "ja") == keys("パスワード", "ja")


def test_nouns_weigh_more_than_verbs_and_particles_nothing() -> None:
    noun, particle, verb, _ = tokens("病院へ払った", "ja")
    assert noun.weight > verb.weight > particle.weight == 0


def test_a_word_has_its_reading_in_hiragana() -> None:
    assert found("病院", "病院").reading == "びょういん"


def test_marks_and_spaces_are_no_words() -> None:
    assert tokens("、。！？「」　…", "ja") == ()
    assert tokens("?! ... --", "en") == ()


def test_english_words_are_keyed_by_their_stem() -> None:
    assert keys("The clinic's cards expired", "en") == ["the", "clinic", "card", "expir"]


def test_english_function_words_weigh_little() -> None:
    assert found("what about cards", "about", "en").weight < 0.2 < found("what about cards", "cards", "en").weight


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_both_languages_may_be_mixed(lang: str) -> None:
    assert {"card", "資格", "確認"} <= set(keys("cards と資格確認書", lang))


def test_a_long_page_is_analysed_whole() -> None:
    assert keys("病院に行く。" * 3_000, "ja").count("病院") == 3_000
    assert keys("病" * 9_000, "ja") != []


def test_a_query_has_at_most_forty_terms_and_keeps_those_that_say_something() -> None:
    assert len(query_tokens("clinic " * 60, "en")) == QUERY_TERMS
    assert query_tokens("the of to in a " * 15 + "clinic", "en")[0].key == "clinic"


def test_threads_analyse_alike() -> None:
    text = "マイナンバーカードの暗証番号を忘れました"
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tokens(text, "ja"), range(200))) == {tokens(text, "ja")}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("agreed", "agre"),
        ("hopping", "hop"),
        ("filing", "file"),
        ("happy", "happi"),
        ("relational", "relat"),
        ("hopeful", "hope"),
        ("adjustable", "adjust"),
        ("controller", "control"),
        ("as", "as"),
        ("2026", "2026"),
    ],
)
def test_stems_are_porters(word: str, expected: str) -> None:
    assert stem(word) == expected
