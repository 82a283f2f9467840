"""The certificate of the insurer before counts no longer, whatever is printed on it; that of the new one does."""

import pytest

from tests.conversation.test_turn import said

VOID = [
    ("ja", "先週75になりました。会社の健保の資格確認書があります。内科で出していいですか", "turning-75"),
    ("ja", "先月千葉から越してきました。千葉の資格確認書しかありません。明日の眼科はこれで大丈夫？", "moving-house"),
    ("ja", "転職しました。前の会社の資格確認書で歯医者に行けますか", "lost-insurance-used-old-paper"),
    ("en", "I turned 75 last week. Can I still use my company's eligibility certificate?", "turning-75"),
    ("en", "We moved from Osaka to Tokyo and I only have the Osaka certificate. Can I use it?", "moving-house"),
    ("en", "Is the eligibility certificate from my old company good?", "lost-insurance-used-old-paper"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "entry"), VOID)
def test_a_paper_of_the_insurer_before_is_told_to_count_no_longer(snapshot, lang, text, entry):
    turn = said(snapshot, lang, text)
    assert (turn.kind, turn.hits[0].id) == ("faq", entry)
    assert turn.facts.stated["insurance_change"] == "joined_new"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "来月、千葉から東京に引っ越します。明日は千葉の資格確認書で受診できますか"),
        ("ja", "80歳です。世田谷から練馬へ引っ越しました。世田谷の資格確認書で受診できますか"),
        ("ja", "先月大阪から京都へ越してきました。京都の資格確認書で受診できますか"),
        ("ja", "国保の資格確認書です。誕生日を過ぎても使えますか"),
        ("en", "I moved to Kyoto last month and have the Kyoto certificate. Can I use it?"),
    ],
)
def test_a_paper_that_still_counts_or_is_the_new_one_is_not(snapshot, lang, text):
    assert said(snapshot, lang, text).moment.void is None


def test_the_talk_goes_on_about_it_until_something_else_is_shown(snapshot):
    first = "先月千葉から越してきました。千葉の資格確認書しかありません。明日の眼科はこれで大丈夫？"
    assert said(snapshot, "ja", first, "区役所の手続きはもう済ませました").kind != "outcome"
    turn = said(snapshot, "ja", first, "マイナンバーカードもありました。登録してあります")
    assert turn.answer.outcome.standing == "insured"


def test_a_paper_called_otherwise_on_itself_takes_the_place_of_the_one_it_was_taken_for(snapshot):
    turn = said(snapshot, "ja", "保険証しかありません", "よく見たら資格確認書って書いてある")
    assert turn.facts.presented == {"certificate"}
    turn = said(
        snapshot, "ja", "お知らせと資格確認書を持って行きます", "資格確認書は令和9年7月31日までと書いてあります"
    )
    assert turn.facts.presented == {"notice", "certificate"}
