"""Whom an entry sends its reader to, and the gate: no entry, outcome or paper leaves its reader with nobody to call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from assistant.content.contacts.insurers import Insurer
from assistant.content.entries import Entries, Entry
from assistant.content.fact_words import Contact, contact_key
from assistant.content.outcomes import Outcome, Paper
from assistant.content.toml_file import TomlFile, read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import INTENTS

FILE: Final = "entry-contacts.toml"
#: Purposes that code asks for by itself.
ASKED: Final = ("insurer", "welfare_office", "facility", "card_lost", "city_hall")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: dict[str, str]
    entry: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class EntryContacts:
    """Whom entries name, by subject and, before that, by entry: a purpose, or a purpose and a scheme."""

    subject: Mapping[str, str]
    entry: Mapping[str, str]
    file: TomlFile

    def of(self, entry: Entry) -> str:
        """Return whom ``entry`` names; empty when nothing says."""
        return self.entry.get(entry.id) or self.subject.get(entry.front.intent, "")


def load_entry_contacts(
    root: Path,
    faults: list[Fault],
    contacts: Mapping[str, Contact],
    entries: Entries,
    insurers: Mapping[str, Insurer],
    outcomes: Mapping[str, Outcome],
    papers: Mapping[str, Paper],
) -> EntryContacts | None:
    """Load ``entry-contacts.toml``; append a fault for each mistake, and for what leaves a reader with nobody."""
    file = read_toml(root, root / FILE, faults)
    table = validate(_Table, file.data, file, faults) if file else None
    if not (file and table):
        return None
    found = EntryContacts(table.subject, table.entry, file)
    faults += _table_faults(found, contacts, entries)
    faults += _entry_faults(found, entries, insurers)
    faults += _purpose_faults(contacts, outcomes, papers)
    return found


def _entry_faults(table: EntryContacts, entries: Entries, insurers: Mapping[str, Insurer]) -> Iterator[Fault]:
    for entry in entries.values():
        if entry.front.scope:
            insurer = insurers.get(entry.front.scope)
            if insurer and not insurer.contact:
                what = f"{entry.id} sends its reader to {insurer.id}, which names nobody to call"
                yield Fault(f"insurers/{insurer.id}.toml", 1, what, "add a [[contact]]")
        elif not table.of(entry):
            what = f"nobody to call: no contact for {entry.id} or its subject {entry.front.intent!r}"
            yield Fault(entry.path, 2, what, f"name one in {FILE}")


def _purpose_faults(
    contacts: Mapping[str, Contact], outcomes: Mapping[str, Outcome], papers: Mapping[str, Paper]
) -> Iterator[Fault]:
    for purpose in ASKED:
        if contact_key(contacts, purpose, None) is None:
            yield Fault("contacts.toml", 1, f"there is no contact {purpose}.any", "write it: pages ask for it")
    named = [(f"outcomes/{it.id}.toml", it.contact) for it in outcomes.values()]
    named += [("papers.toml", it.contact) for it in papers.values()]
    for path, purpose in named:
        if purpose != "none" and contact_key(contacts, purpose, None) is None:
            yield Fault(path, 1, f"nobody to call: there is no contact {purpose}.any", "write it in contacts.toml")


def _table_faults(table: EntryContacts, contacts: Mapping[str, Contact], entries: Entries) -> Iterator[Fault]:
    known = {"subject": set(INTENTS), "entry": {id for id, _ in entries}}
    for part, lines in (("subject", table.subject), ("entry", table.entry)):
        for name, whom in lines.items():
            if name not in known[part]:
                yield table.file.fault(f"there is no {part} {name!r}", "correct or drop the line", part, name)
            purpose, _, scheme = whom.partition("/")
            exact = f"{purpose}/{scheme}" in contacts if scheme else contact_key(contacts, purpose, None) is not None
            if not exact:
                what = f"nobody to call: {name} names {whom!r}, which is no contact"
                yield table.file.fault(what, "name one of contacts.toml", part, name)
