"""Sentences of talks, their first ones among them: ``content/turns/*.jsonl``, one file for each voice.

Each tells what was known before, what had been asked, and what is shown after the sentence.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from assistant.content.entries import LANGS
from assistant.domain.facts import Facts, parse
from assistant.domain.faults import Fault, Faulty
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, VOICES
from assistant.training.labelled_lines import read_lines

FOLDER: Final = "turns"
ASKED_ON: Final = date(2026, 11, 29)
"""The day on which all of them were said; relative days are counted from it."""

_KEYS: Final = frozenset({"lang", "voice", "before", "asked", "say", "presented", "stated"})
_ASKED: Final = (None, "presented", "visit_date", *CHOICES, *PRINTED_DATES)


class TalkTurn(NamedTuple):
    """A sentence of a talk, and whose voice it is.

    ``before`` is what was known, ``asked`` the fact that had just been asked for, ``presented`` what is shown after it,
    ``stated`` what else the sentence states or changes.
    """

    voice: str
    lang: str
    text: str
    before: Facts
    asked: str | None
    presented: frozenset[str]
    stated: Facts

    @property
    def begun(self) -> bool:
        """Whether anything was said before."""
        return bool(self.asked or self.before.presented or self.before.stated or self.before.printed)


def read_turns(content: Path, faults: list[Fault]) -> list[TalkTurn]:
    """Return the turns of all voices; note a fault for each line that is none."""
    return read_lines(content, FOLDER, _turn, faults)


def sound_turns(content: Path) -> list[TalkTurn]:
    """Return the turns of all voices; raise ``Faulty`` when a line is none."""
    faults: list[Fault] = []
    turns = read_turns(content, faults)
    if faults:
        raise Faulty(faults)
    return turns


@lru_cache(16_384)  # after an edit all but a few are what they were
def _turn(voice: str, line: bytes) -> TalkTurn:
    raw = json.loads(line)
    if not isinstance(raw, dict) or raw.keys() != _KEYS:
        raise ValueError(f"not an object with {', '.join(sorted(_KEYS))}")
    for name, takes in (("lang", LANGS), ("voice", VOICES), ("asked", _ASKED)):
        if raw[name] not in takes:
            raise ValueError(f"{name} {raw[name]!r} is unknown; use one of {', '.join(map(str, takes))}")
    text, presented = raw["say"], raw["presented"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the text is missing")
    if not isinstance(presented, list) or not set(presented) <= set(ITEMS):
        raise ValueError(f"presented {presented!r} is no list of items; use some of {', '.join(ITEMS)}")
    asked = PRINTED_DATES.get(raw["asked"], raw["asked"])
    return TalkTurn(voice, raw["lang"], text, _facts(raw["before"]), asked, frozenset(presented), _facts(raw["stated"]))


def _facts(codes: Any) -> Facts:
    if not isinstance(codes, dict):
        raise ValueError("before and stated are objects with facts")
    return parse({fact: it for fact, it in codes.items() if it}, ASKED_ON)
