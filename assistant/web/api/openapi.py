"""The OpenAPI document of the API: generated from the models, with real answers as examples in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final

from flask import Flask, request
from spectree import Response, SpecTree

from assistant.content.entries import LANGS
from assistant.web.api.request_models import NoQuery
from assistant.web.api.response_models import Problem
from assistant.web.http.request_facts import snapshot

#: Of the interface; the address holds the first figure.
VERSION: Final = "1.0"
_ABOUT: Final = """What happens if I bring this card to a clinic in Japan? Dated, sourced answers.

この保険証・カードで受診できるかを、日付と出典つきで答えます。

An answer follows from its address and the version of the rules (`rules_version`): keep it by its ETag. Facts that
contradict each other (`none` beside another item; the state of a paper beside the date printed on it) are a 400 like
every other mistake."""
_COMMON: Final = (400, 414, 429, 431, 500)
#: The first, shorter part of a list stands for it in an example.
_SHORT: Final = 2
_CHECK: Final = "presented=notice&presented=mynumber_card&scheme=kouki&registration=registered&visit_date=2026-11-23"
_SENTENCES: Final = {
    "ja": "保険証の期限が切れています。75歳以上です。",
    "en": "My old insurance card has expired. I am 80.",
}
#: By path: what is asked in the examples, for each language.
_SAMPLES: Final[Mapping[str, Callable[[str], tuple[str, dict[str, Any] | None]]]] = {
    "check": lambda lang: (f"{_CHECK}&lang={lang}", None),
    "holding": lambda lang: (f"scheme=kouki&registration=registered&visit_date=2026-11-23&lang={lang}", None),
    "changes": lambda lang: (f"from=2026-07-01&to=2026-08-31&lang={lang}", None),
    "search": lambda lang: (f"q={'届かない' if lang == 'ja' else 'lost'}&limit=2&lang={lang}", None),
    "faq": lambda lang: (f"lang={lang}", None),
    "rules": lambda lang: ("on=2026-11-23", None),
    "chat": lambda lang: ("", {"text": _SENTENCES[lang], "lang": lang, "visit_date": "2026-11-23"}),
    "health": lambda lang: ("", None),
}

_spec = SpecTree(
    "flask",
    mode="strict",
    title="Madoguchi",
    version=VERSION,
    description=_ABOUT,
    annotations=False,
    validation_error_status=400,
    validation_error_model=Problem,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _, name: name,
)


def described(answer: Any, query: Any = NoQuery, body: Any = None, *also: int) -> Callable[..., Any]:
    """Describe an endpoint by the models of its answer, query and body, and by the statuses that only it gives.

    The view checks what it is sent by itself, so that a mistake is named in the same words everywhere; a run of
    schemathesis holds both against each other.
    """
    problems = {f"HTTP_{status}": Problem for status in (*_COMMON, *also)}
    found: Callable[..., Any] = _spec.validate(
        query=query, json=body, resp=Response(HTTP_200=answer, **problems), skip_validation=True
    )
    return found


def document(app: Flask) -> dict[str, Any]:
    """Return the document, examples included; to be called within a request of ``app``."""
    found: dict[str, Any] = deepcopy(_spec.spec)
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            operation["operationId"] = path.removeprefix("/api/v1/").replace("/{id}", "_entry")
            operation.pop("tags")
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {"application/problem+json": response["content"]["application/json"]}
            answer = operation["responses"]["200"]
            answer["content"]["application/json"]["examples"] = _answers(app, path, method)
            if method == "post":
                operation["requestBody"]["content"]["application/json"]["examples"] = _bodies(path)
            elif "health" not in path and "search" not in path:
                answer["headers"] = {name: {"schema": {"type": "string"}} for name in ("ETag", "Cache-Control")}
                operation["responses"]["304"] = {"description": "Not Modified"}
    found["tags"] = []
    return found


def _sample(path: str, lang: str) -> tuple[str, dict[str, Any] | None]:
    return _SAMPLES[path.split("/")[3]](lang)


def _bodies(path: str) -> dict[str, Any]:
    return {lang: {"value": _sample(path, lang)[1]} for lang in LANGS}


def _answers(app: Flask, path: str, method: str) -> dict[str, Any]:
    """Return what the endpoint answers now to the sample of each language."""
    found = {}
    for lang in LANGS:
        query, body = _sample(path, lang)
        address = path.replace("{id}", min(snapshot().entry_ids()))
        with app.test_request_context(address, request.host_url, query_string=query, method=method.upper(), json=body):
            view = app.view_functions[request.endpoint or ""]
            response = app.make_response(view(**request.view_args or {}))  # type: ignore[arg-type]
        found[lang] = {"value": _shortened(json.loads(response.get_data()))}
    return found


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_SHORT]]
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    return value
