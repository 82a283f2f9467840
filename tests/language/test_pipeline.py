"""From free text to facts and intent."""

import random
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.vocabulary import CHOICES, FACT_IDS, INTENTS, ITEMS, PRINTED_DATES
from assistant.language.lexicon.loader import Lexicon
from assistant.language.pipeline import Understanding, by_rule, understand
from assistant.language.utterance import read

ASKED_ON = date(2026, 11, 23)


@pytest.fixture
def ask(lexicon: Lexicon) -> Any:
    return lambda text, lang="ja": understand(read(text, lang, lexicon), ASKED_ON, lexicon)


@pytest.fixture
def ruled(lexicon: Lexicon) -> Any:
    """What the rules read in a text with an intent, before anything learnt is weighed against it."""

    def facts(text: str, intent: str = "card_outcome") -> dict[str, object]:
        findings, shown = by_rule(read(text, "ja", lexicon), ASKED_ON, lexicon).settled(intent)
        rest = {fact: value for fact, value in findings.facts.items() if fact != "presented"}
        return {**rest, **({"presented": shown} if shown else {})}

    return facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("資格確認書を見せたら通りますか", {"presented": ("certificate",)}),
        ("スマホとカード両方持ってこられました", {"presented": ("mynumber_card", "smartphone")}),
        ("旧社保証のみ提示", {"presented": ("old_card",), "scheme": "employee"}),
        ("30日の眼科に資格確認書を持って行く", {"presented": ("certificate",), "visit_date": date(2026, 11, 30)}),
        ("予約が4月6日に変更になりました", {"visit_date": date(2027, 4, 6)}),
        ("保険証を忘れました", {"presented": ("none",)}),
        ("マイナカードとお知らせの紙を出します", {"presented": ("mynumber_card", "notice")}),
        ("ｼｶｸｶｸﾆﾝｼｮ を みせたら いけますか", {"presented": ("certificate",)}),
        ("資格確認書　R8.7.31まで　使える？", {"presented": ("certificate",), "certificate_until": date(2026, 7, 31)}),
        (
            "保険証に2026年7月31日までとあります。使えますか",
            {"presented": ("certificate",), "certificate_until": date(2026, 7, 31)},
        ),
        ("保険証のコピーで受診できますか", {"presented": ("copy",)}),
        ("整骨院でマイナンバーカードは使えますか", {"presented": ("mynumber_card",), "facility": "eligibility_only"}),
        (
            "80代の母が往診で資格確認書を見せます",
            {"presented": ("certificate",), "scheme": "kouki", "facility": "home_visit"},
        ),
        ("Can I use a photo of my eligibility certificate?", {"presented": ("copy",)}),
        ("I don't have my insurance card today, can I see the doctor?", {"presented": ("none",)}),
        (
            "Digital certificate on my card ran out 5 weeks ago. Can I still use it?",
            {"presented": ("mynumber_card",), "e_certificate": "grace"},
        ),
        (
            "Digital certificate on my card ran out 5 months ago. Can I still use it?",
            {"presented": ("mynumber_card",), "e_certificate": "lapsed"},
        ),
    ],
)
def test_the_facts_that_a_text_states(ruled: Any, text: str, facts: dict[str, object]) -> None:
    assert ruled(text) == facts


@pytest.mark.parametrize(
    ("text", "intent"),
    [("資格確認書が届きません", "cert_issue_renewal"), ("資格確認書をなくしました", "lost_damaged")],
)
def test_a_paper_that_is_gone_is_not_shown(ruled: Any, text: str, intent: str) -> None:
    assert ruled(text, intent) == {}


@pytest.mark.parametrize(
    ("text", "age_band", "scheme"),
    [
        ("79歳です。病院に行けますか", "75_84", "kouki"),
        ("86になります。保険証はどうなりますか", "85_plus", "kouki"),
        ("72歳、国保です", "70_74", "kokuho"),
        ("生後3週間です", "preschool", None),
        ("来月75歳になります。国保です", "70_74", "kokuho"),
        ("80代の父です", None, "kouki"),
        ("75歳以上は何が要りますか", None, "kouki"),
        ("84歳以下はもらえませんか", None, None),
        ("昭和20年生まれです", "75_84", "kouki"),
        ("I am 76 years old", "75_84", "kouki"),
        ("My mother (91) lives alone", "85_plus", "kouki"),
        ("I pay 30% at 76", "75_84", "kouki"),
        ("I was born in 1980", "under_70", None),
        ("My baby is 3 weeks old", "preschool", None),
        ("次は60代の男性です", "under_70", None),
        ("80代後半の母です", "85_plus", "kouki"),
        ("妻のほうは77で、国保でした", "75_84", "kouki"),
        ("Next one: 76, late-stage elderly", "75_84", "kouki"),
        ("Returning pt, 80F, certificate", "75_84", "kouki"),
        ("Her son, four, has the subsidy paper", "preschool", None),
        ("1歳のときに作ったカードです", None, None),
        ("有効期限は2027, 7, 31です", None, None),
    ],
)
def test_ages_give_band_and_scheme(ruled: Any, text: str, age_band: str | None, scheme: str | None) -> None:
    facts = ruled(text)
    assert (facts.get("age_band"), facts.get("scheme")) == (age_band, scheme)


