"""The documents of one language with their rankings, and how a query's parts make one score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from assistant.language.models.sentence_sense import UNKNOWN as UNKNOWN_SENSE
from assistant.language.models.word_vectors import Vector, WordVectors
from assistant.language.text.normalize import fold
from assistant.language.text.tokenizer import Token, query_tokens
from assistant.search.analysis.analyzer import FORMS, LINES, Form
from assistant.search.analysis.concepts import CONTENT_WEIGHT, Concepts
from assistant.search.analysis.kana_segmenter import KanaSegmenter
from assistant.search.documents import DESK, PATIENT, Document, Hit
from assistant.search.query import Expansion, Query, cut, read_query
from assistant.search.question_match import AskedLines, QuestionCover, word_weights
from assistant.search.ranking.bm25f import BESIDE, SOUNDS, Impacts, Numbers, rank_fields, word_fields
from assistant.search.ranking.confidence import Evidence, is_confident
from assistant.search.ranking.nearness import Facets, Meanings, Neighbours, Senses
from assistant.search.ranking.prior import prior
from assistant.search.ranking.ranking_weights import RankingWeights
from assistant.search.spelling import Speller
from assistant.search.storage import Contents, Postings

_SOUND_SHARE: Final = 0.1
_ALIKE: Final = 0.4
_RERANKED: Final = 30
_FORMS_SHOWN: Final = 4
_USUALLY_NEAR: Final = 0.76
"""How near in sense the first document for a query mostly is: its score stays what it is without senses."""

NO_FACETS: Final[Mapping[str, float]] = MappingProxyType({})


class RankedDocument(NamedTuple):
    """A document in a ranking: its ``lead`` over the next one, how much of its question is said, facets in common."""

    number: int
    score: float
    lead: float
    covered: float
    alike: float


class LanguageIndex:
    """Everything a search in one language needs, in plain dictionaries and arrays."""

    def __init__(self, contents: Contents, concepts: Concepts, weights: RankingWeights, vectors: WordVectors) -> None:
        self._documents, size = contents.documents, len(contents.documents)
        self._concepts = concepts
        self._weights = weights
        fields = dict(contents.postings)
        asked = [len(document.asked) for document in self._documents]
        fields["body"], fields[BESIDE] = _parted(fields["body"], asked)
        counts = {Form.unpacked(term): len(pairs) for term, pairs in fields[FORMS].items()}
        self._words = rank_fields(size, fields, word_fields(weights), weights.floor)
        self._sounds = rank_fields(size, fields, SOUNDS)
        self._priors = {reader: prior(self._documents, reader, weights) for reader in (PATIENT, DESK)}
        self._expansion = Expansion(counts, weights.group)
        self._hearing = KanaSegmenter(counts)
        self._surfaces = _surfaces(counts)
        worth = word_weights(counts)
        self._titles = QuestionCover(fields["question"], worth, self._words.rarity, size, concepts)
        self._lines = AskedLines(fields[LINES], asked, worth, self._words.rarity, concepts)
        self._meanings = Meanings(vectors, [(document.title, *document.asked) for document in self._documents])
        self._facets = Facets([document.facets for document in self._documents])
        self._senses = Senses([document.senses for document in self._documents])
        self._neighbours = Neighbours(vectors, self._surfaces, weights.akin)
        texts = (text for document in self._documents for text in _texts(document))
        self._speller = Speller(counts, texts, contents.synonyms)
        self._known = concepts.keys | self._words.postings.keys()

    def search(
        self,
        text: str,
        limit: int,
        words: tuple[Token, ...] | None = None,
        reader: str = PATIENT,
        facets: Mapping[str, float] = NO_FACETS,
        sense: Vector = UNKNOWN_SENSE,
    ) -> tuple[Hit, ...]:
        """Return the best ``limit`` documents for ``text``, already cut into ``words`` or not."""
        text, words = self._corrected(text, words)
        query = read_query(text, self._lang, words, self._expansion, self._concepts, self._neighbours)
        covered = self._titles.by(query)
        ranked = self._ranked(query, covered, limit, self._priors[reader], facets, sense)
        says = self._says(query)
        near = (key for terms in query.near for key in terms)
        terms = tuple(dict.fromkeys((*says, *(one.term for one in query.named), *query.added, *near)))
        held = self._held(terms, {place.number for place in ranked})
        return tuple(self._hit(query, says, held[place.number], place) for place in ranked)

    def suggest(self, text: str) -> str | None:
        """Return ``text`` with unknown words replaced by near ones that occur here."""
        return self._speller.corrected(text, query_tokens(fold(text), self._lang), self._known)

    @property
    def _lang(self) -> str:
        return self._documents[0].lang

    def _corrected(self, text: str, words: tuple[Token, ...] | None) -> tuple[str, tuple[Token, ...]]:
        """Return ``text`` and its words, the unknown among them replaced where one is near."""
        words = cut(text, self._lang, self._hearing, self._known, words)
        if all(token.key in self._known or token.weight < CONTENT_WEIGHT for token in words):
            return text, words
        better = self._speller.corrected(text, words, self._known)
        return (text, words) if better is None else (better, cut(better, self._lang, self._hearing, self._known))

    def _ranked(
        self,
        query: Query,
        covered: Impacts,
        limit: int,
        factors: Impacts,
        facets: Mapping[str, float],
        sense: Vector,
    ) -> list[RankedDocument]:
        """Return the best ``limit`` documents, ties by number."""
        by_words = self._by_words(query)
        scores = by_words + self._sounds.scores(dict.fromkeys(query.sounds, _SOUND_SHARE))
        best = _best(scores, max(limit, _RERANKED))
        silent = {number for number in best.tolist() if not by_words[number]}
        if silent:
            best = best[~np.isin(best, list(silent - self._sounding_like(query, silent)))]
        weights = self._weights
        said = weights.plain + weights.covered * covered[best] + weights.worded * self._lines.by(query)[best]
        alike = self._facets.by(facets, best)
        said += weights.near * self._meanings.by(query.heard, best) + weights.facets * alike
        again = scores[best] * said * factors[best] * self._by_sense(sense, best)
        order = np.argsort(-again, kind="stable")[:limit]
        lead = float(again[order[0]] - again[order[1]]) if len(order) > 1 else 0.0
        return [
            RankedDocument(
                int(best[at]), float(again[at]), 0.0 if behind else lead, float(covered[best[at]]), float(alike[at])
            )
            for behind, at in enumerate(order.tolist())
        ]

    def _by_sense(self, sense: Vector, numbers: Numbers) -> Impacts | float:
        """Return by what nearness to ``sense`` multiplies each of ``numbers``; 1 for one as near as is usual."""
        if not (self._senses.known and sense.any()):
            return 1.0
        weight = self._weights.sense
        return (1 + weight * self._senses.by(sense, numbers)) / (1 + weight * _USUALLY_NEAR)

    def _by_words(self, query: Query) -> Impacts:
        """Return what words and concepts are worth; of a concept its name or its words, whichever is worth more."""
        scores = self._words.scores({**query.loose, **query.added})
        for terms in query.near:
            scores = scores + self._words.best(terms)
        for one in query.named:
            whole = self._words.scores({one.term: one.weight * self._weights.concept})
            share = self._weights.pieces if len(one.words) > 1 else 1.0
            scores = scores + np.maximum(whole, share * self._words.scores(one.words))
        return scores

    def _sounding_like(self, query: Query, silent: set[int]) -> set[int]:
        """Return those of the documents ``silent``, with none of the query's words, that hold enough of its sound."""
        alike = Counter(number for sound in query.sounds for number in self._sounds.having(sound, silent))
        return {number for number in silent if alike[number] >= _ALIKE * len(query.sounds)}

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

    def _hit(self, query: Query, says: Mapping[str, float], held: Sequence[str], place: RankedDocument) -> Hit:
        document = self._documents[place.number]
        direct = [key for key in held if key in says]
        shown = [word for key in held for word in self._surfaces[key]]
        by_name = {one.term for one in query.named if not one.words.keys().isdisjoint(held)}
        matched = dict.fromkeys(query.surfaces.get(key) or self._surfaces[key][0] for key in held if key not in by_name)
        evidence = Evidence(len(direct), sum(says[key] for key in direct), place.covered, place.lead / place.score)
        return Hit(
            document.id, place.score, tuple(matched), is_confident(evidence), tuple(shown),
            document.body or document.lead, _said(query, says, set(held)), place.alike,
        )  # fmt: skip


