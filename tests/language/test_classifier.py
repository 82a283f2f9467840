"""Naive Bayes: counting is all it does, so a few sentences show everything."""

from assistant.domain.vocabulary import INTENTS
from assistant.language.classifier import NaiveBayes

SENTENCES = [
    ("refund", ("払う", "戻る")),
    ("refund", ("払う", "返金")),
    ("contact", ("電話", "番号")),
    ("contact", ("電話",)),
]


def best(keys: list[str]) -> str:
    scores = NaiveBayes(SENTENCES).scores(keys)
    return max(scores, key=lambda intent: scores[intent])


def test_a_word_speaks_for_the_intent_it_was_used_with() -> None:
    assert best(["払う"]) == "refund"
    assert best(["電話", "払う", "番号"]) == "contact"


def test_unknown_words_say_nothing() -> None:
    assert NaiveBayes(SENTENCES).scores(["天気"]) == dict.fromkeys(INTENTS, 0.0)
    assert NaiveBayes(()).scores(["払う"]) == dict.fromkeys(INTENTS, 0.0)


def test_a_repeated_word_counts_once() -> None:
    assert NaiveBayes(SENTENCES).scores(["払う", "払う"]) == NaiveBayes(SENTENCES).scores(["払う"])


def test_words_speak_against_an_intent_only_so_far() -> None:
    many = [("refund", ("払う",))] * 5000 + [("contact", ("電話",))] * 5000
    assert min(NaiveBayes(many).scores(["払う"]).values()) >= -3.0
