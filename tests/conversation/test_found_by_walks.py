"""What misled people who walked the site as themselves: none of these may come back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.content.test_verify import verify
from tests.conversation.test_turn import said

HIS = ("資格確認書で行けますか。期限は令和9年7月31日", "主人は85歳。お知らせの紙をもってる")


@pytest.mark.parametrize(
    "talk",
    [
        ("I only have my plastic health insurance card",),
        ("Is my plastic insurance card ok?",),
        ("I have a card that says 健康保険証 and a paper that says 資格情報のお知らせ. Which one counts?",),
        ("I only have the notice", "and the clinic has no card reader"),
        ("I only have the old card", "the card reader is broken"),
    ],
)
def test_nobody_is_given_a_my_number_card_that_they_did_not_name(snapshot, talk):
    turn = said(snapshot, "en", *talk)
    assert "mynumber_card" not in turn.facts.presented
    assert turn.answer is None or turn.answer.outcome.standing != "insured"


@pytest.mark.parametrize(
    ("lang", "talk", "visit", "until"),
    [
        ("en", ("My appointment is on August 3, 2027. My certificate ends July 31, 2027.",),
         "2027-08-03", "2027-07-31"),
        ("en", ("I have a certificate until July 31, 2027", "She goes to the clinic on August 3, 2027"),
         "2027-08-03", "2027-07-31"),
        ("en", ("The certificate ends on December 31, 2026", "I go to the clinic on January 5, 2027"),
         "2027-01-05", "2026-12-31"),
        ("ja", ("資格確認書です。令和9年7月31日まで", "令和9年8月3日に眼科の予約です"), "2027-08-03", "2027-07-31"),
    ],
)  # fmt: skip
def test_the_day_of_a_visit_never_becomes_the_last_day_of_a_paper(snapshot, lang, talk, visit, until):
    facts = said(snapshot, lang, *talk).facts
    assert (facts.visit_date, facts.printed["certificate_until"]) == tuple(map(date.fromisoformat, (visit, until)))


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        (("私の紙は？",), {"certificate"}),
        (("私の紙は？", "主人の紙は？"), {"notice"}),
        (("自分の紙にもどる",), {"certificate"}),
    ],
)
def test_whose_paper_is_asked_for_is_answered_for_them(snapshot, asked, papers):
    assert said(snapshot, "ja", *HIS, *asked).facts.presented == papers


@pytest.mark.parametrize(
    ("lang", "text", "entry"),
    [
        ("ja", "資格確認書なくした。木曜に目医者", "certificate-lost"),
        ("en", "lost my My Number card, dentist on Thursday", "mynumber-card-lost"),
    ],
)
def test_who_has_lost_a_paper_is_told_how_to_get_another_whatever_day_they_name(snapshot, lang, text, entry):
    turn = said(snapshot, lang, text)
    assert (turn.kind, turn.hits[0].id) == ("faq", entry)


@pytest.mark.parametrize(
    "text", ["マイナンバーカードをなくした。資格確認書は家に忘れた", "資格確認書なくした。マイナンバーカードはある"]
)
def test_it_is_not_where_something_else_is_left(snapshot, text):
    """Which of two is lost is not guessed, and what is at hand is answered for."""
    assert said(snapshot, "ja", text).moment.void is None


def test_what_somebody_does_not_remember_is_no_answer_of_the_enquiry(snapshot):
    """«ない» in a sentence on something else was taken for "no record", and the full cost."""
    talk = ("マイナンバーカード、登録済み。リーダーの電源が入りません。初診です", "72歳で割合は覚えてないと")
    assert "check_result" not in said(snapshot, "ja", *talk, voice="desk").facts.stated


def test_who_names_a_scheme_and_is_insured_elsewhere_since_is_told_that_the_paper_counts_no_longer(snapshot):
    talk = (
        "I have a kokuho eligibility certificate valid until 2027-07-31",
        "I joined a company in October and I'm on their health insurance now.",
    )
    turn = said(snapshot, "en", *talk)
    assert (turn.kind, turn.hits[0].id) == ("faq", "lost-insurance-used-old-paper")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('entry = "certificate-lost"', 'entry = "gone-entry"', "there is no entry 'gone-entry'"),
        ('item = "notice"\nentry', 'item = "paper"\nentry', "'paper' is not one of"),
    ],
)
def test_a_line_on_a_lost_thing_that_cannot_be_shown_is_a_fault(content, old, new, fault):
    path = content / "followups.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert fault in output
