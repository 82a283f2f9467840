"""Requests that are none, and clients that do not behave. The pair with the proxy has its own faults."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from pathlib import Path

from tests.faults.lab import Lab
from tests.faults.probe import QUESTIONS
from tests.faults.registry import fault
from tests.faults.site import HOST

_PATH = QUESTIONS[0]


def _statuses(said: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"^HTTP/1\.[01] (\d{3})", said, re.MULTILINE)]


@fault("F48", "floods of headers, cookies, addresses")
def f48(lab: Lab) -> str:
    """Refused at the application server itself, at once; memory stays."""
    before = lab.site.memory()
    head = f"GET {_PATH} HTTP/1.1\r\nHost: {HOST}\r\n"
    floods = {
        "5,000 headers": head + "".join(f"X-{n}: a\r\n" for n in range(5000)),
        "101 headers": head + "".join(f"X-{n}: a\r\n" for n in range(101)),
        "cookie of 60 kB": f"{head}Cookie: a={'x' * 60_000}\r\n",
        "cookie of 300 kB": f"{head}Cookie: a={'x' * 300_000}\r\n",
        "address of 9 kB": f"GET {_PATH}&x={'x' * 9_000} HTTP/1.1\r\nHost: {HOST}\r\n",
        "address of 100 kB": f"GET {_PATH}&x={'x' * 100_000} HTTP/1.1\r\nHost: {HOST}\r\n",
    }
    for what, flood in floods.items():
        for _ in range(lab.count(1, 20)):
            said = _statuses(lab.site.raw(f"{flood}\r\n".encode()))
            assert said[:1] in ([400], [414], [431]), f"{what}: {said or 'no answer'}"
    grown = lab.site.memory() - before
    assert grown < 30_000_000, f"memory grew by {grown} bytes"
    return f"{len(floods)} floods refused, memory {grown / 1e6:+.1f} MB"


@fault("F49", "methods that do not exist")
def f49(lab: Lab) -> str:
    """405 or 400, and no override."""
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "FOO", "CONNECT", "PROPFIND"):
        for path in ("/ja/check", "/api/v1/check", "/static/css/tokens.css"):
            status = lab.site.ask(method, path).status
            assert status in (400, 404, 405, 501), f"{method} {path}: {status}"
    lower = lab.site.raw(f"get {_PATH} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
    assert lower[9:12] in (b"400", b"405", b"200"), lower[:40]
    reply = lab.site.get(_PATH, x_http_method_override="DELETE")
    assert reply.body == lab.truth["a"][_PATH], reply.status
    return "seven at three addresses"


@fault("F50", "requests that two parsers read differently")
def f50(lab: Lab) -> str:
    """Refused, once: nothing hidden in a body is answered as a request, no foreign name is repeated."""
    hidden = f"GET {_PATH} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    post = f"POST /ja/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    long = len(hidden) + 5
    cases = {
        "length and chunks": f"{post}Content-Length: {long}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
        "two lengths": f"{post}Content-Length: 0\r\nContent-Length: {long}\r\n\r\n{hidden}",
        "length +4": f"{post}Content-Length: +4\r\n\r\na=1&{hidden}",
        "length 0x4": f"{post}Content-Length: 0x4\r\n\r\na=1&{hidden}",
        "chunks twice": f"{post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n{hidden}",
        "chunks, odd": f"{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}",
        "space before colon": f"{post}Content-Length : {long}\r\n\r\n{hidden}",
        "folded": f"{post}X-A: b\r\n Content-Length: 4\r\nContent-Length: 0\r\n\r\n{hidden}",
        "bare LF in a header": f"{post}X-A: b\nContent-Length: {long}\r\n\r\n{hidden}",
    }
    for what, sent in cases.items():
        statuses = _statuses(lab.site.raw(sent.encode(), wait=0.5))
        assert statuses in ([400], [501]), f"{what}: {statuses}"
    alone = {
        "no host": f"GET {_PATH} HTTP/1.1\r\n",
        "two hosts": f"GET {_PATH} HTTP/1.1\r\nHost: {HOST}\r\nHost: evil.example\r\n",
        "absolute": f"GET http://evil.example{_PATH} HTTP/1.1\r\nHost: {HOST}\r\n",
        "host with a path": f"GET {_PATH} HTTP/1.1\r\nHost: {HOST}/evil.example\r\n",
    }
    for what, sent in alone.items():
        said = lab.site.raw(f"{sent}Connection: close\r\n\r\n".encode(), wait=0.5)
        assert b"evil.example" not in said, f"{what}: the foreign name is in the answer"
        assert not any(status >= 500 for status in _statuses(said)), f"{what}: {_statuses(said)}"
    return f"{len(cases) + len(alone)} straight to the application server"


@fault("F51", "names and addresses made up in headers")
def f51(lab: Lab) -> str:
    """None is repeated, none changes an answer."""
    for name in (
        "x_forwarded_host",
        "x_forwarded_proto",
        "x_forwarded_prefix",
        "x_original_url",
        "x_rewrite_url",
        "forwarded",
        "x_host",
    ):
        for path in (_PATH, "/ja/check?presented=old_card&scheme=kouki&visit_date=2026-08-01", "/"):
            reply = lab.site.get(path, **{name: "evil.example"})
            assert b"evil.example" not in reply.body + repr(reply.headers).encode(), f"{name} is repeated at {path}"
            assert path not in lab.truth["a"] or reply.body == lab.truth["a"][path], f"{name} changes {path}"
    return "seven headers at three addresses"


@fault("F52", "caches that take one answer for another")
def f52(lab: Lab) -> str:
    """The address alone decides: whatever language, cookie or range is sent, in any order."""
    times = lab.count(200, 20_000)
    for _ in range(times):
        question = lab.random.choice(QUESTIONS)
        headers = {
            "accept_language": lab.random.choice(["ja", "en", "fr, en;q=0.1", "*"]),
            "cookie": lab.random.choice(["a=b", "session=1", "lang=en", "aids="]),
            "x_as_of": "2030-01-01",
        }
        sent = {name: value for name, value in headers.items() if lab.random.random() < 0.6}
        method = lab.random.choice(["GET", "GET", "GET", "HEAD"])
        reply = lab.site.ask(method, question, **sent)
        wanted = b"" if method == "HEAD" else lab.truth["a"][question]
        assert (reply.status, reply.body) == (200, wanted), f"{method} {question} with {sent}: {reply.status}"
    return f"{times} requests, no other body"


@fault("F53", "an address that looks like a file")
def f53(lab: Lab) -> str:
    """404, and nobody keeps it."""
    for path in (
        "/ja/check/x.css",
        "/ja/faq/refund/x.css",
        "/ja/x.js",
        "/api/v1/check/x.css",
        "/ja/search/x.png",
        "/ja/check%2fx.css",
    ):
        reply = lab.site.get(f"{path}?presented=notice")
        kept = reply.headers.get("cache-control", "no-store")
        assert (reply.status, "public" in kept) == (404, False), f"{path}: {reply.status}, {kept}"
    return "six addresses"


@fault("F54", "clients that go away in the middle of an answer")
def f54(lab: Lab) -> str:
    """No traces in the log, no thread or descriptor stays."""
    times = lab.count(50, 2000)
    log, descriptors, threads = lab.site.log.stat().st_size, lab.site.descriptors(), _threads(lab)
    for _ in range(times):
        with socket.create_connection(("127.0.0.1", lab.site.port), timeout=2) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(f"GET /ja/rules HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            time.sleep(lab.random.uniform(0, 0.01))
    end = time.monotonic() + 20
    while lab.site.descriptors() > descriptors + 4 and time.monotonic() < end:
        time.sleep(0.2)
    assert lab.site.descriptors() <= descriptors + 4, f"descriptors {descriptors} → {lab.site.descriptors()}"
    assert _threads(lab) <= threads + 1, f"threads {threads} → {_threads(lab)}"
    with lab.site.log.open("rb") as written:
        written.seek(log)
        assert b"Traceback" not in written.read()
    return f"{times} resets, descriptors and threads as before"


def _threads(lab: Lab) -> int:
    return len(list(Path(f"/proc/{lab.site.pid}/task").iterdir()))


@fault("F63", "two threads ask in Japanese and in English at once")
def f63(lab: Lab) -> str:
    """No page in the wrong language or with a word of the other."""
    pairs = lab.count(100, 5000)
    mixed: list[str] = []

    def ask(lang: str) -> None:
        mine = [question for question in QUESTIONS if question.startswith(f"/{lang}/check")]
        for turn in range(pairs):
            question = mine[turn % len(mine)]
            reply = lab.site.get(question)
            if reply.status == 200 and reply.body != lab.truth["a"][question]:
                mixed.append(question)

    threads = [threading.Thread(target=ask, args=(lang,)) for lang in ("ja", "en") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not mixed, f"{len(mixed)} mixed, such as {mixed[0]}"
    return f"{2 * pairs} pairs, none mixed"
