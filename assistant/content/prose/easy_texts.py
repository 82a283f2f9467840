"""What easy Japanese may say: nothing that the text beside it does not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assistant.content.fact_words import Term
from assistant.content.outcomes import EasyTelling, Outcome, Telling
from assistant.content.prose.figures import Figures, figures
from assistant.content.prose.markdown import without_readings
from assistant.domain.faults import Fault

_EVERYDAY: Final = frozenset({"75", "85", "100"})
_SMALL: Final = 12
_KANJI: Final = re.compile("[一-鿿々]")
_READ: Final = re.compile(r"\{[^{}|]+\|[ぁ-んァ-ヴー]+\}")


def added_figures(easy: Figures, text: Figures) -> list[str]:
    """Return the figures of ``easy`` that ``text`` has not; everyday and small ones may be said in other words."""
    return sorted(it for it in easy - text - _EVERYDAY if not small(it))


def small(figure: str) -> bool:
    """Say whether a figure is a month or a number of at most twelve."""
    return figure.startswith("month ") or (figure.replace(".", "", 1).isdigit() and float(figure) <= _SMALL)


def easy_faults(outcomes: Mapping[str, Outcome], glossary: Iterable[Term]) -> Iterator[Fault]:
    """Name figures and terms that easy words add, steps that they leave out, and kanji without a reading."""
    terms = tuple(term.ja for term in glossary if not term.ja[0].isdigit())
    for id, outcome in outcomes.items():
        if outcome.easy is not None:
            for what, do in _of(outcome, outcome.easy, terms):
                yield Fault(f"outcomes/{id}.toml", 1, f"easy: {what}", do)


def _of(outcome: Outcome, easy: EasyTelling, terms: Iterable[str]) -> Iterator[tuple[str, str]]:
    written = "\n".join((easy.title, *_words(easy)))
    said, text = without_readings(written), "\n".join((outcome.ja.title, *_words(outcome.ja.patient)))
    for figure in added_figures(figures(said, "ja"), figures(text, "ja")):
        yield f"{figure} is not in the Japanese text", "say only what it says"
    for term in terms:
        if term in said and term not in text:
            yield f"{term!r} is not in the Japanese text", "say only what it says"
    if len(easy.steps) != len(outcome.ja.patient.steps):
        yield f"{len(easy.steps)} steps, not {len(outcome.ja.patient.steps)}", "write each step in easy words"
    if bare := sorted(set(_KANJI.findall(_READ.sub("", written)))):
        yield f"{''.join(bare)} has no reading", "write it as {漢字|かんじ}"


def _words(told: Telling) -> tuple[str, ...]:
    return (told.summary, told.pay, *told.steps, told.next_time)
