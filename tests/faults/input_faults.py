"""What a reader, or somebody who is none, sends."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from tests.faults.lab import Lab, needs
from tests.faults.registry import fault
from tests.faults.site import Reply, Site

_QUICK = 0.1
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


def chat(site: Site, text: str, lang: str = "ja") -> Reply:
    """Say ``text`` to the API."""
    body = json.dumps({"text": text, "lang": lang}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return site.ask("POST", "/api/v1/chat", body, content_type=_JSON)


def say(site: Site, text: str) -> Reply:
    """Say ``text`` on the front page."""
    return site.ask("POST", "/ja/", urlencode({"text": text}).encode(), content_type=_FORM)


def look_up(site: Site, text: str) -> Reply:
    """Search for ``text`` by the API."""
    return site.get(f"/api/v1/search?q={quote(text)}&lang=ja")


def _settled(reply: Reply, what: str) -> None:
    """An answer or a refusal, in the form that was asked for; never a failure, never silence."""
    assert 200 <= reply.status < 500, f"{what[:60]!r}: {reply.status} after {reply.seconds:.1f} s"


def _quick(ask: Callable[[], Reply], what: str, within: float = _QUICK) -> float:
    """Ask up to five times, since the machine has other work; return the shortest time."""
    best = 9.0
    for _ in range(5):
        reply = ask()
        _settled(reply, what)
        best = min(best, reply.seconds)
        if best <= within:
            return best
    raise AssertionError(f"{what[:60]!r}: {best * 1000:.0f} ms")


@fault("F29", "a question of 10 MB, announced and in chunks")
def f29(lab: Lab) -> str:
    """Refused without reading it all; memory stays."""
    before = lab.site.memory()
    size = 10_000_000
    for path in ("/ja/", "/api/v1/chat", "/ja/search"):
        head = f"POST {path} HTTP/1.1\r\nHost: h\r\nContent-Type: {_JSON if 'api' in path else _FORM}\r\n".encode()
        begun = time.monotonic()
        said = lab.site.raw(head + b"Content-Length: %d\r\n\r\n" % size + b"x" * 65536)
        assert said.startswith(b"HTTP/1.1 413"), f"announced at {path}: {said[:40]!r}"
        took = time.monotonic() - begun
        assert took < 1, f"announced at {path}: {took:.1f} s"
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        said = lab.site.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * (size // 65536) + b"0\r\n\r\n")
        assert said[:12] in (b"HTTP/1.1 413", b"HTTP/1.1 411", b""), f"in chunks at {path}: {said[:40]!r}"
    grown = lab.site.memory() - before
    assert grown < 30_000_000, f"memory grew by {grown} bytes"
    return f"413 at three addresses, memory {grown / 1e6:+.1f} MB"


@fault("F30", "characters that grow when they are normalised")
def f30(lab: Lab) -> str:
    """Cut after normalising; quick."""
    worst = 0.0
    for sign in "\ufdfa㌖㍿½":
        for ask in (chat, say, look_up):
            text = sign * (300 if ask is not say else 1500)
            worst = max(worst, _quick(lambda ask=ask, text=text: ask(lab.site, text), f"300 × {sign}"))
    return f"{worst * 1000:.0f} ms at most"


@fault("F31", "a tower of combining marks")
def f31(lab: Lab) -> str:
    """The cap comes before normalising: quick."""
    tower = "a" + "\u0301\u0323" * 1200
    worst = max(
        _quick(lambda ask=ask: ask(lab.site, tower), f"tower for {ask.__name__}") for ask in (chat, say, look_up)
    )
    small = max(_quick(lambda ask=ask: ask(lab.site, tower[:300]), "small tower") for ask in (chat, say, look_up))
    return f"2,400 marks in {worst * 1000:.0f} ms, 300 in {small * 1000:.0f} ms"


@fault("F33", "emoji in chains, half characters, bytes that are no UTF-8")
def f33(lab: Lab) -> str:
    """Words that are not found, or a 400."""
    for text in ("👨‍👩‍👧‍👦" * 100, "\U0001f1ef\U0001f1f5" * 100, "\U000e0041" * 100, "\ue000" * 100, "𠮷野家𩸽"):
        for ask in (chat, say, look_up):
            _settled(ask(lab.site, text), text)
    for bad in ("%ED%A0%80", "%FF%FE", "%C0%AF", "%F8%88%80%80%80", "%E3%81", "%00"):
        for path in (
            "/api/v1/search?q=",
            "/ja/search?q=",
            "/ja/faq/",
            "/api/v1/check?presented=",
            "/ja/check?scheme=",
            "/",
        ):
            _settled(lab.site.get(path + bad), path + bad)
        _settled(lab.site.ask("POST", "/ja/", f"text={bad}".encode(), content_type=_FORM), bad)
    for body in (b'{"text": "\xff\xfe"}', b'{"text": "\\ud800"}', '{"text": "a"}'.encode("utf-16")):
        _settled(lab.site.ask("POST", "/api/v1/chat", body, content_type=_JSON), repr(body))
    return "never a failure"


@fault("F34", "the query language of the index")
def f34(lab: Lab) -> str:
    """Words are words: bounded, no fields, no wildcards."""
    worst = 0.0
    everything = len(json.loads(lab.site.get("/api/v1/faq?lang=ja").body)["entries"])
    queries = (
        "*", "?" * 12, "保険証~9", "a OR " * 1000, "(" * 2000, "document:*", "id:*", "^1e308", "[a TO z]", '"' * 999,
        "NOT a", "a AND NOT b", "/(a+)+$/", "\\" * 500, "保険証 " * 1000, "title:(保険証 OR カード)^99",
    )  # fmt: skip
    for query in queries:
        for ask in (chat, look_up):
            if len(quote(query)) < 6000 or ask is chat:
                text = query[:1500]
                worst = max(worst, _quick(lambda ask=ask, text=text: ask(lab.site, text), text))
    for query in ("*", "?" * 12, "document:*", "id:*", "[a TO z]"):
        found = json.loads(look_up(lab.site, query).body).get("hits", [])
        assert len(found) < everything, f"{query} finds everything"
    return f"{len(queries)} queries, {worst * 1000:.0f} ms at most"


@fault("F36", "JSON that is none, or too much")
def f36(lab: Lab) -> str:
    """400 with a reason that a program can read."""
    bodies = (
        b"[" * 8000 + b"]" * 8000, b'{"text":' * 2000 + b"1" + b"}" * 2000, b'{"text": NaN}', b'{"text": 1e309}',
        b'{"text": "a", "text": "b"}', b'{"text": ["a"]}', b'{"text": ' + b"9" * 4300 + b"}", b'{"text": null}',
        b"", b"null",
        b'{"text": "a", "facts": {"presented": [["notice"]]}}', b'{"text": "a", "facts": {"presented": {"a": 1}}}',
        b'{"text": "a", "facts": []}', b'{"text": "a", "facts": {"scheme": 1}}', b'{"text": "a", "lang": ["ja"]}',
        b"{" + b",".join(b'"k%d": 1' % n for n in range(1000)) + b"}", b'{"text": "a"} trailing', b"{'text': 'a'}",
    )  # fmt: skip
    for body in bodies:
        reply = lab.site.ask("POST", "/api/v1/chat", body, content_type=_JSON)
        assert reply.status in (400, 413, 415), f"{body[:40]!r}: {reply.status}"
        told = json.loads(reply.body)
        assert (told["status"], bool(told["detail"])) == (reply.status, True), told
    return f"{len(bodies)} bodies refused with a reason"


@fault("F37", "one name given twice, brackets, body and address at once")
def f37(lab: Lab) -> str:
    """The API refuses what has two meanings."""
    for query in (
        "scheme=kouki&scheme=kokuho",
        "presented[]=notice",
        "presented=notice&x=1",
        "lang=ja&lang=en",
        "visit_date=2026-07-31&visit_date=2026-08-01",
    ):
        reply = lab.site.get(f"/api/v1/check?{query}")
        assert reply.status == 400, f"{query}: {reply.status}"
    both = lab.site.ask("POST", "/ja/?scheme=kouki", b"step=scheme&scheme=kokuho&presented=notice", content_type=_FORM)
    _settled(both, "both")
    return "five refused"


@fault("F38", "answers that cannot be true together")
def f38(lab: Lab) -> str:
    """No outcome: 400, and the page says what does not fit."""
    for query in (
        "presented=none&presented=notice",
        "presented=old_card&scheme=kouki&age_band=under75&printed_expiry=2026-13-01",
        "presented=notice&scheme=kouki&visit_date=2026-07-31&visit_date=2026-08-01",
    ):
        reply = lab.site.get(f"/api/v1/check?{query}")
        assert reply.status == 400, f"{query}: {reply.status}"
        assert "outcome" not in json.loads(reply.body)
    return "three refused"


@fault("F39", "straight to a later step")
def f39(lab: Lab) -> str:
    """The first thing that is not known is asked."""
    body = json.loads(lab.site.get("/api/v1/check?facility=online&authentication=ok&check_result=active").body)
    assert (body["kind"], body["question"]["fact"]) == ("question", "presented"), body
    reply = lab.site.get("/ja/check?facility=online&step=facility&visit_date=2026-07-31")
    assert reply.status in (200, 302), reply.status
    return "what is shown is asked first"


@contextmanager
def watched(lab: Lab, calls: str) -> Iterator[list[str]]:
    """Yield a list that holds, at the end, what the server asked of the kernel in the meantime."""
    strace = needs("strace", "strace")
    out = lab.work / f"calls-{lab.random.randrange(10**9)}"
    tracer = subprocess.Popen(
        [strace, "-f", "-s", "4096", "-e", f"trace={calls}", "-o", out, "-p", str(lab.site.pid)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    found: list[str] = []
    try:
        yield found
    finally:
        tracer.terminate()
        tracer.communicate()
        found += _whole(out.read_text(encoding="utf-8", errors="replace").splitlines())


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Join what strace tells in two lines, because another thread came between."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, said = line.partition(" ")
        if said.endswith("<unfinished ...>"):
            begun[thread] = said.removesuffix("<unfinished ...>")
        elif " resumed>" in said:
            yield f"{thread} {begun.pop(thread, '')}{said.split(' resumed>', 1)[1]}"
        else:
            yield line


@fault("F40", "paths that lead out")
def f40(lab: Lab) -> str:
    """404, and nothing outside is opened."""
    ups = (
        "../" * 8 + "etc/passwd", "..%2f" * 8 + "etc/passwd", "%2e%2e/" * 8 + "etc/passwd",
        "..%252f" * 8 + "etc/passwd",
        "..%5c" * 8 + "etc%5cpasswd", "..;/" * 8 + "etc/passwd", "....//" * 8 + "etc/passwd", "%2fetc%2fpasswd",
        "..%c0%af" * 8 + "etc/passwd", "refund%00.md", "../../content/calendar.toml",
        "file:%2f%2f%2fetc%2fpasswd", "//etc/passwd",
    )  # fmt: skip
    places = ("/static/", "/ja/faq/", "/api/v1/faq/", "/", "/ja/", "/static/js/")
    with watched(lab, "open,openat,readlink,stat,newfstatat") as calls:
        for place in places:
            for up in ups:
                reply = lab.site.get(place + up)
                assert reply.status in (400, 404, 308), f"{place}{up}: {reply.status}"
    outside = [call for call in calls if re.search(r"passwd|shadow|calendar\.toml", call) and " = -1 " not in call]
    assert not outside, outside[:3]
    return f"{len(places) * len(ups)} addresses, {len(calls)} looks at files, none outside"


@fault("F41", "languages that do not exist")
def f41(lab: Lab) -> str:
    """404 or 400; no header can be put in."""
    langs = (
        "../../etc",
        "EN",
        "ja_JP",
        "ja-JP",
        "x" * 5000,
        "%0d%0aSet-Cookie:%20a=b",
        "ja%00",
        "",
        "日本語",
        "%25",
        "ja;en",
        "jaen",
    )
    for lang in langs:
        quoted = quote(lang, safe="%/;._-")
        for path in (
            f"/{quoted}/faq",
            f"/{quoted}/check",
            f"/api/v1/faq?lang={quoted}",
            f"/api/v1/check?lang={quoted}",
        ):
            reply = lab.site.get(path)
            allowed = (400, 404, 414, 431) if lang else (308, 400, 404)
            assert reply.status in allowed, f"{path[:60]}: {reply.status}"
            assert "set-cookie" not in reply.headers
    for said in ("x" * 5000, "ja;q=9,*;q=-1", "../../etc", ",,,;;;", "\x01"):
        reply = lab.site.get("/", accept_language=said)
        assert reply.status in (302, 400, 431), f"{said[:20]!r}: {reply.status}"
        assert "set-cookie" not in reply.headers
    return f"{len(langs)} in addresses, 5 in headers"


@fault("F43", "lines put into the log")
def f43(lab: Lab) -> str:
    """Nothing that was sent is in it, so no line can be."""
    mark = "injected7391"
    for text in (f"a\n{mark}", f"\x1b[31m{mark}", f'{{"level": "critical", "{mark}": 1}}', f"%0a{mark}"):
        for ask in (chat, say, look_up):
            _settled(ask(lab.site, text), text)
        path = quote(text)
        for address in (f"/{path}", f"/ja/faq/{path}", f"/ja/check?{path}={path}", f"/api/v1/{path}"):
            _settled(lab.site.get(address, user_agent=mark, referer=f"https://{mark}"), address)
    assert mark not in lab.site.log.read_text(encoding="utf-8", errors="replace")
    return "the log holds none of it"


def _disguised(digits: str) -> Iterator[str]:
    """Yield the ways in which a number is written."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    kanji = str.maketrans("0123456789", "〇一二三四五六七八九")
    circled = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
    bold = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    yield from (digits, *(digits.translate(table) for table in (wide, kanji, circled, bold, arabic)))
    yield from (mark.join(digits) for mark in " -‐－ー_.,/・　\t\n\u200b\u200f")
    yield from (f"{digits[:6]}は{digits[6:]}", digits[:4] + "-" + digits[4:8] + "-" + digits[8:])


