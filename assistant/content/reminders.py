"""Words for days that are worth keeping in a calendar, each with its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.rules import Words
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault

_FILE: Final = "reminders.toml"
#: What is reminded of: two dates printed on cards and papers, what is left after one, and the limit of a claim.
KINDS: Final = ("certificate_until", "e_certificate_until", "e_certificate_grace", "refund")


class Reminder(BaseModel):
    """What ends on a day, and what to do before it.

    ``entries`` are those of the FAQ that state the limit, the one about it first; ``ask`` is how they ask for the day
    from which it is reckoned.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[list[str], Field(min_length=1)]
    title: Words
    text: Words
    ask: Words
    entries: Annotated[list[str], Field(min_length=1)]


def load_reminders(root: Path, faults: list[Fault]) -> dict[str, Reminder]:
    """Load ``reminders.toml``; append a fault for each mistake, and for a kind without its words."""
    file = read_toml(root, root / _FILE, faults)
    found: dict[str, Reminder] = {}
    for kind, data in (file.data if file else {}).items():
        if file and kind not in KINDS:
            faults.append(file.fault(f"nothing reminds of {kind!r}", f"use one of {', '.join(KINDS)}", kind))
        elif file and (words := validate(Reminder, data, file, faults, kind)):
            found[kind] = words
    if file:
        faults += [
            file.fault(f"there are no words for {kind!r}", "write them") for kind in KINDS if kind not in file.data
        ]
    return found
