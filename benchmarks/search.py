"""Search beside its peers in one run: quality, time, build, memory; and growth with the number of entries.

First our own entries with our own queries, then sets of questions and answers. Peers on the same documents and queries:
SQLite FTS5 with trigrams, FTS5 and tantivy and bm25s with our own tokens.
A query's time runs from the raw string to ten ids, text analysis included; rounds are interleaved.

Run: make bench-search [SETS="DIR [DIR …]"] (documents.jsonl, queries-dev.jsonl, qrels-dev.tsv in each)
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import bm25s
import tantivy

from assistant import paths
from assistant.conversation.retrieval import find
from assistant.evaluation.entry_ranking import figures, judge, read_queries
from assistant.evaluation.retrieval_set import (
    as_document,
    figures_of,
    in_kana,
    language_of,
    read_set,
    relevant,
    word_vectors,
)
from assistant.language.text.normalize import fold
from assistant.language.text.tokenizer import query_tokens, tokens
from assistant.search import Searcher, build
from assistant.snapshot.snapshot import Snapshot, build_snapshot
from assistant.training.sentences import ASKED_ON

ROUNDS, DEPTH, GROWTH_QUERIES = 3, 100, 120
DATA = Path(__file__).parents[1] / "tests" / "data"
SIZES = (300, 3_000, 30_000)

Documents = Sequence[Mapping[str, str]]


class Engine(Protocol):
    """Ids for a raw query, best first."""

    def __call__(self, query: str, limit: int) -> Sequence[str]: ...


def keys(text: str, lang: str) -> list[str]:
    """Return our own words of a document, those that say something."""
    return [token.key for token in tokens(text, lang) if token.weight]


def asked(query: str, lang: str) -> list[str]:
    """Return our own words of a query."""
    return [token.key for token in query_tokens(fold(query), lang) if token.weight]


def ours(documents: Documents, lang: str) -> Engine:
    """This project's search."""
    found = (as_document(document, lang) for document in documents)
    searcher: Searcher = build(found, vectors=word_vectors())
    return lambda query, limit: [hit.id for hit in searcher.search(query, lang, limit)]


def fts5(documents: Documents, lang: str, *, trigrams: bool) -> Engine:
    """SQLite FTS5 with its BM25, the question twice as heavy as the answer."""
    base = sqlite3.connect(":memory:")
    tokenizer = "trigram" if trigrams else "unicode61 remove_diacritics 0 tokenchars '-_''.'"
    base.execute(f'CREATE VIRTUAL TABLE faq USING fts5(question, answer, tokenize="{tokenizer}")')

    def text(raw: str) -> str:
        return raw if trigrams else " ".join(_plain(key) for key in keys(raw, lang))

    rows = [(text(document["question"]), text(document["answer"])) for document in documents]
    base.executemany("INSERT INTO faq VALUES (?, ?)", rows)
    ids = [document["id"] for document in documents]

    def search(query: str, limit: int) -> Sequence[str]:
        if trigrams:
            words = sorted({query[at : at + 3] for at in range(len(query) - 2)})
        else:
            words = [_plain(key) for key in asked(query, lang)]
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(words) if word)
        if not match:
            return []
        sql = "SELECT rowid FROM faq WHERE faq MATCH ? ORDER BY bm25(faq, 2.0, 1.0) LIMIT ?"
        return [ids[row - 1] for (row,) in base.execute(sql, (match, limit))]

    return search


def _plain(key: str) -> str:
    return "".join(letter for letter in key if letter.isalnum())


def tantivy_index(documents: Documents, lang: str) -> Engine:
    """Tantivy with our words, split at spaces, the question twice as heavy."""
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    for field in ("question", "answer"):
        schema.add_text_field(field, tokenizer_name="whitespace")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for number, document in enumerate(documents):
        fields = {field: " ".join(keys(document[field], lang)) for field in ("question", "answer")}
        writer.add_document(tantivy.Document(number=number, **fields))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    ids = [document["id"] for document in documents]

    def search(query: str, limit: int) -> Sequence[str]:
        parts = []
        for key in dict.fromkeys(asked(query, lang)):
            for field, boost in (("question", 2.0), ("answer", 1.0)):
                term = tantivy.Query.term_query(index.schema, field, key)
                parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(term, boost)))
        if not parts:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit).hits
        return [ids[searcher.doc(address)["number"][0]] for _, address in hits]

    return search


