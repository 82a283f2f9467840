"""The sentences from which reading is learnt: ``content/questions/*.jsonl``, one file for each voice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from assistant.content.entries import LANGS
from assistant.domain.facts import parse
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import INTENTS
from assistant.language.models.reading_model import FEATURES, READER, READER_WITH_ENCODER, SENSES, Pair
from assistant.language.models.statement_model import STATEMENTS
from assistant.language.models.tracking_model import FIRST, LATER
from assistant.training import talk_turns
from assistant.training.labelled_lines import digest, read_lines

FOLDER: Final = "questions"
ASKED_ON: Final = date(2026, 11, 23)
"""The day on which all of them were asked; relative days are counted from it."""

#: Voices whose sentences nobody looked at while writing rules; only with these the rules are weighed. They are held
#: back some at a time, while the others teach.
FOLDS: Final = (
    ("callers", "carers", "workers", "strays", "gardeners", "students", "bakers", "helpers"),
    ("borders", "chatters", "desks", "townsfolk", "wanderers", "teachers", "nurses", "pharmacists", "daughters"),
    ("elders", "residents", "households", "commuters", "drivers", "clerks", "grandparents"),
    ("parents", "talkers", "employees", "expats"),
)
UNSEEN: Final = tuple(voice for voices in FOLDS for voice in voices)
#: Voices that were written to teach facts, mostly from the middle of a talk: they say less of what people ask.
ON_FACTS: Final = (
    "gardeners", "teachers", "drivers", "nurses", "clerks", "students", "parents", "talkers", "bakers", "helpers",
    "pharmacists", "daughters", "grandparents", "employees", "expats",
)  # fmt: skip
LEARNT: Final = (READER, READER_WITH_ENCODER, SENSES, FEATURES, FIRST, LATER, STATEMENTS)
_TAUGHT: Final = (FOLDER, talk_turns.FOLDER)
_NOTED: Final = "sentences"
_LABELS: Final = {
    "lang": LANGS,
    "asker": ("enrollee", "family", "clinic_desk", "pharmacy", "other"),
    "difficulty": ("short", "plain", "long", "noisy"),
    "intent": INTENTS,
}


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
    return read_lines(content, FOLDER, _sentence, faults)


def sentence_faults(content: Path) -> list[Fault]:
    """Name every line that is no sentence or turn, and a model that was learnt from others than these."""
    faults: list[Fault] = []
    read_sentences(content, faults)
    talk_turns.read_turns(content, faults)
    noted = _noted(content)
    changed = [folder for folder in _TAUGHT if noted.get(folder) != digest(content, folder)]
    if changed:
        what = "the sentences changed since the model was learnt"
        return [*faults, *(Fault(folder, 1, what, "run make train") for folder in changed)]
    others = (name for name in LEARNT if noted.get(name) != _hash(content / "model" / name))
    what = "this is not the file that was learnt from the sentences"
    return [*faults, *(Fault(f"model/{name}", 1, what, "run make train") for name in others)]


def note_learnt(content: Path) -> None:
    """Write down which sentences the files of ``model`` were learnt from, and which files these are."""
    names = {folder: digest(content, folder) for folder in _TAUGHT}
    names |= {name: _hash(content / "model" / name) for name in LEARNT}
    lines = (f"{hashed} {name}\n" for name, hashed in names.items())
    (content / "model" / _NOTED).write_text("".join(lines), encoding="utf-8")


def _noted(content: Path) -> dict[str, str]:
    try:
        lines = (content / "model" / _NOTED).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: hashed for hashed, _, name in (line.partition(" ") for line in lines)}


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return "missing"


@lru_cache(16_384)  # after an edit all but a few are what they were
def _sentence(voice: str, line: bytes) -> Sentence:
    raw = json.loads(line)
    if not isinstance(raw, dict) or not isinstance(raw.get("facts"), dict):
        raise ValueError("not an object with a text, its labels and its facts")
    for name, takes in _LABELS.items():
        if raw.get(name) not in takes:
            raise ValueError(f"{name} {raw.get(name)!r} is unknown; use one of {', '.join(takes)}")
    text = raw.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the text is missing")
    for fact, value in raw["facts"].items():
        if not all(isinstance(one, str) for one in (value if isinstance(value, list) else [value])):
            raise ValueError(f"{fact} is no code and no list of codes")
    parse(raw["facts"], ASKED_ON)
    facts = frozenset(_pairs(raw["facts"]))
    return Sentence(voice, raw["lang"], raw["asker"], raw["difficulty"], text, raw["intent"], facts)


def _pairs(facts: dict[str, str | list[str]]) -> Iterator[Pair]:
    for fact, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            yield fact, one
