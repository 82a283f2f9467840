"""The example in yen follows from the share."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.answers.answer import answer
from assistant.answers.kinds import OutcomeAnswer
from assistant.answers.money import COST, money
from assistant.domain.facts import Facts, parse

DAY = date(2026, 11, 29)


def told(snapshot, lang, voice="patient", **codes):
    facts = parse(codes, DAY)
    found = answer(snapshot, facts, voice, lang)
    assert isinstance(found, OutcomeAnswer)
    return found.money


def amounts(text):
    return [int(it.replace(",", "")) for it in re.findall(r"([\d,]+) ?(?:円|yen)", text)]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("scheme", "tenths"), [("kouki", 1), ("employee", 3)])
def test_full_cost_and_what_comes_back(snapshot, lang, scheme, tenths):
    """All of it today, and all but the share later."""
    text = told(snapshot, lang, presented="none", scheme=scheme, facility="online", known_patient="no")
    assert amounts(text) == [COST, COST, COST - COST * tenths // 10]
    assert ("10割（全額）" if lang == "ja" else "100% (the full cost)") in text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_shares(snapshot, lang):
    """Insured: each share. Expected or left to the facility: the full cost as well."""
    card = {"presented": "mynumber_card", "scheme": "kouki", "registration": "registered"}
    assert amounts(told(snapshot, lang, **card)) == [COST, *(COST * it // 10 for it in (1, 2, 3))]
    assert amounts(told(snapshot, lang, **card, card_condition="expired"))[-1] == COST


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_amount_where_no_source_tells_one(snapshot, lang):
    """No refund is reckoned for 特別療養費, none at all for whom another pays or nobody insures, none for the desk."""
    paper = {
        "presented": "certificate",
        "scheme": "kokuho",
        "certificate": "valid",
        "certificate_kind": "special_expense",
    }
    assert amounts(told(snapshot, lang, **paper)) == [COST, COST]
    assert not told(snapshot, lang, presented="none", scheme="not_enrolled")
    assert not told(
        snapshot, lang, presented="none", scheme="kouki", voice="desk", facility="online", known_patient="no"
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_outcome_with_a_share_has_an_example(snapshot, lang):
    """Whoever pays a part or all of it reads what that is in yen; whom another pays for, does not."""
    for outcome in snapshot.outcomes.values():
        text = money(snapshot.phrases, outcome, Facts(DAY), lang)
        shared = outcome.standing in ("insured", "discretion", "full_payment")
        assert (COST in amounts(text)) is shared, outcome.id
        for scheme in ("kouki", "kokuho", "employee") if shared else ():
            assert amounts(money(snapshot.phrases, outcome, parse({"scheme": scheme}, DAY), lang)), outcome.id
