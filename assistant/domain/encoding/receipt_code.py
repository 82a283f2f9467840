"""An answer receipt: facts, day, outcome and rules version packed into a short signed code. Nothing is stored.

The fields of `packed` are part of the format.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from assistant.domain.encoding.packed_facts import ALPHABET, BadCode, fields, letters, number_of, take_facts
from assistant.domain.facts import Facts

_LOOKALIKES: Final = str.maketrans("OIL", "011", "- \t\r\n")
_VERSION_BITS, _OUTCOME_BITS, _MAC_BITS = 48, 24, 50
_LONGEST: Final = 120


class BadReceipt(ValueError):
    """The code is not one of ours, or was altered."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was asked and what was said. ``outcome`` is a digest of the outcome's id, see `digest`."""

    facts: Facts
    version: str
    outcome: int


def digest(outcome: str) -> int:
    """Return the number that stands for an outcome id in a receipt."""
    return int.from_bytes(hashlib.sha256(outcome.encode()).digest()[: _OUTCOME_BITS // 8], "big")


def write(receipt: Receipt, key: bytes) -> str:
    """Return the code of ``receipt``, signed with ``key``, in groups of five for reading aloud."""
    number = 0
    for value, size in _fields(receipt):
        number = number * size + value
    text = letters(number * (1 << _MAC_BITS) + _mac(number, key))
    return "-".join(text[at : at + 5] for at in range(0, len(text), 5))


def read(code: str, key: bytes) -> Receipt:
    """Return what ``code`` says; raises `BadReceipt` when it was not written with ``key``."""
    text = code.upper().translate(_LOOKALIKES)
    if not text or len(text) > _LONGEST or set(text) - set(ALPHABET):
        raise BadReceipt("a receipt is made of letters and digits")
    number, mac = divmod(number_of(text), 1 << _MAC_BITS)
    if not hmac.compare_digest(str(mac), str(_mac(number, key))):
        raise BadReceipt("the code was altered or mistyped")
    return _unpack(number)


def _fields(receipt: Receipt) -> list[tuple[int, int]]:
    """Return value and size of every field, in the order in which they are packed."""
    return [
        (1, 2),
        (int(receipt.version, 16), 1 << _VERSION_BITS),
        (receipt.outcome, 1 << _OUTCOME_BITS),
        *fields(receipt.facts),
    ]


def _unpack(number: int) -> Receipt:
    def take(size: int) -> int:
        nonlocal number
        number, value = divmod(number, size)
        return value

    try:
        facts = take_facts(take)
    except BadCode as bad:
        raise BadReceipt(str(bad)) from bad
    outcome = take(1 << _OUTCOME_BITS)
    version = f"{take(1 << _VERSION_BITS):0{_VERSION_BITS // 4}x}"
    return Receipt(facts, version, outcome)


def _mac(number: int, key: bytes) -> int:
    size = (number.bit_length() + 7) // 8
    found = hmac.new(key, number.to_bytes(size, "big"), hashlib.sha256).digest()
    return int.from_bytes(found[:8], "big") >> (64 - _MAC_BITS)
