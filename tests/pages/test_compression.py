"""Answers packed for who takes them packed, and files that a browser keeps for a year."""

from __future__ import annotations

import gzip
import re

import pytest

from assistant.web.delivery import assets, compression

PATHS = [
    "/ja/", "/en/check?presented=old_card", "/ja/desk", "/ja/desk.json", "/ja/faq", "/ja/no-such-page",
    "/api/v1/check?presented=old_card&visit_date=2026-11-23", "/api/v1/check?presented=hat", "/static/css/site.css",
    "/sw.js",
]  # fmt: skip
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", PATHS)
def test_a_packed_answer_says_the_same_as_the_plain_one(client, path):
    """Twice, since the second may come from memory; and each names what it depends on."""
    for _ in range(2):
        plain, packed = client.get(path, buffered=True), client.get(path, headers=GZIP, buffered=True)
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert packed.headers["Vary"] == plain.headers["Vary"]
        assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


@pytest.mark.parametrize("path", PATHS)
def test_the_head_alone_is_the_head_of_the_answer(client, path):
    """As a cache asks for it: same length and tag, no body."""
    whole, head = client.get(path, headers=GZIP, buffered=True), client.head(path, headers=GZIP, buffered=True)
    assert head.data == b""
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("path", ["/ja/desk.json", "/static/css/site.css", PATHS[6]])
def test_who_has_the_answer_is_sent_none_whichever_way_it_was_packed(client, path):
    """The tag of a packed answer is weak, as its bytes are others; both tags are known again."""
    tags = [client.get(path, headers=head, buffered=True).headers["ETag"] for head in ({}, GZIP)]
    assert tags[1] == f"W/{tags[0]}"
    for tag in tags:
        for head in ({}, GZIP):
            again = client.get(path, headers={**head, "If-None-Match": tag}, buffered=True)
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == (tags[1] if head else tags[0])
            assert "Accept-Encoding" in again.headers["Vary"]


@pytest.mark.parametrize(
    "header", ["", "identity", "br", "gzip;q=0", "*;q=0", "deflate, gzip;q=0.0, br;q=1", "gzip-1", ";;;", "gzip;q=x"]
)
def test_who_does_not_take_gzip_gets_none(client, header):
    """Whatever else is in the header."""
    assert "Content-Encoding" not in client.get("/ja/", headers={"Accept-Encoding": header}).headers


def test_a_part_and_a_trifle_are_not_packed(client):
    """A range speaks of plain bytes; packing a few hundred gains nothing."""
    part = client.get("/static/css/site.css", headers={**GZIP, "Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, len(part.data), part.headers.get("Content-Encoding")) == (206, 10, None)
    assert "Content-Encoding" not in client.get("/health", headers=GZIP).headers
    assert compression.pack(b"same") == compression.pack(b"same")


def test_a_file_is_kept_for_a_year_under_the_name_of_what_it_holds(client):
    """Pages link that name; under a plain or an outdated name the same file is asked for each time."""
    page = client.get("/ja/desk").text
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert links
    for link in links:
        assert link.startswith(f"/static/{assets.digest()}/")
        kept = client.get(link, buffered=True)
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        for other in (link.replace(assets.digest(), "0123456789"), link.replace(f"{assets.digest()}/", "")):
            found = client.get(other, buffered=True)
            assert (found.status_code, found.data) == (200, kept.data)
            assert found.headers["Cache-Control"] == "no-cache"
    assert client.get(f"/static/{assets.digest()}/nothing.css").status_code == 404
