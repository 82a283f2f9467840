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
    """What is looked for: ``words`` as asked, each written as in ``surfaces``, ``added`` synonyms and ``sounds``."""

    words: Mapping[str, float]
    surfaces: Mapping[str, str]
    added: Mapping[str, float]
    sounds: Mapping[str, float]


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
        folded = {fold(word): _keys(others, known) for word, others in synonyms.items()}
        self._lexicon = tuple((word, _alone(word), keys) for word, keys in folded.items() if word and keys)

    def of(self, folded: str, words: Iterable[Token]) -> dict[str, float]:
        """Return the keys that stand beside ``words`` and beside lexicon entries in ``folded``, weighted."""
        added: dict[str, float] = {}
        for word, alone, keys in self._lexicon:
            if word in folded and (alone is None or alone.search(folded)):
                for key, weight in keys.items():
                    added[key] = max(added.get(key, 0.0), weight * _LEXICON_SHARE)
        for token in words:
            for group in token.groups if token.weight >= CONTENT_WEIGHT else ():
                for key in self._groups.get(group, ()):
                    added[key] = max(added.get(key, 0.0), token.weight * _GROUP_SHARE)
        strongest = sorted(added.items(), key=lambda pair: -pair[1])[:_MOST_ADDED]
        return dict(strongest)


def read_query(
    text: str, lang: str, expansion: Expansion, hearing: Hearing, cut: tuple[Token, ...] | None = None
) -> Query:
    """Analyse a reader's ``text``, ``cut`` into words by the caller or here; the cost is bounded whatever it holds."""
    folded = fold(text)
    by_sound = lang == "ja" and is_kana(folded)
    if cut is None or by_sound:
        cut = hearing.words(folded)[:QUERY_TERMS] if by_sound else query_tokens(folded, lang)
    words: dict[str, float] = {}
    surfaces: dict[str, str] = {}
    for token in cut:
        if token.weight:
            words[token.key] = max(words.get(token.key, 0.0), token.weight)
            surfaces.setdefault(token.key, token.surface)
    added = {key: weight for key, weight in expansion.of(folded, cut).items() if key not in words}
    return Query(words, surfaces, added, _sounds(folded, cut, by_sound))


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


def _alone(word: str) -> re.Pattern[str] | None:
    """Return what finds a Latin ``word`` only where it stands alone."""
    return re.compile(rf"\b{re.escape(word)}\b") if word.isascii() else None
