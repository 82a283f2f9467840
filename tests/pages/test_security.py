"""Headers, limits, hosts and caches: what every answer carries, and what nobody gets."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from assistant.content.prose.markdown import render
from assistant.settings import BadSetting, Settings
from assistant.web.http import cache_headers, request_limits, security_headers
from tests.conftest import TODAY
from tests.loopback import running

PAGES = [
    "/",
    "/ja/",
    "/en/check?presented=old_card",
    "/ja/none-such",
    "/static/css/site.css",
    "/sw.js",
    "/ja/desk.json",
]
API = ["/api/v1/check", "/api/v1/check?presented=hat", "/api/v1/faq/none", "/api/v1/openapi.json", "/api/v1/none-such"]


@pytest.mark.parametrize("path", [*PAGES, *API])
def test_every_answer_carries_the_headers(client, path):
    """Whatever its status."""
    response = client.get(path, buffered=True)
    known = path in API and path != "/api/v1/none-such"
    wanted = {**security_headers.HEADERS, **(security_headers.DIFFERENT["api"] if known else {})}
    assert {name: response.headers.get(name) for name in wanted} == wanted
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not {"Server", "Set-Cookie", "X-Powered-By"} & set(response.headers.keys())


def test_hsts_belongs_to_tls(client):
    """Over TLS for two years, else not at all."""
    assert "Strict-Transport-Security" not in client.get("/ja/").headers
    header = client.get("/ja/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert header == "max-age=63072000; includeSubDomains"


def test_the_api_is_open_to_scripts_of_any_site_for_reading(client):
    """With GET and without credentials; the conversation is not."""
    for path in API:
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/api/v1/check").headers
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in preflight
    assert "Access-Control-Allow-Origin" not in client.options("/api/v1/chat").headers
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/chat", json={"text": "a"}).headers
    assert "Access-Control-Allow-Origin" not in client.get("/ja/").headers


@pytest.mark.parametrize(
    "path",
    ["check?presented=old_card", "holding?scheme=kouki", "changes", "faq", "faq/refund", "rules", "openapi.json"],
)
def test_an_answer_can_be_kept_and_asked_for_again(client, path):
    """The same ETag is a 304 without a body; another rules version or day has another body, thus another ETag."""
    first = client.get(f"/api/v1/{path}")
    assert first.cache_control.public
    assert first.cache_control.must_revalidate
    assert 0 <= first.cache_control.max_age <= cache_headers.LONGEST
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(f"/api/v1/{path}", headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


@pytest.mark.parametrize("path", ["/api/v1/search?q=a", "/api/v1/health", "/api/v1/check?scheme=x", "/ja/none-such"])
def test_what_nobody_may_keep(client, path):
    """What holds words, what tells of now, what is a mistake."""
    response = client.get(path)
    assert response.cache_control.no_store
    assert "ETag" not in response.headers


def test_a_turn_is_not_kept(client):
    """It was made of a sentence."""
    assert client.post("/api/v1/chat", json={"text": "a"}).cache_control.no_store


def test_an_answer_for_today_is_not_kept_past_midnight_in_japan(client, monkeypatch):
    """Ten seconds before midnight it is kept for ten; one for a stated day as long as ever."""
    midnight = datetime(2026, 11, 24, 15, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return (midnight - timedelta(seconds=10)).astimezone(tz)

    monkeypatch.setattr("assistant.clock.datetime", Clock)
    for path in ("check?presented=old_card", "holding?scheme=kouki", "rules"):
        assert client.get(f"/api/v1/{path}").cache_control.max_age == 10
    for path in ("check?presented=old_card&visit_date=2026-11-23", "rules?on=2026-11-23", "changes"):
        assert client.get(f"/api/v1/{path}").cache_control.max_age == cache_headers.LONGEST


@pytest.fixture
def strict_limits(monkeypatch):
    """Few requests a minute."""
    monkeypatch.setattr(request_limits, "READING", "3 per minute")
    monkeypatch.setattr(request_limits, "SEARCHING", "2 per minute")


def _statuses(client, path, times=5, **options):
    return [client.get(path, **options).status_code for _ in range(times)]


def test_too_many_requests_are_a_429_in_the_callers_form(strict_limits, create):
    """With the time to wait; a search has a limit of its own, another client is not touched."""
    client = create().test_client()
    assert _statuses(client, "/api/v1/check") == [200, 200, 200, 429, 429]
    assert _statuses(client, "/api/v1/search") == [200, 200, 429, 429, 429]
    assert _statuses(client, "/ja/receipt") == [200, 200, 200, 429, 429]
    assert _statuses(client, "/ja/about") == [200] * 5  # a kept page costs less than to count who asks for it
    problem, page = client.get("/api/v1/check"), client.get("/ja/receipt")
    assert (problem.content_type, problem.json["status"]) == ("application/problem+json", 429)
    assert page.mimetype == "text/html"
    assert "1分ほど待って" in page.text
    assert problem.headers["Retry-After"] == page.headers["Retry-After"] == "60"
    assert client.get("/api/v1/check", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_only_our_own_proxies_are_believed(strict_limits, create):
    """Without one a made-up address changes nothing; with one the reader behind it is counted."""
    bare = create().test_client()
    made_up = [bare.get("/ja/receipt", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(5)]
    assert made_up == [200, 200, 200, 429, 429]
    behind = create(proxies=1).test_client()
    readers = [behind.get("/ja/receipt", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(5)]
    assert readers == [200] * 5
    tls = behind.get("/ja/receipt", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"})
    assert "Strict-Transport-Security" in tls.headers


def test_a_client_is_a_name_of_the_day(app, create):
    """No address is kept: a keyed hash, another one tomorrow; an IPv6 network is one client."""
    with app.app_context():
        name = request_limits._client("192.0.2.7", b"k" * 32)
        assert "192" not in name
        assert name != request_limits._client("192.0.2.7", b"l" * 32)
        assert request_limits._client("2001:db8::1", b"k") == request_limits._client("2001:db8::2", b"k")
    with create(as_of=TODAY + timedelta(days=1)).app_context():
        assert name != request_limits._client("192.0.2.7", b"k" * 32)


def test_without_its_redis_the_site_answers_and_counts_by_itself(strict_limits, create):
    """Nothing listens there: no error, and the limit holds within the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{free.getsockname()[1]}"
    client = create(limits=url).test_client()
    assert _statuses(client, "/ja/receipt") == [200, 200, 200, 429, 429]


