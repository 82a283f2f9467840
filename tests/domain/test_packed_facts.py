"""Facts in a few letters: codes that are about stay what they are when the vocabulary grows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.encoding import packed_facts
from assistant.domain.encoding.packed_facts import BadCode, pack, unpack
from assistant.domain.facts import parse
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN
from tests.conftest import TODAY

CODES = {
    "visit_date": "2026-08-01",
    "presented": ["mynumber_card", "certificate"],
    "scheme": "kouki",
    "facility": "reader_down",
    "registration": UNKNOWN,
    "certificate_until": "2027-07-31",
}
WRITTEN = pack(parse(CODES, TODAY))


def test_a_code_of_last_month_is_still_read():
    """What stands here was written once and never again: a button in somebody's LINE."""
    assert unpack("TGEMT92A29HEEECM44WB229WED2EPMM") == parse(CODES, TODAY)


def test_a_value_more_moves_nothing(monkeypatch):
    """A value that is appended to a fact leaves what was written before as it was."""
    facility = replace(CHOICES["facility"], values=(*CHOICES["facility"].values, "a_new_one"))
    monkeypatch.setattr(packed_facts, "CHOICES", {**CHOICES, "facility": facility})
    assert unpack(WRITTEN) == parse(CODES, TODAY)


def test_a_fact_more_is_another_format(monkeypatch):
    """A code of another format is refused, never read as other facts."""
    monkeypatch.setattr(packed_facts, "_FORMAT", (packed_facts._FORMAT + 1) % packed_facts._FORMATS)
    with pytest.raises(BadCode):
        unpack(WRITTEN)


def test_there_is_room():
    """Every value and item has its number."""
    assert max(len(choice.values) for choice in CHOICES.values()) + 2 <= packed_facts._VALUES
    assert 1 << len(ITEMS) <= packed_facts._ITEMS
