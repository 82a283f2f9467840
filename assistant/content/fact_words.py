"""Words beside the rules: labels and questions for facts, notes, contacts, and the glossary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.rules import Words
from assistant.content.toml_file import Model, TomlFile, read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS, Voice


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ask(_Strict):
    """The question for a fact in each voice."""

    patient: Words
    desk: Words


class FactWords(_Strict):
    """Label, question, where to look, and the label of each value of one fact.

    ``yes`` and ``no`` are the values that a bare yes or no to the question means, where it means one.
    """

    label: Words
    ask: Ask | None = None
    hint: Words | None = None
    yes: str = ""
    no: str = ""
    values: dict[str, Words] = {}

    def question(self, voice: Voice, lang: str) -> str:
        """Return the question in ``voice`` and ``lang``; the label where there is none."""
        if self.ask is None:
            return self.label[lang]
        return (self.ask.desk if voice == "desk" else self.ask.patient)[lang]


class Note(_Strict):
    """Words that stand beside an outcome."""

    patient: Words
    desk: Words
    sources: Annotated[list[str], Field(min_length=1)]


class DeskContact(_Strict):
    """The same for somebody at the desk, who speaks of the patient."""

    name: Words
    hours: Words


class TownContact(_Strict):
    """The same where the municipality is known: ``{town}`` stands for its name; ``desks`` whose numbers fit."""

    name: Words
    hours: Words
    desks: list[Literal["kouki", "kokuho"]] = []


class Contact(_Strict):
    """Whom to ask. ``phone`` is there only when a source names it."""

    name: Words
    phone: str | None = None
    hours: Words
    desk: DeskContact | None = None
    town: TownContact | None = None
    sources: list[str] = []
    seen_on: dt.date | None = None


class Term(_Strict):
    """A term of the field: what it is called here, what it must not be called."""

    id: str
    ja: str
    reading: str
    en: str
    variants_ja: list[str] = []
    variants_en: list[str] = []
    avoid_ja: list[str] = []
    avoid_en: list[str] = []
    note_ja: str = ""
    note_en: str = ""
    sources: list[str] = []


class _Glossary(_Strict):
    term: list[Term]


def load_fact_words(root: Path, faults: list[Fault]) -> dict[str, FactWords]:
    """Load ``facts.toml``; every fact and every value of the vocabulary must have its words."""
    file = read_toml(root, root / "facts.toml", faults)
    if file is None:
        return {}
    words = {
        fact: found
        for fact, data in file.data.items()
        if fact in FACT_IDS and (found := validate(FactWords, data, file, faults, fact))
    }
    for fact in file.data.keys() - set(FACT_IDS):
        faults.append(file.fault(f"{fact!r} is not a fact", "use an id of the vocabulary", fact))
    for fact in set(FACT_IDS) - file.data.keys():
        faults.append(file.fault(f"the fact {fact!r} has no words", "add its label", fact))
    for fact, found in words.items():
        expected = set(ITEMS) if fact == "presented" else set(CHOICES[fact].values) if fact in CHOICES else set()
        for value in expected ^ found.values.keys():
            faults.append(file.fault(f"{fact}: words and vocabulary differ at {value!r}", "add or remove it", fact))
        for value in {found.yes, found.no} - {"", *expected}:
            faults.append(file.fault(f"{fact} has no value {value!r}", f"use one of {', '.join(expected)}", fact))
    return words


def load_notes(root: Path, faults: list[Fault]) -> dict[str, Note]:
    """Load ``notes.toml`` as ``{"table/result": note}``."""
    file = read_toml(root, root / "notes.toml", faults)
    return _two_levels(Note, file, faults)


def load_contacts(root: Path, faults: list[Fault]) -> dict[str, Contact]:
    """Load ``contacts.toml`` as ``{"purpose/scheme": contact}``; ``any`` is every other scheme."""
    file = read_toml(root, root / "contacts.toml", faults)
    return _two_levels(Contact, file, faults)


#: Sentences that code asks for by their key.
PHRASES = {
    "not_confirmed",
    "not_known",
    "urgent",
    "doubt",
    *(f"state_{kind}" for kind in ("disputed", "beside")),
    *(f"number_{kind}" for kind in ("dated", "undated", "extension", "of")),
    *(f"money_{kind}" for kind in ("share", "either", "full", "back")),
    *(f"line_{kind}" for kind in ("photo", "audio", "sticker", "other")),
    *(f"social_{act}" for act in ("greeting", "thanks", "heard", "sorry", "annoyed", "not_helped", "told")),
}


def load_phrases(root: Path, faults: list[Fault]) -> dict[str, Words]:
    """Load ``phrases.toml``: sentences that are answers in themselves."""
    file = read_toml(root, root / "phrases.toml", faults)
    if file is None:
        return {}
    found = {key: words for key, data in file.data.items() if (words := validate(Words, data, file, faults, key))}
    for key in PHRASES - found.keys():
        faults.append(file.fault(f"the phrase {key!r} is missing", "write it in both languages"))
    return found


def load_glossary(root: Path, faults: list[Fault]) -> tuple[Term, ...]:
    """Load ``glossary.toml``."""
    file = read_toml(root, root / "glossary.toml", faults)
    glossary = validate(_Glossary, file.data, file, faults) if file else None
    return tuple(glossary.term) if glossary else ()


def contact_for(contacts: Mapping[str, Contact], purpose: str, scheme: str | None, voice: Voice = "patient") -> Contact:
    """Return whom to ask for ``purpose`` in ``scheme``; the insurer on the paper when nothing closer is known."""
    found = contacts[contact_key(contacts, purpose, scheme) or "insurer/any"]
    told = found.desk if voice == "desk" else None
    return found.model_copy(update={"name": told.name, "hours": told.hours}) if told else found


def contact_key(contacts: Mapping[str, Contact], purpose: str, scheme: str | None) -> str | None:
    """Return under which key somebody stands for ``purpose`` in ``scheme``; nothing when nobody does."""
    return next((key for key in (f"{purpose}/{scheme}", f"{purpose}/any") if key in contacts), None)


def _two_levels(model: type[Model], file: TomlFile | None, faults: list[Fault]) -> dict[str, Model]:
    if file is None:
        return {}
    found: dict[str, Model] = {}
    outer: Any
    for outer, group in file.data.items():
        for inner, data in group.items() if isinstance(group, dict) else ():
            if item := validate(model, data, file, faults, outer, inner):
                found[f"{outer}/{inner}"] = item
    return found
