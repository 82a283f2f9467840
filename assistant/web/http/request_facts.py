"""From a request to facts: known ids only, each value checked, mistakes collected for the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import current_app, g, request
from werkzeug.datastructures import MultiDict

from assistant.answers.kinds import address
from assistant.conversation.state import Dialogue, read_dialogue
from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.facts import BadFact, Facts, iso_date, parse
from assistant.domain.vocabulary import FACT_IDS, ITEMS, MUNICIPALITIES, UNKNOWN, VOICES, Voice
from assistant.snapshot.snapshot import Snapshot

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Asking:
    """The facts and the voice of a request; ``mistakes`` are facts that were left out because they are wrong.

    ``city`` is the municipality whose office is to be named; it is no fact.
    """

    facts: Facts
    voice: Voice
    mistakes: tuple[BadFact, ...] = ()
    dialogue: Dialogue | None = None
    city: str | None = None


def snapshot() -> Snapshot:
    """Return the snapshot of this request: one and the same from its first look to its last."""
    found: Snapshot | None = g.get("snapshot")
    if found is None:
        found = g.snapshot = current_app.extensions["served"].snapshot
    return found


def site() -> str:
    """Return the address of the site without a slash at its end: the operator's, else the one of this request."""
    set_by_operator: str = current_app.extensions["settings"].site
    return set_by_operator or request.url_root.rstrip("/")


def only(query: MultiDict[str, str], *known: str) -> None:
    """Raise `BadFact` on the first name of ``query`` that is not ``known``, or that is given more than once."""
    for name in query:
        if name not in known:
            raise BadFact(name if len(name) < _LONGEST_NAME else "query", "", known or ("nothing",))
        if len(query.getlist(name)) > (len(ITEMS) if name == "presented" else 1):
            raise BadFact(name, "", ("one value",))


def strict(query: MultiDict[str, str], today: date) -> Asking:
    """Read every fact of a query for the API, which may name a language too; raises `BadFact` on the first mistake."""
    only(query, *FACT_IDS, "voice", "lang", "city")
    given = {fact: query.getlist(fact) for fact in FACT_IDS if fact in query}
    codes = {fact: values if fact == "presented" else values[0] for fact, values in given.items()}
    return Asking(parse(codes, today), voice_of(query), city=city_of(query))


def lenient(query: MultiDict[str, str], today: date) -> Asking:
    """Read the facts of a page's address; a wrong one is left out and reported, an unknown id is dropped."""
    codes = _codes(query)
    mistakes: list[BadFact] = []
    while True:
        try:
            facts = parse(codes, today)
            break
        except BadFact as mistake:
            mistakes.append(mistake)
            del codes[mistake.fact]
    try:
        voice = voice_of(query)
    except BadFact:
        voice = "patient"
    city = None
    try:
        city = city_of(query)
    except BadFact as mistake:
        mistakes.append(mistake)
    return Asking(facts, voice, tuple(mistakes), _dialogue(query, today), city)


def _dialogue(query: MultiDict[str, str], today: date) -> Dialogue | None:
    """Return the dialogue of a page's hidden field; one that is not ours is as good as none."""
    try:
        return read_dialogue(json.loads(query["dialogue"]), today) if query.get("dialogue") else None
    except (BadFact, ValueError, RecursionError):
        return None


def ticked(query: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the items ticked beside "nothing"; no items where that is not the mistake."""
    items = [item for item in ITEMS if item in query.getlist("presented")]
    return tuple(items) if "none" in items and len(items) > 1 else ()


def answered(facts: Facts, step: str) -> bool:
    """Return whether the question ``step`` has its answer, in words or by the date on a paper."""
    if step == "presented" and facts.presented:
        return True
    return step in facts.stated or DATE_OF_CHOICE.get(step) in facts.printed


def voice_of(query: Mapping[str, str]) -> Voice:
    """Return the voice of a query, the patient's when it names none; raises `BadFact`."""
    wanted = query.get("voice", "patient")
    for voice in VOICES:
        if wanted == voice:
            return voice
    raise BadFact("voice", wanted, VOICES)


def city_of(query: Mapping[str, str]) -> str | None:
    """Return the municipality of a query, none when it names none; raises `BadFact`."""
    city = query.get("city") or None
    if city is not None and city not in MUNICIPALITIES:
        raise BadFact("city", "", MUNICIPALITIES)
    return city


def desk_address(lang: str, facts: Facts, today: date, page: str = "desk") -> str:
    """Return the address of the desk, or of another ``page`` for it: the day of the visit only when it is not today."""
    query: list[tuple[str, str]] = []
    for fact, value in facts.as_codes().items():
        if fact != "visit_date" or facts.visit_date != today:
            query += [(fact, value)] if isinstance(value, str) else [(fact, item) for item in value]
    if page != "desk":
        query.append(("voice", "desk"))
    return f"/{lang}/{page}?{urlencode(query)}"


def way_back(lang: str, asking: Asking, today: date) -> str:
    """Return the address of the answer that paper was made of: the desk's screen, or a page of the check."""
    if asking.voice == "desk":
        return desk_address(lang, asking.facts, today)
    return address(lang, asking.facts, asking.voice, city=asking.city)


def _codes(query: MultiDict[str, str]) -> dict[str, str | list[str]]:
    codes: dict[str, str | list[str]] = {}
    for fact in FACT_IDS:
        values = [value for value in query.getlist(fact) if value]
        if fact == "presented" and values:
            codes[fact] = [value for value in values if value != UNKNOWN] or [UNKNOWN]
        elif values:
            codes[fact] = values[-1]
    return codes


def period(snapshot: Snapshot, query: Mapping[str, str]) -> tuple[date, date]:
    """Return the days of ``query``, the whole calendar when it names none; raises `BadFact`."""
    span = snapshot.book.rules.span
    first = iso_date("from", query["from"]) if "from" in query else span.first
    last = iso_date("to", query["to"]) if "to" in query else span.horizon
    return first, last