def test_the_words_behind_each_fact_are_kept(ask: Any) -> None:
    understood = ask("国保です。資格確認書を見せたら使えますか")
    assert dict(understood.evidence) == {"presented": "資格確認書", "scheme": "国保"}


def test_a_paper_that_is_not_named_is_unclear(ask: Any) -> None:
    understood = ask("夏に来た紙を持って行けば診てもらえますか")
    assert understood.unclear_paper
    assert "presented" not in understood.facts


def test_a_named_paper_is_not_unclear(ask: Any) -> None:
    assert not ask("資格確認書の紙を持って行けば診てもらえますか").unclear_paper


@pytest.mark.parametrize("text", ["", " ", "…", "?????", "😀" * 50, "\x00\x01", "\u202e\u202e", "\ud800"])
def test_a_text_without_a_word_asks_nothing(ask: Any, text: str) -> None:
    understood = ask(text)
    assert dict(understood.facts) == {}
    assert (understood.intent, understood.intent_score) == ("other", 0.0)


@pytest.mark.parametrize("text", ["あ", "qwertz", "xyzzy plugh"])
def test_words_that_mean_nothing_state_nothing_about_cards(ask: Any, text: str) -> None:
    understood = ask(text)
    assert dict(understood.facts) == {}
    assert understood.intent in ("other", "out_of_scope")


def test_the_same_words_in_another_width_or_kana_give_the_same_facts(ask: Any) -> None:
    texts = ["スマホで受付できますか", "ｽﾏﾎで受付できますか", "すまほで受付できますか"]
    assert len({tuple(ask(text).facts.items()) for text in texts}) == 1


def in_vocabulary(understood: Understanding) -> bool:
    """Tell whether only closed codes and dates came out."""
    for fact, value in understood.facts.items():
        if fact == "presented":
            good = isinstance(value, tuple) and set(value) <= set(ITEMS) and len(value) > 0
        elif fact in PRINTED_DATES or fact == "visit_date":
            good = isinstance(value, date)
        else:
            good = value in CHOICES[fact].values
        if not good:
            return False
    return understood.intent in INTENTS and list(understood.facts) == [f for f in FACT_IDS if f in understood.facts]


WORDS = st.sampled_from(
    [
        "マイナ保険証",
        "資格確認書",
        "お知らせ",
        "保険証",
        "カード",
        "を",
        "が",
        "で",
        "は",
        "忘れ",
        "持って",
        "ない",
        "期限",
        "切れ",
        "7月31日",
        "R8.7.31",
        "75歳",
        "きのう",
        "無効",
        "と出た",
        "顔認証",
        "暗証番号",
        "病院",
        "スマホ",
        "コピー",
        "。",
        "?",
        "lost",
        "my",
        "card",
        "certificate",
        "expired",
        "5",
        "weeks",
        "ago",
        "tomorrow",
        "I",
        "am",
        "80",
        "no",
        "reader",
    ]
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=25))
def test_only_codes_of_the_contract_come_out(words: list[str], lexicon: Lexicon) -> None:
    for joined in ("".join(words), " ".join(words)):
        assert in_vocabulary(understand(read(joined, "ja", lexicon), ASKED_ON, lexicon))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_breaks_understanding(text: str, lexicon: Lexicon) -> None:
    assert in_vocabulary(understand(read(text, "en", lexicon), ASKED_ON, lexicon))


HOSTILE = {
    "one letter": "a" * 16_000,
    "digits": "1" * 16_000,
    "kanji digits": "十" * 16_000,
    "ligature": "ﷺ" * 16_000,
    "marks": "a" + "́" * 16_000,
    "spaces": " " * 8_000 + "カード",
    "items": "マイナ保険証を" * 2_000,
    "dates": "7月31日に" * 2_000,
    "brackets": "(" * 8_000 + ")" * 8_000,
    "gaps": "顔認証も暗証番号も" * 1_500,
    "words": "card reader not " * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_bounded_time(ask: Any, name: str) -> None:
    start = time.perf_counter()
    ask(HOSTILE[name])
    assert time.perf_counter() - start < 1.0


def test_only_the_beginning_of_a_long_text_is_read(ask: Any) -> None:
    filler = "".join(random.Random(1).choice("らりるれろ") for _ in range(1_600))
    assert "presented" not in ask(filler + "。資格確認書を見せたら使えますか").facts
