"""Insurer profiles: one file each, with what holds for that insurer only and whom to ask there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.rules import Words
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class InsurerContact(_Strict):
    """Whom to ask for one purpose. A phone number or hours stand here only with the source that names them."""

    purpose: Literal["certificate", "refund", "rate", "general"]
    who: Words
    hours: Words | None = None
    phone: str | None = None
    note: Words | None = None
    source: str | None = None
    seen_on: dt.date | None = None


class InsurerFact(_Strict):
    """One dated statement that holds for this insurer."""

    text: Words
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    until: dt.date | None = None
    source: str
    confidence: Literal["official", "secondary", "inferred"]


class Insurer(_Strict):
    """One insurer: its name, its scheme and place, its facts and contacts. One of all is the default."""

    id: str
    name: Words
    scheme: Literal["kouki", "kokuho", "employee"]
    place: Words
    default: bool = False
    sources: list[str] = []
    called: list[str] = []
    contact: list[InsurerContact] = []
    fact: list[InsurerFact] = []

    def named_in(self, folded: str) -> bool:
        """Say whether a folded text names this insurer or its place."""
        return any(word in folded for word in self.called)


def load_insurers(root: Path, faults: list[Fault]) -> dict[str, Insurer]:
    """Load ``insurers/*.toml`` as ``{id: insurer}``; append a fault for each mistake."""
    found: dict[str, Insurer] = {}
    for path in sorted((root / "insurers").glob("*.toml")):
        file = read_toml(root, path, faults)
        if file and (insurer := validate(Insurer, file.data, file, faults)):
            if insurer.id != path.stem:
                faults.append(file.fault(f"id is {insurer.id!r} and the file {path.stem!r}", "make both alike", "id"))
            for contact in insurer.contact:
                if (contact.phone or contact.hours) and not (contact.source and contact.seen_on):
                    what = "a phone number or hours without source and seen_on"
                    faults.append(file.fault(what, "name the source and the day it was seen", "contact"))
            found[insurer.id] = insurer
    if sum(insurer.default for insurer in found.values()) != 1:
        faults.append(
            Fault("insurers", 1, "there is not exactly one default insurer", "set default = true in one file")
        )
    return found
