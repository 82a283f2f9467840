"""How hard a text is to read: length of sentences, share of kanji, words without a reading; Flesch for English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.content.entries import Entry
from assistant.content.prose.furigana import Furigana

LONGEST_SENTENCE: Final = {"ja": 80, "en": 34}
"""Characters of a Japanese, words of an English sentence, that a reader-facing entry may not exceed."""

LONGEST_TEXT: Final = {"ja": 400, "en": 220}
MOST_KANJI: Final = 0.5
LEAST_FLESCH: Final = 40.0

_SENTENCE: Final = re.compile(r"[^。！？\n]+[。！？]?")
_EN_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=\s|$)|$)")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'-]*")
_KANJI: Final = re.compile("[一-鿿々]")
_KANJI_WORD: Final = re.compile("[一-鿿々]{2,}")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_BRACKETS: Final = re.compile(r"（[^）]*）|\([^)]*\)|\"[^\"]*\"|「[A-Za-z][^」]*」")


@dataclass(frozen=True, slots=True)
class Readability:
    """The figures of one entry. ``hard`` counts Japanese words without a reading; ``ease`` is Flesch for English."""

    path: str
    lang: str
    length: int
    longest: int
    kanji: float
    hard: int
    ease: float

    def complaints(self) -> Iterator[str]:
        """Name each figure that is over its ceiling."""
        if self.length > LONGEST_TEXT[self.lang]:
            yield f"{self.length} {'characters' if self.lang == 'ja' else 'words'}, at most {LONGEST_TEXT[self.lang]}"
        if self.longest > LONGEST_SENTENCE[self.lang]:
            yield f"a sentence of {self.longest}, at most {LONGEST_SENTENCE[self.lang]}"
        if self.kanji > MOST_KANJI:
            yield f"{self.kanji:.0%} kanji, at most {MOST_KANJI:.0%}"
        if self.lang == "en" and self.ease < LEAST_FLESCH:
            yield f"Flesch {self.ease:.0f}, at least {LEAST_FLESCH:.0f}"


def readability(entry: Entry, furigana: Furigana) -> Readability:
    """Measure one entry: its text without source marks, links and table rules."""
    text = re.sub(r"[-:]{3,}", "", entry.text)
    if entry.front.lang == "en":
        return _english(entry.path, text)
    signs = re.sub(r"\s", "", text)
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(_BRACKETS.sub("", text))]
    kanji = len(_KANJI.findall(signs)) / max(len(signs), 1)
    read = re.sub(r"<ruby>.*?</ruby>", "", furigana.over(text))
    hard = len(set(_KANJI_WORD.findall(read)))
    return Readability(entry.path, "ja", len(signs), max(map(len, sentences), default=0), kanji, hard, 0.0)


def _english(path: str, text: str) -> Readability:
    words = _WORD.findall(text)
    sentences = [
        found for sentence in _EN_SENTENCE.findall(text) if (found := _WORD.findall(_BRACKETS.sub("", sentence)))
    ]
    syllables = sum(_syllables(word) for word in words)
    count = max(len(words), 1)
    ease = 206.835 - 1.015 * count / max(len(sentences), 1) - 84.6 * syllables / count
    return Readability(path, "en", count, max(map(len, sentences), default=0), 0.0, 0, ease)


def _syllables(word: str) -> int:
    found = len(_VOWELS.findall(word.lower()))
    return max(1, found - (word.lower().endswith("e") and not word.lower().endswith("le") and found > 1))
