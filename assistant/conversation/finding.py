"""Search as every way in uses it: misspellings righted first, one insurer's rules only for those who name it."""

from __future__ import annotations

from assistant.conversation.snapshot import Snapshot
from assistant.language.reading import Reading, read
from assistant.search import PATIENT, Hit

_SPARE = 4


def find(snapshot: Snapshot, query: str, lang: str, limit: int, voice: str = PATIENT) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in ``lang`` for a reader's words, best first; ``voice`` is patient or desk."""
    return find_read(snapshot, read(query, lang, snapshot.lexicon), limit, voice)


def find_read(snapshot: Snapshot, reading: Reading, limit: int, voice: str = PATIENT) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in the language of the page for what was read, best first.

    An entry that holds for one insurer only comes behind all others unless the words name that insurer or its place.
    """
    hits = snapshot.searcher.search(reading.written, reading.lang, limit + _SPARE, reading.words, voice)
    elsewhere = [hit for hit in hits if _of_another(snapshot, hit, reading)]
    return tuple([hit for hit in hits if hit not in elsewhere] + elsewhere)[:limit]


def _of_another(snapshot: Snapshot, hit: Hit, reading: Reading) -> bool:
    scope = snapshot.entries[hit.id, reading.lang].front.scope
    return scope is not None and not snapshot.insurers[scope].named_in(reading.written)
