"""What was learnt from sentences: weights for intents, proposals for facts, and how far either is to be believed.

`assistant.training.trainer` writes the file; using it takes numpy and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from assistant.domain.vocabulary import INTENTS, PRINTED_DATES
from assistant.language.models.feature_set import Places
from assistant.language.models.word_vectors import Vector

Pair = tuple[str, str]
"""A fact and one of its values; of a date only the fact counts, its value is ``DAY``."""

AROUND_BITS: Final = 18
"""What stands around a thing is numbered by a hash of so many bits; it weighs for one class, so all of it is kept."""

READER: Final = "reader.npz"
READER_WITH_ENCODER: Final = "reader-encoder.npz"
SENSES: Final = "senses.npz"
FEATURES: Final = "features.npz"
"""The files of ``content/model`` that are learnt from the sentences."""

DAY: Final = "day"
LIKELY: Final = 0.08
"""A proposal below this is not even weighed."""

_OUTSIDE: Final = INTENTS.index("out_of_scope")
_RARER_OUTSIDE: Final = np.float32(0.35)
"""Of the sentences learnt from one in six has another subject, so that many of those are known; of what people ask here
hardly one in twenty has. Chosen on voices held back: with 1.0 twice as many questions on the subject are refused."""

_FADES: Final = np.float32(2.0)
_NOTHING_NEAR: Final = np.zeros(0, np.float32)
_LEAST: Final = 0.002
_LEAST_NEAR: Final = 0.01
_SHORT: Final = 25
_LONG: Final = 70


def undated(pair: Pair) -> Pair:
    """Return ``pair``, of a date only that it is stated: its value is read by rule, never learnt."""
    fact, value = pair
    return (fact, DAY) if fact == "visit_date" or fact in PRINTED_DATES else (fact, value)


class Features(NamedTuple):
    """Places of features with their weights: first those of the wording, from ``wording`` on the codes.

    ``meaning`` is that of the words, one by one; ``sense`` that of the whole
    (`assistant.language.models.sentence_sense`).
    """

    places: Places
    weights: Vector
    wording: int
    meaning: Vector
    sense: Vector


class Surroundings(NamedTuple):
    """What stands around the name of an ``item``: places of features with their weights, and the ``meaning``."""

    item: str
    places: Places
    weights: Vector
    meaning: Vector


_AS_FLOATS: Final = ("meaning", "near")


class LinearWeights(NamedTuple):
    """Weights of hashed features, of the meaning and of known sentences that are near, for some classes.

    All are whole numbers with one scale a class. Those that every text is multiplied with are floats here, as they are
    multiplied; in a file all have eight bits.
    """

    hashed: npt.NDArray[np.int8]
    hashed_scale: Vector
    meaning: Vector
    meaning_scale: Vector
    near: Vector
    near_scale: Vector
    bias: Vector

    def scores(self, places: Places, weights: Vector, meaning: Vector, near: Vector) -> Vector:
        """Return the score of each class."""
        hashed = weights @ self.hashed[places].astype(np.float32)
        total: Vector = hashed * self.hashed_scale + (meaning @ self.meaning) * self.meaning_scale + self.bias
        return total + (near @ self.near) * self.near_scale if len(near) else total

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays as they are kept in a file, each named after ``name``."""
        whole = self._replace(**{part: getattr(self, part).astype(np.int8) for part in _AS_FLOATS})
        return {f"{name}_{part}": array for part, array in whole._asdict().items()}

    @classmethod
    def of(cls, file: Mapping[str, npt.NDArray[Any]], name: str) -> Self:
        """Read what `arrays` gave; raise ``KeyError`` when it is not there."""
        kept = cls(*(file[f"{name}_{part}"] for part in cls._fields))
        return kept._replace(**{part: getattr(kept, part).astype(np.float32) for part in _AS_FLOATS})


class LearntSenses:
    """The senses of the sentences that were learnt from, in whole numbers with one scale a direction."""

    def __init__(self, senses: npt.NDArray[np.int8], scale: Vector) -> None:
        self.senses, self.scale = senses, scale
        self._rows = senses.astype(np.float32)

    def near(self, sense: Vector) -> Vector:
        """Return how near each is to ``sense``, or to each of several: 1 for the same, next to nothing for opposite."""
        near: Vector = np.exp(((sense * self.scale) @ self._rows.T - 1) * _FADES)
        return near