def _best(scores: Impacts, count: int) -> Numbers:
    """Return the numbers of the ``count`` best scores above zero, and of those that tie with the last, ascending."""
    least = np.partition(scores, -count)[-count] if count < len(scores) else 0.0
    return np.flatnonzero((scores >= least) & (scores > 0)).astype(np.int32)


def _said(query: Query, says: Mapping[str, float], held: set[str]) -> float:
    """Return the share of what ``query`` says that is ``held``: as it says it, by another name, or nearly."""
    nearly = [terms for terms in query.near if not held.isdisjoint(terms)]
    named = [one.words for one in query.named if one.term in held]
    found = held.union(*nearly, *named)
    return sum(share for key, share in says.items() if key in found)


def _texts(document: Document) -> tuple[str, ...]:
    return (document.title, *document.asked, document.lead, document.body, *document.headings, *document.terms)


def _parted(postings: Postings, asked: Sequence[int]) -> tuple[Postings, Postings]:
    """Return the postings of documents without other ways to ask, then of those with some."""
    if all(asked):
        return {}, postings
    without, beside = (
        {term: [pair for pair in pairs if bool(asked[pair[0]]) is some] for term, pairs in postings.items()}
        for some in (False, True)
    )
    return without, beside


def _surfaces(counts: Mapping[Form, int]) -> dict[str, tuple[str, ...]]:
    """Return per key of a content word the forms it is written in, the most frequent first."""
    seen: dict[str, dict[str, int]] = {}
    for form, count in counts.items():
        forms = seen.setdefault(form.key, {})
        forms[form.surface] = forms.get(form.surface, 0) + count
    ordered = {key: sorted(forms, key=lambda word: (-forms[word], word)) for key, forms in seen.items()}
    return {key: tuple(words[:_FORMS_SHOWN]) for key, words in ordered.items()}
