"""From facts to the columns that tables look at: what is stated, what follows from it, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain.facts import Facts
from assistant.domain.printed_dates import states
from assistant.domain.rule_set import Rules
from assistant.domain.vocabulary import (
    CHOICES,
    FROM_75,
    ITEMS,
    OWN_CARDS,
    PAPERS,
    PRINTED_DATES,
    UNKNOWN,
    VOICES,
    Voice,
)

Columns = dict[str, str]


def columns_of(rules: Rules, facts: Facts, voice: Voice) -> tuple[Columns, Mapping[str, str]]:
    """Return the columns that ``facts`` settle and those that ``voice`` assumes, and all that it may assume."""
    columns = _BASE[voice].copy()
    for item in facts.presented:
        columns[f"has_{item}"] = "yes"
    for fact, value in facts.stated.items():
        if value == UNKNOWN:
            columns.pop(fact, None)
            if fact == "age_band":
                del columns["turned_75"]
        else:
            columns[fact] = value
    if facts.printed:
        columns.update(states(facts.printed, facts.visit_date, rules.grace))
    if "none" in facts.presented:
        columns["shows"] = "nothing"
        columns["paper_of"] = "self"
    for fact in ("holder", "age_band"):
        if fact in columns:
            columns.update(_follow(fact, columns[fact], facts.presented))
    return columns, _free(facts, voice)


def _items(columns: Columns) -> frozenset[str]:
    return frozenset(item for item in ITEMS if columns[f"has_{item}"] == "yes")


def _follow(fact: str, value: str, presented: frozenset[str]) -> Columns:
    """Return the columns that follow from ``value`` of ``fact``.

    Somebody else's paper beside a card of one's own counts for nothing; alone, it decides. The age is never asked for
    the sake of ``turned_75``: who does not tell it has not turned 75.
    """
    if fact == "age_band":
        return {"turned_75": "yes" if value in FROM_75 else "no"}
    if fact != "holder" or "none" in presented:
        return {}
    lent = PAPERS & presented
    beside = value == "other" and bool(lent) and bool(OWN_CARDS & presented)
    return {
        "paper_of": "self" if beside else value,
        "lent": "yes" if beside else "no",
        **{f"has_{item}": "no" if beside else "yes" for item in sorted(lent)},
    }


def _free(facts: Facts, voice: Voice) -> Mapping[str, str]:
    """Return what may be assumed beside ``facts``: nothing that is stated, and no state of a printed date."""
    taken = {*facts.stated, *(PRINTED_DATES[fact] for fact in facts.printed)}
    return {fact: value for fact, value in _ASSUMED[voice].items() if fact not in taken}


_ABSENT: Mapping[str, str] = {f"has_{item}": "no" for item in ITEMS}


_ASSUMED: Mapping[Voice, Mapping[str, str]] = {
    voice: {choice.id: value for choice in CHOICES.values() if (value := choice.assumed(voice)) is not None}
    for voice in VOICES
}


_BASE: Mapping[Voice, Columns] = {
    voice: {**_ABSENT, "shows": "paper", "lent": "no", "turned_75": "no", **_ASSUMED[voice]} for voice in VOICES
}


#: The facts that settle a column of the tables: items and printed dates by what they state.
FACT_OF_COLUMN: Mapping[str, str] = {
    **{f"has_{item}": "presented" for item in ITEMS},
    "shows": "presented",
    "paper_of": "holder",
    "lent": "holder",
    "turned_75": "age_band",
    **{choice: choice for choice in CHOICES},
}


DATE_OF_CHOICE: Mapping[str, str] = {choice: printed for printed, choice in PRINTED_DATES.items()}
