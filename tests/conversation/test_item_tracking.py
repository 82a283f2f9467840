"""Things come, go and take each other's place in a talk; what is only spoken of changes nothing."""

from __future__ import annotations

import pytest

from assistant.snapshot.snapshot import Snapshot
from tests.conversation.test_turn import said

OLD, PAPER = "保険証しかありません", "資格確認書を持っています。令和9年7月31日までです"
CARD, NOTE = "I have a registered My Number card", "I only have the notice of eligibility information"


@pytest.mark.parametrize(
    ("lang", "first", "then", "shown"),
    [
        ("ja", OLD, "財布の奥に資格確認書がありました", {"old_card", "certificate"}),
        ("ja", OLD, "娘がマイナンバーカードを届けてくれるそうです", {"old_card", "mynumber_card"}),
        ("ja", OLD, "すみません、保険証じゃなくてお知らせでした", {"notice"}),
        ("ja", PAPER, "やっぱりマイナンバーカードだけ持って行きます", {"mynumber_card"}),
        ("ja", PAPER, "それだけで足りますか", {"certificate"}),
        ("ja", PAPER, "マイナンバーカードは家に置いていきます", {"certificate"}),
        ("ja", PAPER, "資格確認書は毎年届くんですか", {"certificate"}),
        ("ja", PAPER, "テレビではマイナ保険証の話ばかりですね", {"certificate"}),
        ("en", CARD, "And my eligibility certificate turned up too", {"mynumber_card", "certificate"}),
        ("en", CARD, "I left the card at home after all, I have nothing with me", {"none"}),
        ("en", CARD, "Does the card reader ask for a PIN?", {"mynumber_card"}),
        ("en", NOTE, "Sorry, it is not the notice, it is the eligibility certificate", {"certificate"}),
        ("en", NOTE, "My neighbour showed her My Number card last week", {"notice"}),
    ],
)
def test_what_becomes_of_the_things(snapshot: Snapshot, lang: str, first: str, then: str, shown: set[str]) -> None:
    assert said(snapshot, lang, first, then).facts.presented == shown


@pytest.mark.parametrize(
    ("lang", "first", "shown"),
    [
        ("ja", "財布を電車に置き忘れてきました。見せられるものは何ひとつありません", {"none"}),
        ("ja", "封筒から資格確認書とお知らせが出てきました。両方持って行きます", {"certificate", "notice"}),
        ("ja", "マイナンバーカードは家に忘れて、資格確認書ならあります", {"certificate"}),
        ("ja", "shikaku kakuninsho dake motte ikimasu. byouin wa ii desu ka", {"certificate"}),
        ("en", "All my papers burnt in the fire and I have nothing to show", {"none"}),
        (
            "en",
            "I found my old insurance card and the notice of eligibility in a drawer, which one do I show?",
            {"old_card", "notice"},
        ),
        ("en", "The leaflet says everybody gets an eligibility certificate", set()),
    ],
)
def test_what_a_first_sentence_shows(snapshot: Snapshot, lang: str, first: str, shown: set[str]) -> None:
    assert said(snapshot, lang, first).facts.presented == shown
