"""«Did you mean»: words that occur nowhere, replaced by the word here that sounds or is spelt nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assistant.language.folding import fold, is_kana, kana_skeleton
from assistant.language.tokens import Token
from assistant.search.fields import Form
from assistant.search.query import CONTENT_WEIGHT

_SHORTEST: Final = 4
_SHORTEST_SOUND: Final = 2
_LONGEST: Final = 24
_MOST_REPLACED: Final = 3


class Speller:
    """The words of the documents, found by their sound or by what is left when one letter is dropped."""

    def __init__(self, forms: Mapping[Form, int], extra: Iterable[str]) -> None:
        self._seen: dict[str, int] = {}
        self._sounds: dict[str, dict[str, None]] = {}
        self._shorter: dict[str, dict[str, None]] = {}
        for form, count in forms.items():
            if form.weight >= CONTENT_WEIGHT and not form.surface.isdecimal():
                self._learn(form.surface, form.reading, count)
        for word in map(fold, extra):
            self._learn(word, word if is_kana(word) else "", 1)

    def _learn(self, surface: str, reading: str, count: int) -> None:
        self._seen[surface] = self._seen.get(surface, 0) + count
        if reading and not surface.isascii():
            self._sounds.setdefault(kana_skeleton(reading), {})[surface] = None
        if _SHORTEST <= len(surface) <= _LONGEST:
            for left in _left_over(surface):
                self._shorter.setdefault(left, {})[surface] = None

    def corrected(self, folded: str, words: Iterable[Token], known: Iterable[str]) -> str | None:
        """Return ``folded`` with words that are not ``known`` replaced, or None when nothing is better."""
        rest, done, replaced = folded, "", 0
        keys = set(known)
        for token in words:
            before, found, after = rest.partition(token.surface)
            if not found:
                continue
            fine = replaced == _MOST_REPLACED or self._is_fine(token, keys)
            better = None if fine else self._nearest(token)
            replaced += better is not None
            done, rest = done + before + (better or token.surface), after
        return done + rest if replaced else None

    def _is_fine(self, token: Token, known: set[str]) -> bool:
        return token.weight < CONTENT_WEIGHT or token.key in known or token.surface in self._seen

    def _nearest(self, token: Token) -> str | None:
        """Return the most frequent word of the same sound, else of nearly the same letters."""
        sound = kana_skeleton(token.reading)
        if len(sound) >= _SHORTEST_SOUND and not token.surface.isascii():
            same = self._sounds.get(sound, {})
            if same:
                return max(same, key=lambda word: self._seen[word])
        near = [word for word in self._candidates(token.surface) if _differ_once(word, token.surface)]
        return max(near, key=lambda word: self._seen[word], default=None)

    def _candidates(self, surface: str) -> dict[str, None]:
        if not _SHORTEST <= len(surface) <= _LONGEST:
            return {}
        return {word: None for left in _left_over(surface) for word in self._shorter.get(left, ())}


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
