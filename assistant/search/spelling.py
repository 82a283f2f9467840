"""«Did you mean»: words that occur nowhere, replaced by the word here that sounds or is spelt nearly so.

A wrong suggestion is worse than none, so a word is replaced only by one that shares its sound and a kanji,
or that is long and differs in one letter. Text in kana only is understood by its sound and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from assistant.language.text.normalize import fold, is_kana
from assistant.language.text.tokenizer import Token
from assistant.search.analysis.analyzer import Form
from assistant.search.analysis.concepts import CONTENT_WEIGHT

_NOUN: Final = 1.0
_SHORTEST_LATIN: Final = 5
_SHORTEST_KATAKANA: Final = 4
_LONGEST: Final = 24
_MOST_REPLACED: Final = 3
_KANJI: Final = re.compile("[々㐀-鿿]")
_LATIN: Final = re.compile("[a-z]+")
_KATAKANA: Final = re.compile("[ァ-ヺー]+")


class Speller:
    """The words of documents and lexicon, found by their sound or by what is left when one letter is dropped."""

    def __init__(self, forms: Mapping[Form, int], texts: Iterable[str], names: Iterable[str] = ()) -> None:
        self._seen: dict[str, int] = {}
        self._sounds: dict[str, list[str]] = {}
        self._shorter: dict[str, list[str]] = {}
        for form, count in forms.items():
            self._count(form.surface, count)
            if form.weight >= _NOUN and _KANJI.search(form.surface):
                self._sounds.setdefault(form.reading, []).append(form.surface)
        for text in texts:
            for run in _KATAKANA.findall(text):
                self._count(run, 1)
        for name in names:
            for word in _LATIN.findall(fold(name)):
                self._count(word, 0)
        for word in self._seen:
            for left in _left_over(word) if _is_spelt(word) else ():
                self._shorter.setdefault(left, []).append(word)

    def _count(self, word: str, count: int) -> None:
        self._seen[word] = self._seen.get(word, 0) + count

    def corrected(self, text: str, words: Iterable[Token], known: Container[str]) -> str | None:
        """Return ``text`` folded, with words that are not ``known`` replaced; None when nothing is better."""
        rest, done, replaced = fold(text), "", 0
        if is_kana(rest):
            return None
        for word, token in _units(words, known):
            before, found, after = rest.partition(word)
            better = self._nearest(word, token) if found and replaced < _MOST_REPLACED else None
            replaced += better is not None
            done, rest = (done + before + (better or word), after) if found else (done, rest)
        return done + rest if replaced else None

    def _nearest(self, word: str, token: Token | None) -> str | None:
        """Return the most frequent noun of the same sound, else the word of nearly the same letters."""
        if word in self._seen:
            return None
        if token and _KANJI.search(word):
            near = [other for other in self._sounds.get(token.reading, ()) if _share_kanji(word, other)]
        elif _is_spelt(word):
            found = {other for left in _left_over(word) for other in self._shorter.get(left, ())}
            near = [other for other in found if word[0] == other[0] and _differ_once(word, other)]
        else:
            near = []
        return max(near, key=lambda other: (self._seen[other], other), default=None)


def _units(words: Iterable[Token], known: Container[str]) -> Iterator[tuple[str, Token | None]]:
    """Return the words worth correcting; pieces of one katakana word are joined, for they were cut wrongly."""
    for katakana, run in groupby(words, key=lambda token: _KATAKANA.fullmatch(token.surface) is not None):
        tokens = list(run)
        unknown = [token for token in tokens if token.key not in known and token.weight >= CONTENT_WEIGHT]
        if katakana and unknown:
            yield "".join(token.surface for token in tokens), None
        elif not katakana:
            yield from ((token.surface, token) for token in unknown)


def _is_spelt(word: str) -> bool:
    """Tell whether ``word`` is written in letters a slip of the finger may change, and long enough to tell."""
    if len(word) > _LONGEST:
        return False
    if word.isascii():
        return word.isalpha() and len(word) >= _SHORTEST_LATIN
    return len(word) >= _SHORTEST_KATAKANA and _KATAKANA.fullmatch(word) is not None


def _share_kanji(one: str, other: str) -> bool:
    return any(a == b and _KANJI.match(a) for a, b in zip(one, other, strict=False))


def _left_over(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _differ_once(one: str, other: str) -> bool:
    """Tell whether one letter added, dropped, changed or swapped with the next makes ``other`` of ``one``."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
