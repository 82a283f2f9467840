"""The declaration of insured status (被保険者資格申立書): what is asked on the sheet that is filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.content.rules import Words
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import CHOICES, UNKNOWN

_FILE: Final = "declaration.toml"


class TickBox(Words):
    """A box to tick; ``when`` ticks it for a case in which every one of these facts has one of these values."""

    when: Annotated[dict[str, list[str]], Field(default_factory=dict)]

    @field_validator("when")
    @classmethod
    def _known(cls, when: dict[str, list[str]]) -> dict[str, list[str]]:
        for fact, values in when.items():
            if fact not in CHOICES or not values or not {*values} <= {*CHOICES[fact].values, UNKNOWN}:
                raise ValueError(f"{fact}: {values} is not of the vocabulary")
        return when

    def holds(self, stated: Mapping[str, str]) -> bool:
        """Say whether the box is ticked for what was ``stated``."""
        return bool(self.when) and all(stated.get(fact) in values for fact, values in self.when.items())


class FormField(BaseModel):
    """A field: its label, how much room there is to write, whether it is a day, and the boxes to tick."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Words
    high: bool = False
    day: bool = False
    choice: list[TickBox] = []


class Declaration(BaseModel):
    """The sheet: what it is, what is declared and for which visit, its fields, and what else is to be known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[list[str], Field(min_length=1)]
    title: Words
    about: Words
    own: Words
    statement: Words
    visit: Words
    date: Words
    field: Annotated[list[FormField], Field(min_length=1)]
    note: list[Words]


def load_declaration(root: Path, faults: list[Fault]) -> Declaration | None:
    """Load ``declaration.toml``; on a mistake append faults and return ``None``."""
    file = read_toml(root, root / _FILE, faults)
    return validate(Declaration, file.data, file, faults) if file else None
