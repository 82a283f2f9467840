"""From a reader's text to weighted terms: its words, their synonyms that occur here, and its sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.language.folding import fold, is_kana, kana_skeleton
from assistant.language.tokens import QUERY_TERMS, Token, query_tokens, tokens
from assistant.search.fields import Form, trigrams
from assistant.search.hearing import Hearing
from assistant.search.index import Synonyms

CONTENT_WEIGHT: Final = 0.25
"""From this weight on a word says something of its own."""

_GROUP_SHARE: Final = 0.4
_LEXICON_SHARE: Final = 0.6
_MOST_ADDED: Final = 40
_MOST_SOUNDS: Final = 120
_JAPANESE: Final = re.compile("[ぁ-ヿ㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ``words`` as asked, ``added`` synonyms and ``sounds``.

    ``by_sound`` tells that only kana came and the words were guessed from it.
    """

    tokens: tuple[Token, ...]
    words: Mapping[str, float]
    added: Mapping[str, float]
    sounds: Mapping[str, float]
    by_sound: bool


class Expansion:
    """Synonyms restricted to the words of the documents: the dictionary's groups and our own lexicon."""

    def __init__(self, forms: Iterable[Form], synonyms: Synonyms) -> None:
        groups: dict[int, dict[str, None]] = {}
        known: set[str] = set()
        for form in forms:
            known.add(form.key)
            for group in form.groups if form.weight >= CONTENT_WEIGHT else ():
                groups.setdefault(group, {})[form.key] = None
        self._groups = {group: tuple(keys) for group, keys in groups.items()}
        self._lexicon = tuple((_finder(word), _keys(others, known)) for word, others in synonyms.items())

    def of(self, folded: str, words: Iterable[Token]) -> dict[str, float]:
        """Return the keys that stand beside ``words`` and beside lexicon entries in ``folded``, weighted."""
        added: dict[str, float] = {}
        for found, keys in self._lexicon:
            if found(folded):
                for key, weight in keys.items():
                    added[key] = max(added.get(key, 0.0), weight * _LEXICON_SHARE)
        for token in words:
            for group in token.groups if token.weight >= CONTENT_WEIGHT else ():
                for key in self._groups.get(group, ()):
                    added[key] = max(added.get(key, 0.0), token.weight * _GROUP_SHARE)
        strongest = sorted(added.items(), key=lambda pair: -pair[1])[:_MOST_ADDED]
        return dict(strongest)


def read_query(text: str, lang: str, expansion: Expansion, hearing: Hearing) -> Query:
    """Analyse a reader's ``text``; whatever it holds, the cost stays bounded."""
    folded = fold(text)
    by_sound = lang == "ja" and is_kana(folded)
    found = hearing.words(folded)[:QUERY_TERMS] if by_sound else query_tokens(folded, lang)
    words: dict[str, float] = {}
    for token in found:
        if token.weight:
            words[token.key] = max(words.get(token.key, 0.0), token.weight)
    added = {key: weight for key, weight in expansion.of(folded, found).items() if key not in words}
    return Query(found, words, added, _sounds(folded, found, by_sound), by_sound)


def _sounds(folded: str, found: tuple[Token, ...], by_sound: bool) -> dict[str, float]:
    sound = "".join(filter(str.isalnum, folded)) if by_sound else "".join(token.reading for token in found)
    return dict.fromkeys(trigrams(kana_skeleton(sound))[:_MOST_SOUNDS], 1.0)


def _keys(others: Iterable[str], known: set[str]) -> dict[str, float]:
    return {
        token.key: token.weight
        for other in others
        for token in tokens(other, "ja" if _JAPANESE.search(other) else "en")
        if token.key in known and token.weight >= CONTENT_WEIGHT
    }


class _finder:
    """Finds a lexicon word in folded text; Latin words only where they stand alone."""

    def __init__(self, word: str) -> None:
        self._word = fold(word)
        self._alone = re.compile(rf"\b{re.escape(self._word)}\b") if self._word.isascii() else None

    def __call__(self, folded: str) -> bool:
        if not self._word or self._word not in folded:
            return False
        return self._alone is None or self._alone.search(folded) is not None
