"""The sentences from which reading is learnt: ``content/questions/*.jsonl``, one file for each voice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from assistant.domain.facts import BadFact, parse
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import INTENTS, PRINTED_DATES
from assistant.language.model import DAY, Pair

FOLDER: Final = "questions"
ASKED_ON: Final = date(2026, 11, 23)
"""The day on which all of them were asked; relative days are counted from it."""

#: Voices whose sentences nobody looked at while writing rules; only with these the rules are weighed.
UNSEEN: Final = ("borders", "carers", "desks", "elders", "residents", "workers")
#: They are held back two by two, while the others teach.
FOLDS: Final = (("carers", "workers"), ("borders", "desks"), ("elders", "residents"))
_ASKERS: Final = ("enrollee", "family", "clinic_desk", "pharmacy", "other")


class Sentence(NamedTuple):
    """A sentence with its labels, and whose voice it is."""

    voice: str
    lang: str
    asker: str
    difficulty: str
    text: str
    intent: str
    facts: frozenset[Pair]


def read_sentences(content: Path, faults: list[Fault]) -> list[Sentence]:
    """Return the sentences of all voices; note a fault for each line that is none."""
    found: list[Sentence] = []
    seen: set[str] = set()
    for path in sorted((content / FOLDER).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                sentence = _sentence(path.stem, line)
            except (ValueError, KeyError, BadFact) as error:
                faults.append(Fault(f"{FOLDER}/{path.name}", number, f"{error}", "correct the line"))
                continue
            if sentence.text in seen:
                what = "this text was there before"
                faults.append(Fault(f"{FOLDER}/{path.name}", number, what, "leave one of the two out"))
            seen.add(sentence.text)
            found.append(sentence)
    return found


def _sentence(voice: str, line: str) -> Sentence:
    raw = json.loads(line)
    if raw["intent"] not in INTENTS:
        raise ValueError(f"intent {raw['intent']!r} is unknown; use one of {', '.join(INTENTS)}")
    if raw["asker"] not in _ASKERS:
        raise ValueError(f"asker {raw['asker']!r} is unknown; use one of {', '.join(_ASKERS)}")
    parse(raw["facts"], ASKED_ON)
    return Sentence(
        voice, raw["lang"], raw["asker"], raw["difficulty"], raw["text"], raw["intent"], frozenset(_pairs(raw["facts"]))
    )


def _pairs(facts: dict[str, str | list[str]]) -> Iterator[Pair]:
    for fact, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            yield fact, one


def undated(pair: Pair) -> Pair:
    """Return ``pair``, of a date only that it is stated: its value is read by rule, never learnt."""
    fact, value = pair
    return (fact, DAY) if fact == "visit_date" or fact in PRINTED_DATES else (fact, value)


def digest(content: Path) -> str:
    """Return the name of the present sentences: twelve digits of their hash."""
    found = hashlib.sha256()
    for path in sorted((content / FOLDER).glob("*.jsonl")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]
