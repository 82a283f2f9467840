"""Search over our own entries: `build` or `open_index`, then `Searcher.search` and `Searcher.suggest`."""

from assistant.search.documents import DESK, PATIENT, Document, Hit, Piece
from assistant.search.highlight import excerpt, highlight
from assistant.search.nearness import packed
from assistant.search.searcher import Searcher, build, open_index

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
