"""Nothing that a person types is written anywhere: pushed through every route of a running server, then looked for."""

from __future__ import annotations

import http.client
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit

import pytest
from flask import Flask

from assistant.domain.vocabulary import CHOICES, FACT_IDS, INTENTS
from assistant.language.lexicon.schema import STATES
from assistant.usage.codes import Count
from assistant.usage.store import UsageStore, store_url
from tests.usage.serving import serving

#: What people write by mistake. The numbers are made up; none has a valid check digit or an assigned prefix.
SECRETS = {
    "My Number": "918273645546",
    "insured number": "39847156",
    "phone": "09073518264",
    "birthday": "19370429",
    "name": "権田原雪之丞",
    "romaji": "Yukinojo Gondawara",
}
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_FROM_KANJI = {kanji: chr(digit) for digit, kanji in _KANJI.items()}
_WIDE = str.maketrans("0123456789", "0123456789")
_LETTERS = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
DISGUISES = {
    "plain": lambda text: text,
    "full width": lambda text: text.translate(_WIDE),
    "kanji digits": lambda text: text.translate(_KANJI),
    "bold": lambda text: text.translate(_LETTERS),
    "spaces": lambda text: " ".join(re.findall("..?.?.?", text)),
    "hyphens": lambda text: "-".join(re.findall("..?.?.?", text)),
    "zero width": "\u200b".join,
    "digit by digit": " ".join,
}
#: Every name of a field or parameter that any route reads, and one that none does.
NAMES = (*FACT_IDS, "voice", "change", "step", "on", "from", "to", "code", "table", "confidence", "furigana", "easy")
NAMES += ("size", "back", "q", "text", "lang", "limit", "tile", "show", "helpful", "entry", "situation", "nobody-reads")
_FORM = "application/x-www-form-urlencoded"


def sentence(disguise: str) -> str:
    """Return a sentence with every secret in one disguise, and words that the site knows."""
    told = "、".join(DISGUISES[disguise](secret) for secret in SECRETS.values())
    return f"保険証の番号 {told} です。病院に行けますか"


def traces(data: bytes) -> set[str]:
    """Return which secrets are in ``data``: four characters in a row, whatever the disguise or the encoding."""
    found = set()
    for text in (data.decode("utf-8", "ignore"), data.decode("utf-16-le", "ignore")):
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        plain = unicodedata.normalize("NFKC", unquote(plain, errors="ignore")).translate(_FROM_KANJI)
        plain = re.sub(r"[\s\u200b、+-]", "", plain)
        for kind, secret in SECRETS.items():
            bare = secret.replace(" ", "")
            length = 4 if kind in ("name", "romaji") else 6
            if any(bare[at : at + length] in plain for at in range(len(bare) - length + 1)):
                found.add(kind)
    return found


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("encode", ["utf-8", "utf-16-le", "percent", "json"])
def test_a_trace_would_be_found(disguise, encode):
    """The search that the next test relies on sees through every disguise and encoding."""
    text = sentence(disguise)
    data = {"percent": quote(text).encode(), "json": json.dumps(text).encode()}.get(encode) or text.encode(encode)
    assert traces(data) == set(SECRETS)


def requests_of(path: str, text: str) -> Iterator[tuple[str, str, bytes, str]]:
    """Yield method, address, body and type of requests that put ``text`` wherever the route at ``path`` may read it."""
    form = urlencode([(name, text) for name in NAMES]).encode()[:15_000]
    parts = f'--x\r\nContent-Disposition: form-data; name="q"; filename="{text}"\r\n\r\n{text}\r\n--x--\r\n'.encode()
    yield "GET", f"{path}?{urlencode(dict.fromkeys(NAMES, text))}"[:20_000], b"", ""
    yield "PUT", path, form, _FORM
    yield "POST", path, form, _FORM
    yield "POST", path, parts, "multipart/form-data; boundary=x"
    if path.startswith("/api/"):
        for body in ({"text": text}, {"text": "x", text: text}, {"text": "x", "facts": {"presented": text}}):
            yield "POST", path, json.dumps(body).encode(), "application/json"
        yield "POST", path, text.encode(), "application/json"


