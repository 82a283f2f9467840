"""The documents of one language with their rankings, and how a query's parts make one score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from assistant.language.folding import fold
from assistant.language.tokens import Token, query_tokens
from assistant.search.confidence import Evidence, is_confident
from assistant.search.documents import Document, Hit
from assistant.search.fields import FORMS, Form
from assistant.search.hearing import Hearing
from assistant.search.index import Contents, Postings
from assistant.search.query import CONTENT_WEIGHT, Expansion, Query, read_query
from assistant.search.ranking import SOUNDS, WORDS, Impacts, Numbers, Ranking, rank_fields, ranking
from assistant.search.suggest import Speller

_SOUND_SHARE: Final = 0.1
_ALIKE: Final = 0.4
_COVERAGE_SHARE: Final = 0.4
_RERANKED: Final = 30
_FORMS_SHOWN: Final = 4
_NOTHING: Final = 1e-9


class Shelf:
    """Everything a search in one language needs, in plain dictionaries and arrays."""

    def __init__(self, contents: Contents, lang: str) -> None:
        numbers = [n for n, document in enumerate(contents.documents) if document.lang == lang]
        self._documents = tuple(contents.documents[n] for n in numbers)
        fields = _restricted(contents.postings, numbers)
        counts = {Form.unpacked(term): len(pairs) for term, pairs in fields[FORMS].items()}
        self._words = rank_fields(len(numbers), fields, WORDS)
        self._sounds = rank_fields(len(numbers), fields, SOUNDS)
        self._expansion = Expansion(counts, contents.synonyms)
        self._hearing = Hearing(counts)
        self._surfaces = _surfaces(counts)
        self._questions = _question_words(fields, counts, self._words.rarity, len(numbers))
        self._wholes = np.maximum(self._questions.scores(dict.fromkeys(self._questions.postings, 1.0)), _NOTHING)
        self._speller = Speller(counts, (text for document in self._documents for text in _texts(document)))

    def search(self, text: str, limit: int, words: tuple[Token, ...] | None = None) -> tuple[Hit, ...]:
        """Return the best ``limit`` documents for ``text``, already cut into ``words`` or not."""
        query = read_query(text, self._documents[0].lang, self._expansion, self._hearing, words)
        covered = self._covered(query)
        ranked = self._ranked(query, covered, limit)
        lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 0.0
        says = self._says(query)
        held = self._held((*says, *query.added), {number for _, number in ranked})
        return tuple(
            self._hit(query, says, held[number], number, (score, lead if place == 0 else 0.0, float(covered[number])))
            for place, (score, number) in enumerate(ranked)
        )

    def suggest(self, text: str) -> str | None:
        """Return ``text`` with unknown words replaced by near ones that occur here."""
        words = query_tokens(fold(text), self._documents[0].lang)
        return self._speller.corrected(text, words, self._words.postings)

    def _ranked(self, query: Query, covered: Impacts, limit: int) -> list[tuple[float, int]]:
        """Return scores and numbers of the best ``limit`` documents, ties by number."""
        by_words = self._words.scores({**query.words, **query.added})
        scores = by_words + self._sounds.scores(dict.fromkeys(query.sounds, _SOUND_SHARE))
        best = _best(scores, max(limit, _RERANKED))
        silent = {number for number in best.tolist() if not by_words[number]}
        if silent:
            best = best[~np.isin(best, list(silent - self._sounding_like(query, silent)))]
        again = scores[best] * (1 + _COVERAGE_SHARE * covered[best])
        order = np.argsort(-again, kind="stable")[:limit]
        return list(zip(again[order].tolist(), best[order].tolist(), strict=True))

    def _sounding_like(self, query: Query, silent: set[int]) -> set[int]:
        """Return those of the documents ``silent``, with none of the query's words, that hold enough of its sound."""
        alike = Counter(number for sound in query.sounds for number in self._sounds.having(sound, silent))
        return {number for number in silent if alike[number] >= _ALIKE * len(query.sounds)}

    def _covered(self, query: Query) -> Impacts:
        """Return how much of each document's question, by rarity, the query says."""
        return self._questions.scores({**query.added, **dict.fromkeys(query.words, 1.0)}) / self._wholes

    def _says(self, query: Query) -> Mapping[str, float]:
        """Return the query's content words, each with its share of what the query says: weight times rarity."""
        words = query.words.items()
        says = {key: weight * self._words.rarity_of(key) for key, weight in words if weight >= CONTENT_WEIGHT}
        whole = sum(says.values())
        return {key: worth / whole for key, worth in says.items()}

    def _held(self, keys: Iterable[str], numbers: set[int]) -> Mapping[int, Sequence[str]]:
        """Return for each of the documents ``numbers`` those of ``keys`` that it has, in their order."""
        held: dict[int, list[str]] = {number: [] for number in numbers}
        for key in keys:
            for number in self._words.having(key, numbers):
                held[number].append(key)
        return held

    def _hit(
        self,
        query: Query,
        says: Mapping[str, float],
        held: Sequence[str],
        number: int,
        rank: tuple[float, float, float],
    ) -> Hit:
        document = self._documents[number]
        score, lead, covered = rank
        direct = [key for key in held if key in says]
        shown = [word for key in held for word in self._surfaces[key]]
        matched = dict.fromkeys(query.surfaces.get(key) or self._surfaces[key][0] for key in held)
        evidence = Evidence(len(direct), sum(says[key] for key in direct), covered, lead / score)
        text = document.body or document.lead
        return Hit(document.id, score, tuple(matched), is_confident(evidence), tuple(shown), text)


