"""Whom to call: every reply of every kind names a number or an office, and the municipality's when one is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answers.answer import answer
from assistant.answers.kinds import OutcomeAnswer
from assistant.answers.paper_to_hold import holding
from assistant.answers.whom_to_call import entry_contact, whom
from assistant.content.entries import LANGS
from assistant.conversation.reply import Reply, contact_of
from assistant.conversation.state import Dialogue, read_dialogue, read_short, write_short
from assistant.conversation.turn import take_turn
from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.vocabulary import MUNICIPALITIES

DAY = date(2026, 11, 29)
CARD = {"presented": "old_card", "scheme": "kouki"}
UNION = "0570-086-519"


def named(contact):
    """Tell that somebody is named in both languages, with a number or with where it stands."""
    return all(contact.name[lang] and (contact.phone or contact.hours[lang]) for lang in LANGS)


def test_every_entry_names_somebody(snapshot):
    """Of its own subject, whatever the scheme and municipality."""
    for entry in snapshot.entries.values():
        for scheme, city in ((None, None), ("kouki", None), ("employee", None), ("kokuho", "kita")):
            assert named(entry_contact(snapshot, entry, scheme, city)), entry.path


@pytest.mark.parametrize(
    ("entry", "lang", "name", "phone"),
    [
        ("mynumber-card-lost", "ja", "マイナンバー総合フリーダイヤル", "0120-95-0178"),
        ("scam-visit-or-call", "en", "Consumer hotline", "188"),
        ("public-assistance", "ja", "福祉事務所", None),
        ("new-job", "en", "Your employer", None),
        ("tokyo-union-hours", "ja", "広域連合", UNION),
        ("work-injury", "en", "work accident", "0570-006031"),
        ("shibuya-kokuho-all", "ja", "渋谷区", "03-3463-1781"),
        ("kyokai-kenpo-certificate", "ja", "協会けんぽ", None),
        ("desk-old-card", "ja", "患者さん", None),
        ("copay-rate-75", "ja", "後期高齢者医療の窓口", None),
    ],
)
def test_entries_name_the_office_of_their_subject(snapshot, entry, lang, name, phone):
    """By subject, by entry, by scope, and to the desk in its own words."""
    found = entry_contact(snapshot, snapshot.entries[entry, lang])
    assert name in found.name[lang]
    assert found.phone == phone


def test_every_outcome_names_somebody(snapshot):
    """In both voices, and with each municipality."""
    for outcome in snapshot.outcomes.values():
        purpose = "facility" if outcome.contact == "none" else outcome.contact
        for voice in ("patient", "desk"):
            for scheme in (None, "kouki", "kokuho", "employee", "public_assistance"):
                assert named(whom(snapshot, purpose, scheme, voice)), outcome.id


SAID = {
    "outcome": ("期限切れの保険証を持って行きます。後期高齢者です", "ja"),
    "question": ("マイナンバーカードを見せます", "ja"),
    "urgent": ("救急車で運ばれています。保険証がありません", "ja"),
    "faq": ("How do I get a refund after paying everything?", "en"),
    "contact": ("電話番号を教えて", "ja"),
    "out_of_scope": ("今日の天気は？", "ja"),
    "decline": ("あれのことなんだけど", "ja"),
    "social": ("ありがとう", "ja"),
}


@pytest.mark.parametrize("kind", SAID)
def test_every_kind_of_reply_leaves_somebody_to_call(snapshot, kind):
    """The contract's kinds, each from a sentence."""
    text, lang = SAID[kind]
    turn = take_turn(snapshot, text, lang, "patient", Facts(DAY), DAY)
    assert turn.kind == kind or (kind == "question" and turn.answer)
    assert named(contact_of(turn, snapshot, lang))


def test_an_answer_on_a_day_without_rules_and_either_or_name_somebody(snapshot):
    """Two kinds that follow from facts."""
    late = answer(snapshot, parse({**CARD, "visit_date": "2030-01-01"}, DAY), "patient", "ja")
    either = answer(
        snapshot, parse({"presented": "certificate", "certificate": "unknown"}, DAY), "patient", "ja", "chiyoda"
    )
    assert late.kind == "not_confirmed"
    assert either.kind == "either"
    assert named(late.contact)
    assert named(either.contact)


@pytest.mark.parametrize("lang", LANGS)
def test_each_municipality_is_named_and_says_where_a_number_stands(snapshot, lang):
    """For the late-stage scheme there is always a number: the desk's own or that of the union."""
    for city in MUNICIPALITIES:
        place = snapshot.municipalities[city]
        for scheme in ("kouki", "kokuho", None):
            found = whom(snapshot, "insurer", scheme, city=city)
            assert place.name[lang] in found.name[lang]
            assert "{" not in found.name[lang] + found.hours[lang]
            desks = [desk for name, desk in place.desks.items() if desk.phone and scheme in (None, name)]
            assert all(desk.phone in (found.phone or "") + found.hours[lang] for desk in desks)
            assert found.phone or found.hours[lang]
            if scheme != "kokuho":
                assert found.phone or UNION in found.hours[lang]


