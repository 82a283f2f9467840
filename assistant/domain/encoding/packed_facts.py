"""Facts as a few letters and digits, for places that hold little: a receipt, a button of LINE.

The order of ids and values in the vocabulary is part of the format: append to it, never reorder it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH: Final = date(2000, 1, 1)
_DAYS: Final = 1 << 16


class BadCode(ValueError):
    """The letters are not what `pack` gives."""


def pack(facts: Facts) -> str:
    """Return the letters of ``facts``; that somebody does not know what they have is left out."""
    number = 1
    for value, size in fields(facts):
        number = number * size + value
    return letters(number)


def unpack(code: str) -> Facts:
    """Return the facts of `pack`; raises `BadCode` for anything else."""
    if not code or len(code) > 40 or set(code) - set(ALPHABET):
        raise BadCode("facts are packed in letters and digits")
    number = number_of(code)

    def take(size: int) -> int:
        nonlocal number
        number, value = divmod(number, size)
        return value

    try:
        facts = take_facts(take)
    except OverflowError:
        raise BadCode("a day beyond the calendar") from None
    if number != 1 or ("none" in facts.presented and len(facts.presented) > 1):
        raise BadCode("the code is cut off or altered")
    return facts


def fields(facts: Facts) -> list[tuple[int, int]]:
    """Return value and size of every field, in the order in which they are packed."""
    found = [(_days(facts.visit_date), _DAYS)]
    found += [(int(item in facts.presented), 2) for item in ITEMS]
    for choice in CHOICES.values():
        values = ("", *choice.values, UNKNOWN)
        found.append((values.index(facts.stated.get(choice.id, "")), len(values)))
    for fact in PRINTED_DATES:
        found.append((_days(facts.printed[fact]) + 1 if fact in facts.printed else 0, _DAYS + 1))
    return found


def take_facts(take: Callable[[int], int]) -> Facts:
    """Return the facts whose fields ``take`` gives back, the last one first."""
    printed = {}
    for fact in reversed(tuple(PRINTED_DATES)):
        if days := take(_DAYS + 1):
            printed[fact] = _EPOCH + timedelta(days=days - 1)
    stated = {}
    for choice in reversed(tuple(CHOICES.values())):
        values = ("", *choice.values, UNKNOWN)
        if value := values[take(len(values))]:
            stated[choice.id] = value
    presented = frozenset(item for item in reversed(ITEMS) if take(2))
    return Facts(_EPOCH + timedelta(days=take(_DAYS)), presented, stated, printed)


def letters(number: int) -> str:
    """Return a number in the letters of `ALPHABET`."""
    found = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        found = ALPHABET[digit] + found
    return found


def number_of(code: str) -> int:
    """Return the number that `letters` wrote as ``code``."""
    number = 0
    for letter in code:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def _days(day: date) -> int:
    return min(max((day - _EPOCH).days, 0), _DAYS - 1)
