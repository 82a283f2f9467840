"""The answer to an open question is heard in whatever form it comes, for every option of every question."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.answers.answer import options
from assistant.conversation.state import Dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts, parse
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN
from assistant.language.text.tokenizer import tokens
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY

FACTS = ("presented", *CHOICES)
WAYS = {
    "ja": ("{}", "{}です", "{}。", "えーと、{}", "{}だと思います"),
    "en": ("{}", "It's {}", "{}.", "I think {}", "it is {}"),
}
#: What must be known for the rules to go on after the answer.
BASE = {"presented": "mynumber_card"}


def said(
    snapshot: Snapshot, fact: str, text: str, lang: str = "ja", voice: str = "patient", **known: str
) -> dict[str, object]:
    """Return the facts after ``text`` was typed while ``fact`` was asked."""
    values = ITEMS if fact == "presented" else CHOICES[fact].values
    before = parse({} if fact == "presented" else {**BASE, **known}, TODAY)
    dialogue = Dialogue(asked=fact, options=tuple(values))
    return take_turn(snapshot, text, lang, voice, before, TODAY, dialogue).facts.as_codes()


def in_hiragana(text: str) -> str:
    """Return a Japanese label as somebody writes it who does not use kanji."""
    return "".join(token.reading for token in tokens(text, "ja"))


@pytest.mark.parametrize(("fact", "lang", "voice"), [*product(FACTS, ("ja", "en"), ("patient", "desk"))])
def test_every_option_is_heard_typed_back(snapshot: Snapshot, fact: str, lang: str, voice: str):
    """Word for word, with words round it, in hiragana, by its number."""
    missed = []
    for number, option in enumerate(options(snapshot, fact, lang), 1):
        typed = [way.format(option.label) for way in WAYS[lang]]
        typed += (
            [str(number), f"{number}番", f"{number}番目", f"no. {number}", "０１２３４５６７８９"[number]]
            if number < 10
            else []
        )
        if lang == "ja":
            typed += [in_hiragana(option.label), f"{in_hiragana(option.label)}です"]
        expected = [option.value] if fact == "presented" else option.value
        missed += [text for text in typed if said(snapshot, fact, text, lang, voice).get(fact) != expected]
    assert missed == []


@pytest.mark.parametrize("fact", CHOICES)
@pytest.mark.parametrize(
    "text",
    [
        "わからない",
        "わかりません",
        "分からん",
        "さあ、どうだったか",
        "不明です",
        "not sure",
        "I don't know",
        "no idea",
        "dunno",
    ],
)
def test_not_knowing_closes_the_question(snapshot: Snapshot, fact: str, text: str):
    """The fact is unknown, and it is not asked again."""
    lang = "en" if text.isascii() else "ja"
    values = CHOICES[fact].values
    before = parse(BASE, TODAY)
    turn = take_turn(snapshot, text, lang, "patient", before, TODAY, Dialogue(asked=fact, options=values))
    assert turn.facts.stated[fact] == UNKNOWN
    assert turn.dialogue.asked != fact


YES_AND_NO = [
    ("registration", "はい", "registered"),
    ("registration", "ええ、しました", "registered"),
    ("registration", "いいえ", "not_registered"),
    ("registration", "まだです", "not_registered"),
    ("registration", "yes", "registered"),
    ("registration", "Nope", "not_registered"),
    ("certificate", "うん", "valid"),
    ("certificate", "いえ", "expired"),
    ("smartphone_reader", "ありません", "no"),
    ("smartphone_reader", "あるって", "yes"),
    ("smartphone_reader", "No", "no"),
    ("phone_login", "できへん", "fails"),
    ("known_patient", "はじめて", "no"),
    ("known_patient", "何度か行ってます", "before"),
    ("scheme", "社保です", "employee"),
    ("scheme", "こくほ", "kokuho"),
    ("check_result", "無効でした", "inactive"),
    ("check_result", "有効", "active"),
    ("insurance_change", "変わってません", "none"),
    ("urgent", "いいえ", "no"),
    ("holder", "妻のです", "other"),
]


@pytest.mark.parametrize(("fact", "text", "value"), YES_AND_NO)
def test_yes_no_and_short_words(snapshot: Snapshot, fact: str, text: str, value: str):
    """In the words people use, in both languages."""
    assert said(snapshot, fact, text, "en" if text.isascii() else "ja")[fact] == value


DATES = [
    ("certificate", "令和八年七月三十一日", "certificate_until", "2026-07-31"),
    ("certificate", "2027-07-31", "certificate_until", "2027-07-31"),
    ("certificate", "９．７．３１", "certificate_until", "2027-07-31"),
    ("certificate", "R9.7.31です", "certificate_until", "2027-07-31"),
    ("certificate", "it says July 31 2027", "certificate_until", "2027-07-31"),
    ("certificate", "れいわ９ねん ７がつ ３１にち", "certificate_until", "2027-07-31"),
    ("old_card", "令和7年12月1日", "old_card_until", "2025-12-01"),
    ("e_certificate", "先月の15日", "e_certificate_until", "2026-10-15"),
]


@pytest.mark.parametrize(("fact", "text", "until", "day"), DATES)
def test_a_bare_date_is_the_one_on_the_paper(snapshot: Snapshot, fact: str, text: str, until: str, day: str):
    """Western, era, kanji, kana and wide digits."""
    shown = {"presented": {"certificate": "certificate", "old_card": "old_card"}.get(fact, "mynumber_card")}
    assert said(snapshot, fact, text, "en" if text.isascii() else "ja", **shown)[until] == day


@pytest.mark.parametrize("text", ["一番上の", "一番目です", "ひとつめ", "the first one", "①", "1"])
def test_a_place_counts_the_options_as_shown(snapshot: Snapshot, text: str):
    """The order is that of the dialogue, not of the vocabulary."""
    shown = ("expired", "valid")
    before = parse({"presented": "certificate"}, TODAY)
    turn = take_turn(snapshot, text, "ja", "patient", before, TODAY, Dialogue(asked="certificate", options=shown))
    assert turn.facts.stated["certificate"] == "expired"


@pytest.mark.parametrize("text", ["99", "0", "14番", "2027"])
def test_a_number_that_is_no_place_is_no_answer(snapshot: Snapshot, text: str):
    """Nothing is stored for it."""
    assert "registration" not in said(snapshot, "registration", text)


def test_without_a_dialogue_the_open_question_follows_from_the_facts(snapshot: Snapshot):
    """An API client that sends facts only is heard too."""
    turn = take_turn(snapshot, "はい", "ja", "patient", parse({"presented": "certificate"}, TODAY), TODAY)
    assert turn.facts.stated == {"certificate": "valid"}
    assert take_turn(snapshot, "はい", "ja", "patient", Facts(TODAY), TODAY).facts == Facts(TODAY)


#: Said while a question is open, and no answer to any.
NO_ANSWER = {
    "ja": (
        "役所の人から電話で5000円振り込めと言われました",
        "先生に叱られました",
        "孫が遊びに来ました",
        "ちょっと聞きたいことがあります",
        "膝が痛くて困っています",
        "昨日は雨でした",
        "バスが遅れました",
        "天気がいいですね",
    ),
    "en": ("my neighbour told me about it", "somebody called and wanted money", "it is raining here", "my knee hurts"),
}


@pytest.mark.parametrize("fact", CHOICES)
def test_what_is_no_answer_leaves_the_question_open(snapshot, fact):
    """A short sentence about something else states nothing of the fact that was asked."""
    asked = Dialogue(asked=fact, options=CHOICES[fact].values)
    facts = Facts(TODAY, frozenset({"mynumber_card"}))
    taken = [
        (text, turn.facts.stated[fact])
        for lang, texts in NO_ANSWER.items()
        for text in texts
        for turn in [take_turn(snapshot, text, lang, "patient", facts, TODAY, asked)]
        if fact in turn.facts.stated
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("fact", "text", "lang", "value"),
    [
        ("registration", "してあるよ。あ、資格確認書もカバンにあった", "ja", "registered"),
        ("registration", "No idea, but my certificate is here", "en", UNKNOWN),
        ("smartphone_reader", "置いてないって。もうカードを出します", "ja", "no"),
        ("facility", "動いてます。あと資格確認書も出てきました", "ja", "online"),
        ("registration", "登録ってどこでするの？わからない", "ja", UNKNOWN),
    ],
)
def test_one_clause_of_a_longer_sentence_answers(snapshot: Snapshot, fact: str, text: str, lang: str, value: str):
    known = {"presented": "smartphone", "registration": "registered"} if fact == "smartphone_reader" else {}
    assert said(snapshot, fact, text, lang, **known).get(fact) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("まだ切れとらんよ", "valid"), ("切れてはいない", "valid"), ("とっくに切れてた", "expired")],
)
def test_dialect_says_whether_a_paper_has_run_out(snapshot: Snapshot, text: str, value: str):
    assert said(snapshot, "certificate", text, presented="certificate").get("certificate") == value
