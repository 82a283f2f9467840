"""Which entry answers a short question about what was shown last."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class _FollowUps(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    followup: Annotated[list[FollowUp], Field(min_length=1)]


def load_followups(root: Path, faults: list[Fault]) -> tuple[FollowUp, ...]:
    """Load ``followups.toml``; the entries it names are checked with the references."""
    file = read_toml(root, root / "followups.toml", faults)
    found = validate(_FollowUps, file.data, file, faults) if file else None
    if file and found and all(line.act != "unknown" for line in found.followup):
        faults.append(
            file.fault("nothing is shown to who does not know what they have", 'add a line with act = "unknown"')
        )
    return tuple(found.followup) if found else ()
