"""What machines read: sitemap, robots.txt, llms.txt, feeds, and the data block of an entry."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from assistant.clock import now
from assistant.settings import Settings
from assistant.snapshot.live import LiveSnapshot

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_the_sitemap_lists_every_page_with_its_other_language(client, snapshot):
    """Each address answers; an entry carries the day on which it was checked."""
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    pages = {}
    for url in ET.fromstring(response.data):  # noqa: S314 - our own
        others = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        pages[url.findtext(f"{MAP}loc")] = (others, url.findtext(f"{MAP}lastmod"))
    for id in snapshot.entry_ids():
        addresses = {lang: f"http://localhost/{lang}/faq/{id}" for lang in ("ja", "en")}
        day = max(snapshot.entries[id, lang].front.checked_on for lang in ("ja", "en")).isoformat()
        for address in addresses.values():
            assert pages.pop(address) == (addresses, day)
    for address, (others, day) in pages.items():
        assert address in others.values()
        assert day is None
        assert client.get(address.removeprefix("http://localhost")).status_code == 200
    assert {"http://localhost/ja/", "http://localhost/en/faq", "http://localhost/en/privacy"} <= set(pages)


def test_robots_find_the_sitemap_and_leave_the_answers_alone(client):
    """Every combination of answers has an address."""
    assert client.get("/robots.txt").text == ("User-agent: *\nDisallow: /*?\n\nSitemap: http://localhost/sitemap.xml\n")


def test_the_operators_address_stands_in_what_others_keep(client, monkeypatch, app):
    """A request with another host does not change it."""
    monkeypatch.setitem(app.extensions, "settings", Settings(site="https://madoguchi.example"))
    for path in ("/robots.txt", "/sitemap.xml", "/llms.txt", "/ja/faq.atom", "/ja/changes.atom"):
        text = client.get(path, headers={"Host": "evil.example"}).text
        assert "https://madoguchi.example/" in text
        assert "evil.example" not in text


def test_language_models_are_told_what_stands_here(client, snapshot):
    """A title, a summary, and links that answer."""
    text = client.get("/llms.txt").text
    assert text.startswith("# Madoguchi\n\n> What happens at a clinic")
    links = re.findall(r"\]\(http://localhost([^)]+)\)", text)
    assert {f"/en/faq/{id}" for id in snapshot.entry_ids()} <= set(links)
    for link in links:
        if "/faq/" not in link:
            assert client.get(link).status_code == 200, link
    again = client.get("/llms.txt", headers={"Accept-Language": "ja"}).text
    assert again == text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_feed_of_the_faq_is_dated_by_the_checks(client, snapshot, lang):
    """One entry each, newest first, and not a date of our own making."""
    response = client.get(f"/{lang}/faq.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ET.fromstring(response.data)  # noqa: S314 - our own
    found = {}
    for entry in feed.findall(f"{ATOM}entry"):
        id = entry.findtext(f"{ATOM}id").removeprefix(f"http://localhost/{lang}/faq/")
        found[id] = (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"))
    entries = {id: entry.front for (id, language), entry in snapshot.entries.items() if language == lang}
    assert found == {id: (it.title, f"{it.checked_on.isoformat()}T00:00:00+09:00") for id, it in entries.items()}
    days = [day for _, day in found.values()]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]


def test_every_page_leads_to_the_feeds(page):
    """In its head, in its language."""
    links = [it["href"] for it in page("/en/about").all("link") if it.get("type") == "application/atom+xml"]
    assert links == ["/en/changes.atom", "/en/faq.atom"]


def data_of(html):
    """Return the data block of a page."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "<" not in block
    return json.loads(block)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_entry_is_a_question_and_its_answer(client, snapshot, lang):
    """As schema.org writes it, with the day of its check."""
    for (id, language), entry in snapshot.entries.items():
        if language != lang or not (entry.front.scope or id in ("refund", "notice-alone")):
            continue
        data = data_of(client.get(f"/{lang}/faq/{id}").text)
        (question,) = data["mainEntity"]
        assert (data["@type"], data["inLanguage"]) == ("FAQPage", lang)
        assert data["lastReviewed"] == entry.front.checked_on.isoformat()
        assert question["name"] == entry.front.title
        assert question["acceptedAnswer"]["text"].endswith(entry.text)
        if entry.front.scope:
            assert snapshot.insurers[entry.front.scope].name[lang] in question["acceptedAnswer"]["text"]


def test_a_data_block_cannot_be_left(app, client, monkeypatch, snapshot):
    """Markup in a title stays text."""
    found = snapshot.entries["refund", "en"]
    front = found.front.model_copy(update={"title": "</script><script>alert(1)</script>&"})
    spoilt = {**snapshot.entries, ("refund", "en"): type(found)(front, found.body, found.path, found.body_line)}
    served = LiveSnapshot(_with(app.extensions["served"].snapshot, spoilt), now=now)
    monkeypatch.setitem(app.extensions, "served", served)
    html = client.get("/en/faq/refund").text
    assert "<script>alert" not in html
    assert data_of(html)["mainEntity"][0]["name"] == front.title
    feed = ET.fromstring(client.get("/en/faq.atom").data)  # noqa: S314 - our own
    assert front.title in [title.text for title in feed.iter(f"{ATOM}title")]


def _with(snapshot, entries):
    from dataclasses import replace

    return replace(snapshot, entries=entries, version="spoilt")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", ["faq", "faq/refund"])
def test_the_faq_tells_other_programs_what_the_page_says(client, page, snapshot, lang, path):
    """OpenGraph, and a data block that no script can end; questions, first sentences and addresses are the page's."""
    html = client.get(f"/{lang}/{path}").text
    found = page(f"/{lang}/{path}")
    graph = {attrs["property"]: attrs["content"] for attrs in found.all("meta") if "property" in attrs}
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(block)
    assert graph["og:url"] == data["url"] == f"http://localhost/{lang}/{path}"
    assert graph["og:locale"][:2] == data["inLanguage"] == lang
    assert graph["og:title"] == found.text("h1")
    assert data["@type"] == "FAQPage"
    ids = snapshot.entry_ids() if path == "faq" else ["refund"]
    told = {it["acceptedAnswer"]["url"]: it for it in data["mainEntity"]}
    assert told.keys() == {f"http://localhost/{lang}/faq/{id}" for id in ids}
    for id in ids:
        entry = snapshot.entries[id, lang]
        assert told[f"http://localhost/{lang}/faq/{id}"]["name"] == entry.front.title
        assert entry.lead in told[f"http://localhost/{lang}/faq/{id}"]["acceptedAnswer"]["text"].replace("\n", " ")
    if path != "faq":
        assert graph["og:description"] == snapshot.entries["refund", lang].lead
