"""The JSON API, version 1. The shapes are those of the contract; every mistake is problem+json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from assistant.answers.answer import answer
from assistant.answers.changes_in_words import shifts
from assistant.answers.paper_to_hold import holding
from assistant.answers.whom_to_call import entry_contact
from assistant.content.entries import LANGS
from assistant.content.sources import cited
from assistant.conversation.retrieval import look_up
from assistant.conversation.state import fact_codes, read_dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import BadFact, iso_date, parse
from assistant.language.text.normalize import MAX_QUERY
from assistant.language.utterance import MAX_TEXT
from assistant.presentation.serializers import (
    answer_json,
    entry_json,
    found_json,
    holding_json,
    row_json,
    shift_json,
    source_json,
    turn_json,
)
from assistant.web.api import chat_models as said
from assistant.web.api import entry_models, paper_models
from assistant.web.api import request_models as asked
from assistant.web.api import response_models as given
from assistant.web.api.openapi import described, document
from assistant.web.http import request_facts, usage_events
from assistant.web.http.cache_headers import keep, keep_not
from assistant.web.http.json_body import read_object
from assistant.web.http.request_day import today
from assistant.web.http.request_facts import period

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
    asking = request_facts.strict(request.args, today())
    found = answer(request_facts.snapshot(), asking.facts, asking.voice, _lang(request.args), asking.city)
    usage_events.answered(found)
    return keep(jsonify(answer_json(found)), for_today="visit_date" not in request.args)


@bp.get("/holding")
@described(paper_models.HoldingAnswer, asked.CheckQuery)
def which_paper() -> Response:
    """Say which paper somebody with the facts of the query should hold."""
    asking = request_facts.strict(request.args, today())
    found = holding(request_facts.snapshot(), asking.facts, _lang(request.args), asking.city)
    return keep(jsonify(holding_json(found)), for_today="visit_date" not in request.args)


@bp.get("/changes")
@described(given.Changes, asked.ChangesQuery)
def changes() -> Response:
    """Return what moves from which morning between two days."""
    request_facts.only(request.args, "from", "to", "lang")
    lang = _lang(request.args)
    snapshot = request_facts.snapshot()
    first, last = period(snapshot, request.args)
    moved = [shift_json(shift, snapshot, lang) for shift in shifts(snapshot, first, last)]
    days = {"from": first.isoformat(), "to": last.isoformat()}
    return keep(jsonify({**days, "changes": moved, "rules_version": snapshot.version}))


@bp.post("/chat")
@described(said.ChatReply, asked.NoQuery, asked.ChatBody, 413, 415)
def chat() -> Response:
    """Reply to a sentence. The sentence is turned into codes and dropped."""
    request_facts.only(request.args)
    body = _body()
    lang, voice = _lang(body), request_facts.voice_of(body)
    text = body.get("text")
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise BadFact("text", "", (f"a string of at most {MAX_TEXT} characters",))
    asked_on = iso_date("visit_date", body["visit_date"]) if "visit_date" in body else today()
    facts = parse(fact_codes(body.get("facts", {})), asked_on)
    dialogue = read_dialogue(body["dialogue"], asked_on) if "dialogue" in body else None
    snapshot = request_facts.snapshot()
    turn = take_turn(snapshot, text, lang, voice, facts, asked_on, dialogue)
    usage_events.replied(turn, lang, voice)
    return keep_not(jsonify(turn_json(turn, snapshot, lang)))


@bp.get("/search")
@described(entry_models.Hits, asked.SearchQuery)
def search() -> Response:
    """Search the FAQ. Nothing is kept of it, in a cache neither: the address holds words."""
    request_facts.only(request.args, "q", "lang", "limit", "voice")
    lang, voice = _lang(request.args), request_facts.voice_of(request.args)
    limit, query = request.args.get("limit", "10"), request.args.get("q", "")
    if not (limit.isascii() and limit.isdigit() and len(limit) <= 2 and 1 <= int(limit) <= _MAX_HITS):
        raise BadFact("limit", limit, (f"a number from 1 to {_MAX_HITS}",))
    if len(query) > MAX_QUERY:
        raise BadFact("q", "", (f"at most {MAX_QUERY} characters",))
    snapshot = request_facts.snapshot()
    found = look_up(snapshot, query, lang, int(limit), today(), voice)
    usage_events.searched(query, bool(found.hits), lang)
    return keep_not(jsonify(found_json(found, snapshot, lang) | {"rules_version": snapshot.version}))


@bp.get("/faq")
@described(entry_models.Entries, asked.LangQuery)
def faq() -> Response:
    """List the topics of the FAQ."""
    request_facts.only(request.args, "lang")
    lang, snapshot = _lang(request.args), request_facts.snapshot()
    entries = [
        {"id": entry.id, "title": entry.front.title, "intent": entry.front.intent, "url": f"/{lang}/faq/{entry.id}"}
        for (_, language), entry in snapshot.entries.items()
        if language == lang
    ]
    return keep(jsonify(entries=entries, rules_version=snapshot.version))


@bp.get("/faq/<id>")
@described(entry_models.EntryBody, asked.LangQuery, None, 404)
def faq_entry(id: str) -> Response:
    """Return one entry with its sources."""
    request_facts.only(request.args, "lang")
    lang = _lang(request.args)
    snapshot = request_facts.snapshot()
    entry = snapshot.entries.get((id, lang))
    if entry is None:
        abort(404, "There is no such entry; GET /api/v1/faq lists them.")
    usage_events.read(id, lang)
    sources = cited(snapshot.sources, entry.front.sources)
    return keep(jsonify(entry_json(entry, sources, entry_contact(snapshot, entry))))


@bp.get("/rules")
@described(given.RuleTable, asked.RulesQuery)
def rules() -> Response:
    """Return every row in force on a day."""
    request_facts.only(request.args, "on")
    day = iso_date("on", request.args["on"]) if "on" in request.args else today()
    snapshot = request_facts.snapshot()
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
    request_facts.only(request.args)
    served = current_app.extensions["served"]
    return keep_not(jsonify(status="ok", rules_version=served.snapshot.version, refused=bool(served.complaint)))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Return the description of all this; written once for each version of the rules."""
    request_facts.only(request.args)
    version = request_facts.snapshot().version
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
