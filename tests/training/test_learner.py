"""Learning on a few sentences with an encoder of three numbers: what is left out teaches nothing, and all is packed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.evaluation.cross_validation import Report, cross_validated
from assistant.language.lexicon.loader import load_lexicon
from assistant.language.models.word_vectors import Vector
from assistant.training.corpus import Corpus, corpus_of
from assistant.training.learner import DIRECTIONS, Learner
from assistant.training.ridge import Ridge, fitted, likeness
from assistant.training.sentences import LEARNT, sentence_faults
from assistant.training.trainer import held_back, train

FEW = 12


class Letters:
    """An encoder that knows two hundred letters: each stands for a direction."""

    def encode(self, text: str) -> Vector:
        counts = np.bincount([ord(letter) % 199 for letter in text], minlength=200).astype(np.float32)
        counts[199] = 1
        return counts / np.float32(np.linalg.norm(counts))


@pytest.fixture
def small(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content with a few sentences of each voice, and no other encoder than `Letters`."""
    for path in (*(content / "questions").glob("*.jsonl"), *(content / "turns").glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines[:: len(lines) // FEW]) + "\n", encoding="utf-8")
    for module in ("training.trainer", "evaluation.cross_validation"):
        monkeypatch.setattr(f"assistant.{module}.the_encoder", Letters)
    return content


@pytest.fixture
def corpus(small: Path) -> Corpus:
    return corpus_of(small, Letters())


def test_leaving_out_is_as_good_as_learning_anew() -> None:
    chance = np.random.default_rng(1)
    features = csr_matrix(chance.normal(size=(30, 8)))
    kernel = likeness(features, features)
    answers = chance.normal(size=(30, 3)).astype(np.float32)
    out = np.arange(30) % 5 == 0
    quick = Ridge(kernel, answers, 2.0)
    anew = fitted(kernel[np.ix_(~out, ~out)], answers[~out], 2.0)
    assert quick.weights(~out) == pytest.approx(anew, abs=1e-3)
    assert quick.among(~out).weights(np.ones(24, bool)) == pytest.approx(anew, abs=1e-3)
    assert quick.predicted(out) == pytest.approx((kernel[np.ix_(out, ~out)] + 1) @ anew, abs=1e-3)
    assert quick.weights(np.ones(30, bool)) == pytest.approx(fitted(kernel.copy(), answers, 2.0), abs=1e-3)


def test_no_voice_has_a_part_in_how_its_own_sentences_are_estimated(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the encoder says of a voice is turned round: its sentences are estimated as before, those of others not."""
    ways = np.eye(200, DIRECTIONS, dtype=np.float32)
    monkeypatch.setattr("assistant.training.learner._directions", lambda encoded: ways)
    out, everything = corpus.voice("elders"), np.ones(len(corpus.sentences), bool)
    turned = corpus.encoded.copy()
    turned[out] = turned[out][:, ::-1]
    before, after = Learner(corpus), Learner(replace(corpus, encoded=turned))
    one, other = (learner.senses(everything, encoded=False) for learner in (before, after))
    assert one[out] == pytest.approx(other[out], abs=1e-3)
    assert one[~out] != pytest.approx(other[~out], abs=1e-3)
    alone, without = (learner.senses(~out, encoded=False) for learner in (before, after))
    assert alone == pytest.approx(without, abs=1e-3)


def test_of_a_voice_held_back_nothing_is_known(corpus: Corpus) -> None:
    held = held_back(corpus, Learner(corpus), "elders", encoded=False)
    out = corpus.voice("elders")
    assert held.found.keys() == set(np.flatnonzero(out))
    assert len(held.model.known.senses) == (~out).sum()


def test_what_was_learnt_reads_with_the_encoder_and_without(small: Path) -> None:
    lines = train(small)
    assert [line.split()[3] for line in lines] == ["sentences", "turns"]
    assert sentence_faults(small) == []
    assert all((small / "model" / name).stat().st_size < 2e6 for name in LEARNT)
    plain, encoding = load_lexicon(small / "lexicon"), load_lexicon(small / "lexicon", Letters())
    assert plain.model is not None
    assert encoding.model is not None
    assert plain.model.directions.shape == (0, 0)
    assert encoding.model.directions.shape[0] == 200


def test_both_ways_to_read_are_measured_in_one_run(small: Path) -> None:
    reports: dict[str, Report] = dict(cross_validated(small))
    assert list(reports) == ["without the encoder", "with the encoder"]
    assert len({report.sentences for report in reports.values()}) == 1
