"""What was learnt, used: probabilities, proposals, what is believed, and the file it is kept in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.vocabulary import INTENTS
from assistant.language.models.reading_model import (
    Candidate,
    Features,
    LearntSenses,
    LinearWeights,
    ReadingModel,
    Surroundings,
)
from assistant.language.models.word_vectors import Vector

CERTIFICATE, KOUKI, KOKUHO = ("presented", "certificate"), ("scheme", "kouki"), ("scheme", "kokuho")

_FEATURES = 32
KNOWN, SCALE = np.array([[100, 0], [0, 100]], np.int8), np.full(2, 0.01, np.float32)


def weights(
    classes: int, at: dict[tuple[int, int], int], near: dict[tuple[int, int], int] | None = None
) -> LinearWeights:
    hashed = np.zeros((_FEATURES, classes), np.int8)
    for place, weight in at.items():
        hashed[place] = weight
    known = np.zeros((len(KNOWN), classes), np.float32)
    for place, weight in (near or {}).items():
        known[place] = weight
    ones, meaning = np.ones(classes, np.float32), np.zeros((2, classes), np.float32)
    return LinearWeights(hashed, ones / 10, meaning, ones, known, ones / 10, np.zeros(classes, np.float32))


def features(*places: int, codes: tuple[int, ...] = (), sense: tuple[int, int] = (0, 0)) -> Features:
    both = np.array([*places, *codes], np.int64)
    meaning, whole = np.zeros(2, np.float32), np.array(sense, np.float32)
    return Features(both, np.ones(len(both), np.float32), len(places), meaning, whole)


def weighed(model: ReadingModel, one: Features) -> tuple[Features, Vector]:
    return one, model.near_to(one)


@pytest.fixture
def model() -> ReadingModel:
    refund = INTENTS.index("refund")
    facts = weights(2, {(7, 0): 50, (9, 1): 50}, near={(1, 1): 90})
    acceptor = {"bias": -1.0, "ruled": 2.0, "another": -4.0}
    shown = weights(1, {(5, 0): 50, (6, 0): -50})._replace(near=np.zeros((0, 1), np.float32))
    intents = weights(len(INTENTS), {(7, refund): 30}, near={(0, INTENTS.index("travel")): 30})
    return ReadingModel(LearntSenses(KNOWN, SCALE), intents, 2.0, (CERTIFICATE, KOUKI), facts, shown, acceptor)


def test_chances_add_up_and_follow_the_weights(model: ReadingModel) -> None:
    chances = model.chances(*weighed(model, features(7)))
    assert chances.sum() == pytest.approx(1)
    assert INTENTS[int(np.argmax(chances))] == "refund"
    assert chances[INTENTS.index("refund")] > 0.9


def test_a_sentence_asks_and_states_what_those_of_its_sense_do(model: ReadingModel) -> None:
    one, other = features(sense=(1, 0)), features(sense=(0, 1))
    assert INTENTS[int(np.argmax(model.chances(*weighed(model, one))))] == "travel"
    likely, unlikely = (model.chances(*weighed(model, it))[INTENTS.index("travel")] for it in (one, other))
    assert likely > unlikely
    assert model.proposals(*weighed(model, other))[KOUKI] > model.proposals(*weighed(model, one))[KOUKI]


def test_the_same_is_nearer_than_the_opposite() -> None:
    near = LearntSenses(KNOWN, SCALE).near(np.array([[1, 0], [-1, 0]], np.float32))
    assert near[0] == pytest.approx([1, np.exp(-2)])
    assert near[1] == pytest.approx([np.exp(-4), np.exp(-2)])


def test_facts_are_proposed_by_the_wording_and_not_by_what_rules_found(model: ReadingModel) -> None:
    assert model.proposals(*weighed(model, features(7)))[CERTIFICATE] > 0.9
    assert model.proposals(*weighed(model, features(3, codes=(7,))))[CERTIFICATE] == pytest.approx(0.5)


def around(item: str, place: int) -> Surroundings:
    return Surroundings(item, np.array([place]), np.ones(1, np.float32), np.zeros(2, np.float32))


def test_what_stands_around_a_name_tells_whether_the_thing_is_shown(model: ReadingModel) -> None:
    near = model.nearness([around("certificate", 6), around("notice", 6), around("certificate", 5)])
    assert near["certificate"] > 0.9
    assert near["notice"] < 0.1


def test_what_stands_around_a_name_is_weighed(model: ReadingModel) -> None:
    knows = replace(model, acceptor={**model.acceptor, "near": 2.0})
    likely, unlikely = (Candidate(CERTIFICATE, ruled=True, chance=0.5, near=near) for near in (0.9, 0.1))
    assert knows.believed(unlikely, [CERTIFICATE], "ja") < 0.5 < knows.believed(likely, [CERTIFICATE], "ja")


def test_a_rule_that_also_read_another_value_is_believed_less(model: ReadingModel) -> None:
    candidate = Candidate(KOUKI, ruled=True, chance=0.5)
    alone, beside = (model.believed(candidate, ruled, "ja") for ruled in ([KOUKI], [KOUKI, KOKUHO]))
    assert beside < 0.5 < alone


def test_items_stand_beside_each_other(model: ReadingModel) -> None:
    candidate = Candidate(CERTIFICATE, ruled=True, chance=0.5)
    alone, beside = (
        model.believed(candidate, ruled, "ja") for ruled in ([CERTIFICATE], [CERTIFICATE, ("presented", "notice")])
    )
    assert alone == beside


def test_what_is_written_is_what_is_read(model: ReadingModel, tmp_path: Path) -> None:
    model.save(tmp_path / "reader.npz")
    again = ReadingModel.load(tmp_path / "reader.npz")
    assert (again.labels, again.acceptor, again.temperature) == (model.labels, model.acceptor, model.temperature)
    assert np.array_equal(again.chances(*weighed(again, features(7))), model.chances(*weighed(model, features(7))))
    assert again.proposals(*weighed(again, features(9))) == model.proposals(*weighed(model, features(9)))


def test_a_model_of_other_intents_is_refused(
    model: ReadingModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.save(tmp_path / "reader.npz")
    monkeypatch.setattr("assistant.language.models.reading_model.INTENTS", ("weather", *INTENTS[1:]))
    with pytest.raises(ValueError, match="not those of the contract"):
        ReadingModel.load(tmp_path / "reader.npz")