def campaign(app: Flask) -> Iterator[tuple[str, tuple[str, str, bytes, str]]]:
    """Yield disguised sentences with requests that carry them: every disguise where text is read, one elsewhere."""
    disguises = cycle(DISGUISES)
    for rule in sorted({rule.rule for rule in app.url_map.iter_rules()}):
        text = sentence(next(disguises))
        path = re.sub(r"<[^>]*>", quote(text), re.sub(r"<any\((\w+)[^>]*>", r"\1", rule))
        for request in requests_of(path, text):
            yield text, request
    for text in map(sentence, DISGUISES):
        told = urlencode({"text": text, "q": text, "presented": text})
        for path in ("/ja/", "/en/", "/ja/search", "/ja/helpful"):
            yield text, ("POST", path, f"{told}&helpful=no&entry=refund".encode(), _FORM)
        yield text, ("POST", "/api/v1/chat", json.dumps({"text": text}).encode(), "application/json")
        yield text, ("GET", f"/api/v1/search?{urlencode({'q': text})}", b"", "")
        yield text, ("GET", f"/ja/check?{told}", b"", "")
        yield text, ("GET", f"/ja/faq/refund?{told}", b"", "")
        yield text, ("GET", f"/{quote(text)}", b"", "")
    for text in ("今日の天気は？", "資格確認書を紙飛行機にしたい", "xyzzy", "old card 1937 pizza"):
        yield text, ("POST", "/ja/", urlencode({"text": text}).encode(), _FORM)


@dataclass(frozen=True)
class Ran:
    """What a campaign left behind."""

    home: Path
    statuses: Counter[int]
    counted: dict[Count, int]


@pytest.fixture(scope="module")
def ran(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A server with counting on, after the campaign and an orderly end."""
    home = tmp_path_factory.mktemp("site")
    statuses: Counter[int] = Counter()
    with serving(home, str(home / "use.db")) as address:
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        for text, (method, path, body, kind) in campaign(app):
            told = quote(text)
            headers = {"User-Agent": told, "Referer": told, "Cookie": f"aids={told}", "Accept-Language": told[:200]}
            line.request(method, path, body, {**headers, **({"Content-Type": kind} if kind else {})})
            answer = line.getresponse()
            answer.read()
            statuses[answer.status] += 1
        line.close()
    return Ran(home, statuses, dict(UsageStore(store_url(str(home / "use.db"))).read()))


def test_nothing_that_is_typed_is_written(ran):
    """Every route and method, paths, parameters, fields, files, JSON and headers: no file and no name of one has it."""
    assert ran.statuses[200] > 50, "the routes were really reached"
    assert ran.statuses[303] > 0, "an opinion was recorded"
    assert not [status for status in ran.statuses if status >= 500], ran.statuses
    assert {count.kind for count in ran.counted} >= {"entry", "unhelpful_entry", "search", "word"}, "counting was on"
    files = [path for path in ran.home.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"use.db", "log"}
    assert {path.name: found for path in files if (found := traces(path.read_bytes() + str(path).encode()))} == {}


def test_only_known_codes_are_counted(snapshot, ran):
    """What stands in a count comes from lists that were there before anybody asked."""
    lexicon = snapshot.lexicon
    words = {f"item.{item.name}" for item in lexicon.items} | {f"state.{state.id}" for state in lexicon.states}
    words |= {f"state.{state}" for state in STATES} | {f"{cue.intent}.{cue.cue}" for cue in lexicon.intents} | {""}
    entries = set(snapshot.entry_ids())
    known = {
        "outcome": set(snapshot.outcomes),
        "unhelpful_outcome": set(snapshot.outcomes),
        "entry": entries,
        "faq": entries,
        "unhelpful_entry": entries,
        "question": set(FACT_IDS),
        "decline": set(INTENTS),
        "out_of_scope": set(INTENTS),
        "word": words,
        "search": {"found", "nothing"},
    }
    strange = [count for count in ran.counted if count.code not in known[count.kind]]
    assert strange == []
    assert {(count.lang, count.voice) for count in ran.counted} <= set(product(("ja", "en"), ("", "patient", "desk")))
    values = {
        f"{fact}={value}" for fact, choice in CHOICES.items() for value in (*choice.values, "unknown", "disputed")
    }
    facts = {fact for count in ran.counted for fact in count.facts.split() if not fact.startswith("presented=")}
    assert facts <= values
