"""The JSON API, version 1. The shapes are those of the contract; every mistake is problem+json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from assistant.content.entries import LANGS
from assistant.content.sources import cited
from assistant.conversation.answer import answer
from assistant.conversation.changes import shifts
from assistant.conversation.finding import look_up
from assistant.conversation.holding import holding
from assistant.conversation.state import fact_codes, read_dialogue
from assistant.conversation.turn import take_turn
from assistant.conversation.whom import entry_contact
from assistant.domain.facts import BadFact, iso_date, parse
from assistant.web import counting, requests
from assistant.web import schemas_chat as said
from assistant.web import schemas_in as asked
from assistant.web import schemas_out as given
from assistant.web.caching import keep, keep_not
from assistant.web.changes import period
from assistant.web.clock import today
from assistant.web.faq import MAX_QUERY
from assistant.web.home import MAX_TEXT
from assistant.web.jsonbody import read_object
from assistant.web.openapi import described, document
from assistant.web.serial import (
    answer_json,
    entry_json,
    found_json,
    holding_json,
    row_json,
    shift_json,
    source_json,
    turn_json,
)

bp = Blueprint("api", __name__, url_prefix="/api/v1")

_MAX_HITS = 50


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Let scripts of any site read what is read with GET; they send no credentials, and there are none."""
    if request.url_rule and "GET" in (request.url_rule.methods or ()):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    return response


@bp.get("/check")
@described(given.CheckAnswer, asked.CheckQuery)
def check() -> Response:
    """Decide the facts of the query.

    What is not stated is assumed where that is safe, and listed; otherwise the answer is the one question that
    narrows the outcomes most.
    """
    asking = requests.strict(request.args, today())
    found = answer(requests.snapshot(), asking.facts, asking.voice, _lang(request.args), asking.city)
    counting.answered(found)
    return keep(jsonify(answer_json(found)), for_today="visit_date" not in request.args)


@bp.get("/holding")
@described(given.HoldingAnswer, asked.CheckQuery)
def which_paper() -> Response:
    """Say which paper somebody with the facts of the query should hold."""
    asking = requests.strict(request.args, today())
    found = holding(requests.snapshot(), asking.facts, _lang(request.args), asking.city)
    return keep(jsonify(holding_json(found)), for_today="visit_date" not in request.args)


@bp.get("/changes")
@described(given.Changes, asked.ChangesQuery)
def changes() -> Response:
    """Return what moves from which morning between two days."""
    requests.only(request.args, "from", "to", "lang")
    lang = _lang(request.args)
    snapshot = requests.snapshot()
    first, last = period(snapshot, request.args)
    moved = [shift_json(shift, snapshot, lang) for shift in shifts(snapshot, first, last)]
    days = {"from": first.isoformat(), "to": last.isoformat()}
    return keep(jsonify({**days, "changes": moved, "rules_version": snapshot.version}))


@bp.post("/chat")
@described(said.ChatReply, asked.NoQuery, asked.ChatBody, 413, 415)
def chat() -> Response:
    """Reply to a sentence. The sentence is turned into codes and dropped."""
    requests.only(request.args)
    body = _body()
    lang, voice = _lang(body), requests.voice_of(body)
    text = body.get("text")
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise BadFact("text", "", (f"a string of at most {MAX_TEXT} characters",))
    asked_on = iso_date("visit_date", body["visit_date"]) if "visit_date" in body else today()
    facts = parse(fact_codes(body.get("facts", {})), asked_on)
    dialogue = read_dialogue(body["dialogue"], asked_on) if "dialogue" in body else None
    snapshot = requests.snapshot()
    turn = take_turn(snapshot, text, lang, voice, facts, asked_on, dialogue)
    counting.replied(turn, lang, voice)
    return keep_not(jsonify(turn_json(turn, snapshot, lang)))


