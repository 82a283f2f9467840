"""The role of a thing named decides whether it is shown: item by wording by suffix, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from assistant.answers.kinds import OutcomeAnswer
from assistant.conversation.reply import Turn
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.domain.people import SELF
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY

#: The words for each thing; the first goes with suffixes, the others stand alone.
WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "ja": {
        "mynumber_card": ("マイナンバーカード", "マイナ保険証"),
        "certificate": ("資格確認書",),
        "notice": ("資格情報のお知らせ",),
        "old_card": ("古い保険証", "期限切れの保険証"),
    },
    "en": {
        "mynumber_card": ("My Number card",),
        "certificate": ("eligibility certificate", "certificate"),
        "notice": ("eligibility notice", "notice"),
        "old_card": ("old insurance card", "expired insurance card"),
    },
}
SUFFIXES: Final = {
    "ja": ("（後期）", "(紙)", "（本人）", "類", "等", "の方", "とか"),
    "en": (" (paper)", " (the one from the city)"),
}
#: «資格確認書類» is a word of its own: any paper that proves an insurance.
NO_SUCH_WORD: Final = frozenset({"資格確認書類"})

HELD: Final = {
    "ja": (
        "{}しか持ってない",
        "{}しかありません",
        "{}だけ持っています",
        "{}のみ持参",
        "{}を持参しました",
        "{}を持ってきました。使えますか",
        "{}を見せます",
        "{}なら手元にあります",
        "これから{}を持って病院に行きます",
        "今日は{}を出すつもりです",
        "財布に{}が入っています",
        "手元にあるのは{}です",
        "{}１枚です",
        "{}だけで受診できますか",
    ),
    "en": (
        "I only have my {}",
        "only the {}",
        "I brought my {}",
        "I have my {} with me",
        "I will show my {} at the desk",
        "All I've got is the {}",
        "Can I use my {} at the clinic today?",
        "{} only",
        "just my {}",
        "here is my {}",
        "my {} is in my wallet",
    ),
}
#: Forgotten, not carried, lost: nothing to show may follow from it.
GONE: Final = {
    "ja": (
        "{}を忘れました",
        "{}、忘れ",
        "{}忘れです",
        "{}を持っていません",
        "{}は持っていない",
        "{}未持参",
        "{}は未持参です",
        "{}持参なし",
        "{}の持参なし",
        "{}がありません",
        "{}を家に置いてきました",
        "{}をなくしました",
        "{}を紛失した",
        "{}が見つからない",
        "{}は家にあります",
        "{}を持ってくるのを忘れた",
        "{}は持ってきていません",
        "{}は持参していません",
        "{}を所持していません",
        "{}忘れの患者です",
        "{}の提示なし",
        "{}は未提示",
        "手元に{}がない",
        "{}は実家に置いたままです",
        "{}を落としました",
        "{}を盗まれました",
        "{}を捨ててしまった",
    ),
    "en": (
        "I don't have my {}",
        "I forgot my {}",
        "lost my {}",
        "I left my {} at home",
        "I didn't bring my {}",
        "no {} with me",
        "without my {}",
        "My {} is at home",
        "I can't find my {}",
        "my {} was stolen",
        "I haven't got my {} on me",
        "my {} is lost",
        "I do not carry my {}",
        "I came without my {}",
        "my {} got lost in the post",
        "I threw away my {}",
        "my {} is in the car",
        "I don't have any {}",
    ),
}
#: Asked about, compared, quoted, awaited, not wanted: neither the thing nor «nothing» is shown.
SPOKEN_OF: Final = {
    "ja": (
        "{}がまだ届いていません",
        "{}がまだ届かない",
        "{}はまだ来ていません",
        "{}は申請中です",
        "{}って何ですか",
        "{}はどこでもらえますか",
        "{}はいつ届きますか",
        "{}の見本はどこで見られますか",
        "「{}を見せてください」と言われました",
        "受付で{}を持っているかと聞かれました",
        "{}を出してくださいと書いてありました",
        "{}の再発行はどうすればいいですか",
        "{}は作りたくない",
        "{}は持ち歩きたくない",
        "{}はもういりませんか",
        "テレビで{}の話をしていました",
        "{}を会社に出しました",
        "{}が廃止になると聞きました",
        "{}は何年使えますか",
        "{}をもらうにはどうすればいいですか",
        "{}を見せろと言われて困っています",
        "「{}はお持ちですか」と聞かれました",
        "貼り紙に「{}を提示してください」とある",
        "{}はまだ手元に来ない",
        "{}を待っているところです",
    ),
    "en": (
        "the {} hasn't arrived",
        "my {} has not come yet",
        "I am waiting for my {}",
        "What is the {}?",
        "where do I get the {}?",
        "when will my {} arrive?",
        "they asked me whether I have the {}",
        'the sign says "please show your {}"',
        "how do I get a new {}?",
        "I don't want to use my {}",
        "the receptionist told me to bring my {}",
        "do people need a {}?",
        "I have applied for a {}",
        "my {} will arrive next week",
        "is the {} being abolished?",
    ),
}
#: Set against another thing, which may be the one that is shown.
COMPARED: Final = {
    "ja": (
        "{}と診察券はどう違いますか",
        "{}と限度額認定証の違いは何ですか",
        "{}は診察券と比べて何が得ですか",
        "診察券は{}と比べて不利ですか",
        "{}より診察券の方がいいですか",
    ),
    "en": (
        "what is the difference between the {} and a patient card?",
        "is the patient card enough compared with the {}?",
        "is a {} better than a patient card?",
        "can I show my patient card rather than the {}?",
    ),
}
#: A likeness is a copy, whatever it is of.
LIKENESS: Final = {
    "ja": (
        "{}のコピーしかありません",
        "{}のコピーを持っています",
        "{}の写真だけあります",
        "{}をスマホで撮った写真です",
        "{}の写しを持参",
    ),
    "en": (
        "a photo of my {}",
        "I only have a copy of my {}",
        "I have a picture of my {} on my phone",
        "just a scan of the {}",
    ),
}
#: What another person has is not shown by the speaker.
OTHERS: Final = {
    "ja": (
        "妻の{}しかありません",
        "夫の{}を持ってきました",
        "友達は{}を見せたと言っていました",
        "隣の人は{}で受診したらしい",
    ),
    "en": (
        "my wife's {}",
        "I only have my wife's {}",
        "my friend said she showed her {}",
        "a neighbour used her {} last week, I heard",
    ),
}
#: Two things: the first is not here, the second is.
BESIDE: Final = {
    "ja": (
        "{}は忘れて、診察券だけあります",
        "{}は未持参、診察券のみ",
        "{}がないので診察券を出します",
        "{}の代わりに診察券を持ってきました",
    ),
    "en": (
        "I forgot my {} but I have my patient card",
        "no {}, only my patient card",
        "I brought my patient card instead of my {}",
    ),
}
ROLES: Final = {
    "held": HELD,
    "gone": GONE,
    "spoken_of": SPOKEN_OF,
    "compared": COMPARED,
    "likeness": LIKENESS,
    "others": OTHERS,
    "beside": BESIDE,
}


def wordings() -> list[tuple[str, str, str]]:
    """Return each role with its language and wording, as parameters of a test."""
    return [(role, lang, it) for role, by_lang in ROLES.items() for lang, its in by_lang.items() for it in its]


def cells(lang: str, wording: str) -> Iterator[tuple[str, str]]:
    """Yield each thing with the sentences that name it: bare, the certificate with every suffix, the others in turn."""
    for place, (item, (first, *others)) in enumerate(WORDS[lang].items()):
        some = SUFFIXES[lang][(place + len(wording)) % 4 :: 4]
        suffixes = SUFFIXES[lang] if item == "certificate" else some
        names = (first, *others, *(first + suffix for suffix in suffixes))
        yield from ((item, wording.format(name)) for name in names if name not in NO_SUCH_WORD)


def turn_of(snapshot: Snapshot, text: str, lang: str) -> Turn:
    """Return the first turn of a conversation."""
    return take_turn(snapshot, text, lang, "patient", Facts(TODAY), TODAY)


def fits(role: str, item: str, turn: Turn) -> bool:
    """Tell whether the things shown after a sentence agree with the role that it gives to ``item``."""
    presented = turn.facts.presented
    if role == "held":
        return presented == {item}
    if role == "beside":
        return presented == {"consultation_card"}
    if role == "compared":
        return not presented & {item, "none"}
    if role == "others":
        theirs = turn.dialogue.who != SELF or turn.facts.stated.get("holder") == "other"
        return "none" not in presented and (theirs or item not in presented)
    allowed = {"gone": {"none"}, "likeness": {"copy"}, "spoken_of": set[str]()}[role]
    return presented <= allowed


def pays_in_full(turn: Turn) -> bool:
    """Tell whether the reply is a verdict of ten tenths."""
    return isinstance(turn.answer, OutcomeAnswer) and turn.answer.outcome.standing == "full_payment"


@pytest.mark.parametrize(("role", "lang", "wording"), wordings())
def test_only_what_is_held_is_presented(snapshot: Snapshot, role: str, lang: str, wording: str):
    """Whatever the thing is, and whatever stands behind its name."""
    missed = []
    for item, text in cells(lang, wording):
        turn = turn_of(snapshot, text, lang)
        if not fits(role, item, turn) or (pays_in_full(turn) and not turn.facts.presented):
            missed.append((text, sorted(turn.facts.presented)))
    assert missed == []


NOT_HAD = (
    "マイナ保険証を持っていません",
    "マイナ保険証は持ってない",
    "マイナ保険証がありません",
    "マイナ保険証なしです",
    "マイナ保険証（本人）がない",
)


@pytest.mark.parametrize("text", NOT_HAD)
def test_a_registered_card_that_nobody_has_is_not_registered(snapshot: Snapshot, text: str):
    """The word for it says so only of a card that there is."""
    turn = turn_of(snapshot, text, "ja")
    assert turn.facts.stated.get("registration") != "registered"
    assert "mynumber_card" not in turn.facts.presented


ONLY = [
    ("カードのみ", {"mynumber_card"}),
    ("資格確認書（後期）しか持ってない", {"certificate"}),
    ("資格確認書(紙)しか持ってない", {"certificate"}),
    ("スマホの方しか持ってない", {"smartphone"}),
    ("スマホのマイナ保険証しかありません", {"smartphone"}),
    ("スマホに入れたマイナンバーカードだけ持っています", {"smartphone"}),
    ("only the notice", {"notice"}),
    ("I only have the My Number card on my phone", {"smartphone"}),
    ("a photo of my card", {"copy"}),
    ("I don't have my card", set[str]()),
    ("lost my certificate", set[str]()),
    ("the certificate hasn't arrived", set[str]()),
    ("is the notice enough compared with the certificate?", {"notice"}),
]


@pytest.mark.parametrize(("text", "presented"), ONLY)
def test_plain_sentences_of_one_thing(snapshot: Snapshot, text: str, presented: set[str]):
    """Exactly that thing is shown; nothing may be said to be shown where the one thing is not here."""
    shown = turn_of(snapshot, text, "en" if text.isascii() else "ja").facts.presented
    assert shown == presented or (not presented and shown == {"none"})
