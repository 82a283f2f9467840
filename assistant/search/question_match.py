"""How much of a question a reader has said, by what its words are worth: of the title, or of another way to ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from assistant.search.analysis.analyzer import Form, in_line
from assistant.search.analysis.concepts import Concepts, is_concept
from assistant.search.query import Query
from assistant.search.ranking.bm25f import BM25F, Impacts, ranking
from assistant.search.storage import Postings

_NOTHING: Final = 1e-9


class QuestionCover:
    """Texts, each of which a query says more or less of."""

    def __init__(
        self, postings: Postings, weights: Mapping[str, float], rarity: Mapping[str, float], size: int, all: Concepts
    ) -> None:
        self._texts = _worth(postings, weights, rarity, size, all)
        said = (key for key in self._texts.postings if not is_concept(key))
        self._wholes = np.maximum(self._texts.scores(dict.fromkeys(said, 1.0)), _NOTHING)

    def by(self, query: Query) -> Impacts:
        """Return the share of each text that ``query`` says, between 0 and 1; of a concept by whatever name."""
        said = self._texts.scores({**query.added, **dict.fromkeys(query.words, 1.0)})
        for one in query.named:
            more = self._texts.scores({one.term: 1.0}) - self._texts.scores(dict.fromkeys(one.words, 1.0))
            said = said + np.maximum(more, 0.0)
        covered: Impacts = said / self._wholes
        return covered


class AskedLines:
    """The other ways to ask each document's question; each line is covered for itself, and the best counts."""

    def __init__(
        self,
        postings: Postings,
        asked: Sequence[int],
        weights: Mapping[str, float],
        rarity: Mapping[str, float],
        concepts: Concepts,
    ) -> None:
        """Take the field of lines; ``asked`` says how many lines each document has."""
        rows = np.array(asked, dtype=np.int64) + 1  # one row more, without words: no document is without a row
        self._starts = np.concatenate(([0], np.cumsum(rows)[:-1])) if asked else np.zeros(0, np.int64)
        by_row: dict[str, list[tuple[int, float]]] = {}
        for term, pairs in postings.items():
            line, keys = in_line(term)
            for key in keys:
                by_row.setdefault(key, []).extend((int(self._starts[n]) + line, often) for n, often in pairs)
        ordered = {key: sorted(pairs) for key, pairs in by_row.items()}
        self._rows = QuestionCover(ordered, weights, rarity, int(rows.sum()), concepts)

    def by(self, query: Query) -> Impacts:
        """Return for each document the share that ``query`` says of the line it says most of."""
        best: Impacts = np.maximum.reduceat(self._rows.by(query), self._starts)
        return best


def word_weights(forms: Iterable[Form]) -> Mapping[str, float]:
    """Return the weight of each key among ``forms``."""
    weights: dict[str, float] = {}
    for form in forms:
        weights[form.key] = max(weights.get(form.key, 0.0), form.weight)
    return weights


def _worth(
    postings: Postings, weights: Mapping[str, float], rarity: Mapping[str, float], size: int, concepts: Concepts
) -> BM25F:
    """Return the terms of the texts, a word worth what it says times its ``rarity``, a concept what its name is."""
    holders = {key: tuple(number for number, _ in pairs) for key, pairs in postings.items()}
    sets = {key: frozenset(held) for key, held in holders.items()}
    words = {key: weights.get(key, 0.0) * rarity[key] for key in holders if not is_concept(key)}
    worth = {key: np.full(len(holders[key]), each) for key, each in words.items()}
    for term in holders.keys() - words.keys():
        names = [(sum(words[key] for key in name), name) for name in concepts.names[term] if words.keys() >= {*name}]
        worth[term] = np.array([
            max((much for much, name in names if all(number in sets[key] for key in name)), default=0.0)
            for number in holders[term]
        ])  # fmt: skip
    return ranking(size, rarity, holders, worth)
