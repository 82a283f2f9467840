"""What an outcome comes to in a further language, from its codes alone, with the Japanese or English beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from assistant.content.outcomes import Outcome
from assistant.content.tongues import TONGUES, Phrase
from assistant.web import requests
from assistant.web.telling import paying_of

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


def told(outcome: Outcome) -> list[Phrase]:
    """Return what an outcome comes to in every language: standing, what is paid, what is done, in this order."""
    phrases = requests.snapshot().tongues.phrases
    keys = [f"standing.{outcome.banner}", f"pay.{paying_of(outcome)}"]
    keys += [f"procedure.{code}" for code in outcome.procedures]
    if outcome.standing == "full_payment" and outcome.refund:
        keys.append("refund")
    return [phrases[key] for key in keys]


def told_day(day: date) -> Phrase:
    """Return a day in every language."""
    pattern = requests.snapshot().tongues.phrases["day"]
    return {lang: text.format(year=day.year, month=day.month, day=day.day) for lang, text in pattern.items()}
