"""Porter's stemmer for English words (M. F. Porter, 1980), enough to join «cards» and «card»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CONSONANT: Final = "[^aeiou]"
_VOWEL: Final = "[aeiouy]"
_CONSONANTS: Final = f"{_CONSONANT}[^aeiouy]*"
_VOWELS: Final = f"{_VOWEL}[aeiou]*"
_MEASURE_OVER_0: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_MEASURE_IS_1: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}({_VOWELS})?$")
_MEASURE_OVER_1: Final = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL: Final = re.compile(f"^({_CONSONANTS})?{_VOWEL}")
_SHORT: Final = re.compile(f"^{_CONSONANTS}{_VOWEL}[^aeiouwxy]$")
_DOUBLE: Final = re.compile(r"([^aeiouylsz])\1$")

_STEP_2: Final = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("logi", "log"),
)  # fmt: skip
_STEP_3: Final = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
    ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP_4: Final = (
    "ement", "ance", "ence", "able", "ible", "ment", "sion", "tion", "ant", "ent", "ism",
    "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case English ``word``; words of one or two letters stay as they are."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    marked = "Y" + word[1:] if word[0] == "y" else word
    for step in (_plural, _past, _final_y, _second, _third, _fourth, _final_e):
        marked = step(marked)
    return marked.lower()


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _MEASURE_OVER_0.match(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            base = word[: -len(ending)]
            return _mend(base) if _HAS_VOWEL.match(base) else word
    return word


def _mend(base: str) -> str:
    """Give a word that lost «ed» or «ing» its e back, or take its doubled letter away."""
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if _DOUBLE.search(base):
        return base[:-1]
    return base + "e" if _SHORT.match(base) else base


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.match(word[:-1]) else word


def _replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for ending, new in pairs:
        if word.endswith(ending):
            base = word[: -len(ending)]
            return base + new if _MEASURE_OVER_0.match(base) else word
    return word


def _second(word: str) -> str:
    return _replaced(word, _STEP_2)


def _third(word: str) -> str:
    return _replaced(word, _STEP_3)


def _fourth(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            base = word[: -3 if ending in ("sion", "tion") else -len(ending)]
            return base if _MEASURE_OVER_1.match(base) else word
    return word


def _final_e(word: str) -> str:
    if word.endswith("e"):
        base = word[:-1]
        if _MEASURE_OVER_1.match(base) or (_MEASURE_IS_1.match(base) and not _SHORT.match(base)):
            word = base
    if word.endswith("ll") and _MEASURE_OVER_1.match(word):
        return word[:-1]
    return word
