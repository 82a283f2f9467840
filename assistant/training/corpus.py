"""The labelled sentences as the rules find them, as matrices, and as an encoder encodes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import INTENTS
from assistant.language.lexicon.loader import Lexicon, load_lexicon
from assistant.language.models.feature_set import BITS, FeatureSet, Places
from assistant.language.models.reading_model import AROUND_BITS, DAY, Features, Pair, Surroundings, undated
from assistant.language.models.sentence_encoder import Encoder
from assistant.language.models.word_vectors import Vector
from assistant.language.pipeline import LexiconMatch, by_rule
from assistant.language.utterance import read
from assistant.training.ridge import Floats, Mask
from assistant.training.sentences import ASKED_ON, Sentence, read_sentences

MOST_FEATURES: Final = 49_152
"""So many of the commonest features are known: more do not fit, and the others stand in hardly any text."""

_FEWEST: Final = 10
"""A fact and value that fewer sentences state is left to the rules."""


@dataclass(frozen=True)
class Corpus:
    """All sentences as the rules of ``lexicon`` find them, as matrices, and ``encoded``.

    ``around`` has a row for each thing named; ``named`` tells in which sentence, and what.
    """

    lexicon: Lexicon
    sentences: list[Sentence]
    found: list[LexiconMatch]
    features: FeatureSet
    wording: csr_matrix
    codes: csr_matrix
    encoded: Floats
    around: csr_matrix
    named: list[tuple[int, str]]

    @cached_property
    def whole(self) -> csr_matrix:
        """The wording with the codes that the rules found."""
        return (self.wording + self.codes).tocsr()

    def voice(self, *voices: str) -> Mask:
        """Return which sentences are of ``voices``."""
        return np.array([it.voice in voices for it in self.sentences])

    @cached_property
    def voices(self) -> list[str]:
        """All voices, in a fixed order."""
        return sorted({it.voice for it in self.sentences})

    @cached_property
    def intents(self) -> npt.NDArray[np.int64]:
        """The place of each sentence's intent in the contract."""
        return np.array([INTENTS.index(it.intent) for it in self.sentences])

    @cached_property
    def stated(self) -> list[set[Pair]]:
        """What each sentence states, of dates only that they are stated."""
        return [{undated(pair) for pair in it.facts} for it in self.sentences]

    @cached_property
    def labels(self) -> tuple[Pair, ...]:
        """The facts and values that are learnt."""
        counts = Counter(pair for stated in self.stated for pair in stated)
        return tuple(sorted(pair for pair, count in counts.items() if count >= _FEWEST and pair[1] != DAY))


def corpus_of(content: Path, encoder: Encoder) -> Corpus:
    """Read the sentences and find in each what the rules find; raise ``Faulty`` when a sentence is none."""
    faults: list[Fault] = []
    sentences = read_sentences(content, faults)
    if faults:
        raise Faulty(faults)
    lexicon = load_lexicon(content / "lexicon", learnt=False)
    every = [by_rule(read(it.text, it.lang, lexicon), ASKED_ON, lexicon) for it in sentences]
    features = FeatureSet.commonest(_counts(every), MOST_FEATURES)
    found = [replace(it, features=_narrowed(it.features, features)) for it in every]
    meaning = csr_matrix(np.stack([it.features.meaning for it in found]))
    wording = hstack([_hashed(found, features.size, codes=False), meaning]).tocsr()
    codes = hstack([_hashed(found, features.size, codes=True), csr_matrix(meaning.shape)]).tocsr()
    with ThreadPoolExecutor() as threads:  # the encoder leaves the interpreter free
        encoded = np.stack([*threads.map(lambda it: encoder.encode(it.reading.written), found)])
    each = [it for one in found for it in one.around]
    around = hstack([_matrix(each, 1 << AROUND_BITS), csr_matrix(np.stack([it.meaning for it in each]))]).tocsr()
    named = [(row, it.item) for row, one in enumerate(found) for it in one.around]
    return Corpus(lexicon, sentences, found, features, wording, codes, encoded, around, named)


class _Weighed(NamedTuple):
    places: Places
    weights: Vector


def _counts(found: Sequence[LexiconMatch]) -> npt.NDArray[np.int64]:
    """Return in how many texts each feature stands."""
    return np.bincount(np.concatenate([np.unique(it.features.places) for it in found]), minlength=1 << BITS)


def _narrowed(features: Features, among: FeatureSet) -> Features:
    """Return the features that are ``among`` the known."""
    wording, codes = slice(features.wording), slice(features.wording, None)
    told, told_weigh = among.known(features.places[wording], features.weights[wording])
    coded, coded_weigh = among.known(features.places[codes], features.weights[codes])
    weights = np.concatenate((told_weigh, coded_weigh))
    return features._replace(places=np.concatenate((told, coded)), weights=weights, wording=len(told))


def _hashed(found: Sequence[LexiconMatch], size: int, *, codes: bool) -> csr_matrix:
    features = [it.features for it in found]
    parts = [slice(it.wording, None) if codes else slice(it.wording) for it in features]
    weighed = [_Weighed(it.places[part], it.weights[part]) for it, part in zip(features, parts, strict=True)]
    return _matrix(weighed, size)


def _matrix(weighed: Sequence[_Weighed | Surroundings], size: int) -> csr_matrix:
    rows = np.repeat(np.arange(len(weighed)), [len(it.places) for it in weighed])
    columns, weights = (np.concatenate([getattr(it, part) for it in weighed]) for part in _Weighed._fields)
    return csr_matrix((weights, (rows, columns)), shape=(len(weighed), size))
