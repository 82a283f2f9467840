"""The documents of one language with their rankings, and how a query's parts make one score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import Final

from assistant.language.tokens import query_tokens
from assistant.search.confidence import Evidence, is_confident
from assistant.search.documents import Document, Hit
from assistant.search.fields import FORMS, Form
from assistant.search.hearing import Hearing
from assistant.search.index import Contents, Postings
from assistant.search.query import CONTENT_WEIGHT, Expansion, Query, read_query
from assistant.search.ranking import SOUNDS, WORDS, rank_fields
from assistant.search.suggest import Speller

_SOUND_SHARE: Final = 0.1
_ALIKE: Final = 0.4
_COVERAGE_SHARE: Final = 0.4
_RERANKED: Final = 30
_FORMS_SHOWN: Final = 4


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
        self._wholes = tuple(sum(question.values()) for question in self._questions)
        self._speller = Speller(counts, (text for document in self._documents for text in _texts(document)))

    def search(self, text: str, limit: int) -> tuple[Hit, ...]:
        """Return the best ``limit`` documents for ``text``."""
        query = read_query(text, self._documents[0].lang, self._expansion, self._hearing)
        ranked = self.ranked(query, limit)
        lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 0.0
        says = self._says(query)
        return tuple(
            self._hit(query, says, number, score, lead if place == 0 else 0.0)
            for place, (score, number) in enumerate(ranked)
        )

    def suggest(self, text: str) -> str | None:
        """Return ``text`` with unknown words replaced by near ones that occur here."""
        words = query_tokens(text, self._documents[0].lang)
        return self._speller.corrected(text, words, self._words.numbers)

    def ranked(self, query: Query, limit: int) -> list[tuple[float, int]]:
        """Return scores and numbers of the best ``limit`` documents, ties by number."""
        scores = [0.0] * len(self._documents)
        self._words.add(scores, query.words)
        self._words.add(scores, query.added)
        by_words = tuple(scores)
        self._sounds.add(scores, query.sounds, _SOUND_SHARE)
        again = [
            (-scores[number] * (1 + _COVERAGE_SHARE * self._coverage(query, number)), number)
            for number in _best(scores, max(limit, _RERANKED))
            if by_words[number] or self._sounds_like(query, number)
        ]
        return [(-score, number) for score, number in sorted(again)[:limit]]

    def _sounds_like(self, query: Query, number: int) -> bool:
        """Tell whether enough of the query's sound is in a document that has none of its words."""
        alike = sum(self._sounds.has(sound, number) for sound in query.sounds)
        return alike >= _ALIKE * len(query.sounds)

    def _coverage(self, query: Query, number: int) -> float:
        """Return how much of the document's question, by rarity, the query says."""
        said = 0.0
        for key, weight in self._questions[number].items():
            if key in query.words:
                said += weight
            elif key in query.added:
                said += weight * query.added[key]
        return said / (self._wholes[number] or 1.0)

    def _says(self, query: Query) -> Mapping[str, float]:
        """Return the query's content words, each with its weight times its rarity."""
        words = query.words.items()
        return {key: weight * self._words.rarity_of(key) for key, weight in words if weight >= CONTENT_WEIGHT}

    def _hit(self, query: Query, says: Mapping[str, float], number: int, score: float, lead: float) -> Hit:
        document = self._documents[number]
        direct = [token for token in query.tokens if token.key in says and self._words.has(token.key, number)]
        beside = [key for key in query.added if self._words.has(key, number)]
        keys = dict.fromkeys([token.key for token in direct] + beside)
        shown = [word for key in keys for word in self._surfaces[key]]
        matched = dict.fromkeys([token.surface for token in direct] + [self._surfaces[key][0] for key in beside])
        said = sum(says[key] for key in keys if key in says) / (sum(says.values()) or 1.0)
        evidence = Evidence(len(keys) - len(beside), said, self._coverage(query, number), lead / score)
        text = document.body or document.lead
        return Hit(document.id, score, tuple(matched), is_confident(evidence), tuple(shown), text)


def _best(scores: list[float], count: int) -> list[int]:
    """Return the numbers of the ``count`` best scores above zero, and of those that tie with the last."""
    least = nlargest(count, scores)[-1]
    return [number for number, score in enumerate(scores) if score >= least and score > 0]


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
) -> tuple[Mapping[str, float], ...]:
    """Return per document the words of its question, each with what it says times how rare it is."""
    weights: dict[str, float] = {}
    for form in forms:
        weights[form.key] = max(weights.get(form.key, 0.0), form.weight)
    questions: tuple[dict[str, float], ...] = tuple({} for _ in range(size))
    for key, pairs in fields["question"].items():
        for number, _ in pairs:
            questions[number][key] = weights.get(key, 0.0) * rarity[key]
    return questions
