"""Relations between answers that must hold whatever the rules say."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.domain.decide import Decision, NotConfirmed, decide, turned
from assistant.domain.facts import Facts, parse
from assistant.domain.vocabulary import CHOICES, FROM_75, ITEMS, VOICES
from tests.conftest import TODAY

FIRST, HORIZON = date(2024, 12, 1), date(2027, 7, 31)
days = st.dates(FIRST, HORIZON)
#: Schemes that end on the 75th birthday, and their papers with them.
ENDS_AT_75 = ("kokuho", "employee")
RANK = {"not_insured": 0, "full_payment": 1, "discretion": 2, "insured": 3, "other_payer": 3}
codes = st.fixed_dictionaries(
    {
        "presented": st.lists(st.sampled_from([i for i in ITEMS if i != "none"]), min_size=1, max_size=4, unique=True),
        **{id: st.sampled_from(choice.values) for id, choice in CHOICES.items()},
    }
)
many = settings(max_examples=300, deadline=None)


def decided(rules, facts: Facts, voice: str = "patient") -> Decision:
    verdict = decide(rules, facts, voice)
    assert isinstance(verdict, Decision)
    return verdict


@many
@given(codes, days)
def test_age_alone_changes_nothing_at_the_counter(rules, codes, day):
    """The same scheme and papers give the same rules (relation 14), but for papers that end on the 75th birthday."""
    assume(codes["scheme"] not in ENDS_AT_75 or {"certificate", "old_card"}.isdisjoint(codes["presented"]))
    facts = [
        parse({**codes, "visit_date": day.isoformat(), "age_band": age}, TODAY) for age in CHOICES["age_band"].values
    ]
    assert len({decided(rules, it).outcome for it in facts}) == 1


@many
@given(codes, days)
def test_patient_and_desk_agree(rules, codes, day):
    """One situation, two voices (relation 9)."""
    facts = parse({**codes, "visit_date": day.isoformat()}, TODAY)
    assert decided(rules, facts).outcome == decided(rules, facts, "desk").outcome


@many
@given(codes, days, st.integers(0, 400))
def test_two_days_without_a_change_point_between_them_agree(rules, codes, day, step):
    """Nothing moves between change points (relation 4)."""
    later = day + timedelta(days=step)
    assume(later <= HORIZON and not any(day < change <= later for change in rules.epochs))
    outcomes = {decided(rules, parse({**codes, "visit_date": d.isoformat()}, TODAY)).outcome for d in (day, later)}
    assert len(outcomes) == 1


@many
@given(codes, st.dates(date(2024, 12, 2), HORIZON))
def test_one_more_valid_certificate_never_makes_things_worse(rules, snapshot, codes, day):
    """An ordinary 資格確認書 in date, of the present insurer, beside whatever is shown (relation 5)."""
    assume(codes["holder"] == "self" and codes["insurance_change"] != "joined_new")
    base = {**codes, "visit_date": day.isoformat(), "certificate": "valid", "certificate_kind": "ordinary"}
    without = [item for item in base["presented"] if item != "certificate"] or ["none"]
    more = [item for item in without if item != "none"] + ["certificate"]
    ranks = [
        RANK[snapshot.outcomes[decided(rules, parse({**base, "presented": shown}, TODAY)).outcome].standing]
        for shown in (without, more)
    ]
    assert ranks[0] <= ranks[1]


@many
@given(codes, st.dates(date(2024, 12, 2), HORIZON), st.integers(0, 300))
def test_a_certificate_valid_to_a_day_counts_on_every_earlier_day(rules, snapshot, codes, until, earlier):
    """From the first day such papers count (relation 6), for somebody whose insurance did not change, nor at 75."""
    assume(codes["scheme"] not in ENDS_AT_75 or codes["age_band"] not in FROM_75)
    day = max(until - timedelta(days=earlier), date(2024, 12, 2))
    fixed = {"presented": "certificate", "certificate_until": until.isoformat(), "visit_date": day.isoformat()}
    stated = {fact: value for fact, value in codes.items() if fact not in ("presented", "certificate", "holder")}
    stated |= {"insurance_change": "none", "certificate_kind": "ordinary", "check_result": "active", **fixed}
    standing = snapshot.outcomes[decided(rules, parse(stated, TODAY)).outcome].standing
    expected = {"public_assistance": "other_payer", "not_enrolled": "not_insured"}.get(stated["scheme"], "insured")
    assert standing == expected


@many
@given(codes, st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_outside_the_calendar_is_never_answered(rules, codes, day):
    """Whatever the facts (promise A2)."""
    assume(not FIRST <= day <= HORIZON)
    assert decide(rules, parse({**codes, "visit_date": day.isoformat()}, TODAY)) == NotConfirmed(day)


@many
@given(codes, days)
def test_no_answer_is_both_usable_and_full_cost(rules, snapshot, codes, day):
    """Standing, share and procedures of an outcome fit together (relation 13)."""
    outcome = snapshot.outcomes[decided(rules, parse({**codes, "visit_date": day.isoformat()}, TODAY)).outcome]
    full = outcome.standing in ("full_payment", "not_insured")
    assert full == (outcome.share_from == "full")
    assert not (outcome.standing == "insured" and "full_payment" in outcome.procedures)
    assert bool(outcome.claim) or outcome.standing != "insured"


@settings(max_examples=150, deadline=None)  # each turns every answer
@given(codes, days, st.sampled_from(VOICES), st.data())
def test_one_answer_turned_leads_where_the_whole_decision_leads(rules, codes, day, voice, data):
    """With any facts left out and any called unknown: the short way through the tables and the long one agree."""
    kept = data.draw(st.sets(st.sampled_from(sorted(codes))))
    unsure = data.draw(st.sets(st.sampled_from(sorted(CHOICES))))
    told = {fact: "unknown" if fact in unsure else codes[fact] for fact in kept if fact != "presented"}
    facts = parse({**told, "presented": codes["presented"], "visit_date": day.isoformat()}, TODAY)
    found = {(fact, value): outcome for fact, value, outcome in turned(rules, facts, voice, CHOICES)}
    for fact, choice in CHOICES.items():
        whole = {(fact, value): decide(rules, facts.having(fact, value), voice) for value in choice.values}
        settled = {key: it.outcome for key, it in whole.items() if isinstance(it, Decision)}
        short = {key: outcome for key, outcome in found.items() if key[0] == fact}
        assert short.items() <= settled.items()
        assert len(settled) - len(short) <= 1, "only the value that holds already is left out"
