"""What is learnt from talks: which facts a sentence states (`StatementModel`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.conversation.open_question import AnswerWords, hear
from assistant.conversation.state import Dialogue
from assistant.conversation.statements import ruled_after, statements_of
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import values_of
from assistant.language.classifiers.statement_evidence import Statements, evidence_of, rows_of, statements
from assistant.language.models.reading_model import DAY, Features, Pair
from assistant.language.models.statement_model import StatementModel
from assistant.training.learner import by_name, without_memory
from assistant.training.ridge import Mask
from assistant.training.talk_turns import ASKED_ON, TalkTurn
from assistant.training.turns_read import ReadTurn

_FITS: Final = 1.0
#: Beside a code, what the wording says of a fact weighs so much, and what it says of the answer to what was asked.
_OWN_WEIGHS: Final = 2.0
_ASKED_WEIGHS: Final = 1.0
_MEANING_WEIGHS: Final = 0.5
#: «有効でした» at a desk: the check was made with what is there.
_CHECKED: Final = ("facility", "online")


class WeighedStatement(NamedTuple):
    """A fact that a turn may state, what speaks for it, and whether it is stated."""

    turn: int
    codes: dict[str, float]
    rows: tuple[str, ...]
    features: Features
    stated: bool


def weighed_statements(turns: Sequence[ReadTurn], words: AnswerWords) -> Iterator[WeighedStatement]:
    """Yield everything that each turn may state."""
    for number, read in enumerate(turns):
        turn, features = read.turn, read.read.signs.features
        after, said = statements_met(read, words)
        for pair in statements(said):
            if pair == _CHECKED and "facility" not in said.ruled and _implies_a_check(turn):
                continue  # no fault and no statement
            stated = _is_stated(pair, turn, after, said)
            yield WeighedStatement(number, evidence_of(pair, said), rows_of(pair, said), features, stated)


def statements_met(it: ReadTurn, words: AnswerWords) -> tuple[Facts, Statements]:
    """Return the facts after a turn by the rules alone, and what they make of it."""
    turn = it.turn
    dialogue = Dialogue(asked=turn.asked, options=values_of(turn.asked))
    heard = hear(words, turn.text, it.reading, it.read, dialogue, ASKED_ON)
    after = ruled_after(turn.before, heard, it.read, it.reading, dialogue, None)
    return after, statements_of(turn.before, after, it.read, heard, turn.asked)


def _is_stated(pair: Pair, turn: TalkTurn, after: Facts, said: Statements) -> bool:
    """Tell whether a turn states ``pair`` by its label; a result stands for the check that gave it."""
    fact, value = pair
    if value == DAY:
        day = after.printed.get(fact) if fact in said.ruled else said.found.get(pair)
        return turn.stated.printed.get(fact) == day
    return turn.stated.stated.get(fact) == value or (pair == _CHECKED and _implies_a_check(turn))


def _implies_a_check(turn: TalkTurn) -> bool:
    return "check_result" in turn.stated.stated and "facility" not in turn.stated.stated


class StatementLearner:
    """Learns from any part of some examples; what all parts have in common is worked out once."""

    def __init__(self, found: Sequence[WeighedStatement], features: int) -> None:
        self._names = DictVectorizer(dtype=np.float32)
        self._features = features
        self._rows = {row: place for place, row in enumerate(sorted({row for it in found for row in it.rows}))}
        weighs = [_ASKED_WEIGHS if row.startswith("asked ") else _OWN_WEIGHS for row in self._rows]
        size = len(found[0].features.meaning)
        self._scale = np.outer(weighs, [1.0] * features + [_MEANING_WEIGHS] * size).astype(np.float32)
        codes = self._names.fit_transform([it.codes for it in found])
        self._matrix = hstack([codes, self._wording(found)]).tocsr()
        self._stated = np.array([it.stated for it in found])

    def model(self, rows: Mask) -> StatementModel:
        """Return the model that ``rows`` teach."""
        fitted = LogisticRegression(C=_FITS, solver="liblinear", random_state=0)
        fitted.fit(self._matrix[rows], self._stated[rows])
        codes, wording = np.split(fitted.coef_[0], [len(self._names.feature_names_)])
        worded = without_memory(wording.reshape(len(self._rows), -1) * self._scale, self._features)
        return StatementModel(by_name(self._names, codes, fitted.intercept_[0]), self._rows, worded)

    def _wording(self, found: Sequence[WeighedStatement]) -> csr_matrix:
        """Return the wording and the meaning of the sentences, a block for each row."""
        width = self._scale.shape[1]
        at, columns, weights = [], [], []
        for number, it in enumerate(found):
            places = np.concatenate((it.features.places, np.arange(self._features, width)))
            weighs = np.concatenate((it.features.weights, it.features.meaning))
            for row in map(self._rows.__getitem__, it.rows):
                at.append(np.full(len(places), number))
                columns.append(places + row * width)
                weights.append(weighs * self._scale[row, places])
        place = (np.concatenate(at), np.concatenate(columns))
        return csr_matrix((np.concatenate(weights), place), shape=(len(found), len(self._rows) * width))
