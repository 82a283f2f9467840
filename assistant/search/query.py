"""From a reader's text to weighted terms: its words, the concepts they name, their synonyms, and its sound."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from assistant.language.text.normalize import fold, is_kana, kana_skeleton
from assistant.language.text.tokenizer import QUERY_TERMS, Token, query_tokens
from assistant.search.analysis.analyzer import Form, trigrams
from assistant.search.analysis.concepts import CONTENT_WEIGHT, ConceptMatch, Concepts
from assistant.search.analysis.kana_segmenter import KanaSegmenter
from assistant.search.ranking.nearness import Neighbours

_MOST_ADDED: Final = 40
_MOST_SOUNDS: Final = 120


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept that is looked for under ``term``, or by the ``words`` that name it: whichever finds more."""

    term: str
    weight: float
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ``words`` as asked, each written as in ``surfaces``, ``added`` synonyms and ``sounds``.

    Those of the words that name a concept stand in ``named`` too, those with words of nearly their meaning in ``near``,
    each with these, the others in ``loose``. ``heard`` is the whole text, or the words heard in one that is kana only.
    """

    words: Mapping[str, float]
    surfaces: Mapping[str, str]
    loose: Mapping[str, float]
    near: tuple[Mapping[str, float], ...]
    named: tuple[NamedConcept, ...]
    added: Mapping[str, float]
    sounds: Mapping[str, float]
    heard: str


class Expansion:
    """The dictionary's groups of synonyms, restricted to the words of the documents."""

    def __init__(self, forms: Iterable[Form], share: float) -> None:
        groups: dict[int, dict[str, None]] = {}
        for form in forms:
            for group in form.groups if form.weight >= CONTENT_WEIGHT else ():
                groups.setdefault(group, {})[form.key] = None
        self._groups = {group: tuple(keys) for group, keys in groups.items()}
        self._share = share

    def of(self, words: Iterable[Token]) -> dict[str, float]:
        """Return the keys that stand beside ``words``, weighted."""
        added: dict[str, float] = {}
        for token in words:
            for group in token.groups if token.weight >= CONTENT_WEIGHT else ():
                for key in self._groups.get(group, ()):
                    added[key] = max(added.get(key, 0.0), token.weight * self._share)
        strongest = sorted(added.items(), key=lambda pair: -pair[1])[:_MOST_ADDED]
        return dict(strongest)


def cut(
    text: str, lang: str, hearing: KanaSegmenter, known: Container[str], words: tuple[Token, ...] | None = None
) -> tuple[Token, ...]:
    """Return the words of a reader's ``text``, which are ``words`` already unless it is to be heard, not read.

    Japanese in Latin letters is heard too: word by word where it is not ``known``, all of it in a text of nothing else.
    """
    folded = fold(text)
    if lang == "ja" and is_kana(folded):
        return hearing.words(folded)[:QUERY_TERMS]
    words = query_tokens(folded, lang) if words is None else words
    spelt = {
        token.surface: hearing.spelt(token.surface)
        for token in words
        if _is_spelt(token) and (lang == "ja" or token.key not in known)
    }
    if not any(spelt.values()):
        return words
    throughout = lang == "ja" and all(
        token.surface in spelt and spelt[token.surface] for token in words if token.weight
    )
    heard = ((spelt.get(token.surface) if throughout or token.key not in known else ()) or (token,) for token in words)
    return tuple(chain.from_iterable(heard))[:QUERY_TERMS]


def _is_spelt(token: Token) -> bool:
    return token.surface.isascii() and token.surface.isalpha() and token.weight >= CONTENT_WEIGHT


def read_query(
    text: str,
    lang: str,
    words: tuple[Token, ...],
    expansion: Expansion,
    concepts: Concepts,
    neighbours: Neighbours,
) -> Query:
    """Weigh the ``words`` of a reader's ``text``, as `cut` gives them; the cost is bounded whatever it holds."""
    weights = _weights(words)
    surfaces: dict[str, str] = {}
    for token in words:
        if token.weight:
            surfaces.setdefault(token.key, token.surface)
    met = concepts.met(words)
    named = _named(met)
    inside = {key for one in named for key in one.words}
    outside = {key: weight for key, weight in weights.items() if key not in inside}
    near = {key: neighbours.beside(key, surfaces[key], weight) for key, weight in outside.items()}
    loose = {key: weight for key, weight in outside.items() if not near[key]}
    pieces = {token.key for one in met if len(one.named) > 1 for token in one.named}
    alone = (token for token in words if token.key not in pieces)  # pieces of a name have synonyms of their own
    added = {key: weight for key, weight in expansion.of(alone).items() if key not in weights}
    folded = fold(text)
    by_sound = lang == "ja" and is_kana(folded)
    return Query(
        weights, surfaces, loose, tuple(filter(None, near.values())), named, added,
        _sounds(folded, words, by_sound), " ".join(weights) if by_sound else folded,
    )  # fmt: skip


def _weights(words: Iterable[Token]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for token in words:
        if token.weight:
            weights[token.key] = max(weights.get(token.key, 0.0), token.weight)
    return weights


def _named(met: Iterable[ConceptMatch]) -> tuple[NamedConcept, ...]:
    """Return each concept once, by the first name the reader gave it."""
    named: dict[str, NamedConcept] = {}
    for one in met:
        words = _weights(one.named)
        named.setdefault(one.term, NamedConcept(one.term, max(words.values()), words))
    return tuple(named.values())


def _sounds(folded: str, found: tuple[Token, ...], by_sound: bool) -> dict[str, float]:
    sound = "".join(filter(str.isalnum, folded)) if by_sound else "".join(token.reading for token in found)
    return dict.fromkeys(trigrams(kana_skeleton(sound))[:_MOST_SOUNDS], 1.0)
