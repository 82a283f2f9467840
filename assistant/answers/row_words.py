"""Rows in words: what a row looks at and which values it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.content.fact_words import FactWords
from assistant.content.rules import Words
from assistant.domain.columns import FACT_OF_COLUMN
from assistant.domain.decision_table import Row
from assistant.domain.vocabulary import CHOICES, FROM_75

_YES = {"ja": ("はい", "いいえ"), "en": ("yes", "no")}


def conditions(
    row: Row,
    words: Mapping[str, FactWords],
    phrases: Mapping[str, Words],
    about: Mapping[str, Words],
    lang: str,
    *,
    plain: bool = False,
) -> Iterable[str]:
    """Yield each condition of ``row`` as a line in ``lang``; ``about`` holds the words for the tables it asks.

    ``phrases`` has those for values that no fact takes.

    ``plain`` leaves out what another table said, which has no words of its own: that table gives its reason itself.
    """
    for column, values in row.when.items():
        if (plain and column in about) or (column == "turned_75" and "no" in values):
            continue
        yield f"{_column(column, words, about, lang)}: {_values(column, values, words, phrases, lang)}"


def _column(column: str, words: Mapping[str, FactWords], about: Mapping[str, Words], lang: str) -> str:
    if column.startswith("has_"):
        return words["presented"].values[column.removeprefix("has_")][lang]
    if column in FACT_OF_COLUMN:
        return words[FACT_OF_COLUMN[column]].label[lang]
    if column in words:
        return words[column].label[lang]
    return about[column][lang] if column in about else column


def _values(
    column: str, values: frozenset[str], words: Mapping[str, FactWords], phrases: Mapping[str, Words], lang: str
) -> str:
    if column.startswith("has_"):
        return _YES[lang][0] if "yes" in values else _YES[lang][1]
    fact = FACT_OF_COLUMN.get(column, column)
    if fact not in CHOICES:
        return " / ".join(sorted(values))
    labels = words[fact].values
    if column == "lent":
        return phrases["state_beside"][lang] if "yes" in values else labels["self"][lang]
    if column == "turned_75":
        return " / ".join(labels[value][lang] for value in FROM_75)
    order = [value for value in (*CHOICES[fact].values, "disputed") if value in values]
    return " / ".join(labels[value][lang] if value in labels else phrases[f"state_{value}"][lang] for value in order)
