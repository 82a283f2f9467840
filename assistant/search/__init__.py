"""Search over our own entries: `build` or `open_index`, then `Searcher.search` and `Searcher.suggest`."""

from assistant.search.documents import DESK, PATIENT, Document, Hit, Piece
from assistant.search.ranking.nearness import packed
from assistant.search.searcher import Searcher, build, open_index
from assistant.search.snippet import excerpt, highlight

__all__ = [
    "DESK",
    "PATIENT",
    "Document",
    "Hit",
    "Piece",
    "Searcher",
    "build",
    "excerpt",
    "highlight",
    "open_index",
    "packed",
]
