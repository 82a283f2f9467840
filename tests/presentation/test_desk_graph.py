"""The desk's graph and what the desk can already say; that a browser decides alike is proven in tests/browser."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.answers.desk_defaults import with_prechosen
from assistant.answers.settling import settle, standing
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, UNKNOWN
from assistant.presentation.desk_graph import graph
from tests.conftest import TODAY

LAST_OLD_CARD_DAY = date(2025, 12, 1)


def shown(*items: str, day: date = TODAY, **stated: str) -> Facts:
    return with_prechosen(Facts(day, frozenset(items), stated))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_graph_is_small_and_every_node_stands_in_it_once(snapshot, lang):
    """Shared nodes; every reference leads somewhere; nothing that no row leads to."""
    held = graph(snapshot, TODAY, lang)
    assert len(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()) < 180_000
    nodes = [tuple(node) for node in held["nodes"]]
    assert len(set(nodes)) == len(nodes)
    referred = {place for roots in held["roots"] for place in roots}
    for column, *below in nodes:
        if column >= 0:
            assert len(below) == len(held["columns"][column][1])
            referred |= set(below)
    assert referred == set(range(len(nodes)))
    assert {node[1] for node in nodes if node[0] == -1} == set(range(len(held["rows"])))
    assert set(held["outcomes"]) == {row[1] for row in held["rows"] if row[0].startswith("outcome/")}
    assert {source for row in held["rows"] for source in row[5]} <= held["sources"].keys()


def test_the_graph_begins_today_and_changes_on_the_days_of_the_rules(snapshot):
    """The first stretch begins with the day it is made, however long it has lasted."""
    rules = snapshot.book.rules
    held = graph(snapshot, LAST_OLD_CARD_DAY, "ja")
    later = [day.isoformat() for day in rules.epochs if day > LAST_OLD_CARD_DAY]
    assert held["days"] == ["2025-12-01", *later]
    assert len(held["roots"]) == len(held["days"])
    assert graph(snapshot, TODAY, "ja")["days"] == [TODAY.isoformat()]
    assert held["horizon"] == rules.span.horizon.isoformat()


def test_the_graph_speaks_to_the_desk_in_one_language_and_to_the_patient_in_both(snapshot):
    """Desk words only; what the patient is told twice."""
    held = graph(snapshot, TODAY, "en")
    found, ours = held["outcomes"]["full-certificate"], snapshot.outcomes["full-certificate"]
    assert found["steps"] == ours.en.desk.steps
    assert found["say"] == {"ja": ours.ja.say, "en": ours.en.say}
    assert held["facts"]["check_result"]["ask"] == snapshot.words["check_result"].question("desk", "en")
    assert held["assumed"].keys().isdisjoint({"facility", "check_result", "known_patient"})


def test_a_scheme_nobody_asked_about_does_not_hide_the_verdict(snapshot):
    """One outcome for everybody who is insured; the payers of their own are told beside it."""
    found = settle(snapshot, shown("certificate", certificate="valid", check_result="active"), "desk")
    assert (found.leaf.decision.outcome, found.ask) == ("certificate-checked", "")
    assert [(it.value, it.standing) for it in found.otherwise] == [
        ("public_assistance", "other_payer"),
        ("not_enrolled", "not_insured"),
    ]


def test_a_scheme_that_was_chosen_is_decided_and_has_nothing_beside_it(snapshot):
    """Public assistance is not an insurance."""
    card = {"registration": "registered", "check_result": "active"}
    found = settle(snapshot, shown("mynumber_card", **card, scheme="public_assistance"), "desk")
    assert (standing(snapshot, found.leaf.decision.outcome), found.otherwise) == ("other_payer", ())


def test_a_standing_that_all_outcomes_share_is_said_before_the_last_question(snapshot):
    """A card with the reader down: insured, whatever the enquiry says; what to do is still asked."""
    found = settle(snapshot, shown("mynumber_card", facility="reader_down", registration="registered"), "desk")
    assert standing(snapshot, found.leaf.decision.outcome) == "insured"
    assert found.ask


@pytest.mark.parametrize(
    ("stated", "awaited"),
    [
        ({}, True),
        ({"registration": "registered"}, True),
        ({"registration": "registered", "check_result": UNKNOWN}, True),
        ({"scheme": "public_assistance"}, True),
        ({"facility": "reader_down", "registration": "registered"}, True),
        ({"registration": "registered", "check_result": "active"}, False),
        ({"registration": "not_registered"}, False),
        ({"urgent": "yes"}, False),
        ({"facility": "outage", "registration": "registered"}, False),
    ],
)
def test_the_desk_waits_for_its_own_enquiry(snapshot, stated, awaited):
    """Where another answer of it leads elsewhere; what the reader has said, and an emergency, do not wait."""
    assert settle(snapshot, shown("mynumber_card", **stated), "desk").awaited is awaited
    assert not settle(snapshot, shown("mynumber_card", **stated), "patient").awaited


def test_a_scheme_that_matters_is_asked_after_all(snapshot):
    """On 1 August 2025 an old card of 後期高齢者医療 had ended and others had not."""
    day = date(2025, 8, 1)
    stated = {"facility": "online", "old_card": "valid", "check_result": "active", "known_patient": "no"}
    found = settle(snapshot, Facts(day, frozenset({"old_card"}), stated), "desk")
    assert (found.leaf, found.ask) == (None, "scheme")
    told = settle(snapshot, Facts(day, frozenset({"old_card"}), {**stated, "scheme": UNKNOWN}), "desk")
    assert (told.leaf, told.ask) == (None, "")
    assert len(told.branches) > 1


def test_not_sure_is_an_answer(snapshot):
    """The fact is not asked again."""
    first = settle(snapshot, shown("smartphone"), "desk")
    again = settle(snapshot, shown("smartphone", **{first.ask: UNKNOWN}), "desk")
    assert first.ask in CHOICES
    assert again.ask != first.ask


def test_a_day_beyond_the_horizon_has_no_answer(snapshot):
    """Not the nearest rule."""
    found = settle(snapshot, shown("old_card", day=date(2027, 8, 1)), "desk")
    assert (found.confirmed, found.leaf, found.cases) == (False, None, ())