def test_a_redis_that_does_not_answer_costs_a_short_wait(strict_limits, create):
    """It takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = create(limits=f"redis://127.0.0.1:{silent.getsockname()[1]}").test_client()
        assert _statuses(client, "/ja/receipt", 3) == [200, 200, 200]


def test_two_hosts_count_together_in_redis(strict_limits, create, tmp_path):
    """A real server on a socket of its own; when it dies the site goes on."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("there is no redis-server (apt-get install redis-server): shared limits were NOT tested")
    path = tmp_path / "redis.sock"
    server = subprocess.Popen([program, "--port", "0", "--unixsocket", path, "--save", ""], stdout=subprocess.DEVNULL)
    try:
        while not path.exists():
            time.sleep(0.02)
        settings = {"limits": f"redis+unix://{path}", "receipt_key": b"k" * 32}
        one, two = create(**settings).test_client(), create(**settings).test_client()
        assert _statuses(one, "/ja/receipt", 2) == [200, 200]
        assert _statuses(two, "/ja/receipt", 2) == [200, 429]
    finally:
        server.terminate()
        server.wait()
    assert one.get("/ja/receipt").status_code == 200


def test_a_foreign_host_is_refused(create):
    """Nothing is written with its name; ours is answered."""
    client = create(hosts=("example.jp", ".example.org"), limits="off").test_client()
    for path in ("/ja/", "/api/v1/check"):
        refused = client.get(path, base_url="http://evil.example")
        assert refused.status_code == 400
        assert "evil" not in refused.text + str(refused.headers)
        for host in ("example.jp", "www.example.org"):
            assert client.get(path, base_url=f"http://{host}").status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("LIMITS", "lots"), ("HOSTS", "a b"), ("HOSTS", "http://example.jp"), ("PROXIES", "*"), ("PROXIES", "-1")],
)
def test_a_setting_that_cannot_be_used_is_refused_at_start(name, value):
    """Named, with what it takes."""
    with pytest.raises(BadSetting, match=f"MADOGUCHI_{name}"):
        Settings.from_environment({f"MADOGUCHI_{name}": value})


def test_settings_of_the_network():
    """As written in the environment."""
    found = Settings.from_environment(
        {
            "MADOGUCHI_LIMITS": "redis://cache:6379",
            "MADOGUCHI_HOSTS": "example.jp, .example.org",
            "MADOGUCHI_PROXIES": "1",
        }
    )
    assert (found.limits, found.hosts, found.proxies) == ("redis://cache:6379", ("example.jp", ".example.org"), 1)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href='data:text/html,x' onclick='x()'>a</a>",
        "<iframe src=//evil.example></iframe><style>*{}</style>",
        "<svg><script>x</script></svg><math><mtext></mtext></math>",
    ],
)
def test_markdown_carries_no_script(text):
    """Only the tags of a plain text come out."""
    html = render(text, "en", ())
    for naughty in ("<script", "<img", "<iframe", "<style", "<svg", "onerror", "onclick", "javascript:", "data:"):
        assert naughty not in html


def test_the_server_passes_on_what_a_proxy_says_only_when_there_is_one(create):
    """Through waitress itself, which would drop those headers before the application sees them."""
    for proxies in (0, 1):
        settings = Settings(proxies=proxies)
        with running(create(proxies=proxies), **request_limits.server_options(settings)) as address:
            asked = urllib.request.Request(f"{address}/ja/about", headers={"X-Forwarded-Proto": "https"})
            with urllib.request.urlopen(asked) as response:
                assert ("Strict-Transport-Security" in response.headers) == bool(proxies)
