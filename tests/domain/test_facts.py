"""Facts: the closed vocabulary, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN
from tests.conftest import TODAY


def test_codes_become_facts():
    """Items, choices and dates are read into their places."""
    facts = parse({"presented": ["notice", "mynumber_card"], "scheme": "kouki", "visit_date": "2026-08-01"}, TODAY)
    assert facts == Facts(date(2026, 8, 1), frozenset({"notice", "mynumber_card"}), {"scheme": "kouki"}, {})


def test_the_day_of_asking_is_the_visit_day_when_none_is_stated():
    """Nothing else is filled in."""
    assert parse({}, TODAY) == Facts(TODAY)


@pytest.mark.parametrize(
    ("codes", "fact"),
    [
        ({"scheme": "rich"}, "scheme"),
        ({"shoe_size": "44"}, "shoe_size"),
        ({"presented": ["old_card", "hat"]}, "presented"),
        ({"presented": ["none", "old_card"]}, "presented"),
        ({"visit_date": "20260801"}, "visit_date"),
        ({"visit_date": "2026-W31-5"}, "visit_date"),
        ({"visit_date": "2026-02-30"}, "visit_date"),
        ({"visit_date": UNKNOWN}, "visit_date"),
        ({"certificate_until": "２０２６-07-31"}, "certificate_until"),
        ({"certificate_until": "2026-07-31", "certificate": "valid"}, "certificate"),
        ({"scheme": ["kouki", "kokuho"]}, "scheme"),
    ],
)
def test_a_bad_fact_is_named_with_what_it_takes(codes, fact):
    """The message names the fact and never repeats the value."""
    with pytest.raises(BadFact) as caught:
        parse(codes, TODAY)
    assert caught.value.fact == fact
    assert caught.value.takes


def test_unknown_is_taken_for_every_fact_but_the_day():
    """Also for a printed date: then the state is unknown."""
    facts = parse(dict.fromkeys((*CHOICES, *PRINTED_DATES, "presented"), UNKNOWN), TODAY)
    assert facts.stated == dict.fromkeys((*CHOICES, "presented"), UNKNOWN)
    assert facts.presented == frozenset()
    assert facts.as_codes()["presented"] == [UNKNOWN]
    assert parse(facts.as_codes(), TODAY) == facts


situations = st.fixed_dictionaries(
    {"presented": st.lists(st.sampled_from([i for i in ITEMS if i != "none"]), min_size=1, unique=True)},
    optional={id: st.sampled_from([*choice.values, UNKNOWN]) for id, choice in CHOICES.items()}
    | {"visit_date": st.dates().map(date.isoformat)},
)


@given(situations)
def test_facts_survive_the_way_through_an_address(codes):
    """Codes out of facts are the codes that went in, in the order of the vocabulary."""
    facts = parse(codes, TODAY)
    assert parse(facts.as_codes(), date.min) == facts
