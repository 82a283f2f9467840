"""The register of sources: who said it, when, where it was read, and when to read it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.reading import read_toml, validate
from assistant.domain.faults import Fault

Address = Annotated[str, Field(pattern=r"^https?://\S+$")]


class Source(BaseModel):
    """One page or document. ``date`` is its own day; ``dated`` the year or month when only that is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    issuer: str
    issuer_en: str
    title: str
    title_en: str
    date: dt.date | None = None
    dated: str = ""
    url: Address | None = None
    also: list[Address] = []
    confidence: Literal["official", "secondary"]
    scope: str = ""
    scope_en: str = ""
    note: str = ""
    note_en: str = ""
    seen: Literal["stored copy", "provided file", "live"]
    checked_on: dt.date
    review_by: dt.date

    def issued(self, lang: str) -> str:
        """Return the issuer in ``lang``."""
        return self.issuer if lang == "ja" else self.issuer_en

    def titled(self, lang: str) -> str:
        """Return the title in ``lang``; the English one is our gloss."""
        return self.title if lang == "ja" else self.title_en


def load_sources(root: Path, faults: list[Fault]) -> dict[str, Source]:
    """Load ``sources.toml``; append a fault for each source that is not in order and leave it out."""
    file = read_toml(root, root / "sources.toml", faults)
    if file is None:
        return {}
    found: dict[str, Source] = {}
    for id, data in file.data.items():
        body = {**data, "id": id} if isinstance(data, dict) else data
        if source := validate(Source, body, file, faults, id):
            found[id] = source
    return found


def cited(sources: Mapping[str, Source], ids: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources behind ``ids``, each once, in their order."""
    return tuple(sources[id] for id in dict.fromkeys(ids) if id in sources)
