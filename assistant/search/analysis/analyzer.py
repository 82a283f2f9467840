"""From a document to the terms of its fields: word keys, sounds in threes, and the forms words took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from assistant.language.text.normalize import kana_skeleton
from assistant.language.text.tokenizer import Token, tokens
from assistant.search.analysis.concepts import Concepts
from assistant.search.documents import Document

WORD_FIELDS: Final = ("question", "asked", "terms", "headings", "lead", "body")
READINGS: Final = "readings"
FORMS: Final = "forms"
LINES: Final = "lines"

_PART: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Form:
    """A word as documents write it, with the key it is found by."""

    key: str
    surface: str
    reading: str
    weight: float
    groups: tuple[int, ...]

    def packed(self) -> str:
        """Return the form as one term of the index."""
        groups = ",".join(map(str, self.groups))
        return _PART.join((self.key, self.surface, self.reading, str(self.weight), groups))

    @classmethod
    def unpacked(cls, term: str) -> Form:
        """Return the form that ``packed`` made ``term`` of."""
        key, surface, reading, weight, groups = term.split(_PART)
        numbers = tuple(int(group) for group in groups.split(",") if group)
        return cls(key, surface, reading, float(weight), numbers)


def field_terms(document: Document, concepts: Concepts) -> dict[str, list[str]]:
    """Return the terms of each field of ``document``, words and ``concepts``, repeated as often as they occur."""
    lines = [tokens(line, document.lang) for line in document.asked]
    analysed = {name: tokens(text, document.lang) for name, text in _texts(document).items()}
    analysed["asked"] = tuple(chain.from_iterable(lines))
    sound = "".join(token.reading for token in (*analysed["question"], *analysed["asked"]))
    met = {name: concepts.met(field) for name, field in analysed.items()}
    met["asked"] = [one for line in lines for one in concepts.met(line)]
    forms = {
        Form(token.key, token.surface, token.reading, token.weight, token.groups).packed(): None
        for field in analysed.values()
        for token in field
    }
    forms |= {Form(one.term, one.surface, "", 0.0, ()).packed(): None for found in met.values() for one in found}
    words = {
        name: [*(token.key for token in field), *(one.term for one in met[name])] for name, field in analysed.items()
    }
    sounds = trigrams(kana_skeleton(sound))
    return {**words, READINGS: sounds, FORMS: list(forms), LINES: _line_terms(lines, concepts)}


def in_line(term: str) -> tuple[int, tuple[str, ...]]:
    """Return the number of a line and its words and concepts, which are one term of the field of lines."""
    line, *keys = term.split(_PART)
    return int(line), tuple(keys)


def _line_terms(lines: Iterable[tuple[Token, ...]], concepts: Concepts) -> list[str]:
    """Return what each of ``lines`` says as one term, with its number, counted from 1: few terms are soon read."""
    terms: list[str] = []
    for line, said in enumerate(lines, 1):
        keys = dict.fromkeys((*(token.key for token in said), *(one.term for one in concepts.met(said))))
        terms.append(_PART.join((str(line), *keys)))
    return terms


def _texts(document: Document) -> dict[str, str]:
    return {
        "question": document.title,
        "terms": "\n".join(document.terms),
        "headings": "\n".join(document.headings),
        "lead": document.lead,
        "body": document.body,
    }


def trigrams(sound: str) -> list[str]:
    """Return every run of three characters of ``sound``; of a shorter one, itself."""
    if len(sound) < 3:
        return [sound] if sound else []
    return [sound[at : at + 3] for at in range(len(sound) - 2)]
