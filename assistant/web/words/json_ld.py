"""Entries as schema.org data, to be written into a data block of their page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from assistant.content.entries import Entry
from assistant.web.http import request_facts
from assistant.web.http.locale import CATALOGS


def faq_page(entry: Entry) -> dict[str, Any]:
    """Return an entry as a schema.org FAQPage, to be written into a data block of its page."""
    address = request_facts.site() + url_for("faq.entry", lang=entry.front.lang, id=entry.id)
    text = f"{_scope(entry)} {entry.text}".strip()
    answer = {"@type": "Answer", "text": text, "url": address}
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": address,
        "inLanguage": entry.front.lang,
        "lastReviewed": entry.front.checked_on.isoformat(),
        "mainEntity": [{"@type": "Question", "name": entry.front.title, "acceptedAnswer": answer}],
    }


def faq_list(entries: Iterable[Entry], lang: str) -> dict[str, Any]:
    """Return the questions of all ``entries`` as a schema.org FAQPage, each with its first sentence and its address."""
    site = request_facts.site()
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": site + url_for("faq.index", lang=lang),
        "inLanguage": lang,
        "mainEntity": [_question(entry, site + url_for("faq.entry", lang=lang, id=entry.id)) for entry in entries],
    }


def _question(entry: Entry, address: str) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": f"{_scope(entry)} {entry.lead}".strip(), "url": address}
    return {"@type": "Question", "name": entry.front.title, "url": address, "acceptedAnswer": answer}


def _scope(entry: Entry) -> str:
    """Return for whom alone an entry holds: its page says so beside the text, a data block has to within it."""
    if entry.front.scope is None:
        return ""
    insurer, lang = request_facts.snapshot().insurers[entry.front.scope], entry.front.lang
    said: str = CATALOGS.gettext(
        "This holds only for %(name)s (%(place)s). Other insurers have other rules.",
        name=insurer.name[lang],
        place=insurer.place[lang],
    )
    return said
