"""From a document to the terms of its fields: word keys, sounds in threes, and the forms words took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistant.language.folding import kana_skeleton
from assistant.language.tokens import tokens
from assistant.search.documents import Document

WORD_FIELDS: Final = ("question", "asked", "terms", "headings", "lead", "body")
READINGS: Final = "readings"
FORMS: Final = "forms"

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


def field_terms(document: Document) -> dict[str, list[str]]:
    """Return the terms of each field of ``document``, repeated as often as they occur."""
    analysed = {name: tokens(text, document.lang) for name, text in _texts(document).items()}
    sound = "".join(token.reading for token in (*analysed["question"], *analysed["asked"]))
    forms = {
        Form(token.key, token.surface, token.reading, token.weight, token.groups).packed(): None
        for field in analysed.values()
        for token in field
    }
    words = {name: [token.key for token in field] for name, field in analysed.items()}
    return {**words, READINGS: trigrams(kana_skeleton(sound)), FORMS: list(forms)}


def _texts(document: Document) -> dict[str, str]:
    return {
        "question": document.title,
        "asked": "\n".join(document.asked),
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
