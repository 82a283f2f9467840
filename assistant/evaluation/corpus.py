"""The labelled sentences as the rules find them, as matrices, and as an encoder encodes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import INTENTS
from assistant.evaluation.ridge import Floats, Mask
from assistant.evaluation.sentences import ASKED_ON, Sentence, read_sentences
from assistant.language.encoder import Encoder
from assistant.language.lexicon import Lexicon, load_lexicon
from assistant.language.model import BITS, DAY, Pair, undated
from assistant.language.reading import read
from assistant.language.understand import Found, by_rule

_FEWEST: Final = 10
"""A fact and value that fewer sentences state is left to the rules."""


@dataclass(frozen=True)
class Corpus:
    """All sentences as the rules of ``lexicon`` find them, as matrices, and ``encoded``."""

    lexicon: Lexicon
    sentences: list[Sentence]
    found: list[Found]
    wording: csr_matrix
    codes: csr_matrix
    encoded: Floats

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
    found = [by_rule(read(it.text, it.lang, lexicon), ASKED_ON, lexicon) for it in sentences]
    meaning = csr_matrix(np.stack([it.features.meaning for it in found]))
    wording = hstack([_hashed(found, codes=False), meaning]).tocsr()
    codes = hstack([_hashed(found, codes=True), csr_matrix(meaning.shape)]).tocsr()
    encoded = np.stack([encoder.encode(it.reading.written) for it in found])
    return Corpus(lexicon, sentences, found, wording, codes, encoded)


def _hashed(found: Sequence[Found], *, codes: bool) -> csr_matrix:
    rows, columns, weights = [], [], []
    for row, it in enumerate(found):
        features = it.features
        part = slice(features.wording, None) if codes else slice(features.wording)
        columns.append(features.places[part])
        weights.append(features.weights[part])
        rows.append(np.full(len(columns[-1]), row))
    joined = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    return csr_matrix(joined, shape=(len(found), 1 << BITS))
