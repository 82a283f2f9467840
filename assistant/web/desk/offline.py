"""What the desk needs on a day without a connection: the rules as a graph, and the worker that keeps it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request, send_from_directory

from assistant import paths
from assistant.presentation.desk_graph import graph
from assistant.web.desk import view_model
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today

bp = Blueprint("offline", __name__)


@bp.get(f"{PREFIX}/desk.json")
def rules_graph(lang: str) -> Response:
    """Send the rules from today to the horizon; written once a day for each version of the content."""
    snapshot, day = request_facts.snapshot(), today()
    made: dict[str, tuple[tuple[str, date], str]] = current_app.extensions.setdefault("desk_graphs", {})
    found = made.get(lang)
    if found is None or found[0] != (snapshot.version, day):
        body: dict[str, Any] = {**graph(snapshot, day, lang), "words": view_model.words()}
        found = (snapshot.version, day), json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        made[lang] = found
    response = Response(found[1], mimetype="application/json")
    response.add_etag()
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@bp.get("/sw.js")
def worker() -> Response:
    """Send the service worker from the root, so that its scope is the whole site."""
    response = send_from_directory(paths.STATIC / "js", "worker.js", mimetype="text/javascript")
    response.cache_control.no_cache = True
    return response
