"""The searcher: immutable, shared by all threads, one index per language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from assistant.language.models.sentence_sense import UNKNOWN as UNKNOWN_SENSE
from assistant.language.models.word_vectors import NO_VECTORS, Vector, WordVectors
from assistant.language.text.tokenizer import Token
from assistant.search.analysis.concepts import Concepts, Synonyms
from assistant.search.documents import PATIENT, Document, Hit
from assistant.search.language_index import NO_FACETS, LanguageIndex
from assistant.search.ranking.ranking_weights import WEIGHTS, RankingWeights
from assistant.search.storage import Contents, read, write


class Searcher:
    """Finds documents for a reader's text; holds plain dictionaries and arrays and no open file."""

    def __init__(
        self, contents: Contents, weights: RankingWeights = WEIGHTS, vectors: WordVectors = NO_VECTORS
    ) -> None:
        concepts = Concepts(contents.synonyms)
        parts = contents.by_language().items()
        indexes = {lang: LanguageIndex(part, concepts, weights, vectors) for lang, part in parts}
        self._indexes: Mapping[str, LanguageIndex] = MappingProxyType(indexes)

    def search(
        self,
        query: str,
        lang: str,
        limit: int = 10,
        words: tuple[Token, ...] | None = None,
        reader: str = PATIENT,
        facets: Mapping[str, float] = NO_FACETS,
        sense: Vector = UNKNOWN_SENSE,
    ) -> tuple[Hit, ...]:
        """Return the ``limit`` documents in ``lang`` that fit best, best first, ties in the given order.

        ``words`` are those of ``query``, from whoever has cut it already. What is written for others than ``reader``
        (`PATIENT` or `DESK`) comes somewhat later; what has the ``facets`` of the query, each with its weight, and
        what is near its ``sense``, sooner.
        """
        index = self._indexes.get(lang)
        return index.search(query, limit, words, reader, facets, sense) if index else ()

    def suggest(self, query: str, lang: str) -> str | None:
        """Return ``query``, folded, with unknown words replaced by near ones; None when none is near."""
        index = self._indexes.get(lang)
        return index.suggest(query) if index else None


def build(
    documents: Iterable[Document],
    directory: Path | None = None,
    *,
    synonyms: Synonyms | None = None,
    vectors: WordVectors = NO_VECTORS,
) -> Searcher:
    """Index ``documents``, in ``directory`` (which must be empty) when one is given, and return their searcher.

    ``synonyms`` maps a word to what else our pages call it; they are kept with the index. ``vectors`` are not.
    """
    return Searcher(write(documents, synonyms or {}, directory), vectors=vectors)


def open_index(directory: Path, vectors: WordVectors = NO_VECTORS) -> Searcher:
    """Return the searcher over what `build` left in ``directory``; verify the files before calling."""
    return Searcher(read(directory), vectors=vectors)
