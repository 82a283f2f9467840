"""Which facts a sentence states: what was learnt weighs what the rules read and hear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.conversation.statements import statements_of, weighed
from assistant.domain.facts import parse
from assistant.language.models.statement_model import StatementModel
from assistant.language.pipeline import understand
from assistant.language.utterance import read
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY
from tests.conversation.test_turn import said

CARD, PAPER = "マイナンバーカードを持っています", "資格確認書があります"


@pytest.mark.parametrize(
    ("lang", "first", "then", "fact", "value"),
    [
        ("ja", CARD, "登録したかどうか、家の者はだれも知りません", "registration", "unknown"),
        ("ja", CARD, "してありますよ、薬局の機械で", "registration", "registered"),
        ("ja", CARD, "息子がセブンでやってくれたって言ってた", "registration", "registered"),
        ("en", "I have an eligibility certificate", "too faint to make out", "certificate", "unknown"),
        ("ja", PAPER, "まだ切れていません", "certificate", "valid"),
        ("en", "I have my My Number card", "no idea whether it is registered", "registration", "unknown"),
        ("en", "I have an eligibility certificate", "it ran out in July", "certificate_until", "2026-07-31"),
    ],
)
def test_what_is_stated_in_the_middle_of_a_talk(
    snapshot: Snapshot, lang: str, first: str, then: str, fact: str, value: str
) -> None:
    assert said(snapshot, lang, first, then).facts.as_codes().get(fact) == value


def certain(snapshot: Snapshot, score: float) -> StatementModel:
    """Return a model that believes everything as much."""
    return replace(snapshot.statements, codes={"bias": score}, rows={})


def test_an_emergency_is_never_weighed_away(snapshot: Snapshot) -> None:
    """Nor is what nobody believes kept: the other facts are as they were."""
    reading = read("母が倒れて救急車を呼びました。登録はしてあります", "ja", snapshot.lexicon)
    understood = understand(reading, TODAY, snapshot.lexicon)
    before = parse({"registration": "unknown"}, TODAY)
    after = parse({"registration": "registered", "urgent": "yes"}, TODAY)
    told = statements_of(before, after, understood, None, None)
    kept = weighed(certain(snapshot, -9.0), before, after, told, understood.signs.features)
    assert dict(kept.stated) == {"registration": "unknown", "urgent": "yes"}
    assert weighed(certain(snapshot, 9.0), before, after, told, understood.signs.features).stated["urgent"] == "yes"


def test_what_the_rules_left_out_for_what_was_known_does_not_come_back(snapshot: Snapshot) -> None:
    """A check during a visit at home is no check with the desk's reader."""
    turns = ("訪問診療です。資格確認書を見ました", "照会したら有効でした")
    assert said(snapshot, "ja", *turns).facts.stated["facility"] == "home_visit"
