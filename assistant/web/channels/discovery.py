"""What machines read to find the pages: sitemap, robots.txt, llms.txt and the feed of the FAQ."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, Final

from flask import Blueprint, Response, url_for

from assistant.content.entries import LANGS, Entry
from assistant.domain.vocabulary import INTENTS
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX, speaking
from assistant.web.jinja.environment import render_template

bp = Blueprint("discovery", __name__)

#: Pages that are the same for every reader, without their answers.
_PAGES: Final = (
    "home.home",
    "check.check",
    "holding.page",
    "desk.desk",
    "faq.index",
    "faq.search",
    "faq.insurers",
    "reading.rules",
    "reading.sources",
    "changes.page",
    "sheet.papers",
    "sheet.table",
    "declaration.form",
)
_PLAIN: Final = ("about", "privacy", "accessibility", "professionals")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """List every page in both languages, each with its other language; entries with the day they were checked."""
    pages = [(_both(endpoint), None) for endpoint in _PAGES]
    pages += [(_both("reading.plain", name=name), None) for name in _PLAIN]
    entries = request_facts.snapshot().entries
    ids = request_facts.snapshot().entry_ids()
    checked = [max(entries[id, lang].front.checked_on for lang in LANGS) for id in ids]
    dated: list[tuple[dict[str, str], date | None]] = [
        *pages,
        *((_both("faq.entry", id=id), day) for id, day in zip(ids, checked, strict=True)),
    ]
    return Response(render_template("feeds/sitemap.xml", pages=dated), content_type="application/xml; charset=utf-8")


@bp.get("/robots.txt")
def robots() -> Response:
    """Let robots read the pages, but not walk through every combination of answers."""
    lines = ("User-agent: *", "Disallow: /*?", "", f"Sitemap: {request_facts.site()}{url_for('discovery.sitemap')}", "")
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@bp.get("/llms.txt")
def llms() -> Response:
    """Tell language models what stands here and how to ask the rules; in English, as the format has one text."""
    groups = groupby(_entries("en"), key=lambda entry: entry.front.intent)
    with speaking("en"):
        text = render_template("feeds/llms.txt", groups=[(intent, list(group)) for intent, group in groups])
    return Response(text, content_type="text/plain; charset=utf-8")


@bp.get(f"{PREFIX}/faq.atom")
def faq_feed(lang: str) -> Response:
    """Return the entries as an Atom feed, dated by the day each was last checked against its sources."""
    entries = sorted(_entries(lang), key=lambda entry: entry.front.checked_on, reverse=True)
    xml = render_template("feeds/faq.xml", lang=lang, entries=entries)
    return Response(xml, content_type="application/atom+xml; charset=utf-8")


def _entries(lang: str) -> list[Entry]:
    entries = [entry for (_, language), entry in request_facts.snapshot().entries.items() if language == lang]
    return sorted(entries, key=lambda entry: (INTENTS.index(entry.front.intent), entry.id))


def _both(endpoint: str, **values: Any) -> dict[str, str]:
    return {lang: request_facts.site() + url_for(endpoint, lang=lang, **values) for lang in LANGS}
