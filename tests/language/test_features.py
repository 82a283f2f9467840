"""A text as features, and the meaning of its words."""

from pathlib import Path

import numpy as np
import pytest

from assistant.language.classifiers.features import features_of
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.models.feature_set import BITS, EVERY_FEATURE, FeatureSet
from assistant.language.models.reading_model import Features
from assistant.language.models.sentence_sense import NO_SENSE
from assistant.language.models.word_vectors import NO_VECTORS, WordVectors
from assistant.language.utterance import Utterance

VECTORS = WordVectors(["保険", "保険証", "証", "card"], np.array([[9, 0], [0, 5], [3, 0], [4, 4]], np.int8))


def features(text: str, codes: tuple[str, ...] = ()) -> Features:
    return features_of(Utterance("ja", text, (), MatchText(text), ()), codes, NO_VECTORS, NO_SENSE, EVERY_FEATURE)


def test_numbers_are_one_feature_whatever_they_are() -> None:
    assert np.array_equal(features("7がつ31にち").places, features("8がつ12にち").places)


def test_a_long_text_weighs_what_a_short_one_does() -> None:
    short, long = (float(np.square(features(text).weights).sum()) for text in ("かーど", "かーどをわすれてきました"))
    assert short == pytest.approx(long)


def test_codes_come_after_the_wording() -> None:
    without, coded = features("かーど"), features("かーど", ("item:notice",))
    assert coded.wording == without.wording == len(without.places)
    assert np.array_equal(coded.places[: coded.wording], without.places)
    assert len(coded.places) == coded.wording + 1


def test_of_features_the_commonest_are_known_and_numbered() -> None:
    counts = np.zeros(1 << BITS, np.int64)
    counts[[3, 7, 11, 900]] = [5, 1, 9, 2]
    few = FeatureSet.commonest(counts, 3)
    assert few.size == 3
    places, weights = few.known(np.array([7, 11, 3, 5]), np.array([0.1, 0.2, 0.3, 0.4], np.float32))
    assert places.tolist() == [1, 0]
    assert weights == pytest.approx([0.2, 0.3])
    assert FeatureSet.commonest(counts, 100).size == 4  # what no text has is none


def test_what_is_no_set_of_features_does_not_load(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "features.npz", codes=np.array([1 << BITS], np.int32))
    with pytest.raises(ValueError, match="no codes of features"):
        FeatureSet.load(tmp_path / "features.npz")


def test_the_order_of_codes_does_not_matter() -> None:
    one, other = features("x", ("a", "b", "c")), features("x", ("c", "a", "b"))
    assert np.array_equal(one.places, other.places)


def test_of_japanese_the_longest_known_word_counts() -> None:
    assert VECTORS.mean("保険証") == pytest.approx([0, 1])
    assert VECTORS.mean("保険の証") == pytest.approx([1, 0])


def test_latin_words_count_whole() -> None:
    assert VECTORS.mean("my card") == pytest.approx([0.5**0.5, 0.5**0.5])
    assert VECTORS.mean("discard cards") == pytest.approx([0, 0])


@pytest.mark.parametrize("text", ["", "…", "xyzzy", "😀"])
def test_a_text_without_a_known_word_means_nothing(text: str) -> None:
    assert not VECTORS.mean(text).any()
    assert NO_VECTORS.mean(text).shape == (0,)


def test_a_word_is_nearest_to_its_translation(lexicon: Lexicon) -> None:
    pairs = {"病院": "hospital", "赤ちゃん": "baby", "退職": "retirement", "暗証番号": "password", "旅行": "travel"}
    for word, translation in pairs.items():
        near = {other: float(lexicon.vectors.mean(word) @ lexicon.vectors.mean(other)) for other in pairs.values()}
        assert max(near, key=lambda other: near[other]) == translation
