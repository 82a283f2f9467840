"""What is counted: closed codes by week. Nothing here takes a sentence, a number or a day of a visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assistant.answers.kinds import Answer, OutcomeAnswer, QuestionAnswer
from assistant.conversation.reply import Reply, Turn
from assistant.domain.decide import Decision
from assistant.domain.facts import Facts
from assistant.domain.printed_dates import Grace, states
from assistant.domain.vocabulary import ITEMS, Voice

#: What a reader can say of an answer, and the kind under which it is counted.
OPINIONS: Final = {"yes": "helpful", "no": "unhelpful"}
#: Replies after which the words that were recognised are counted: nothing here answered them.
UNANSWERED: Final = ("decline", "out_of_scope")


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """What one number counts.

    ``week`` is an ISO week in Japan (``2026-W48``), ``kind`` what happened, ``code`` the id of the outcome, entry,
    fact or word it happened to, ``facts`` the choices that mattered, for example ``presented=notice scheme=kouki``.
    """

    week: str
    kind: str
    code: str
    lang: str
    voice: str = ""
    facts: str = ""


def week_of(day: date) -> str:
    """Return the ISO week of a day in Japan; weeks sort as their names do."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_before(week: str, weeks: int) -> str:
    """Return the week that lies ``weeks`` before ``week``."""
    year, _, number = week.partition("-W")
    return week_of(date.fromisocalendar(int(year), int(number), 1) - timedelta(weeks=weeks))


def of_answer(week: str, found: Answer, grace: Grace) -> Count:
    """Return what an answer counts as: its outcome with the facts behind it, its question, or no rule for the day."""
    asked = found.asked
    if isinstance(found, OutcomeAnswer):
        facts = fact_codes(asked.facts, found.decision, grace)
        return Count(week, found.kind, found.outcome.id, asked.lang, asked.voice, facts)
    code = found.fact if isinstance(found, QuestionAnswer) else ""
    return Count(week, found.kind, code, asked.lang, asked.voice)


def of_decision(week: str, facts: Facts, decision: Decision, grace: Grace, lang: str, voice: Voice) -> Count:
    """Return what a decision counts as where no answer in words was made of it."""
    return Count(week, "outcome", decision.outcome, lang, voice, fact_codes(facts, decision, grace))


def of_reply(week: str, reply: Reply, lang: str, voice: Voice, grace: Grace) -> Iterator[Count]:
    """Yield what a turn counts as: the reply and, when nothing answered it, each recognised word by itself.

    Words are never counted together: their combination could say what the sentence was.
    """
    if reply.answer is not None:
        yield of_answer(week, reply.answer, grace)
    elif reply.kind == "faq":
        yield Count(week, "faq", reply.hits[0].id, lang, voice)
    elif isinstance(reply, Turn):
        yield Count(week, reply.kind, reply.understanding.intent, lang, voice)
        if reply.kind in UNANSWERED:
            for word in reply.understanding.known_words or ("",):
                yield Count(week, "word", word, lang)


def of_opinion(count: Count, opinion: str) -> Count:
    """Return what «helpful» or «not helpful» counts as for the answer that ``count`` stands for."""
    kind = "entry" if count.kind in ("entry", "faq") else "outcome"
    return Count(count.week, f"{OPINIONS[opinion]}_{kind}", count.code, count.lang, count.voice, count.facts)


def fact_codes(facts: Facts, decision: Decision, grace: Grace) -> str:
    """Return the stated facts that the decision looked at, as codes; a printed date becomes its state on that day."""
    stated = {**facts.stated, **states(facts.printed, facts.visit_date, grace)}
    shown = "+".join(item for item in ITEMS if item in facts.presented)
    used = sorted(fact for fact in decision.used if fact in stated)
    return " ".join([f"presented={shown}"] * bool(shown) + [f"{fact}={stated[fact]}" for fact in used])
