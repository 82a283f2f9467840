"""Decisions: windows, missing facts, one question, no confirmed rule."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.decide import Decision, NotConfirmed, Undecided, decide
from assistant.domain.facts import Facts, parse
from assistant.domain.rule_set import Rules
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN
from tests.conftest import TODAY


def outcome(rules: Rules, day: str, **codes: str | list[str]) -> str:
    verdict = decide(rules, parse({"visit_date": day, **codes}, TODAY))
    assert isinstance(verdict, Decision), verdict
    return verdict.outcome


@pytest.mark.parametrize(
    ("day", "scheme", "expected"),
    [
        ("2025-07-31", "kokuho", "full-old-card"),
        ("2025-08-01", "kokuho", "tolerance-old-card"),
        ("2025-08-03", "kouki", "full-old-card"),
        ("2025-08-04", "kouki", "tolerance-old-card"),
        ("2025-12-01", "employee", "full-old-card"),
        ("2025-12-02", "employee", "tolerance-old-card"),
        ("2026-03-31", "employee", "tolerance-old-card"),
        ("2026-04-01", "kouki", "tolerance-old-card"),
        ("2026-07-31", "kouki", "tolerance-old-card"),
        ("2026-08-01", "kouki", "full-old-card"),
    ],
)
def test_an_expired_old_card_at_every_edge_of_its_windows(rules, day, scheme, expected):
    """W1 to W5 of the desk notes, day before and day after."""
    assert outcome(rules, day, presented="old_card", scheme=scheme, old_card="expired") == expected


def test_a_decision_names_its_window(rules):
    """The window is where every row behind the answer is in force."""
    facts = parse({"presented": "old_card", "scheme": "kouki", "visit_date": "2025-08-04"}, TODAY)
    verdict = decide(rules, facts)
    assert isinstance(verdict, Decision)
    assert (verdict.window.first, verdict.window.last) == (date(2025, 8, 4), date(2025, 12, 1))


def test_the_printed_date_of_an_old_card_counts_no_more_from_december_2025(rules):
    """A card printed to 2027 is dead all the same (DM-58)."""
    codes = {"presented": "old_card", "scheme": "employee", "old_card_until": "2027-03-31"}
    assert outcome(rules, "2025-12-01", **codes) == "old-card-checked"
    assert outcome(rules, "2026-08-01", **codes) == "full-old-card"


@pytest.mark.parametrize("day", ["1900-01-01", "2024-11-30", "2027-08-01", "2031-01-01", "2200-01-01"])
def test_a_day_outside_the_calendar_is_never_answered_by_the_nearest_rule(rules, day):
    """It is not confirmed."""
    facts = parse({"presented": "certificate", "scheme": "kouki", "visit_date": day}, TODAY)
    assert decide(rules, facts) == NotConfirmed(date.fromisoformat(day))


def test_what_is_shown_is_always_asked(rules):
    """Nothing is assumed of it, and every single item is possible."""
    verdict = decide(rules, Facts(TODAY))
    assert isinstance(verdict, Undecided)
    assert verdict.ask == "presented"
    assert {leaf.given["presented"] for leaf in verdict.leaves} == set(ITEMS)


def test_only_what_matters_is_asked(rules):
    """In autumn 2026 the printed date of an old card changes nothing; the scheme does."""
    verdict = decide(rules, parse({"presented": "old_card"}, TODAY))
    assert isinstance(verdict, Undecided)
    assert verdict.ask == "scheme"
    assert {fact for leaf in verdict.leaves for fact in leaf.given} == {"scheme"}


def test_the_desk_is_asked_what_the_patient_cannot_know(rules):
    """The voice changes what is assumed, not what follows."""
    facts = parse({"presented": "mynumber_card", "scheme": "kouki", "registration": "registered"}, TODAY)
    assert isinstance(decide(rules, facts, "patient"), Decision)
    desk = decide(rules, facts, "desk")
    assert isinstance(desk, Undecided)
    assert desk.ask in {"facility", "check_result"}


def test_an_unknown_fact_gives_the_set_and_the_fact_that_would_decide(rules):
    """Unknown is a value, not an absence."""
    facts = parse({"presented": "certificate", "scheme": "kouki", "certificate": UNKNOWN}, TODAY)
    verdict = decide(rules, facts)
    assert isinstance(verdict, Undecided)
    assert verdict.ask == "certificate"
    assert set(verdict.outcomes) == {"certificate-checked", "full-certificate"}


def test_a_subsidy_certificate_adds_a_note_and_changes_nothing_else(rules):
    """It sits on top of insurance (DM-80)."""
    codes = {"scheme": "kokuho", "registration": "registered", "visit_date": "2026-11-23"}
    alone = decide(rules, parse({"presented": "mynumber_card", **codes}, TODAY))
    both = decide(rules, parse({"presented": ["mynumber_card", "subsidy_certificate"], **codes}, TODAY))
    assert isinstance(alone, Decision)
    assert isinstance(both, Decision)
    assert (both.outcome, both.notes, alone.notes) == (alone.outcome, ("paper_or_card",), ())


full = st.fixed_dictionaries(
    {
        "presented": st.lists(st.sampled_from([i for i in ITEMS if i != "none"]), min_size=1, max_size=4, unique=True),
        "visit_date": st.dates(date(2024, 12, 1), date(2027, 7, 31)).map(date.isoformat),
        **{id: st.sampled_from(choice.values) for id, choice in CHOICES.items()},
    }
)


@settings(max_examples=300, deadline=None)
@given(full, st.data())
def test_a_full_situation_is_decided_and_stays_possible_as_facts_go_missing(rules, codes, data):
    """With facts removed one at a time the set still holds the full answer."""
    whole = decide(rules, parse(codes, TODAY))
    assert isinstance(whole, Decision)
    order = data.draw(st.permutations(sorted(CHOICES)))
    known = dict(codes)
    for fact in order[:6]:
        known[fact] = UNKNOWN
        part = decide(rules, parse(known, TODAY))
        left = part.outcomes if isinstance(part, Undecided) else (part.outcome,)  # type: ignore[union-attr]
        assert whole.outcome in left


def test_every_combination_on_every_side_of_every_change_point(rules):
    """Each row is met, no hole is, on the day before, the day itself and the day after each change."""
    days = {day + timedelta(days=step) for day in rules.epochs for step in (-1, 0, 1)}
    met: set[str] = set()
    shown = [["mynumber_card"], ["certificate"], ["notice"], ["old_card"], ["smartphone"], ["none"], ["copy"]]
    shown += [["mynumber_card", "notice"], ["mynumber_card", "smartphone"], ["old_card", "notice"]]
    for day, items in product(sorted(days), shown):
        verdict = decide(rules, Facts(day, frozenset(items), dict.fromkeys(CHOICES, UNKNOWN)))
        if day not in rules.span:
            assert isinstance(verdict, NotConfirmed)
            continue
        found = [leaf.decision for leaf in verdict.leaves] if isinstance(verdict, Undecided) else [verdict]
        for decision in found:
            assert isinstance(decision, Decision)
            assert all(row.in_force(day) for row in decision.rows)
            met |= {row.key for row in decision.rows}
    assert len(met) > 200


def test_what_counted_was_shown(rules, snapshot):
    """An insured visit with several items names the ones that carry it, and never one that was not shown."""
    for day in (date(2025, 6, 2), TODAY):
        for leaf in (leaf for leaf in decide(rules, Facts(day)).leaves if "presented" in leaf.given):
            outcome = snapshot.outcomes[leaf.decision.outcome]
            if outcome.standing == "insured" and leaf.decision.outcome != "home-requery":
                assert leaf.given["presented"] in outcome.counted, leaf
