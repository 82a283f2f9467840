"""What an outcome comes to in a further language, from its codes alone, with the Japanese or English beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from assistant.content.further_languages import TONGUES, Phrase
from assistant.content.outcomes import Outcome
from assistant.web.http import request_facts
from assistant.web.words.outcome_phrases import paying_of

#: The name of the parameter that holds the code of a language.
NAME = "tongue"

_TERM: Final = re.compile(r"\[\[(.+?)\]\]")


def termed(text: str) -> Markup:
    """Return ``text`` as HTML in which the Japanese words are named as such: a voice and a font follow the language."""
    return Markup(_TERM.sub(r'<span lang="ja">\1</span>', str(escape(text))))  # noqa: S704 - escaped


def tongue_of(query: Mapping[str, str], name: str = NAME) -> str:
    """Return the language that a query asks for; empty when it asks for none of ours."""
    wanted = query.get(name, "")
    return wanted if wanted in TONGUES else ""


def asked_first(outcome: Outcome, presented: Collection[str]) -> list[Phrase]:
    """Return what the patient is asked for before the full cost is named; of certificates one in date, always."""
    phrases = request_facts.snapshot().tongues.phrases
    wanted = (item for item in outcome.ask_first if item == "certificate" or item not in presented)
    return [phrases[f"ask_first.{item}"] for item in wanted]


def done(outcome: Outcome) -> list[Phrase]:
    """Return what is done, in every language, and nothing of how it ends."""
    phrases = request_facts.snapshot().tongues.phrases
    return [phrases[f"procedure.{code}"] for code in outcome.procedures]


def told(outcome: Outcome) -> list[Phrase]:
    """Return what an outcome comes to in every language: standing, what is paid, what is done, in this order."""
    phrases = request_facts.snapshot().tongues.phrases
    ends = [phrases[f"standing.{outcome.banner}"], phrases[f"pay.{paying_of(outcome)}"]]
    back = [phrases["refund"]] if outcome.standing == "full_payment" and outcome.refund else []
    return [*ends, *done(outcome), *back]


def told_day(day: date) -> Phrase:
    """Return a day in every language."""
    pattern = request_facts.snapshot().tongues.phrases["day"]
    return {lang: text.format(year=day.year, month=day.month, day=day.day) for lang, text in pattern.items()}
