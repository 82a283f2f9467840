"""Learn the weights of the ranking on the odd lines of our own relevance set and a second one; the even ones check.

    python -m benchmarks.weights

One weight after another takes the best value of a short list until none changes. The objective is smooth on purpose,
MRR before shares of first places: three hundred queries tell a big difference from a small one and no more. What other
sets weigh too (floor, group, covered, body) is searched only where those do not fall, and how much an entry for other
readers loses is not learnt at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest.mock import patch

from assistant import paths
from assistant.conversation.retrieval import find
from assistant.evaluation.entry_ranking import EntryQuery, figures, judge, read_queries
from assistant.search import Document
from assistant.search.analysis.concepts import Synonyms
from assistant.search.ranking.ranking_weights import WEIGHTS, RankingWeights
from assistant.search.searcher import Searcher
from assistant.search.storage import Contents, write
from assistant.snapshot import snapshot as snapshots
from assistant.snapshot.snapshot import Snapshot, build_snapshot

DATA: Final = Path(__file__).parents[1] / "tests" / "data"
_ROUNDS: Final = 3
_VALUES: Final = {
    "covered": (0.15, 0.23, 0.35),
    "worded": (0.0, 0.1, 0.17, 0.3, 0.45),
    "near": (0.0, 0.1, 0.17, 0.25, 0.4),
    "facets": (0.2, 0.35, 0.5, 0.68, 0.85, 1.0),
    "sense": (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0),
    "akin": (0.2, 0.4, 0.6),
    "concept": (0.6, 0.75, 0.9, 1.05, 1.2, 1.4),
    "pieces": (0.2, 0.35, 0.5, 0.6, 0.8, 1.0),
    "floor": (0.2, 0.35),
    "group": (0.4, 0.5),
    "asked": (0.15, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0),
    "beside": (0.2, 0.3, 0.35, 0.4, 0.5),
    "central": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
}


def main() -> None:
    """Print each step, then the weights and both halves under the old ones and the new."""
    snapshot, contents = _opened()
    learning = (*read_queries(DATA / "entries-own.jsonl", "learning"), *read_queries(DATA / "entries-learn.jsonl"))
    checking = read_queries(DATA / "entries-own.jsonl", "checking")
    best, score = WEIGHTS, _score(snapshot, contents, learning, WEIGHTS)
    for _ in range(_ROUNDS):
        before = best
        for name, values in _VALUES.items():
            for value in values:
                tried = replace(best, **{name: value})
                reached = _score(snapshot, contents, learning, tried)
                if reached > score + 1e-6:
                    best, score = tried, reached
            print(f"{name} = {getattr(best, name)}: {score:.4f}", flush=True)
        if best == before:
            break
    print(best)
    for name, queries in (("learning", learning), ("checking", checking)):
        for weights in (WEIGHTS, best):
            print(figures(judge(queries, _ranker(snapshot, contents, weights))).line(name))


def _opened() -> tuple[Snapshot, Contents]:
    """Return the snapshot of our content and what its index holds, to rank it again and again."""
    kept: list[Contents] = []
    with patch.object(snapshots, "build", lambda *given, **named: _kept(kept, *given, **named)):
        snapshot = build_snapshot(paths.CONTENT)
    return snapshot, kept[0]


def _kept(
    kept: list[Contents], documents: Iterable[Document], directory: Path | None, synonyms: Synonyms, vectors: object
) -> Searcher:
    kept.append(write(documents, synonyms, directory))
    return Searcher(kept[0])


def _ranker(snapshot: Snapshot, contents: Contents, weights: RankingWeights):  # type: ignore[no-untyped-def]
    ranked = replace(snapshot, searcher=Searcher(contents, weights, snapshot.lexicon.vectors))
    return lambda query, lang, depth: [hit.id for hit in find(ranked, query, lang, depth)]


def _score(snapshot: Snapshot, contents: Contents, queries: Sequence[EntryQuery], weights: RankingWeights) -> float:
    reached = figures(judge(queries, _ranker(snapshot, contents, weights)))
    return reached.mrr + 0.3 * reached.first + 0.2 * reached.three - 0.3 * reached.junk


if __name__ == "__main__":
    main()