def test_one_number_comes_first_and_two_divisions_are_not_taken_for_one(snapshot):
    """The scheme picks the desk; without one a number says whose it is; what is old says so."""
    kouki = whom(snapshot, "insurer", "kouki", city="chiyoda")
    assert (kouki.phone, "2022年12月" in kouki.hours.ja, "December 2022" in kouki.hours.en) == (
        "03-5211-4206",
        True,
        True,
    )
    either = whom(snapshot, "insurer", None, city="chiyoda")
    assert either.phone is None
    assert "03-5211-4206" in either.hours.ja
    both = whom(snapshot, "insurer", None, city="inagi")
    assert both.phone == "042-378-2111"
    assert "高齢者医療年金課" not in whom(snapshot, "insurer", None, city="toshima").name.ja
    assert "内線" in whom(snapshot, "insurer", "kouki", city="akishima").hours.ja
    assert "undated" in whom(snapshot, "insurer", "kokuho", city="koto").hours.en


def test_an_office_that_is_no_municipalitys_stays(snapshot):
    """The employer, the reception desk and a freephone are the same wherever one lives."""
    for purpose, scheme in (("insurer", "employee"), ("facility", None), ("card_lost", None)):
        assert whom(snapshot, purpose, scheme, city="chiyoda") == whom(snapshot, purpose, scheme)


def test_a_municipality_decides_nothing(snapshot):
    """The answer is the same but for whom to call and the address that leads back."""
    for codes in (CARD, {"presented": "none"}, {"presented": "certificate", "certificate_until": "2026-07-31"}):
        facts = parse(codes, DAY)
        plain, here = (answer(snapshot, facts, "patient", "ja", city) for city in (None, "chiyoda"))
        assert plain.kind == here.kind
        if isinstance(here, OutcomeAnswer) and isinstance(plain, OutcomeAnswer):
            same = replace(here, contact=plain.contact, asked=plain.asked, further=plain.further)
            assert same == plain
        assert here.asked.page == plain.asked.page + "&city=chiyoda"


def test_the_paper_to_hold_names_it_too(snapshot):
    """The same office under «which paper should I have»."""
    found = holding(snapshot, parse({"scheme": "kouki", "age_band": "85_plus"}, DAY), "ja", "minato")
    assert found.contact.phone == "03-3578-2654"


def test_the_choice_stays_through_the_conversation(snapshot):
    """In the dialogue, in its short form, and with another sentence."""
    dialogue = Dialogue(topic="refund", who="self", city="minato")
    facts = parse({"scheme": "kouki"}, DAY)
    assert read_dialogue(dialogue.as_codes(), DAY) == dialogue
    assert read_short(write_short(facts, dialogue), DAY) == (facts, dialogue)
    assert "city" not in Dialogue().as_codes()
    turn = take_turn(snapshot, "電話番号は？", "ja", "patient", facts, DAY, dialogue)
    assert contact_of(turn, snapshot, "ja").phone == "03-3578-2654"
    assert turn.dialogue.city == "minato"


@pytest.mark.parametrize("city", ["tokyo", "Chiyoda", "山田花子", 1, ["chiyoda"], {}])
def test_a_municipality_that_is_none_is_refused(city):
    """Nothing but a code of the register gets into a dialogue."""
    with pytest.raises(BadFact):
        read_dialogue({"city": city}, DAY)


def test_a_refusal_sends_to_the_exchange_of_the_municipality(snapshot):
    """Another matter is for the main number, not for the insurance desk."""
    reply = Reply(kind="out_of_scope", facts=Facts(DAY), dialogue=Dialogue(city="kita"))
    assert "北区の役所（代表電話）" in contact_of(reply, snapshot, "ja").name.ja


@pytest.mark.parametrize(
    ("lang", "text", "city"),
    [
        ("ja", "資格確認書が来ない。世田谷区です。どこに電話すればいい", "setagaya"),
        ("en", "I live in Ota. Whom can I call about my certificate?", "ota"),
        ("en", "Whom can I call about the total?", None),
        ("ja", "港区から世田谷区に引っ越しました。どこに電話すればいい", None),
    ],
)
def test_the_municipality_that_is_named_is_the_one_to_call(snapshot, lang, text, city):
    """One alone: of two nobody knows which is meant."""
    turn = take_turn(snapshot, text, lang, "patient", Facts(DAY), DAY)
    assert turn.dialogue.city == city
    if city:
        assert snapshot.municipalities[city].name[lang] in contact_of(turn, snapshot, lang).name[lang]
