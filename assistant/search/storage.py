"""The Whoosh index: written once by a build, read once at load, never touched by a request.

A reader of Whoosh must not be shared between threads and its files carry pickles, so `read` takes everything
out of it and lets go. Whoever opens files from elsewhere verifies them first. To ask Whoosh for each of its 35,000
terms takes most of a second: what it answers is kept beside the index.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from whoosh.analysis import RegexTokenizer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage

from assistant.search.analysis.analyzer import FORMS, LINES, READINGS, WORD_FIELDS, field_terms
from assistant.search.analysis.concepts import Concepts, Synonyms
from assistant.search.documents import Document

_NAME: Final = "questions"
_POSTINGS: Final = "postings.json"
_BETWEEN: Final = "\n"
_MEMORY_MB: Final = 128
_FIELDS: Final = (*WORD_FIELDS, READINGS, FORMS, LINES)

Postings = Mapping[str, list[tuple[int, float]]]
"""Per term the numbers of the documents that have it, ascending, and how often."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was in an index: documents in the order they were given, synonyms, postings per field."""

    documents: tuple[Document, ...]
    synonyms: Synonyms
    postings: Mapping[str, Postings]

    def by_language(self) -> Mapping[str, Contents]:
        """Return the part in each language, its documents numbered from 0."""
        documents: dict[str, list[Document]] = {document.lang: [] for document in self.documents}
        places: list[tuple[str, int]] = []
        for document in self.documents:
            places.append((document.lang, len(documents[document.lang])))
            documents[document.lang].append(document)
        parts: dict[str, dict[str, dict[str, list[tuple[int, float]]]]] = {lang: {} for lang in documents}
        for field, terms in self.postings.items():
            inside = {lang: part.setdefault(field, {}) for lang, part in parts.items()}
            for term, pairs in terms.items():
                for number, often in pairs:
                    lang, place = places[number]
                    inside[lang].setdefault(term, []).append((place, often))
        return {lang: Contents(tuple(documents[lang]), self.synonyms, part) for lang, part in parts.items()}


def write(documents: Iterable[Document], synonyms: Synonyms, directory: Path | None) -> Contents:
    """Index ``documents`` in ``directory``, which must be empty, or nowhere to stay; return what was written."""
    if directory is not None:
        contents = _written(documents, synonyms, _emptied(directory))
        _keep(contents.postings, directory / _POSTINGS)
        _flush(directory)
        return contents
    # Whoosh's storage in memory is none: builds meet in one fixed /tmp/<name>.tmp and delete each other's files.
    with TemporaryDirectory(prefix="madoguchi-") as scratch:
        return _written(documents, synonyms, Path(scratch))


def _written(documents: Iterable[Document], synonyms: Synonyms, directory: Path) -> Contents:
    index = FileStorage(str(directory)).create_index(_schema(), indexname=_NAME)
    writer = index.writer(limitmb=_MEMORY_MB)
    concepts = Concepts(synonyms)
    for document in documents:
        joined = {name: _BETWEEN.join(terms) for name, terms in field_terms(document, concepts).items()}
        writer.add_document(document=json.dumps(_plain(document)), senses=document.senses, **joined)
    writer.add_document(synonyms=json.dumps(dict(synonyms)))
    writer.commit(optimize=True)
    with index.reader() as reader:
        return _contents(reader, _inverted(reader))


def read(directory: Path) -> Contents:
    """Return what `write` put into ``directory``."""
    with FileStorage(str(directory), readonly=True).open_index(indexname=_NAME).reader() as reader:
        kept = directory / _POSTINGS
        # a store that was published by the version before has none
        return _contents(reader, _kept(kept) if kept.exists() else _inverted(reader))


def _keep(postings: Mapping[str, Postings], path: Path) -> None:
    """Write ``postings`` with the pairs of a term in one row: to read some 300,000 lists would take longer."""
    flat = {field: {term: [*chain(*pairs)] for term, pairs in terms.items()} for field, terms in postings.items()}
    path.write_text(json.dumps(flat, ensure_ascii=False), encoding="utf-8")


def _kept(path: Path) -> Mapping[str, Postings]:
    flat = json.loads(path.read_text(encoding="utf-8"))
    return {
        field: {term: [*zip(row[::2], row[1::2], strict=True)] for term, row in terms.items()}
        for field, terms in flat.items()
    }


def _schema() -> Schema:
    terms = TEXT(analyzer=RegexTokenizer(f"[^{_BETWEEN}]+"), phrase=False)
    return Schema(document=STORED, senses=STORED, synonyms=STORED, **dict.fromkeys(_FIELDS, terms))


def _emptied(directory: Path) -> Path:
    """Refuse a directory with anything in it: building over a live index empties it under its readers."""
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty; build the index in an empty directory")
    return directory


def _flush(directory: Path) -> None:
    """Put the files on the disk; Whoosh itself never does."""
    for path in [*directory.iterdir(), directory]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _contents(reader: Any, postings: Mapping[str, Postings]) -> Contents:
    documents: list[Document] = []
    synonyms: dict[str, tuple[str, ...]] = {}
    for _, stored in reader.iter_docs():
        if "document" in stored:
            documents.append(_document(json.loads(stored["document"]), stored.get("senses", ())))
        else:
            synonyms = {word: tuple(others) for word, others in json.loads(stored["synonyms"]).items()}
    return Contents(tuple(documents), synonyms, postings)


def _inverted(reader: Any) -> Mapping[str, Postings]:
    postings: dict[str, dict[str, list[tuple[int, float]]]] = {name: {} for name in _FIELDS}
    for field, term in reader.all_terms():
        postings[field][term.decode()] = _pairs(reader.postings(field, term))
    return postings


def _pairs(matcher: Any) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight()))
        matcher.next()
    return found


def _plain(document: Document) -> dict[str, Any]:
    """Return ``document`` as JSON can hold it: without its senses, which are kept beside it as they are."""
    return {name: value for name, value in asdict(document).items() if name != "senses"}


def _document(stored: dict[str, Any], senses: tuple[bytes, ...]) -> Document:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    }
    values["facets"] = tuple(map(tuple, values["facets"]))
    return Document(**values, senses=senses)