class Candidate(NamedTuple):
    """A fact and value that was read by rule, or proposed with ``chance`` (0 to 1), or both.

    ``part`` is the part that an item plays in the words (`assistant.language.slots.item_roles`), or says that they
    affirm or deny
    a fact (`assistant.language.slots.predicates`); empty otherwise.
    ``near`` is how likely what stands around its name makes it that it is shown (0 to 1).
    ``length`` is that of the text in characters: in a long one a fact is a small part of the wording.
    """

    pair: Pair
    ruled: bool
    chance: float
    part: str = ""
    near: float | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """Everything that was learnt with one kind of sense; ``directions`` make it of what an encoder gives, if any."""

    known: LearntSenses
    intents: LinearWeights
    temperature: float
    labels: tuple[Pair, ...]
    facts: LinearWeights
    shown: LinearWeights
    acceptor: Mapping[str, float]
    directions: Vector = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raise ``OSError``, ``KeyError`` or ``ValueError`` when it is not such a file."""
        with np.load(path) as file:
            if tuple(_lines(file["intents"])) != INTENTS:
                raise ValueError("the intents are not those of the contract")
            labels = tuple((fact, value) for fact, _, value in (it.partition("=") for it in _lines(file["labels"])))
            acceptor = dict(zip(_lines(file["accepts"]), map(float, file["acceptance"]), strict=True))
            known = LearntSenses(file["known"], file["known_scale"])
            intents, facts, shown = (LinearWeights.of(file, name) for name in ("intent", "fact", "shown"))
            return cls(known, intents, float(file["temperature"]), labels, facts, shown, acceptor, file["directions"])

    def save(self, path: Path) -> None:
        """Write the model, compressed."""
        arrays = self.intents.arrays("intent") | self.facts.arrays("fact") | self.shown.arrays("shown")
        texts = {
            "intents": INTENTS,
            "labels": ["=".join(pair) for pair in self.labels],
            "accepts": list(self.acceptor),
        }
        encoded = {name: np.frombuffer("\n".join(lines).encode(), np.uint8) for name, lines in texts.items()}
        numbers = {
            "temperature": np.array(self.temperature),
            "acceptance": np.array([*self.acceptor.values()], np.float32),
            "known": self.known.senses,
            "known_scale": self.known.scale,
            "directions": self.directions,
        }
        everything: dict[str, Any] = {**arrays, **encoded, **numbers}
        np.savez_compressed(path, **everything)

    def chances(self, features: Features, near: Vector) -> Vector:
        """Return the probability of each intent, in the order of the contract; ``near`` is what `near_to` returns."""
        scores = self.intents.scores(features.places, features.weights, features.meaning, near) * self.temperature
        raised: Vector = np.exp(scores - scores.max())
        chances: Vector = raised / raised.sum()
        return chances

    def near_to(self, features: Features) -> Vector:
        """Return how near each of the sentences that were learnt from is to a text."""
        return self.known.near(features.sense)

    def expected(self, features: Features, near: Vector) -> Vector:
        """Return `chances` as they are where people ask: other subjects are rarer there than where it was learnt."""
        met = self.chances(features, near)
        met[_OUTSIDE] *= _RARER_OUTSIDE
        expected: Vector = met / met.sum()
        return expected

    def proposals(self, features: Features, near: Vector) -> dict[Pair, float]:
        """Return how likely each fact is stated, by the wording and the meaning alone."""
        wording = slice(features.wording)
        scores = self.facts.scores(features.places[wording], features.weights[wording], features.meaning, near)
        chances = 1 / (1 + np.exp(-scores))
        return {pair: float(chance) for pair, chance in zip(self.labels, chances, strict=True)}

    def nearness(self, around: Iterable[Surroundings]) -> dict[str, float]:
        """Return for each item named how likely what stands around its name makes it that it is shown."""
        near: dict[str, float] = {}
        for it in around:
            score = self.shown.scores(it.places, it.weights, it.meaning, _NOTHING_NEAR)[0]
            near[it.item] = max(near.get(it.item, 0.0), float(1 / (1 + np.exp(-score))))
        return near

    def believed(self, candidate: Candidate, beside: Collection[Pair], lang: str) -> float:
        """Return how likely ``candidate`` is right (0 to 1); ``beside`` is everything that was read by rule."""
        known = self.acceptor
        score = sum(known.get(name, 0.0) * value for name, value in evidence(candidate, beside, lang))
        return float(1 / (1 + np.exp(-score)))


def evidence(candidate: Candidate, beside: Collection[Pair], lang: str) -> Iterator[tuple[str, float]]:
    """Yield what the acceptor weighs of a candidate, by name."""
    (fact, value), ruled = candidate.pair, float(candidate.ruled)
    chance = _logit(candidate.chance, _LEAST)
    yield from (("bias", 1.0), ("chance", chance), ("ruled", ruled), ("both", chance * ruled))
    yield from ((f"fact {fact}", 1.0), (f"ruled {fact}", ruled), (f"chance {fact}", chance * 0.5))
    if value != DAY:
        yield from ((f"{fact}={value}", 1.0), (f"ruled {fact}={value}", ruled))
    size = "long" if candidate.length > _LONG else "short" if candidate.length <= _SHORT else "middling"
    yield from ((f"ruled {size}", ruled), (f"chance {size}", chance * 0.5))
    if fact == "presented":
        yield from ((f"part {candidate.part}", 1.0), (f"ruled part {candidate.part}", ruled))
        yield f"chance part {candidate.part}", chance * 0.5
        if candidate.near is not None:
            near = _logit(candidate.near, _LEAST_NEAR)
            yield from (("near", near), (f"near part {candidate.part}", near * 0.5))
    else:
        if candidate.part:
            yield from ((f"{candidate.part} {fact}", 1.0), (f"chance {candidate.part}", chance * 0.5))
        yield "another", float(any(it == fact and other != value for it, other in beside))
    yield "english", float(lang == "en")


def _logit(chance: float, least: float) -> float:
    return float(np.log((chance + least) / (1 - chance + least)))


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")
