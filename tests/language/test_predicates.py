"""What is affirmed or denied, in sentences that no pattern of the lexicon holds as a whole."""

from datetime import date

import pytest

from assistant.language.lexicon.loader import Lexicon
from assistant.language.pipeline import understand
from assistant.language.slots.predicates import stated_predicates
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import read

ASKED_ON = date(2026, 11, 29)


def stated(lexicon: Lexicon, text: str) -> dict[str, str]:
    """Return the facts that ``text`` affirms or denies."""
    findings = Slots()
    stated_predicates(read(text, "en" if text.isascii() else "ja", lexicon), lexicon, findings)
    assert findings.plainly == set(findings.facts)
    return {fact: str(value) for fact, value in findings.facts.items()}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("保険証の登録はだいぶ前にしました", "registered"),
        ("うちの人がセブンで登録してくれとる", "registered"),
        ("he registered on the screen just now", "registered"),
        ("my card's linked alright", "registered"),
        ("保険証としての登録はまだなんです", "not_registered"),
        ("登録なんてしとらん", "not_registered"),
        ("it was never linked to the insurance", "not_registered"),
        ("登録したかどうか、とんと覚えがない", "unknown"),
        ("no idea if it's registered", "unknown"),
        ("登録って何分かかりますか", None),
        ("how do I register it", None),
        ("登録しますかと出ました", None),
        ("登録を解除したい", None),
        ("ところで住民登録はしました", None),
    ],
)
def test_a_registration(lexicon: Lexicon, text: str, value: str | None) -> None:
    assert stated(lexicon, text).get("registration") == value


def test_what_is_not_known_of_another_thing_is_not_the_registration(lexicon: Lexicon) -> None:
    assert stated(lexicon, "登録済みですが、暗証番号は覚えていません") == {"registration": "registered"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("うちにはスマホ用の読み取り機があります", {"smartphone_reader": "yes"}),
        ("スマホ用の読み取り機はまだ入れてなくて", {"smartphone_reader": "no"}),
        ("they say no phone reader here", {"smartphone_reader": "no"}),
        ("スマホ用リーダーはあるのに読み込まない", {}),
        ("マイナポータルのログインはいけるわ", {"phone_login": "ok"}),
        ("mynaportal won't load, zero signal", {"phone_login": "fails"}),
        ("マイナポータルの画面を印刷してきた", {}),
    ],
)
def test_a_machine_and_a_log_in(lexicon: Lexicon, text: str, facts: dict[str, str]) -> None:
    assert stated(lexicon, text) == facts


def test_it_is_acted_upon(lexicon: Lexicon) -> None:
    """What is said in so many words goes before what the sound of the sentence makes likely."""
    read_ = understand(
        read("いま孫がスマホでやってくれて、登録できたって", "ja", lexicon), ASKED_ON, lexicon, on_subject=True
    )
    assert read_.facts["registration"] == "registered"
