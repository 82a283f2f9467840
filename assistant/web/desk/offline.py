"""What the desk needs on a day without a connection: the rules as a graph, and the worker that keeps it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request, send_from_directory

from assistant import paths
from assistant.conversation.deskgraph import graph
from assistant.web import deskview, requests
from assistant.web.clock import today
from assistant.web.locale import PREFIX

bp = Blueprint("offline", __name__)


@bp.get(f"{PREFIX}/desk.json")
def rules_graph(lang: str) -> Response:
    """Send the rules from today to the horizon; written once a day for each version of the content."""
    snapshot, day = requests.snapshot(), today()
    made: dict[str, tuple[tuple[str, date], str]] = current_app.extensions.setdefault("desk_graphs", {})
    found = made.get(lang)
    if found is None or found[0] != (snapshot.version, day):
        body: dict[str, Any] = {**graph(snapshot, day, lang), "words": deskview.words()}
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