@fault("F45", "My Number, insured number, phone, birth date in many disguises")
def f45(lab: Lab) -> str:
    """Nothing typed reaches a file, the log, or an address that we send back."""
    draw = lab.random
    kinds = {
        "マイナンバーは": f"{draw.randrange(10**11, 10**12)}",
        "被保険者番号": f"{draw.randrange(10**7, 10**8)}",
        "電話 090": f"{draw.randrange(10**7, 10**8)}",
        "昭和12年3月4日生まれ 山田花子": f"19{draw.randrange(10**5, 10**6)}",
    }
    ways = [(said, way) for said, digits in kinds.items() for way in _disguised(digits)]
    drawn = lab.draw(ways, 24)
    with watched(lab, "openat,open,creat,write,pwrite64,rename,mkdir,symlink") as calls:
        for said, way in drawn:
            text = f"{said}{way} 資格確認書は使えますか"
            for ask in (chat, say, look_up):
                reply = ask(lab.site, text)
                _settled(reply, "personal")
                assert "location" not in reply.headers
            form = urlencode({"q": text}).encode()
            _settled(lab.site.ask("POST", "/ja/search", form, content_type=_FORM), "search")
            _settled(lab.site.ask("POST", "/ja/", form, content_type="text/plain"), "other type")
            form = urlencode({"text": text}).encode()
            _settled(lab.site.ask("POST", "/ja/widget", form, content_type=_FORM), "widget")
    made = [call for call in calls if re.search(r"O_CREAT|O_WRONLY|O_RDWR|creat\(|rename\(|mkdir\(|symlink\(", call)]
    made = [call for call in made if "/dev/null" not in call and f'"{lab.usage}' not in call]
    assert not made, made[:3]
    files = [lab.site.log, *lab.work.glob("usage.db*"), *(path for path in lab.store.rglob("*") if path.is_file())]
    kept = "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)
    written = kept + "\n".join(call for call in calls if "write" in call)
    for digits in [*kinds.values(), *(way for _, way in drawn)]:
        assert digits not in written, "a number was kept"
    for name in ("山田", "花子"):
        assert name not in lab.site.log.read_text(encoding="utf-8", errors="replace")
    return f"{len(drawn)} sentences in six ways: no file but the counts, no digit in them"
