"""Phrases find what one regular expression would find, trying less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.lexicon.pattern_notation import PatternError, compile_patterns
from assistant.language.lexicon.phrase_set import Alternative, MatchText, PhraseSet

PATTERNS = ("保険証", "保険", "(旧|古い)保険証", "証…書", "か?書", "保", "証書|険証書")
TEXTS = st.text(alphabet="保険証旧古い書か。", max_size=24)


def one_expression(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return the plain alternation of the same ways, longer patterns first, as the notation promises."""
    parts = sorted((part for pattern in patterns for part in _parts(pattern)), key=len, reverse=True)
    return re.compile("|".join(part.replace("…", "[^。!?\n]{0,8}?") for part in parts))


def _parts(pattern: str) -> list[str]:
    return [pattern] if "(" in pattern else pattern.split("|")


@given(TEXTS)
def test_they_find_the_same_as_one_expression(text: str) -> None:
    phrases, regex = compile_patterns(PATTERNS, {}), one_expression(PATTERNS)
    assert [match.span() for match in phrases.finditer(MatchText(text))] == [m.span() for m in regex.finditer(text)]
    found, expected = phrases.found_in(MatchText(text)), regex.search(text)
    assert found == bool(expected)
    here, there = next(phrases.matches(MatchText(text), [0]), None), regex.match(text)
    assert (here and here.span()) == (there and there.span())


def test_a_way_whose_letters_are_missing_is_not_tried() -> None:
    never = re.compile("(?=a)b")
    tried = PhraseSet([Alternative(lambda: never, frozenset({"保険"}))])
    assert tried._possible(MatchText("資格確認書")) == []
    assert list(tried._possible(MatchText("健康保険"))) == [never]


def test_a_way_without_sure_letters_is_always_tried() -> None:
    assert compile_patterns(["#割"], {}).found_in(MatchText("3割"))
    assert compile_patterns(["(a|b)?"], {}).found_in(MatchText("保険"))


@given(st.text(alphabet="card s?資の ", max_size=16))
def test_a_latin_word_is_found_only_whole(text: str) -> None:
    whole = re.compile("(?<![a-z0-9])cards?(?![a-z0-9])")
    assert compile_patterns(["cards?"], {}).found_in(MatchText(text)) == bool(whole.search(text))
    listed = compile_patterns(["{word}"], {"word": ("資", "cards?")})
    assert listed.found_in(MatchText(text)) == bool(whole.search(text) or "資" in text)


def test_what_was_checked_before_is_compiled_when_a_text_may_hold_it() -> None:
    phrases = compile_patterns(["保険証"], {}, at_once=False)
    assert not phrases.found_in(MatchText("資格確認書"))
    assert "regex" not in vars(phrases.ways[0])
    assert phrases.found_in(MatchText("健康保険証"))
    assert "regex" in vars(phrases.ways[0])


def test_what_is_checked_names_a_bad_pattern_at_once() -> None:
    with pytest.raises(PatternError, match="nobody"):
        compile_patterns(["{nobody}の保険証"], {})
