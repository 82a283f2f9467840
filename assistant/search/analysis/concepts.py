"""Our lexicon's groups of words, each as one concept that is counted like a word of its own.

A name is met as a whole, by the keys of its words in a row, and of names that overlap only the longest counts:
«マイナ保険証» is not the «保険証» within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from assistant.language.text.normalize import is_kana
from assistant.language.text.tokenizer import Token, tokens

CONTENT_WEIGHT: Final = 0.25
"""From this weight on a word says something of its own."""

_MARK: Final = "\x1e"
_JAPANESE: Final = re.compile("[ぁ-ヿ㐀-鿿]")

Synonyms = Mapping[str, tuple[str, ...]]
Keys = tuple[str, ...]
Place = Sequence[Token]
"""The words that may stand at one place of a text: one, or what a sound may mean."""


class ConceptMatch(NamedTuple):
    """A concept met in a text: the term it is counted under, and the tokens by which it was named."""

    term: str
    named: tuple[Token, ...]

    @property
    def surface(self) -> str:
        """The name as the text writes it."""
        written = [token.surface for token in self.named]
        return ("" if _JAPANESE.search("".join(written)) else " ").join(written)


class Concepts:
    """Every name of every concept, looked up by the key of its first word."""

    def __init__(self, synonyms: Synonyms) -> None:
        self.names: dict[str, tuple[Keys, ...]] = {}
        self._starting: dict[str, list[tuple[Keys, str]]] = {}
        terms: dict[frozenset[str], str] = {}
        for word, others in synonyms.items():
            group = frozenset((word, *others))
            if group not in terms:
                terms[group] = _MARK + word
                self._take(terms[group], (word, *others))
        for names in self._starting.values():
            names.sort(key=lambda name: -len(name[0]))

    def _take(self, term: str, words: Iterable[str]) -> None:
        names: dict[Keys, None] = {}
        for word in words:
            # a Latin name is cut one way in Japanese text and may be cut another in English
            for lang in ("ja",) if _JAPANESE.search(word) else ("en", "ja"):
                named = [token for token in tokens(word, lang) if token.weight]
                if any(token.weight >= CONTENT_WEIGHT for token in named):
                    names[tuple(token.key for token in named)] = None
        for keys in names:
            self._starting.setdefault(keys[0], []).append((keys, term))
        self.names[term] = tuple(names)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all words of all names."""
        return frozenset(key for names in self.names.values() for name in names for key in name)

    def met(self, words: Iterable[Token]) -> list[ConceptMatch]:
        """Return the concepts that ``words``, in their order, name; no word belongs to two of them."""
        places = _places(words)
        found: list[ConceptMatch] = []
        at = 0
        while at < len(places):
            met = self._at(places, at) if places[at] else None
            if met:
                found.append(met)
            at += len(met.named) if met else 1
        return found

    def _at(self, places: Sequence[Place], at: int) -> ConceptMatch | None:
        best: ConceptMatch | None = None
        for first in places[at]:
            for keys, term in self._starting.get(first.key, ()):
                if (best is None or len(keys) > len(best.named)) and at + len(keys) <= len(places):
                    named = [_with_key(place, key) for place, key in zip(places[at:], keys, strict=False)]
                    if None not in named:
                        best = ConceptMatch(term, tuple(token for token in named if token))
                        break  # longest first
        return best


def is_concept(term: str) -> bool:
    """Tell whether a term of the index stands for a concept."""
    return term.startswith(_MARK)


def _with_key(place: Place, key: str) -> Token | None:
    return next((token for token in place if token.key == key), None)


def _places(words: Iterable[Token]) -> list[list[Token]]:
    """Put what one sound may mean in one place; words without weight (particles, endings) take none."""
    places: list[list[Token]] = []
    for token in words:
        if not token.weight:
            continue
        last = places[-1][-1] if places else None
        if last and last.key != token.key and last.surface == token.surface == token.reading and is_kana(token.surface):
            places[-1].append(token)
        else:
            places.append([token])
    return places
