"""The register of sources: who said it, when, where it was read, and when to read it again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault

Address = Annotated[str, Field(pattern=r"^https?://\S+$")]

_BRACKETS: Final = re.compile(r"（[^）]*）|\([^)]*\)")
_BETWEEN: Final = {"ja": re.compile(r"[、・と]"), "en": re.compile(r", | and ")}
_AROUND: Final = {
    "ja": re.compile(r"^(?:一つの|二つの|三つの|ある)|(?<=..)[都道府県市区町村]$"),
    "en": re.compile(r"^(?:one|two|three|a) |\s+(?:City|Cities|Prefecture|Town|Village)$"),
}


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

    @property
    def has_name(self) -> bool:
        """Say whether the scope is somebody's name, as "Fuchu City", and not a kind, as "one insurance society"."""
        return self.scope_en[:1].isupper()

    def places(self, lang: str) -> frozenset[str]:
        """Return the places or insurers of the scope, as a text in ``lang`` may name them; none: it speaks for all."""
        scope = _BRACKETS.sub("", self.scope if lang == "ja" else self.scope_en)
        return frozenset(spelled(_AROUND[lang].sub("", part.strip())) for part in _BETWEEN[lang].split(scope) if part)


def spelled(text: str) -> str:
    """Return ``text`` with one spelling for the names of insurers that have two, and one for one and for many."""
    text = text.replace("健康保険組合", "健保組合").replace("Kenpo", "Kempo")
    return re.sub(r"(?i)(?:health )?insurance societ(?:y|ies)", "insurance society", text)


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
