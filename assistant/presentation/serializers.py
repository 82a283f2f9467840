"""Answers, entries and rows as the JSON of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.answers.changes_in_words import Shift, in_words
from assistant.answers.kinds import (
    Answer,
    Because,
    EitherAnswer,
    NotConfirmedAnswer,
    OutcomeAnswer,
    PossibleOutcome,
    QuestionAnswer,
)
from assistant.answers.paper_to_hold import HoldingAnswer, PaperAnswer, PaperQuestion
from assistant.answers.whom_to_call import whom
from assistant.content.entries import Entry
from assistant.content.fact_words import Contact
from assistant.content.sources import Source
from assistant.conversation.reply import Reply, Turn, contact_of, words_of
from assistant.conversation.retrieval import Retrieved
from assistant.domain.decision_table import Row
from assistant.search import Hit
from assistant.snapshot.snapshot import Snapshot


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the shape of ``GET /check``."""
    head: dict[str, Any] = {"kind": answer.kind, "facts": answer.asked.facts.as_codes()}
    tail = {
        "contact": contact_json(answer.contact, answer.asked.lang),
        "rules_version": answer.asked.version,
        "page": answer.asked.page,
    }
    if isinstance(answer, OutcomeAnswer):
        return head | _outcome(answer) | tail
    if isinstance(answer, QuestionAnswer):
        return head | {"question": _asked(answer), "possible": _possible(answer.possible)} | tail
    if isinstance(answer, EitherAnswer):
        return head | _either(answer) | tail
    return head | {"message": answer.message} | tail


