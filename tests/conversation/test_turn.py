"""A turn: when the rules answer, when one question is asked, when entries are shown, when nothing is claimed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.conversation.edits import merge
from assistant.conversation.policy import POLICY
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts, parse
from tests.conftest import DATA, TODAY


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("保険証の期限が切れてるけど病院行ける？", "ja", {"outcome"}),
        ("後期高齢者です。期限切れの保険証で病院に行けますか", "ja", {"outcome"}),
        ("my shikaku kakuninsho says 2026/7/31, can I use it?", "en", {"question", "outcome"}),
        ("10割払った　返金　後期高齢者　区役所", "ja", {"faq"}),
        ("Lost my My Number card last night, who do I call?", "en", {"faq"}),
        ("確定申告の締め切りはいつですか", "ja", {"out_of_scope"}),
        ("What is the consumption tax on takeout?", "en", {"out_of_scope"}),
        ("asdf qwer zxcv", "en", {"decline"}),
        ("あいうえおかきくけこ", "ja", {"decline", "out_of_scope"}),
    ],
)
def test_the_kind_of_reply(snapshot, text, lang, kind):
    """Rules only for what is shown; entries for the rest; an honest no where nothing was understood."""
    assert take_turn(snapshot, text, lang, "patient", Facts(TODAY), TODAY).kind in kind


def test_what_was_understood_is_codes_and_dates(snapshot):
    """An era date becomes a day; nothing typed comes back in the facts."""
    turn = take_turn(snapshot, "資格確認書が令和8年7月31日までです。後期です。", "ja", "patient", Facts(TODAY), TODAY)
    expected = {"presented": "certificate", "certificate_until": "2026-07-31", "scheme": "kouki"}
    assert turn.facts == parse(expected, TODAY)
    assert turn.answer is not None
    assert turn.answer.kind == "outcome"


HOSTILE = ["", "   ", "?" * 5000, "\0\x1b[31m", "﷽" * 400, "a\u0301" * 3000, "<script>alert(1)</script>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered_politely(snapshot, text):
    """No exception, no decision out of nothing."""
    assert take_turn(snapshot, text, "ja", "patient", Facts(TODAY), TODAY).kind in {"decline", "faq", "out_of_scope"}


def test_a_later_sentence_replaces_what_it_names_and_keeps_the_rest():
    """Items as a set; a printed date takes the place of its state and the other way round."""
    before = parse({"presented": "old_card", "scheme": "kouki", "old_card": "expired"}, TODAY)
    after = merge(before, {"presented": ("certificate",), "certificate_until": date(2027, 7, 31)})
    assert after.presented == {"certificate"}
    assert after.stated == {"scheme": "kouki", "old_card": "expired"}
    assert after.printed == {"certificate_until": date(2027, 7, 31)}
    assert merge(after, {"certificate": "expired"}).printed == {}
    assert merge(merge(after, {"certificate": "expired"}), {"certificate_until": TODAY}).stated == before.stated


FOLLOW_UPS = [
    ("ja", "期限切れの保険証で行けますか。後期です", "じゃあマイナンバーカードなら？", {"presented": "mynumber_card"}),
    ("ja", "マイナ保険証を見せます。国保です", "機械が故障していたら？", {"facility": "reader_down"}),
    ("en", "I will show my eligibility certificate, NHI", "what about the notice?", {"presented": "notice"}),
    ("en", "I show my My Number card, registered, kokuho", "and if the reader is broken?", {"facility": "reader_down"}),
]


@pytest.mark.parametrize(("lang", "first", "then", "changed"), FOLLOW_UPS)
def test_a_follow_up_changes_one_fact_of_the_running_situation(snapshot, lang, first, then, changed):
    """The rest stays, and the rules answer again."""
    before = take_turn(snapshot, first, lang, "patient", Facts(TODAY), TODAY).facts
    after = take_turn(snapshot, then, lang, "patient", before, TODAY)
    assert after.answer is not None
    assert {**after.facts.as_codes()} == {**before.as_codes(), **changed} or after.facts == parse(
        {**before.as_codes(), **changed}, TODAY
    )


def test_a_second_question_is_offered(snapshot):
    """The first is answered, an entry on the second is offered."""
    text = "資格確認書をなくしました。再発行できますか。それと、この間10割払った分の払い戻しはできますか"
    turn = take_turn(snapshot, text, "ja", "patient", Facts(TODAY), TODAY)
    assert turn.understanding.intent in {"lost_damaged", "refund"}
    assert turn.also is not None
    assert snapshot.entries[turn.also, "ja"].front.intent == turn.understanding.second_intent
    assert take_turn(snapshot, "資格確認書をなくしました", "ja", "patient", Facts(TODAY), TODAY).also is None


def test_a_question_about_one_is_not_answered_by_what_is_said_of_another(snapshot):
    """The husband's certificate was asked about; the wife's card is what has expired."""
    first = take_turn(snapshot, "夫は資格確認書を持っています", "ja", "patient", Facts(TODAY), TODAY)
    assert first.dialogue.asked == "certificate"
    said = "妻のは期限切れの保険証だけです"
    turn = take_turn(snapshot, said, "ja", "patient", first.facts, TODAY, first.dialogue)
    assert turn.facts.as_codes()["presented"] == ["old_card"]
    assert "certificate" not in turn.facts.as_codes()
    kept = turn.dialogue.facts_of(first.dialogue.who)
    assert kept is not None
    assert kept.presented == {"certificate"}


@pytest.mark.parametrize(
    ("said", "lang"), [("きょうは孫が遊びに来てうれしかったわ", "ja"), ("My tomatoes are lovely.", "en")]
)
def test_what_is_told_on_the_way_is_not_taken_for_understood(snapshot, said, lang):
    """The situation stays, and there is somebody to call."""
    known = parse({"presented": "mynumber_card", "registration": "registered"}, TODAY)
    turn = take_turn(snapshot, said, lang, "patient", known, TODAY)
    assert (turn.kind, turn.act, turn.facts) == ("social", "told", known)
    assert turn.contact is not None


def test_the_policy_is_documented_as_it_is():
    """The table of the page: the replies and their names, in the same order."""
    text = (DATA.parents[1] / "docs" / "conversation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert rows == [(line.kind, line.when) for line in POLICY]