def _best(scores: Impacts, count: int) -> Numbers:
    """Return the numbers of the ``count`` best scores above zero, and of those that tie with the last, ascending."""
    least = np.partition(scores, -count)[-count] if count < len(scores) else 0.0
    return np.flatnonzero((scores >= least) & (scores > 0)).astype(np.int32)


def _texts(document: Document) -> tuple[str, ...]:
    return (document.title, *document.asked, document.lead, document.body, *document.headings, *document.terms)


def _restricted(postings: Mapping[str, Postings], numbers: list[int]) -> dict[str, Postings]:
    """Return ``postings`` of the documents ``numbers`` only, renumbered from 0."""
    places = {number: place for place, number in enumerate(numbers)}
    kept: dict[str, Postings] = {}
    for field, terms in postings.items():
        inside = {term: [(places[n], f) for n, f in pairs if n in places] for term, pairs in terms.items()}
        kept[field] = {term: pairs for term, pairs in inside.items() if pairs}
    return kept


def _surfaces(counts: Mapping[Form, int]) -> dict[str, tuple[str, ...]]:
    """Return per key of a content word the forms it is written in, the most frequent first."""
    seen: dict[str, dict[str, int]] = {}
    for form, count in counts.items():
        forms = seen.setdefault(form.key, {})
        forms[form.surface] = forms.get(form.surface, 0) + count
    ordered = {key: sorted(forms, key=lambda word: (-forms[word], word)) for key, forms in seen.items()}
    return {key: tuple(words[:_FORMS_SHOWN]) for key, words in ordered.items()}


def _question_words(
    fields: Mapping[str, Postings],
    forms: Iterable[Form],
    rarity: Mapping[str, float],
    size: int,
) -> Ranking:
    """Return the words of the questions, each worth what it says times how rare it is."""
    weights: dict[str, float] = {}
    for form in forms:
        weights[form.key] = max(weights.get(form.key, 0.0), form.weight)
    holders = {key: tuple(number for number, _ in pairs) for key, pairs in fields["question"].items()}
    worth = {key: np.full(len(held), weights.get(key, 0.0) * rarity[key]) for key, held in holders.items()}
    return ranking(size, rarity, holders, worth)
