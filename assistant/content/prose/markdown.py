"""Markdown to safe HTML: source marks become numbered notes, ``faq:`` links become addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

import markdown
import nh3

#: A source mark in a text, for example ``[S13]``.
NOTE = re.compile(r"\[(S\d+[a-z]?)\]")
#: A link to another entry, for example ``[text](faq:notice-alone)``.
LINK = re.compile(r"\]\(faq:([a-z0-9-]+)\)")

_READING = re.compile(r"\{([^{}|\n]+)\|([^{}|\n]+)\}")
_TAGS = {
    "p",
    "a",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "h2",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "sup",
    "ruby",
    "rt",
    "rp",
}
_ATTRIBUTES = {"a": {"href", "class", "id", "aria-label"}, "sup": {"class"}, "th": {"scope"}, "li": {"value"}}
_ADDRESS = re.compile(r"\]\([^)]*\)")
_LIST_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ |:-]*---[ |:-]*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`#>|]+")


def render(body: str, lang: str, sources: Sequence[str], page: str = "") -> str:
    """Return ``body`` as HTML that holds nothing but the tags of a plain text.

    ``page`` is the address of the page that lists the sources, when it is another one.
    """
    label = "出典" if lang == "ja" else "Source"

    def note(match: re.Match[str]) -> str:
        number = sources.index(match[1]) + 1 if match[1] in sources else 0
        return f'<sup class="note"><a href="{page}#source-{match[1]}" aria-label="{label} {number}">{number}</a></sup>'

    linked = LINK.sub(rf"](/{lang}/faq/\1)", body)
    html = markdown.markdown(
        NOTE.sub(note, with_readings(linked)), extensions=["tables", "sane_lists"], output_format="html"
    )
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "http", "tel"}, link_rel=None)


def unlinked(text: str) -> str:
    """Return ``text`` without the addresses of its links."""
    return _ADDRESS.sub("]", text)


def without_readings(text: str) -> str:
    """Return ``text`` with ``{word|reading}`` written as the word alone."""
    return _READING.sub(r"\1", text)


def with_readings(text: str) -> str:
    """Return ``text`` with ``{word|reading}`` as ruby."""
    return _READING.sub(lambda match: ruby(match[1], match[2]), text)


def ruby(word: str, reading: str) -> str:
    """Return ``word`` with its reading above it; old browsers show the reading in brackets."""
    return f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def plain(body: str) -> str:
    """Return ``body`` as plain text, for the search and for excerpts."""
    text = _ADDRESS.sub("", LINK.sub("", NOTE.sub("", _TABLE_RULE.sub("", without_readings(body)))))
    text = _MARKS.sub(" ", _LIST_MARK.sub("", text)).replace("[", "").replace("]", "")
    return re.sub(r"[ \t]+", " ", text).strip()
