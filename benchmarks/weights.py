"""Learn the weights of the ranking on the odd lines of our own relevance set; the even ones only check.

    python -m benchmarks.weights

One weight after another takes the best value of a short list until none changes. The objective is smooth on purpose,
MRR before shares of first places: a hundred queries tell a big difference from a small one and no more. What other
sets weigh too (floor, group, covered, body) is searched only where those do not fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Final
from unittest.mock import patch

from assistant import paths
from assistant.conversation import snapshot as snapshots
from assistant.conversation.finding import find
from assistant.conversation.snapshot import Snapshot, build_snapshot
from assistant.evaluation.entries import EntryQuery, figures, judge, read_queries
from assistant.search.index import Contents
from assistant.search.searcher import Searcher
from assistant.search.weights import WEIGHTS, Weights

FILE: Final = Path(__file__).parents[1] / "tests" / "data" / "entries-own.jsonl"
_ROUNDS: Final = 3
_VALUES: Final = {
    "concept": (0.6, 0.75, 0.9, 1.05, 1.2, 1.4),
    "pieces": (0.2, 0.35, 0.5, 0.6, 0.8, 1.0),
    "floor": (0.2, 0.35),
    "group": (0.4, 0.5),
    "covered": (0.3, 0.4),
    "worded": (0.0, 0.15, 0.3, 0.5, 0.75, 1.0, 1.5),
    "asked": (0.15, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0),
    "body": (0.5,),
    "central": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
    "aside": (0.0, 0.1, 0.2, 0.3, 0.4),
}


def main() -> None:
    """Print each step, then the weights and both halves under the old ones and the new."""
    snapshot, contents = _opened()
    learning, checking = read_queries(FILE, "learning"), read_queries(FILE, "checking")
    best, score = WEIGHTS, _score(snapshot, contents, learning, WEIGHTS)
    for _ in range(_ROUNDS):
        before = best
        for name in (field.name for field in fields(Weights)):
            for value in _VALUES[name]:
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


def _kept(kept: list[Contents], documents: object, directory: Path | None, synonyms: object) -> Searcher:
    from assistant.search.index import write

    kept.append(write(documents, synonyms, directory))  # type: ignore[arg-type]
    return Searcher(kept[0])


def _ranker(snapshot: Snapshot, contents: Contents, weights: Weights):  # type: ignore[no-untyped-def]
    ranked = replace(snapshot, searcher=Searcher(contents, weights))
    return lambda query, lang, depth: [hit.id for hit in find(ranked, query, lang, depth)]


def _score(snapshot: Snapshot, contents: Contents, queries: Sequence[EntryQuery], weights: Weights) -> float:
    reached = figures(judge(queries, _ranker(snapshot, contents, weights)))
    return reached.mrr + 0.3 * reached.first + 0.2 * reached.three - 0.3 * reached.junk


if __name__ == "__main__":
    main()
