"""How well the search finds: the usual figures over a directory of documents, queries and judgements."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant import paths
from assistant.language.models.word_vectors import WordVectors
from assistant.language.text.normalize import hiragana
from assistant.language.text.tokenizer import tokens
from assistant.search import Document, Searcher, build

_DEPTH: Final = 100
_KANA_OR_KANJI: Final = re.compile("[ぁ-ヿ㐀-鿿]")
_FIRST_SENTENCE: Final = re.compile(r"[^。\n]*[。\n]?")

Judgements = Mapping[str, Mapping[str, int]]
Figures = tuple[float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class SearchReport:
    """Means over the judged queries, and the time of one search for ten documents in milliseconds."""

    documents: int
    queries: int
    mrr: float
    map: float
    p_at_5: float
    sr_at_1: float
    sr_at_5: float
    r_at_10: float
    ndcg_at_10: float
    p50_ms: float
    p99_ms: float

    def lines(self) -> tuple[str, ...]:
        """Return the report as lines to print."""
        return (
            f"documents {self.documents}, judged queries {self.queries}",
            f"MRR      {self.mrr:.3f}",
            f"MAP      {self.map:.3f}",
            f"P@5      {self.p_at_5:.3f}",
            f"SR@1     {self.sr_at_1:.3f}",
            f"SR@5     {self.sr_at_5:.3f}",
            f"R@10     {self.r_at_10:.3f}",
            f"NDCG@10  {self.ndcg_at_10:.3f}",
            f"a search takes {self.p50_ms:.1f} ms (median), {self.p99_ms:.1f} ms (99th percentile)",
        )


def evaluate(directory: Path, *, kana: bool = False) -> SearchReport:
    """Index ``documents.jsonl``, ask ``queries-dev.jsonl``, judge by ``qrels-dev.tsv``.

    With ``kana`` the queries are asked as they sound, in hiragana only.
    """
    documents, queries, judged = read_set(directory)
    if kana:
        queries = {id: in_kana(text) for id, text in queries.items()}
    return score(documents, queries, judged)


def read_set(directory: Path) -> tuple[list[dict[str, str]], dict[str, str], dict[str, dict[str, int]]]:
    """Return documents, texts of the queries and grades, the last two by query id."""
    queries = {query["id"]: query["text"] for query in _json_lines(directory / "queries-dev.jsonl")}
    return _json_lines(directory / "documents.jsonl"), queries, _judgements(directory / "qrels-dev.tsv")


def in_kana(text: str) -> str:
    """Return ``text`` as it sounds, in hiragana."""
    return hiragana("".join(token.reading for token in tokens(text, "ja")))


def score(
    documents: Sequence[Mapping[str, str]],
    queries: Mapping[str, str],
    judged: Judgements,
) -> SearchReport:
    """Search ``documents`` for every judged query, ranking depth 100, and return the figures."""
    lang = language_of(document["question"] for document in documents)
    searcher = build((as_document(document, lang) for document in documents), vectors=word_vectors())
    figures: list[Figures] = []
    times: list[float] = []
    for id, grades in relevant(queries, judged).items():
        times.append(_milliseconds(searcher, queries[id], lang))
        ranked = [hit.id for hit in searcher.search(queries[id], lang, _DEPTH)]
        figures.append(figures_of(ranked, grades))
    means = [sum(column) / len(figures) for column in zip(*figures, strict=True)] or [0.0] * 7
    mrr, mean_precision, p_at_5, sr_at_1, sr_at_5, r_at_10, ndcg = means
    return SearchReport(
        len(documents), len(figures), mrr, mean_precision, p_at_5, sr_at_1, sr_at_5, r_at_10, ndcg,
        _at(times, 0.5), _at(times, 0.99),
    )  # fmt: skip


def relevant(queries: Iterable[str], judged: Judgements) -> dict[str, dict[str, int]]:
    """Return per query the documents of grade 1 or more; a query without any is not judged."""
    graded = {id: {doc: grade for doc, grade in judged.get(id, {}).items() if grade >= 1} for id in queries}
    return {id: grades for id, grades in graded.items() if grades}


def figures_of(ranked: Sequence[str], grades: Mapping[str, int]) -> Figures:
    """Return MRR, MAP, P@5, SR@1, SR@5, R@10 and NDCG@10 of one ranking."""
    places = [place for place, id in enumerate(ranked, 1) if id in grades]
    first = places[0] if places else math.inf
    precision = sum(count / place for count, place in enumerate(places, 1)) / len(grades)
    within_10 = sum(place <= 10 for place in places)
    return (
        1 / first,
        precision,
        sum(place <= 5 for place in places) / 5,
        float(first <= 1),
        float(first <= 5),
        within_10 / len(grades),
        _gain(grades.get(id, 0) for id in ranked[:10]) / _gain(sorted(grades.values(), reverse=True)[:10]),
    )


def word_vectors() -> WordVectors:
    """Return the vectors of words that our own content comes with."""
    return WordVectors.load(paths.CONTENT / "model" / "words.npz")


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _milliseconds(searcher: Searcher, query: str, lang: str) -> float:
    start = time.perf_counter()
    searcher.search(query, lang)
    return (time.perf_counter() - start) * 1_000


def _at(times: Iterable[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def language_of(texts: Iterable[str]) -> str:
    """Return ``ja`` when most of ``texts`` have kana or kanji."""
    japanese = [bool(_KANA_OR_KANJI.search(text)) for text in texts]
    return "ja" if sum(japanese) * 2 > len(japanese) else "en"


def as_document(stored: Mapping[str, str], lang: str) -> Document:
    """Return a document of the set as one of ours; its first sentence leads."""
    answer = stored["answer"]
    lead = _FIRST_SENTENCE.match(answer)
    return Document(stored["id"], lang, stored["question"], lead=lead.group() if lead else "", body=answer)


def _json_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        judged.setdefault(query, {})[document] = int(grade)
    return judged
