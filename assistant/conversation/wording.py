"""Rows in words: what a row looks at and which values it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.content.rules import Words
from assistant.content.wording import FactWords
from assistant.domain.tables import Row
from assistant.domain.vocabulary import CHOICES

_YES = {"ja": ("はい", "いいえ"), "en": ("yes", "no")}


def conditions(row: Row, words: Mapping[str, FactWords], about: Mapping[str, Words], lang: str) -> Iterable[str]:
    """Yield each condition of ``row`` as a line in ``lang``; ``about`` holds the words for the tables it asks."""
    for column, values in row.when.items():
        yield f"{_column(column, words, about, lang)}: {_values(column, values, words, lang)}"


def _column(column: str, words: Mapping[str, FactWords], about: Mapping[str, Words], lang: str) -> str:
    if column.startswith("has_"):
        return words["presented"].values[column.removeprefix("has_")][lang]
    if column == "paper_of":
        return words["holder"].label[lang]
    if column in words:
        return words[column].label[lang]
    return about[column][lang] if column in about else column


def _values(column: str, values: frozenset[str], words: Mapping[str, FactWords], lang: str) -> str:
    if column.startswith("has_"):
        return _YES[lang][0] if "yes" in values else _YES[lang][1]
    fact = "holder" if column == "paper_of" else column
    if fact not in CHOICES:
        return " / ".join(sorted(values))
    order = [value for value in (*CHOICES[fact].values, "disputed") if value in values]
    labels = words[fact].values
    return " / ".join(labels[value][lang] if value in labels else value for value in order)