def bm25s_index(documents: Documents, lang: str) -> Engine:
    """bm25s with our words over question and answer together."""
    corpus = [keys(document["question"] + "\n" + document["answer"], lang) for document in documents]
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    retriever.index(corpus, show_progress=False)
    ids = [document["id"] for document in documents]

    def search(query: str, limit: int) -> Sequence[str]:
        words = asked(query, lang)
        if not words:
            return []
        found, scores = retriever.retrieve([words], k=min(limit, len(ids)), show_progress=False)
        return [ids[number] for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


ENGINES: dict[str, Callable[[Documents, str], Engine]] = {
    "ours": ours,
    "FTS5, same tokens": lambda documents, lang: fts5(documents, lang, trigrams=False),
    "FTS5, trigrams": lambda documents, lang: fts5(documents, lang, trigrams=True),
    "tantivy, same tokens": tantivy_index,
    "bm25s, same tokens": bm25s_index,
}
GROWING = ("ours", "FTS5, same tokens", "tantivy, same tokens")


def timed(engines: Mapping[str, Engine], queries: Sequence[str]) -> dict[str, list[float]]:
    """Return milliseconds of every query, the engines taking turns."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for query in queries:
            for name, engine in engines.items():
                start = time.perf_counter()
                engine(query, 10)
                times[name].append((time.perf_counter() - start) * 1_000)
    return times


def _cost(name: str, documents: Documents, lang: str, result: multiprocessing.Queue[tuple[float, float]]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    ENGINES[name](documents, lang)
    seconds = time.perf_counter() - start
    result.put((seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))


def cost(name: str, documents: Documents, lang: str) -> tuple[float, float]:
    """Return the seconds of a build and the megabytes it adds, measured in a process of its own."""
    context = multiprocessing.get_context("fork")
    result: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    child = context.Process(target=_cost, args=(name, documents, lang, result))
    child.start()
    found = result.get()
    child.join()
    return found


def at(times: Sequence[float], share: float) -> float:
    """Return a quantile of ``times``."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def compare(directory: Path) -> None:
    """Print quality and time of every engine on one set, and our quality with the queries in kana only."""
    documents, queries, judged = read_set(directory)
    lang = language_of(document["question"] for document in documents)
    grades = relevant(queries, judged)
    engines = {name: make(documents, lang) for name, make in ENGINES.items()}
    times = timed(engines, [queries[id] for id in grades])
    base = statistics.median(times["FTS5, same tokens"])
    print(f"\n{directory.name}: {len(documents)} documents, {len(grades)} judged queries")
    print(
        f"{'engine':22}{'MRR':>7}{'SR@5':>7}{'NDCG':>7}{'p50 ms':>9}{'p99 ms':>9}{'/ FTS5':>8}{'build s':>9}{'MB':>7}"
    )
    for name, engine in engines.items():
        quality = _quality(engine, {id: queries[id] for id in grades}, grades)
        p50 = statistics.median(times[name])
        seconds, megabytes = cost(name, documents, lang)
        print(
            f"{name:22}{quality[0]:7.3f}{quality[4]:7.3f}{quality[6]:7.3f}{p50:9.2f}{at(times[name], 0.99):9.2f}"
            f"{p50 / base:8.2f}{seconds:9.1f}{megabytes:7.0f}"
        )
    if lang == "ja":
        for name, engine in engines.items():
            quality = _quality(engine, {id: in_kana(queries[id]) for id in grades}, grades)
            print(f"{name:22}{quality[0]:7.3f} MRR, the queries in hiragana only")


def _quality(engine: Engine, queries: Mapping[str, str], grades: Mapping[str, Mapping[str, int]]) -> list[float]:
    rows = [figures_of(list(engine(text, DEPTH)), grades[id]) for id, text in queries.items()]
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def compare_entries() -> None:
    """Print how every engine finds our own entries, by language; the learning half and its like are left out."""
    snapshot = build_snapshot(paths.CONTENT)
    asked_ = (*read_queries(DATA / "entries-own.jsonl", "checking"), *read_queries(DATA / "entries-unseen.jsonl"))
    print(f"\nour own entries, {len(asked_)} queries no weight was learnt on")
    print(f"{'':4}{'engine':22}{'MRR':>7}{'first':>8}{'three':>8}{'junk':>8}{'p50 ms':>9}{'p99 ms':>9}")
    for lang in ("ja", "en"):
        documents = [
            {"id": id, "question": "\n".join((it.front.title, *it.front.asked)), "answer": it.text}
            for (id, spoken), it in snapshot.entries.items()
            if spoken == lang
        ]
        engines = {name: make(documents, lang) for name, make in ENGINES.items() if name != "ours"}
        engines = {"ours": _our_entries(snapshot, lang), **engines}
        queries = [one for one in asked_ if one.lang == lang]
        times = timed(engines, [one.query for one in queries])
        for name, engine in engines.items():
            found = figures(judge(queries, lambda query, _, depth, engine=engine: engine(query, depth)))
            print(
                f"{lang:4}{name:22}{found.mrr:7.3f}{found.first:8.1%}{found.three:8.1%}{found.junk:8.1%}"
                f"{statistics.median(times[name]):9.2f}{at(times[name], 0.99):9.2f}"
            )


def _our_entries(snapshot: Snapshot, lang: str) -> Engine:
    return lambda query, limit: [hit.id for hit in find(snapshot, query, lang, limit, ASKED_ON)]


def grow(directory: Path) -> None:
    """Print times as the number of entries grows; further entries pair questions and answers anew."""
    documents, queries, _ = read_set(directory)
    lang = language_of(document["question"] for document in documents)
    chance = random.Random(0)
    asked_ = chance.sample(sorted(queries.values()), min(GROWTH_QUERIES, len(queries)))
    print(f"\ngrowth, {directory.name}")
    print(f"{'entries':>8}  {'engine':22}{'p50 ms':>9}{'p99 ms':>9}{'p50 / FTS5':>12}{'p99 / FTS5':>12}{'build s':>9}")
    for size in SIZES:
        grown = [
            {
                "id": str(n),
                "question": chance.choice(documents)["question"],
                "answer": chance.choice(documents)["answer"],
            }
            for n in range(size)
        ]
        engines, built = {}, {}
        for name in GROWING:
            start = time.perf_counter()
            engines[name] = ENGINES[name](grown, lang)
            built[name] = time.perf_counter() - start
        times = timed(engines, asked_)
        base = times["FTS5, same tokens"]
        for name in GROWING:
            p50, p99 = statistics.median(times[name]), at(times[name], 0.99)
            print(
                f"{size:8}  {name:22}{p50:9.2f}{p99:9.2f}{p50 / statistics.median(base):12.2f}"
                f"{p99 / at(base, 0.99):12.2f}{built[name]:9.1f}",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--no-growth", action="store_true")
    given = parser.parse_args()
    compare_entries()
    for chosen in given.sets:
        compare(chosen)
    if given.sets and not given.no_growth:
        grow(given.sets[0])
