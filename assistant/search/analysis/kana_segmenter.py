"""Words in text that is kana only, told apart by how our own documents read.

A dictionary of all Japanese reads «ほけんしょう» as anything; the few thousand readings of our pages do not.
The text is cut where the sum of the words' surprises is least (Viterbi), over those readings alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assistant.language.text.normalize import hiragana, kana_skeleton
from assistant.language.text.romaji import as_kana
from assistant.language.text.tokenizer import Token
from assistant.search.analysis.analyzer import Form

_UNKNOWN: Final = 14.0  # surprise of a letter that belongs to no word; more than that of any word
_WORD: Final = 1.0  # added per word, so that longer words win
_LONGEST: Final = 14
_SHORTEST_SPELT: Final = 4


@dataclass(frozen=True, slots=True)
class _Sound:
    surprise: float
    tokens: tuple[Token, ...]


class KanaSegmenter:
    """The readings of the documents' words, with the words each may stand for."""

    def __init__(self, forms: Mapping[Form, int]) -> None:
        seen: dict[str, Counter[str]] = {}
        weights: dict[tuple[str, str], float] = {}
        for form, count in forms.items():
            if form.reading and (form.surface.isdecimal() or not form.surface.isascii()):
                seen.setdefault(form.reading, Counter())[form.key] += count
                pair = form.reading, form.key
                weights[pair] = max(weights.get(pair, 0.0), form.weight)
        total = sum(forms.values())
        self._sounds = {reading: _sound(reading, keys, weights, total) for reading, keys in seen.items()}
        self._skeletons: dict[str, _Sound] = {}
        for reading in sorted(seen, key=lambda reading: seen[reading].total()):
            if len(reading) > 1:
                self._skeletons[kana_skeleton(reading)] = self._sounds[reading]

    def words(self, text: str) -> tuple[Token, ...]:
        """Return the words ``text`` may hold, in order; one sound may stand for several."""
        heard = hiragana("".join(c for c in text if c.isalnum() or c == "ー"))
        return tuple(token for sound in self._cut(heard, self._sounds) for token in sound.tokens)

    def spelt(self, word: str) -> tuple[Token, ...]:
        """Return the words that ``word`` in Latin letters holds when it is wholly Japanese, long vowels or not."""
        kana = as_kana(word) if len(word) >= _SHORTEST_SPELT else None
        heard = kana_skeleton(kana or "")
        found = self._cut(heard, self._skeletons)
        whole = sum(len(kana_skeleton(sound.tokens[0].reading)) for sound in found if sound.tokens) == len(heard)
        return tuple(token for sound in found for token in sound.tokens) if whole else ()

    def _cut(self, heard: str, sounds: Mapping[str, _Sound]) -> list[_Sound]:
        least = [0.0] + [math.inf] * len(heard)
        last: list[tuple[int, _Sound | None]] = [(0, None)] * (len(heard) + 1)
        for start in range(len(heard)):
            if least[start] + _UNKNOWN < least[start + 1]:
                least[start + 1], last[start + 1] = least[start] + _UNKNOWN, (start, None)
            for end in range(start + 1, min(len(heard), start + _LONGEST) + 1):
                sound = sounds.get(heard[start:end])
                if sound and least[start] + sound.surprise < least[end]:
                    least[end], last[end] = least[start] + sound.surprise, (start, sound)
        return _walked_back(last)


def _walked_back(last: list[tuple[int, _Sound | None]]) -> list[_Sound]:
    found: list[_Sound] = []
    at = len(last) - 1
    while at > 0:
        at, sound = last[at]
        if sound:
            found.append(sound)
    return found[::-1]


def _sound(reading: str, keys: Counter[str], weights: Mapping[tuple[str, str], float], total: int) -> _Sound:
    """Return what ``reading`` may stand for; of several words the rarer says less."""
    count = keys.total()
    tokens = tuple(
        Token(reading, key, weights[reading, key] * math.sqrt(seen / count), reading)
        for key, seen in keys.most_common()
        if weights[reading, key] and (len(reading) > 1 or reading.isdecimal())  # one kana may be anything
    )
    return _Sound(math.log(total / count) + _WORD, tokens)
