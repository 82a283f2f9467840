"""Search as every way in uses it: misspellings righted first, one insurer's rules only for those who name it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from assistant.language.facets import insurer_facet, intent_facet
from assistant.language.pipeline import Understanding, understand
from assistant.language.utterance import Utterance, read
from assistant.search import DESK, PATIENT, Hit
from assistant.snapshot.snapshot import Snapshot

_SPARE: Final = 4
_NEAREST: Final = 3
_SAID: Final = 0.2
_ALIKE: Final = 0.3
_SAID_ELSEWHERE: Final = 0.7
"""Of a text that seems to be about something else, an entry holds so much or does not answer it."""

_FOR_DESKS: Final = 0.4
"""To a desk what is written for desks comes first, where it scores at least so much of the best."""

_ELSEWHERE: Final = intent_facet("out_of_scope")
_SURE: Final = 0.7


class Retrieved(NamedTuple):
    """What answers: ``hits``; or when nothing does, what is ``nearest``; and what the words were taken to mean."""

    hits: tuple[Hit, ...]
    nearest: tuple[Hit, ...]
    meant: str | None


def look_up(snapshot: Snapshot, query: str, lang: str, limit: int, asked_on: date, voice: str = PATIENT) -> Retrieved:
    """Return what a reader's words find in ``lang``, at most ``limit`` entries, best first, and whether it answers.

    Relative days are counted from ``asked_on``.
    """
    reading = read(query, lang, snapshot.lexicon)
    understood = understand(reading, asked_on, snapshot.lexicon)
    found = find_read(snapshot, reading, understood, limit, voice)
    meant = snapshot.searcher.suggest(reading.written, lang)
    if found and answers(found[0], understood.facets):
        return Retrieved(_desks_first(snapshot, found, lang) if voice == DESK else found, (), meant)
    return Retrieved((), found[:_NEAREST], meant)


def _desks_first(snapshot: Snapshot, hits: tuple[Hit, ...], lang: str) -> tuple[Hit, ...]:
    least = _FOR_DESKS * hits[0].score

    def for_others(hit: Hit) -> bool:
        return hit.score < least or snapshot.entries[hit.id, lang].front.audience[0] != "front-desk"

    return tuple(sorted(hits, key=for_others))


def find(snapshot: Snapshot, query: str, lang: str, limit: int, asked_on: date) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in ``lang`` for a patient's words, best first, whether they answer or not."""
    reading = read(query, lang, snapshot.lexicon)
    return find_read(snapshot, reading, understand(reading, asked_on, snapshot.lexicon), limit)


def find_read(
    snapshot: Snapshot, reading: Utterance, understood: Understanding, limit: int, voice: str = PATIENT
) -> tuple[Hit, ...]:
    """Return at most ``limit`` entries in the language of the page for what was read, best first.

    What is ``understood`` of it counts by its facets and its sense; ``voice`` is patient or desk. An entry that holds
    for one insurer only comes behind all others unless the words name that insurer or its place.
    """
    named = {insurer.id for insurer in snapshot.insurers.values() if insurer.named_in(reading.written)}
    facets = {**understood.facets, **{insurer_facet(insurer): 1.0 for insurer in named}}
    hits = snapshot.searcher.search(
        reading.written, reading.lang, limit + _SPARE, reading.words, voice, facets, understood.sense
    )
    scopes = {hit.id: snapshot.entries[hit.id, reading.lang].front.scope for hit in hits}
    elsewhere = [hit for hit in hits if scopes[hit.id] not in (None, *named)]
    return tuple([hit for hit in hits if hit not in elsewhere] + elsewhere)[:limit]


def answers(hit: Hit, facets: Mapping[str, float]) -> bool:
    """Tell whether the best hit says enough of what was asked, by its words or by what they state and ask for."""
    if hit.said >= _SAID_ELSEWHERE:
        return True
    about_this = bool(facets) and facets.get(_ELSEWHERE, 0.0) < _SURE
    return about_this and (hit.said >= _SAID or hit.alike >= _ALIKE)
