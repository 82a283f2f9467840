"""Search as every way in uses it: misspellings righted first."""

from __future__ import annotations

from assistant.conversation.snapshot import Snapshot
from assistant.language.folding import fold
from assistant.language.reading import righted
from assistant.search import Hit


def find(snapshot: Snapshot, query: str, lang: str, limit: int) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in ``lang`` for a reader's words, best first."""
    return snapshot.searcher.search(righted(fold(query), snapshot.lexicon), lang, limit)
