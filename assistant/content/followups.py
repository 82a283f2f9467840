"""Which entry answers a short question about what was shown last."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import CHOICES, INTENTS, ITEMS, STANDINGS
from assistant.language.lexicon.schema import ACTS


class FollowUp(BaseModel):
    """One line: after an entry of one of these intents, an outcome of one of these standings, or with these items."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    act: str
    entry: str
    after: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    nothing_shown: bool = False

    @model_validator(mode="after")
    def _known(self) -> FollowUp:
        for values, known in (
            ((self.act,), ACTS), (self.after, INTENTS), (self.standings, STANDINGS), (self.items, ITEMS),
            (self.schemes, CHOICES["scheme"].values),
        ):  # fmt: skip
            for value in set(values) - set(known):
                raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        return self

    def fits(
        self,
        acts: Collection[str],
        intent: str | None,
        standing: str | None,
        items: Collection[str],
        scheme: str | None,
    ) -> bool:
        """Tell whether the line holds for a sentence with ``acts`` after what was shown last."""
        if self.act not in acts or (self.schemes and scheme not in self.schemes) or (self.nothing_shown and items):
            return False
        if self.items:
            return any(item in items for item in self.items)
        return intent in self.after or standing in self.standings or not (self.after or self.standings)


Cause = Literal["moved", "turned_75", "dependant", "job"]
"""What ended an insurance."""


class FormerPaper(BaseModel):
    """What is shown of a paper of the insurer before, by what ended that insurance: to a patient, and at the desk."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    cause: Cause
    entry: str
    desk: str


class LostThing(BaseModel):
    """What is shown to who has lost ``item`` and names nothing else to show."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    item: str
    entry: str

    @field_validator("item")
    @classmethod
    def _item(cls, value: str) -> str:
        if value not in ITEMS:
            raise ValueError(f"{value!r} is not one of {', '.join(ITEMS)}")
        return value


class FollowUps(BaseModel):
    """The lines of ``followups.toml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    followup: Annotated[tuple[FollowUp, ...], Field(min_length=1)]
    former: tuple[FormerPaper, ...] = ()
    lost: tuple[LostThing, ...] = ()

    def of_a_former_paper(self, cause: Cause | None, *, desk: bool) -> str | None:
        """Return the entry that tells what becomes of a paper of the insurer before, if there is one."""
        found = (line.desk if desk else line.entry for line in self.former if line.cause == cause)
        return next(found, None)

    def of_a_lost_thing(self, item: str) -> str | None:
        """Return the entry for who has lost ``item``, if there is one."""
        return next((line.entry for line in self.lost if line.item == item), None)

    @property
    def on_former_papers(self) -> frozenset[str]:
        """The entries that tell so."""
        return frozenset(entry for line in self.former for entry in (line.entry, line.desk))


def load_followups(root: Path, faults: list[Fault]) -> FollowUps | None:
    """Load ``followups.toml``; the entries it names are checked with the references."""
    file = read_toml(root, root / "followups.toml", faults)
    found = validate(FollowUps, file.data, file, faults) if file else None
    if file and found and all(line.act != "unknown" for line in found.followup):
        faults.append(
            file.fault("nothing is shown to who does not know what they have", 'add a line with act = "unknown"')
        )
    return found
