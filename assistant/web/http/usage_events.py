"""What the pages count: one call where an answer leaves the house. With no store set, nothing is counted."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, current_app, g, request

from assistant.answers.kinds import Answer
from assistant.conversation.reply import Reply
from assistant.domain.decide import Leaf
from assistant.domain.facts import Facts
from assistant.domain.printed_dates import Grace
from assistant.domain.vocabulary import Voice
from assistant.settings import Settings
from assistant.usage import codes
from assistant.usage.codes import Count
from assistant.usage.counter import UsageCounter
from assistant.usage.store import UsageStore
from assistant.web.http import request_facts
from assistant.web.http.request_day import today


def set_up(app: Flask, settings: Settings) -> None:
    """Open the store of ``settings``, if it names one."""
    counter = UsageCounter(UsageStore(settings.usage), settings.usage_weeks) if settings.usage else None
    app.extensions["usage"] = counter
    app.jinja_env.globals.update(counted=counter is not None, usage_weeks=settings.usage_weeks)


def answered(found: Answer) -> None:
    """Count an answer by the rules."""
    add([codes.of_answer(_week(), found, _grace())])


def replied(reply: Reply | None, lang: str, voice: Voice) -> None:
    """Count a turn of the conversation, if there was a reply."""
    add(codes.of_reply(_week(), reply, lang, voice, _grace()) if reply else ())


def decided(leaf: Leaf | None, facts: Facts, lang: str) -> None:
    """Count a verdict of the desk, once there is one."""
    add([codes.of_decision(_week(), facts, leaf.decision, _grace(), lang, "desk")] if leaf else ())


def read(entry: str, lang: str) -> None:
    """Count that an entry was opened."""
    add([Count(_week(), "entry", entry, lang)])


def searched(query: str, found: bool, lang: str) -> None:
    """Count that a search found something or nothing. The words themselves are not counted."""
    add([Count(_week(), "search", "found" if found else "nothing", lang)] if query.strip() else ())


def judged(answer: Answer | str, lang: str, opinion: str) -> bool:
    """Record what a reader thinks of an answer or of an entry by its id; return whether it is in the store."""
    counter: UsageCounter | None = current_app.extensions["usage"]
    week = _week()
    said = Count(week, "entry", answer, lang) if isinstance(answer, str) else codes.of_answer(week, answer, _grace())
    return counter is not None and counter.record(codes.of_opinion(said, opinion))


def noted() -> tuple[Count, ...]:
    """Return what this request has counted so far."""
    counts: tuple[Count, ...] = g.get("counts", ())
    return counts


def add(counts: Iterable[Count]) -> None:
    """Count what is in ``counts``."""
    counter: UsageCounter | None = current_app.extensions["usage"]
    if counter is not None and request.method != "HEAD":
        found = tuple(counts)
        g.counts = (*noted(), *found)
        counter.add(found)


def again(app: Flask, counts: Iterable[Count]) -> None:
    """Count once more what a page counted when it was made, outside of any request."""
    counter: UsageCounter | None = app.extensions["usage"]
    if counter is not None:
        counter.add(counts)


def _week() -> str:
    return codes.week_of(today())


def _grace() -> Grace:
    return request_facts.snapshot().book.rules.grace