def turn_json(turn: Turn, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """Return one turn of the conversation in the shape of ``POST /chat``."""
    reply = reply_json(turn, snapshot, lang)
    return {
        "intent": turn.understanding.intent,
        "understood": dict(turn.understood),
        "doubtful": [{"fact": it.fact, "value": it.value, "confidence": it.confidence} for it in turn.doubtful],
        "reply": reply,
        "faq": [hit_json(hit, snapshot, lang) for hit in turn.hits],
        "also": turn.also,
        "facts": turn.facts.as_codes(),
        "dialogue": turn.dialogue.as_codes(),
        "contact": reply["contact"],
    }


def reply_json(reply: Reply, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """Return a reply: the answer of the rules, with its kind and words of its own where it is more, or only those."""
    body: dict[str, Any] = answer_json(reply.answer) if reply.answer else {}
    said = {"message": message} if (message := words_of(reply, snapshot, lang)) else {}
    return body | said | {"contact": contact_json(contact_of(reply, snapshot, lang), lang), "kind": reply.kind}


def holding_json(answer: HoldingAnswer) -> dict[str, Any]:
    """Return which paper somebody should hold, or the question that decides it."""
    lang = answer.asked.lang
    head: dict[str, Any] = {"kind": answer.kind, "facts": answer.asked.facts.as_codes()}
    tail = {
        "contact": contact_json(answer.contact, lang),
        "rules_version": answer.asked.version,
        "page": answer.asked.page,
    }
    if isinstance(answer, PaperAnswer):
        words, window = answer.version, answer.window
        body = {
            "paper": {"id": answer.paper.id, "holds": answer.paper.holds, **words.model_dump()},
            "why": [because_json(reason) for reason in answer.why],
            "in_force": {"from": window.first.isoformat(), "until": window.last.isoformat() if window.last else None},
            "confidence": answer.confidence,
            "sources": [source_json(source, lang) for source in answer.sources],
        }
        return head | body | tail
    if isinstance(answer, NotConfirmedAnswer):
        return head | {"message": answer.message} | tail
    question = _asked(answer)
    possible = [{"id": id, "holds": paper.holds} for id, paper in answer.possible.items()]
    return head | {"question": question, "possible": possible} | tail


def shift_json(shift: Shift, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """Return one group of situations that move on a day."""
    return {
        "day": shift.day.isoformat(),
        "old": {"id": shift.old.id, "standing": shift.old.standing, "title": shift.old.version(lang).title},
        "new": {"id": shift.new.id, "standing": shift.new.standing, "title": shift.new.version(lang).title},
        "situations": [
            {"presented": list(it.presented), "facts": dict(it.given), "text": in_words(snapshot, it, lang)}
            for it in shift.situations
        ],
    }


def _outcome(answer: OutcomeAnswer) -> dict[str, Any]:
    outcome, words, telling, window = answer.outcome, answer.version, answer.telling, answer.window
    return {
        "assumed": dict(answer.assumed),
        "otherwise": [it._asdict() for it in answer.otherwise],
        **({"question": _asked(answer.further)} if answer.further else {}),
        "idle": list(answer.idle),
        "outcome": {
            "id": outcome.id,
            "standing": outcome.standing,
            "share_from": outcome.share_from,
            "procedures": list(outcome.procedures),
            "claim": list(outcome.claim),
            "counted": list(answer.counted),
            "title": words.title,
            "summary": telling.summary,
            "pay": telling.pay,
            "money": answer.money,
            "steps": list(telling.steps),
            "notes": list(answer.notes),
            "say": {"ja": outcome.ja.say, "en": outcome.en.say},
            "next_time": telling.next_time,
        },
        "why": [because_json(reason) for reason in answer.why],
        "one_change": [
            {"fact": change.fact, "value": change.value, "outcome": change.outcome, "standing": change.standing}
            for change in answer.one_change
        ],
        "in_force": {
            "from": window.first.isoformat(),
            "until": window.last.isoformat() if window.last else None,
        },
        "confidence": answer.confidence,
        "sources": [source_json(source, answer.asked.lang) for source in answer.sources],
    }


def _asked(answer: QuestionAnswer | PaperQuestion) -> dict[str, Any]:
    return {
        "fact": answer.fact,
        "text": answer.text,
        "hint": answer.hint,
        "options": [{"value": option.value, "label": option.label} for option in answer.options],
    }


def _possible(possible: Iterable[PossibleOutcome]) -> list[dict[str, Any]]:
    return [{"id": it.outcome.id, "standing": it.outcome.standing} for it in possible]


def _either(answer: EitherAnswer) -> dict[str, Any]:
    lang, voice = answer.asked.lang, answer.asked.voice
    return {
        "missing": list(answer.missing),
        "branches": [
            {
                "facts": dict(it.given),
                "id": it.outcome.id,
                "standing": it.outcome.standing,
                "title": it.outcome.version(lang).title,
                "summary": it.outcome.version(lang).told_to(voice).summary,
            }
            for it in answer.branches
        ],
        "bring": list(answer.bring),
        "hints": list(answer.hints),
        "say": dict(answer.say),
    }


def because_json(reason: Because) -> dict[str, Any]:
    """Return one row behind an answer, as codes and in words."""
    return {
        "rule": reason.rule,
        "facts": list(reason.facts),
        "about": reason.about,
        "conditions": list(reason.conditions),
        "note": reason.note,
        "confidence": reason.confidence,
    }


def contact_json(contact: Contact, lang: str) -> dict[str, Any]:
    """Return a contact; ``phone`` is null where no source names a number."""
    return {"name": contact.name[lang], "phone": contact.phone, "hours": contact.hours[lang]}


def source_json(source: Source, lang: str = "ja") -> dict[str, Any]:
    """Return a source with its three days: its own date, the day it was read, the day to read it again."""
    return {
        "id": source.id,
        "title": source.titled(lang),
        "issuer": source.issued(lang),
        "date": source.date.isoformat() if source.date else source.dated or None,
        "url": source.url,
        "checked_on": source.checked_on.isoformat(),
        "review_by": source.review_by.isoformat(),
        "confidence": source.confidence,
        "scope": source.scope or None,
    }


def hit_json(hit: Hit, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """Return a search hit with the words that matched."""
    title = snapshot.entries[hit.id, lang].front.title
    url = f"/{lang}/faq/{hit.id}"
    return {"id": hit.id, "title": title, "url": url, "score": round(hit.score, 3), "matched": list(hit.matched)}


def found_json(found: Retrieved, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """Return what a search found; whom to ask when nothing of it is an answer."""
    return {
        "hits": [hit_json(hit, snapshot, lang) for hit in found.hits],
        "nearest": [hit_json(hit, snapshot, lang) for hit in found.nearest],
        "meant": found.meant,
        "contact": None if found.hits else contact_json(whom(snapshot, "insurer"), lang),
    }


def entry_json(entry: Entry, sources: tuple[Source, ...], contact: Contact) -> dict[str, Any]:
    """Return an entry with its rendered body, its sources, and whom to call."""
    front = entry.front
    return {
        "id": entry.id,
        "lang": front.lang,
        "title": front.title,
        "intent": front.intent,
        "audience": list(front.audience),
        "lead": entry.lead,
        "html": entry.html,
        "checked_on": front.checked_on.isoformat(),
        "review_by": front.review_by.isoformat(),
        "related": list(front.related),
        "sources": [source_json(source, front.lang) for source in sources],
        "url": f"/{front.lang}/faq/{entry.id}",
        "contact": contact_json(contact, front.lang),
    }


def row_json(row: Row) -> dict[str, Any]:
    """Return one row of a table."""
    return {
        "rule": row.key,
        "when": {column: sorted(values) for column, values in row.when.items()},
        "from": row.first.isoformat(),
        "until": row.last.isoformat() if row.last else None,
        "result": row.result,
        "basis": list(row.basis),
        "confidence": row.confidence if row.basis else None,
        "note": dict(row.note),
    }
