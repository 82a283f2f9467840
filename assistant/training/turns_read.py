"""Sentences of talks as they are read: worked out once for all that is learnt from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.content.fact_words import FactWords, load_fact_words
from assistant.domain.faults import Fault, Faulty
from assistant.language.lexicon.loader import Lexicon, load_lexicon
from assistant.language.pipeline import Understanding, understand
from assistant.language.utterance import Utterance, read
from assistant.snapshot.snapshot import labels_of
from assistant.training.talk_turns import ASKED_ON, TalkTurn, sound_turns


class TalkWords(NamedTuple):
    """What answers are made of, as a snapshot has it."""

    lexicon: Lexicon
    words: Mapping[str, FactWords]
    labels: Mapping[str, Mapping[str, str]]


class ReadTurn(NamedTuple):
    """A turn, its words, and what they state when they are read alone."""

    turn: TalkTurn
    reading: Utterance
    read: Understanding


def words_of(content: Path) -> TalkWords:
    """Return what answers are made of; raise ``Faulty`` when a file is none."""
    faults: list[Fault] = []
    words = load_fact_words(content, faults)
    if faults:
        raise Faulty(faults)
    return TalkWords(load_lexicon(content / "lexicon"), words, labels_of(words))


def turns_of(content: Path, lexicon: Lexicon) -> list[ReadTurn]:
    """Return the turns of all voices as they are read; raise ``Faulty`` when a line is none."""
    return list(_as_read(sound_turns(content), lexicon))


def _as_read(turns: Sequence[TalkTurn], lexicon: Lexicon) -> Iterator[ReadTurn]:
    for turn in turns:
        reading = read(turn.text, turn.lang, lexicon)
        yield ReadTurn(turn, reading, understand(reading, ASKED_ON, lexicon, on_subject=turn.begun))
