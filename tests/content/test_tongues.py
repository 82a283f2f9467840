"""Further languages: every sentence in each, with the numbers of the Japanese one."""

from __future__ import annotations

import pytest

from assistant.content.entries import LANGS
from assistant.content.further_languages import KEYS, TONGUES, load_tongues
from assistant.web.words.labels import PAYING


def test_every_sentence_stands_in_every_language(snapshot):
    """For every code that an outcome can have, and nothing besides."""
    assert snapshot.tongues.names.keys() == {*TONGUES}
    assert snapshot.tongues.phrases.keys() == {*KEYS}
    assert {f"pay.{code}" for code in PAYING} <= {*KEYS}
    for key, phrase in snapshot.tongues.phrases.items():
        assert phrase.keys() == {*LANGS, *TONGUES}
        assert len(set(phrase.values())) > 2, key
        assert all(text.count("[[") == text.count("]]") for text in phrase.values()), key


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('vi = "Bạn trả 100% (toàn', 'vi = "Bạn trả 10% (toàn', "pay.full: vi has other numbers"),
        ('ne = "2 वर्षभित्र', 'ne = "३ वर्षभित्र', "refund: ne has other numbers"),
        ('pt = "{day}/{month}/{year}"', 'pt = "{day}/{month}"', "day: pt has other numbers"),
        ('ko = "건강보험을 사용할 수 없습니다."\n', "", "standing.not_insured: there is no ko"),
        ('id = "Bahasa Indonesia"\n', "", "name: there is no id"),
        ("[procedure.query]", "[procedure.ask]", "'procedure.query' is missing"),
        ("[procedure.query]", "[procedure.ask]", "nothing asks for 'procedure.ask'"),
        ('zh-Hans = "就诊日期"', 'zh-CN = "就诊日期"', "visit: 'zh-CN' is no language of ours"),
    ],
)  # fmt: skip
def test_what_is_missing_or_says_other_numbers_is_a_fault(content, before, after, told):
    """With its line; a digit of another script is the same number."""
    path = content / "tongues.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    faults = []
    load_tongues(content, faults)
    assert told in " ".join(map(str, faults))


def test_digits_of_another_script_are_the_same_numbers(content):
    """२ is 2."""
    path = content / "tongues.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('ne = "2 वर्षभित्र', 'ne = "२ वर्षभित्र'), encoding="utf-8")
    faults = []
    load_tongues(content, faults)
    assert faults == []
