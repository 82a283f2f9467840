"""Receipts: what goes in comes out, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.encoding.receipt_code import BadReceipt, Receipt, digest, read, write
from assistant.domain.facts import parse
from tests.conftest import TODAY
from tests.domain.test_facts import situations

KEY = b"a key of the tests"


@given(situations)
def test_a_receipt_says_what_was_asked(codes):
    """Facts, day, version and outcome survive; a day outside the years 2000 to 2179 is not offered a receipt."""
    facts = parse({**codes, "visit_date": "2026-08-01"}, TODAY)
    receipt = Receipt(facts, "0123456789ab", digest("full-old-card"))
    found = read(write(receipt, KEY), KEY)
    assert (found.facts.as_codes(), found.version, found.outcome) == (facts.as_codes(), "0123456789ab", receipt.outcome)


def test_a_code_can_be_read_aloud_and_typed():
    """Groups of five, case and look-alikes do not matter."""
    code = write(Receipt(parse({"presented": "notice"}, TODAY), "0" * 12, 5), KEY)
    assert all(len(group) <= 5 for group in code.split("-"))
    assert read(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"), KEY).outcome == 5


@given(st.data())
def test_an_altered_code_is_refused(data):
    """One letter is enough; so is another key."""
    code = write(Receipt(parse({"presented": "notice"}, TODAY), "f" * 12, 9), KEY).replace("-", "")
    at = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from([x for x in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if x != code[at]]))
    with pytest.raises(BadReceipt):
        read(code[:at] + letter + code[at + 1 :], KEY)
    with pytest.raises(BadReceipt):
        read(code, b"another key")


@pytest.mark.parametrize("code", ["", "hello world!", "0", "ZZZZZ-ZZZZZ", "9" * 500, "資格"])
def test_what_is_no_receipt_is_said_to_be_none(code):
    """Never a traceback."""
    with pytest.raises(BadReceipt):
        read(code, KEY)
