"""Learning to read from sentences: writes what `assistant.language.models.reading_model`,
`assistant.language.models.sentence_sense` and `assistant.language.models.tracking_model` keep.

Needs scikit-learn and the encoder, which are development dependencies. What is written needs numpy alone;
``reader-encoder.npz`` is for where the encoder is installed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import INTENTS
from assistant.language.classifiers.fact_acceptance import candidates, read_by_rule
from assistant.language.models.feature_set import FeatureSet
from assistant.language.models.reading_model import (
    FEATURES,
    READER,
    READER_WITH_ENCODER,
    SENSES,
    Candidate,
    Pair,
    ReadingModel,
    evidence,
)
from assistant.language.models.sentence_encoder import the_encoder
from assistant.language.models.sentence_sense import unit
from assistant.language.models.statement_model import STATEMENTS
from assistant.language.models.word_vectors import Vector
from assistant.language.pipeline import LexiconMatch
from assistant.training.corpus import Corpus, corpus_of
from assistant.training.learner import Learner
from assistant.training.sentences import FOLDER, FOLDS, LEARNT, UNSEEN, Sentence, note_learnt
from assistant.training.statement_learner import StatementLearner, weighed_statements
from assistant.training.tracking import Tracker, tracked_items
from assistant.training.turns_read import turns_of, words_of

_ACCEPTANCE_FITS: Final = 0.3
_TEMPERATURES: Final = np.arange(1.0, 12.0, 0.1)


class HeldOutModel(NamedTuple):
    """A model that some sentences had no part in, and these as they are then found, by their place in the corpus."""

    model: ReadingModel
    found: Mapping[int, LexiconMatch]


class Calibration(NamedTuple):
    """What makes probabilities of the scores of a model: a factor for intents, a factor and a shift for facts."""

    temperature: float
    factor: float
    shift: float

    def of(self, model: ReadingModel) -> ReadingModel:
        """Return ``model`` with honest probabilities."""
        factor, facts = np.float32(self.factor), model.facts
        scales = {name: getattr(facts, name) * factor for name in ("hashed_scale", "meaning_scale", "near_scale")}
        told = facts._replace(**scales, bias=facts.bias * factor + np.float32(self.shift))
        return replace(model, temperature=self.temperature, facts=told)


def train(content: Path) -> list[str]:
    """Learn from all sentences below ``content``, write the files of ``model``; return lines that tell it.

    Raise ``Faulty`` when a sentence is none.
    """
    corpus = corpus_of(content, the_encoder())
    folds = [voices for voices in FOLDS if corpus.voice(*voices).any()]
    if not folds:
        what = f"none of the voices that are held back is there: {', '.join(UNSEEN)}"
        raise Faulty([Fault(FOLDER, 1, what, "add one")])
    learner, everything, folder = Learner(corpus), np.ones(len(corpus.sentences), bool), content / "model"
    learner.estimated(everything).save(folder / SENSES)
    corpus.features.save(folder / FEATURES)
    held = [held_back(corpus, learner, *voices, encoded=False) for voices in folds]
    honesty = honesty_of(corpus, held)
    accepts = acceptor(it for one in held for it in examples(corpus, one._replace(model=honesty.of(one.model))))
    for name, encoded in ((READER, False), (READER_WITH_ENCODER, True)):  # how far to believe is much the same
        replace(honesty.of(learner.model(everything, encoded=encoded)), acceptor=accepts).save(folder / name)
    turns = train_on_talks(content)
    sizes = (f"{name} {(folder / name).stat().st_size / 1e6:.2f} MB" for name in LEARNT)
    return [f"learnt from {len(corpus.sentences)} sentences of {len(corpus.voices)} voices: {', '.join(sizes)}", *turns]


def train_on_talks(content: Path) -> list[str]:
    """Learn from the turns below ``content`` what becomes of things, with the reading that was learnt before.

    Raise ``Faulty`` when a line is no turn.
    """
    words = words_of(content)
    turns = turns_of(content, words.lexicon)
    items, statements = list(tracked_items(turns)), list(weighed_statements(turns, words))
    features, folder = FeatureSet.load(content / "model" / FEATURES).size, content / "model"
    Tracker(items, features).models(np.ones(len(items), bool)).save(folder)
    StatementLearner(statements, features).model(np.ones(len(statements), bool)).save(folder / STATEMENTS)
    note_learnt(content)
    return [f"learnt from {len(turns)} turns of {len({it.turn.voice for it in turns})} voices"]


def held_back(corpus: Corpus, learner: Learner, *voices: str, encoded: bool) -> HeldOutModel:
    """Learn from all but ``voices``, and find these with what was learnt."""
    out = corpus.voice(*voices)
    estimated = learner.estimated(~out)

    def sense(it: LexiconMatch, encoding: Vector) -> Vector:
        features = it.features
        wording = slice(features.wording)
        if encoded:
            return unit(encoding @ learner.directions)
        return estimated.of(it.reading.written, features.places[wording], features.weights[wording], features.meaning)

    found = {
        int(place): replace(it, features=it.features._replace(sense=sense(it, corpus.encoded[place])))
        for place in np.flatnonzero(out)
        for it in [corpus.found[place]]
    }
    return HeldOutModel(learner.model(~out, encoded=encoded), found)


def honesty_of(corpus: Corpus, held: Sequence[HeldOutModel]) -> Calibration:
    """Return what makes the scores of sentences held back the most honest probabilities."""
    stated: list[bool] = []
    proposed: list[float] = []
    chances: list[Vector] = []
    right: list[int] = []
    for it in held:
        for place, found in it.found.items():
            near = it.model.near_to(found.features)
            chances.append(it.model.chances(found.features, near))
            right.append(corpus.intents[place])
            for pair, chance in it.model.proposals(found.features, near).items():
                proposed.append(float(np.log(chance / (1 - chance))))
                stated.append(pair in corpus.stated[place])
    scores = np.log(np.stack(chances))
    facts = LogisticRegression(C=1e6).fit(np.array(proposed)[:, None], stated)
    temperature = min(_TEMPERATURES, key=lambda factor: _surprise(scores * factor, np.array(right)))
    return Calibration(float(temperature), float(facts.coef_[0, 0]), float(facts.intercept_[0]))


def _surprise(scores: npt.NDArray[Any], right: npt.NDArray[np.int64]) -> float:
    raised = scores - scores.max(axis=1, keepdims=True)
    chances = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
    return -float(chances[np.arange(len(right)), right].mean())


def examples(corpus: Corpus, held: HeldOutModel) -> Iterator[tuple[dict[str, float], bool]]:
    """Yield what speaks for each thing that may be stated, and whether it is, where neither rule nor model was made."""
    for place, it in held.found.items():
        sentence = corpus.sentences[place]
        for candidate, beside, is_right in weighed(sentence, it, held.model):
            yield dict(evidence(candidate, beside, sentence.lang)), is_right


def acceptor(taught: Iterable[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Learn from `examples` how far rules and proposals are to be believed."""
    evidences, right = zip(*taught, strict=True)
    names = DictVectorizer()
    fitted = LogisticRegression(C=_ACCEPTANCE_FITS, fit_intercept=False, max_iter=1000)
    fitted.fit(names.fit_transform(evidences), right)
    return {name: float(weight) for name, weight in zip(names.feature_names_, fitted.coef_[0], strict=True)}


def weighed(
    sentence: Sentence, found: LexiconMatch, model: ReadingModel
) -> Iterator[tuple[Candidate, frozenset[Pair], bool]]:
    """Yield what may be stated, with what was read by rule beside it, and whether it is right."""
    nearest = model.near_to(found.features)
    intent = INTENTS[int(np.argmax(model.expected(found.features, nearest)))]
    if intent == "out_of_scope":
        return
    findings, shown = found.settled(intent)
    ruled = read_by_rule(findings.facts, shown)
    near = model.nearness(found.around)
    proposals = model.proposals(found.features, nearest)
    for it in candidates(ruled, found.parts, proposals, near, found.reading, findings.plainly):
        yield it, frozenset(ruled), (it.pair[0], str(ruled.get(it.pair, it.pair[1]))) in sentence.facts
