"""Facts as a few letters and digits, for places that hold little: a receipt, a button of LINE.

The order of items and values in the vocabulary is part of the format: append to it, never reorder it; there is room.
A fact more makes it another format, and codes of another are not read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from zlib import crc32

from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH: Final = date(2000, 1, 1)
_DAYS: Final = 1 << 16
#: Room for items and for the values of a fact, so that one more moves nothing in codes that are about already.
_ITEMS: Final = 1 << 18
_VALUES: Final = 12
_FORMATS: Final = 1 << 8
_FORMAT: Final = crc32(" ".join((*CHOICES, *PRINTED_DATES)).encode()) % _FORMATS


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
    shown = sum(1 << place for place, item in enumerate(ITEMS) if item in facts.presented)
    found = [(_days(facts.visit_date), _DAYS), (shown, _ITEMS)]
    found += [(_values(id).index(facts.stated.get(id, "")), _VALUES) for id in CHOICES]
    for fact in PRINTED_DATES:
        found.append((_days(facts.printed[fact]) + 1 if fact in facts.printed else 0, _DAYS + 1))
    return [*found, (_FORMAT, _FORMATS)]


def take_facts(take: Callable[[int], int]) -> Facts:
    """Return the facts whose fields ``take`` gives back, the last one first; raises `BadCode` for another format."""
    if take(_FORMATS) != _FORMAT:
        raise BadCode("the code is of another version")
    printed = {}
    for fact in reversed(tuple(PRINTED_DATES)):
        if days := take(_DAYS + 1):
            printed[fact] = _EPOCH + timedelta(days=days - 1)
    stated = {}
    for id in reversed(tuple(CHOICES)):
        place, values = take(_VALUES), _values(id)
        if place >= len(values):
            raise BadCode(f"{id} has no value {place}")
        if place:
            stated[id] = values[place]
    shown = take(_ITEMS)
    if shown >> len(ITEMS):
        raise BadCode("an item that nobody knows")
    presented = frozenset(item for place, item in enumerate(ITEMS) if shown >> place & 1)
    return Facts(_EPOCH + timedelta(days=take(_DAYS)), presented, stated, printed)


def _values(choice: str) -> tuple[str, ...]:
    """Return the values of a fact by their numbers; 0 is for none."""
    return ("", UNKNOWN, *CHOICES[choice].values)


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
