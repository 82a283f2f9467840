"""Every route, every method, hostile input: a documented answer in the caller's form, never a 5xx, never an echo."""

from __future__ import annotations

import json
import re

import pytest

from assistant.web.http.request_limits import MAX_ADDRESS, MAX_BODY, MAX_PARAMETERS
from tests.house.test_house import ROUTES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")
DOCUMENTED = {200, 302, 304, 400, 404, 405, 413, 414, 415, 429, 431}
#: What may stand where a route has a hole, a query a value, a form a field.
TEXTS = {
    "script": "<script id=naughty>alert(1)</script>",
    "traversal": "../../../../etc/passwd",
    "nul": "a\x00b",
    "line ends": "x\r\nSet-Cookie: naughty=1",
    "grows": "\ufdfa" * 100,
    "tower": "a" + "\u0301\u0323" * 200,
    "turns": "\u202eabc\u200b\u2066",
    "tags": "\U000e0001\U000e0041",
    "half": "\ud800".encode("utf-8", "surrogatepass"),
    "no utf-8": b"\xff\xfe\x80",
    "search syntax": "id:* ^1e308 ((((~9 ????????",
    "digits": "８０_1\u0664",
    "long": "x" * 3_000,
    "template": "{{7*7}}{% raw %}%s%(x)s{0.__class__}",
}
NAMES = (
    *("q", "presented", "visit_date", "scheme", "lang", "voice", "limit", "on", "from", "to"),
    *("code", "back", "step", "change", "tile", "table", "show", "furigana"),
)
HEADERS = ("Accept-Language", "Cookie", "X-Turn", "If-None-Match", "Referer", "X-Forwarded-For", "Origin")
BODIES = {
    "deep": b"[" * 8_000,
    "deep object": b'{"a":' * 2_000,
    "not a number": b'{"text": NaN}',
    "infinite": b'{"text": 1e309}',
    "huge number": b'{"text": ' + b"9" * 5_000 + b"}",
    "twice": b'{"text": "a", "text": "b"}',
    "twice inside": b'{"text": "a", "facts": {"scheme": "kouki", "scheme": "kokuho"}}',
    "half a character": b'{"text": "\\ud800"}',
    "half a character in a name": b'{"text": "a", "\\udfff": "b"}',
    "list for text": b'{"text": ["a"]}',
    "null": b'{"text": null}',
    "utf-16": '{"text": "a"}'.encode("utf-16"),
    "byte order mark": '\ufeff{"text": "a"}'.encode(),
    "no utf-8": b'{"text": "\xff"}',
    "fact as object": b'{"text": "a", "facts": {"presented": {"a": 1}}}',
    "facts nested": b'{"text": "a", "facts": {"presented": [["old_card"]]}}',
    "empty": b"",
    "string": b'"text"',
}


def _filled(route, text):
    """The route with ``text`` in its holes; a language is one of ours."""
    filled = re.sub(r"<any\(ja, en\):lang>", "ja", route)
    filled = re.sub(r"<any\(about[^>]*>", "about", filled)
    return re.sub(r"<[^>]+>", text, filled)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES)
def test_any_method_on_any_route(client, route, method):
    """As documented; a method that is not there is a 405 that names those that are."""
    response = client.open(_filled(route, "notice-alone"), method=method, buffered=True)
    assert response.status_code in DOCUMENTED
    if response.status_code == 405:
        assert method not in re.split(", ?", response.headers["Allow"])
        _in_the_form_of(route, response)
    assert "GET" in _allowed(client, route) or "POST" in _allowed(client, route)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("route", ROUTES)
def test_hostile_text_everywhere(client, route, name):
    """In the path, the query, a form, a header: text it stays."""
    text = TEXTS[name]
    raw = text if isinstance(text, bytes) else text.encode()
    quoted = "".join(f"%{byte:02X}" for byte in raw)
    path = _filled(route, "notice-alone")
    plain = raw.decode("latin-1")
    headers = {} if {"\n", "\x00"} & set(plain) else dict.fromkeys(HEADERS, plain)
    names = [f"{field}={quoted}" for field in NAMES]
    queries = [*names, quoted] if route.startswith("/api/") else ["&".join([*names, quoted])]
    for query in queries:
        _is_honest(client.get(f"{path}?{query}", headers=headers), route)
    if "<id>" in route or "<path" in route:
        _is_honest(client.get(_filled(route, quoted)), route)
    for form in (f"text={quoted}&q={quoted}", f"presented={quoted}&visit_date={quoted}&step={quoted}&change={quoted}"):
        _is_honest(client.post(path, data=form, content_type="application/x-www-form-urlencoded"), route)


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_body_is_a_400(client, name):
    """With a reason that a program can read."""
    response = client.post("/api/v1/chat", data=BODIES[name], content_type="application/json")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.json["parameter"]


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if isinstance(text, str) and len(text) < 1500])
def test_hostile_sentences_are_answered(client, text):
    """Or declined; nothing of them comes back."""
    response = client.post("/api/v1/chat", json={"text": text})
    assert response.status_code == 200
    assert "naughty" not in response.text


@pytest.mark.parametrize("path", ["/api/v1/chat", "/ja/", "/ja/search"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"a" * (MAX_BODY + 1), "content_type": "application/json"}, 413),
        ({"data": b"a", "content_type": "multipart/form-data; boundary=x"}, 415),
        ({"query_string": "q=" + "x" * MAX_ADDRESS}, 414),
        ({"query_string": "&".join(["q=1"] * (MAX_PARAMETERS + 1))}, 400),
        ({"headers": {"X-Long": "x" * 9_000}}, 431),
        ({"headers": {f"X-{number}": "x" for number in range(70)}}, 431),
    ],
)
def test_what_is_too_long_is_refused(client, path, sent, status):
    """As a page or as a problem."""
    if status == 413 and not path.startswith("/api"):
        sent = {**sent, "content_type": "application/x-www-form-urlencoded"}
    response = client.post(path, **sent)
    assert response.status_code == status
    _in_the_form_of(path, response)


def test_a_body_that_is_not_json_is_a_415(client):
    """A form of another site cannot speak to the API."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        response = client.post("/api/v1/chat", data=json.dumps({"text": "a"}), content_type=kind)
        assert (response.status_code, response.content_type) == (415, "application/problem+json")


def _is_honest(response, route):
    text = response.text
    response.close()
    assert response.status_code in DOCUMENTED
    assert "naughty" not in response.headers.get("Set-Cookie", "")
    assert "<script id=naughty" not in text or response.mimetype == "application/problem+json"
    if response.status_code >= 400:
        _in_the_form_of(route, response)


def _in_the_form_of(route, response):
    if route.startswith("/api/"):
        assert response.content_type == "application/problem+json"
        if response.request.method != "HEAD":
            assert response.json["status"] == response.status_code
    else:
        assert response.mimetype == "text/html"


def _allowed(client, route):
    return client.options(_filled(route, "notice-alone")).headers.get("Allow", "GET")
