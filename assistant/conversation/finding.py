"""Search as every way in uses it: misspellings righted first, one insurer's rules only for those who name it."""

from __future__ import annotations

from assistant.conversation.snapshot import Snapshot
from assistant.language.folding import fold
from assistant.language.reading import righted
from assistant.search import Hit

_SPARE = 4


def find(snapshot: Snapshot, query: str, lang: str, limit: int) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in ``lang`` for a reader's words, best first.

    An entry that holds for one insurer only comes behind all others unless the words name that insurer or its place.
    """
    folded = righted(fold(query), snapshot.lexicon)
    hits = snapshot.searcher.search(folded, lang, limit + _SPARE)
    elsewhere = [hit for hit in hits if _of_another(snapshot, hit, lang, folded)]
    return tuple([hit for hit in hits if hit not in elsewhere] + elsewhere)[:limit]


def _of_another(snapshot: Snapshot, hit: Hit, lang: str, folded: str) -> bool:
    scope = snapshot.entries[hit.id, lang].front.scope
    return scope is not None and not snapshot.insurers[scope].named_in(folded)
