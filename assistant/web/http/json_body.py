"""A JSON body, read strictly: one meaning or none."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import abort, request

from assistant.domain.facts import BadFact


def read_object() -> dict[str, Any]:
    """Return the JSON object of the request.

    Raises `BadFact` for what is no object in UTF-8, for a name given twice, for ``NaN`` and its like, for numbers and
    nesting beyond what Python reads, and for half characters; 415 when it is not said to be JSON.
    """
    if not request.is_json:
        abort(415, "Send Content-Type: application/json.")
    try:
        body = json.loads(request.get_data().decode(), object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadFact("body", "", ("a JSON object in UTF-8 with each name once",))
    return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
