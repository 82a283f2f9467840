"""Hits and entries as the API answers them, as models for its OpenAPI document."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from assistant.domain.vocabulary import INTENTS
from assistant.web.api.request_models import ApiModel, Lang, among
from assistant.web.api.response_models import Contact, Source


class Hit(ApiModel):
    """An entry that was found, and the words that matched."""

    id: str
    title: str
    url: str
    score: float
    matched: list[str]


class Hits(ApiModel):
    """What the search found, best first; without any hit what is nearest, which is no answer, and whom to ask.

    ``meant`` is the query with its misspellings righted, where it has some.
    """

    hits: list[Hit]
    nearest: list[Hit]
    meant: str | None
    contact: Contact | None
    rules_version: str


class EntryHead(ApiModel):
    """A topic of the FAQ."""

    id: str
    title: str
    intent: Annotated[str, among(INTENTS)]
    url: str


class Entries(ApiModel):
    """Every topic of the FAQ."""

    entries: list[EntryHead]
    rules_version: str


class EntryBody(EntryHead):
    """One entry in full; ``html`` holds nothing but the tags of a plain text."""

    lang: Lang
    audience: list[str]
    lead: str
    html: str
    checked_on: dt.date
    review_by: dt.date
    related: list[str]
    sources: list[Source]
    contact: Contact
