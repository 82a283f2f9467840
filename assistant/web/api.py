"""The JSON API, version 1. The shapes are those of the contract; every mistake is problem+json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request

from assistant.content.entries import LANGS
from assistant.content.sources import cited
from assistant.conversation.answer import answer
from assistant.conversation.changes import shifts
from assistant.conversation.finding import find
from assistant.conversation.holding import holding
from assistant.conversation.turn import take_turn
from assistant.domain.facts import BadFact, iso_date, parse
from assistant.domain.vocabulary import FACT_IDS
from assistant.web import counting, requests
from assistant.web.changes import period
from assistant.web.clock import today
from assistant.web.home import MAX_TEXT
from assistant.web.serial import (
    answer_json,
    contact_json,
    entry_json,
    hit_json,
    holding_json,
    row_json,
    shift_json,
    source_json,
)

bp = Blueprint("api", __name__, url_prefix="/api/v1")

_MAX_HITS = 50


@bp.get("/check")
def check() -> Response:
    """Decide the facts of the query."""
    asking = requests.strict(request.args, today(), "lang")
    found = answer(requests.snapshot(), asking.facts, asking.voice, _lang(request.args))
    counting.answered(found)
    return jsonify(answer_json(found))


@bp.get("/holding")
def which_paper() -> Response:
    """Say which paper somebody with the facts of the query should hold."""
    asking = requests.strict(request.args, today(), "lang")
    return jsonify(holding_json(holding(requests.snapshot(), asking.facts, _lang(request.args))))


@bp.get("/changes")
def changes() -> Response:
    """Return what moves from which morning between two days."""
    lang = _lang(request.args)
    snapshot = requests.snapshot()
    first, last = period(snapshot)
    moved = [shift_json(shift, snapshot, lang) for shift in shifts(snapshot, first, last)]
    return jsonify(
        {"from": first.isoformat(), "to": last.isoformat(), "changes": moved, "rules_version": snapshot.version}
    )


@bp.post("/chat")
def chat() -> Response:
    """Reply to a sentence. The sentence is turned into codes and dropped."""
    body = _body()
    lang, voice = _lang(body), requests.voice_of(body)
    text = body.get("text")
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise BadFact("text", "", (f"a string of at most {MAX_TEXT} characters",))
    asked_on = iso_date("visit_date", body["visit_date"]) if "visit_date" in body else today()
    facts = parse(_facts(body), asked_on)
    snapshot = requests.snapshot()
    turn = take_turn(snapshot, text, lang, voice, facts, asked_on)
    counting.replied(turn, lang, voice)
    reply = answer_json(turn.answer) if turn.answer else {"kind": turn.kind}
    return jsonify(
        intent=turn.understanding.intent,
        understood=_understood(turn.understanding.facts),
        reply=reply,
        faq=[hit_json(hit, snapshot, lang) for hit in turn.hits],
        also=turn.also,
        facts=turn.facts.as_codes(),
        contact=contact_json(snapshot.contacts["insurer/any"], lang) if turn.answer is None else reply.get("contact"),
    )


@bp.get("/search")
def search() -> Response:
    """Search the FAQ."""
    lang = _lang(request.args)
    limit = request.args.get("limit", "10")
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:3]) <= _MAX_HITS and len(limit) <= 2):
        raise BadFact("limit", limit, (f"a number from 1 to {_MAX_HITS}",))
    snapshot = requests.snapshot()
    hits = find(snapshot, request.args.get("q", ""), lang, int(limit))
    counting.searched(request.args.get("q", ""), bool(hits), lang)
    return jsonify(hits=[hit_json(hit, snapshot, lang) for hit in hits], rules_version=snapshot.version)


@bp.get("/faq")
def faq() -> Response:
    """List the topics of the FAQ."""
    lang = _lang(request.args)
    entries = [entry for (_, language), entry in requests.snapshot().entries.items() if language == lang]
    return jsonify(
        entries=[
            {"id": entry.id, "title": entry.front.title, "intent": entry.front.intent, "url": f"/{lang}/faq/{entry.id}"}
            for entry in entries
        ]
    )


@bp.get("/faq/<id>")
def faq_entry(id: str) -> Response:
    """Return one entry with its sources."""
    lang = _lang(request.args)
    snapshot = requests.snapshot()
    entry = snapshot.entries.get((id, lang))
    if entry is None:
        abort(404, "There is no such entry; GET /api/v1/faq lists them.")
    counting.read(id, lang)
    return jsonify(entry_json(entry, cited(snapshot.sources, entry.front.sources)))


@bp.get("/rules")
def rules() -> Response:
    """Return every row in force on a day."""
    day = iso_date("on", request.args["on"]) if "on" in request.args else today()
    snapshot = requests.snapshot()
    tables = snapshot.book.rules.tables.values()
    rows = [row for table in tables for row in table.rows if row.in_force(day)]
    ids = [id for row in rows for id in row.basis]
    return jsonify(
        on=day.isoformat(),
        confirmed=day in snapshot.book.rules.span,
        rows=[row_json(row) for row in rows],
        sources=[source_json(source) for source in cited(snapshot.sources, ids)],
        rules_version=snapshot.version,
    )


@bp.get("/health")
def health() -> Response:
    """Say that the site answers, with which rules, and whether newer content was refused."""
    shelf = current_app.extensions["shelf"]
    return jsonify(status="ok", rules_version=shelf.snapshot.version, refused=bool(shelf.complaint))


def _lang(values: Mapping[str, Any]) -> str:
    lang = values.get("lang", LANGS[0])
    if lang not in LANGS:
        raise BadFact("lang", str(lang), LANGS)
    return str(lang)


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadFact("body", "", ("a JSON object",))
    known = ("text", "lang", "voice", "facts", "visit_date")
    for name in body:
        if name not in known:
            raise BadFact(name if len(name) < 40 else "body", "", known)
    for name in ("lang", "voice", "visit_date"):
        if name in body and not isinstance(body[name], str):
            raise BadFact(name, "", ("a string",))
    return body


def _facts(body: Mapping[str, Any]) -> dict[str, str | list[str]]:
    facts = body.get("facts", {})
    if not isinstance(facts, dict):
        raise BadFact("facts", "", FACT_IDS)
    for fact, value in facts.items():
        many = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if fact not in FACT_IDS or not (isinstance(value, str) or (many and fact == "presented")):
            raise BadFact(fact if fact in FACT_IDS else "facts", "", FACT_IDS)
    return facts


def _understood(read: Mapping[str, Any]) -> dict[str, Any]:
    return {
        fact: list(value) if isinstance(value, tuple) else value.isoformat() if hasattr(value, "isoformat") else value
        for fact, value in read.items()
    }
