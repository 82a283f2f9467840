"""Settings, health, figures, logs and the pages kept in memory."""

from __future__ import annotations

import json
import logging
import re
import socket
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
import segno

from assistant.settings import BadSetting, Settings
from assistant.web.delivery.page_cache import Page, Pages, closed
from assistant.web.http.observability import JsonLines
from tests.loopback import running

TYPED = "TanakaTaro0312345678"


@pytest.fixture(scope="module")
def own(create):
    """A site of its own, so that what it keeps in memory is what these tests asked for."""
    return create(site="https://desk.example.jp")


def test_every_wrong_setting_is_named_in_a_line_of_its_own():
    """An operator corrects all of them at once."""
    wrong = {
        "MADOGUCHI_CONTENT": "/nowhere",
        "MADOGUCHI_AS_OF": "tomorrow",
        "MADOGUCHI_OPERATOR": "x" * 301,
        "MADOGUCHI_RECEIPT_KEY": "short",
        "MADOGUCHI_SITE": "https://host/path?x",
        "MADOGUCHI_METRICS": "everyone",
    }
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment(wrong)
    assert sorted(line.partition(":")[0] for line in str(caught.value).splitlines()) == sorted(wrong)
    assert Settings.from_environment({"MADOGUCHI_SITE": "https://a.jp:8443/"}).site == "https://a.jp:8443"


def test_the_sheet_is_printed_with_the_public_address(own):
    """Behind a proxy that ends TLS the request itself says http."""
    facts = "visit_date=2026-11-20&presented=old_card&scheme=kouki&facility=online&old_card=expired&known_patient=no"
    html = own.test_client().get(f"/en/sheet?{facts}").text
    drawn = segno.make_qr(f"https://desk.example.jp/en/check?{facts}", error="m")
    path = re.search(r' d="([^"]+)"', drawn.svg_inline(omitsize=True, border=4))[1]
    assert f'd="{path}"' in html


def test_ready_says_which_content_and_refuses_a_day_without_rules(own, create):
    """503 takes the host out of the balance."""
    found = own.test_client().get("/health/ready")
    assert (found.status_code, found.json["status"], found.json["why"]) == (200, "ready", None)
    assert found.json["index_size"] > 100
    late = create(as_of=date(2199, 1, 1)).test_client().get("/health/ready")
    assert (late.status_code, late.json["status"]) == (503, "not ready")


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
    ],
)
def test_figures_are_for_this_host(own, peer, headers, status):
    """A proxy on the same host must not hand them out."""
    client = own.test_client()
    client.get("/ja/faq/notice-alone")
    found = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert found.status_code == status
    assert ('route="/<any(ja, en):lang>/faq/<id>",status="200"' in found.text) == (status == 200)
    assert ("madoguchi_snapshot{version=" in found.text) == (status == 200)


def test_a_line_of_the_log_holds_no_word_of_the_reader(own, caplog):
    """Route templates only, and valid JSON."""
    with caplog.at_level(logging.INFO, "madoguchi"):
        client = own.test_client()
        client.get(f"/ja/search?q={TYPED}")
        client.post("/ja/", data={"text": TYPED})
        client.get(f"/{TYPED}")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/<any(ja, en):lang>/search", 200),
        ("/<any(ja, en):lang>/", 200),
        ("none", 404),
    ]
    assert TYPED not in json.dumps(lines)


def test_a_page_from_memory_is_the_page(own, monkeypatch):
    """Same body and headers, and it is not rendered again; another day, host or cookie is another page."""
    client = own.test_client()
    rendered = []
    monkeypatch.setattr(
        "assistant.web.views.check.render_template", lambda *a, **k: rendered.append(a) or f"{len(rendered)}"
    )
    path = "/en/check?presented=notice&scheme=kouki&visit_date=2026-12-01"
    first, second = client.get(path), client.get(path)
    assert (first.text, second.text) == ("1", "1")
    assert first.headers == second.headers
    assert "Content-Security-Policy" in second.headers
    assert client.get(path, headers={f"X-{n}": "" for n in range(100)}).status_code == 431
    assert client.get(path, headers={"Host": "other.example"}).text == "2"
    client.set_cookie("aids", "125.1")
    assert client.get(path).text == "3"
    client.delete_cookie("aids")
    served = own.extensions["served"]
    monkeypatch.setattr(served, "snapshot", replace(served.snapshot, version="other"))
    assert client.get(path).text == "4"
    monkeypatch.setitem(own.extensions, "settings", Settings(as_of=date(2026, 11, 24)))
    assert client.get(path).text == "5"


def test_new_content_is_looked_for_whatever_answers(own, monkeypatch):
    """A page made, the same one kept, a form and an error: each looks at the store once."""
    looked = []
    monkeypatch.setattr(own.extensions["served"], "refresh", lambda: looked.append(1))
    client = own.test_client()
    page = "/en/check?presented=notice&scheme=kouki&visit_date=2026-12-02"
    for ask in (
        lambda: client.get(page),
        lambda: client.get(page),
        lambda: client.post("/ja/"),
        lambda: client.get("/x"),
    ):
        looked.clear()
        ask()
        assert looked == [1]


def test_furigana_is_put_over_a_kept_page_once(own):
    """The page is kept as it was before."""
    client = own.test_client()
    pages = [client.get("/ja/faq/notice-alone?furigana=1").text for _ in range(2)]
    assert pages[0] == pages[1]
    assert "<ruby>" in pages[0]


@pytest.mark.parametrize(
    ("pairs", "kept"),
    [
        ([("presented", "notice"), ("visit_date", "2026-11-23"), ("easy", "1")], True),
        ([("presented", TYPED)], False),
        ([("visit_date", TYPED)], False),
        ([("visit_date", "3984-71-56")], False),
        ([("q", "x")], False),
        ([(TYPED, "1")], False),
    ],
)
def test_only_closed_addresses_are_kept(pairs, kept):
    """What is typed into an address stays out of memory too."""
    assert closed(pairs) == kept


def test_the_page_that_was_not_used_for_longest_goes():
    """The memory is bounded."""
    pages = Pages(2)
    for name in ("a", "b"):
        pages.keep((name,), Page("200 OK", [], name.encode(), "", ()))
    pages.get(("a",))
    pages.keep(("c",), Page("200 OK", [], b"c", "", ()))
    kept = [pages.get((name,)) for name in ("a", "b", "c")]
    assert [page and page.body for page in kept] == [b"a", None, b"c"]


def test_one_request_of_a_connection_is_answered_at_a_time(app):
    """Alone it may be followed by another; those that are sent ahead are dropped, and the connection says so."""
    one = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with (
        running(app) as address,
        socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as line,
    ):
        for _ in range(2):
            line.sendall(one)
            alone = b""
            while not alone.endswith(b"}\n"):
                alone += line.recv(65536)
            assert alone.startswith(b"HTTP/1.1 200")
            assert b"Connection: close" not in alone
        line.sendall(one * 20)
        ahead = b"".join(iter(lambda: line.recv(65536), b""))
        assert ahead.count(b"HTTP/1.1 200") == 1
        assert b"Connection: close" in ahead