@bp.get("/search")
@described(given.Hits, asked.SearchQuery)
def search() -> Response:
    """Search the FAQ. Nothing is kept of it, in a cache neither: the address holds words."""
    requests.only(request.args, "q", "lang", "limit", "voice")
    lang, voice = _lang(request.args), requests.voice_of(request.args)
    limit, query = request.args.get("limit", "10"), request.args.get("q", "")
    if not (limit.isascii() and limit.isdigit() and len(limit) <= 2 and 1 <= int(limit) <= _MAX_HITS):
        raise BadFact("limit", limit, (f"a number from 1 to {_MAX_HITS}",))
    if len(query) > MAX_QUERY:
        raise BadFact("q", "", (f"at most {MAX_QUERY} characters",))
    snapshot = requests.snapshot()
    found = look_up(snapshot, query, lang, int(limit), today(), voice)
    counting.searched(query, bool(found.hits), lang)
    return keep_not(jsonify(found_json(found, snapshot, lang) | {"rules_version": snapshot.version}))


@bp.get("/faq")
@described(given.Entries, asked.LangQuery)
def faq() -> Response:
    """List the topics of the FAQ."""
    requests.only(request.args, "lang")
    lang, snapshot = _lang(request.args), requests.snapshot()
    entries = [
        {"id": entry.id, "title": entry.front.title, "intent": entry.front.intent, "url": f"/{lang}/faq/{entry.id}"}
        for (_, language), entry in snapshot.entries.items()
        if language == lang
    ]
    return keep(jsonify(entries=entries, rules_version=snapshot.version))


@bp.get("/faq/<id>")
@described(given.EntryBody, asked.LangQuery, None, 404)
def faq_entry(id: str) -> Response:
    """Return one entry with its sources."""
    requests.only(request.args, "lang")
    lang = _lang(request.args)
    snapshot = requests.snapshot()
    entry = snapshot.entries.get((id, lang))
    if entry is None:
        abort(404, "There is no such entry; GET /api/v1/faq lists them.")
    counting.read(id, lang)
    sources = cited(snapshot.sources, entry.front.sources)
    return keep(jsonify(entry_json(entry, sources, entry_contact(snapshot, entry))))


@bp.get("/rules")
@described(given.RuleTable, asked.RulesQuery)
def rules() -> Response:
    """Return every row in force on a day."""
    requests.only(request.args, "on")
    day = iso_date("on", request.args["on"]) if "on" in request.args else today()
    snapshot = requests.snapshot()
    tables = snapshot.book.rules.tables.values()
    rows = [row for table in tables for row in table.rows if row.in_force(day)]
    ids = [id for row in rows for id in row.basis]
    found = jsonify(
        on=day.isoformat(),
        confirmed=day in snapshot.book.rules.span,
        rows=[row_json(row) for row in rows],
        sources=[source_json(source) for source in cited(snapshot.sources, ids)],
        rules_version=snapshot.version,
    )
    return keep(found, for_today="on" not in request.args)


@bp.get("/health")
@described(given.Health)
def health() -> Response:
    """Say that the site answers, with which rules, and whether newer content was refused."""
    requests.only(request.args)
    shelf = current_app.extensions["shelf"]
    return keep_not(jsonify(status="ok", rules_version=shelf.snapshot.version, refused=bool(shelf.complaint)))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Return the description of all this; written once for each version of the rules."""
    requests.only(request.args)
    version = requests.snapshot().version
    made: dict[str, Any] = current_app.extensions.setdefault("openapi", {})
    if version not in made:
        made.clear()
        made[version] = document(current_app._get_current_object())  # type: ignore[attr-defined]
    return keep(jsonify(made[version]))


def _lang(values: Mapping[str, Any]) -> str:
    lang = values.get("lang", LANGS[0])
    if lang not in LANGS:
        raise BadFact("lang", str(lang), LANGS)
    return str(lang)


def _body() -> dict[str, Any]:
    body = read_object()
    known = ("text", "lang", "voice", "facts", "dialogue", "visit_date")
    for name in body:
        if name not in known:
            raise BadFact(name if len(name) < 40 else "body", "", known)
    for name in ("lang", "voice", "visit_date"):
        if name in body and not isinstance(body[name], str):
            raise BadFact(name, "", ("a string",))
    return body
