"""Whom to call: by purpose and scheme, by entry, and by municipality where the reader has chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.content.contacts.insurers import Insurer
from assistant.content.contacts.municipalities import MunicipalDesk, Municipality, Scheme
from assistant.content.entries import LANGS, Entry
from assistant.content.fact_words import Contact, TownContact, contact_for
from assistant.content.rules import Words
from assistant.domain.vocabulary import Voice
from assistant.snapshot.snapshot import Snapshot

_BETWEEN: Final = {"ja": "", "en": " "}


def whom(
    snapshot: Snapshot, purpose: str, scheme: str | None = None, voice: Voice = "patient", city: str | None = None
) -> Contact:
    """Return whom to ask for ``purpose``; with ``city``, a code of the register, its office and its number."""
    found = contact_for(snapshot.contacts, purpose, scheme, voice)
    place = snapshot.municipalities[city] if city else None
    return _local(snapshot, found, found.town, place) if found.town and place else found


def entry_contact(snapshot: Snapshot, entry: Entry, scheme: str | None = None, city: str | None = None) -> Contact:
    """Return whom ``entry`` sends its reader to: its insurer, the office of its subject, or that of ``scheme``."""
    if entry.front.scope:
        return _of_insurer(snapshot.insurers[entry.front.scope])
    purpose, _, fixed = snapshot.entry_contacts.of(entry).partition("/")
    voice: Voice = "desk" if entry.front.audience[0] == "front-desk" else "patient"
    return whom(snapshot, purpose, fixed or scheme, voice, city)


def _of_insurer(insurer: Insurer) -> Contact:
    """Return whom to ask about a certificate of ``insurer``, or whom for anything."""
    found = next((it for it in insurer.contact if it.purpose == "certificate"), insurer.contact[0])
    said = {lang: " ".join(it[lang] for it in (found.hours, found.note) if it) for lang in LANGS}
    return Contact(name=found.who, phone=found.phone, hours=_words(said))


def _local(snapshot: Snapshot, found: Contact, town: TownContact, place: Municipality) -> Contact:
    """Return ``found`` as the office of ``place``: one number by itself, several one after the other."""
    desks = {scheme: desk for scheme, desk in place.desks.items() if scheme in town.desks}
    offices = {(desk.division, desk.phone) for desk in desks.values()}
    alone = next(iter(desks.values())) if len(desks) == len(town.desks) and len(offices) == 1 else None
    division = alone.division if alone else ""
    name = {lang: town.name[lang].format(town=place.name[lang]) + _bracketed(division, lang) for lang in LANGS}
    rest = {lang: town.hours[lang].format(town=place.name[lang]) for lang in LANGS}
    if alone and alone.phone:
        said = {lang: _when(snapshot, alone, lang) for lang in LANGS}
    else:
        several = {} if alone else {scheme: desk for scheme, desk in desks.items() if desk.phone}
        said = {lang: _BETWEEN[lang].join((*_each(snapshot, several, lang), rest[lang])) for lang in LANGS}
    phone = alone.phone if alone else found.phone
    return found.model_copy(update={"name": _words(name), "phone": phone, "hours": _words(said)})


def _each(snapshot: Snapshot, desks: Mapping[Scheme, MunicipalDesk], lang: str) -> list[str]:
    """Return each number with the scheme it is for and how old it is."""
    labels, number = snapshot.words["scheme"].values, snapshot.phrases["number_of"][lang]
    return [
        _BETWEEN[lang].join(
            (
                number.format(desk=labels[scheme][lang] + _bracketed(desk.division, lang), phone=desk.phone),
                _when(snapshot, desk, lang),
            )
        )
        for scheme, desk in desks.items()
    ]


def _when(snapshot: Snapshot, desk: MunicipalDesk, lang: str) -> str:
    """Return the extension of a desk, and from when its number is."""
    day = snapshot.sources[desk.source].date
    if day is None:
        told = snapshot.phrases["number_undated"][lang]
    else:
        month = f"{day.year}年{day.month}月" if lang == "ja" else f"{day:%B %Y}"
        told = snapshot.phrases["number_dated"][lang].format(month=month)
    inside = snapshot.phrases["number_extension"][lang].format(extension=desk.extension) if desk.extension else ""
    return _BETWEEN[lang].join(filter(None, (inside, told)))


def _bracketed(division: str, lang: str) -> str:
    return "" if not division else f"（{division}）" if lang == "ja" else f" ({division})"


def _words(said: Mapping[str, str]) -> Words:
    return Words(ja=said["ja"], en=said["en"])
