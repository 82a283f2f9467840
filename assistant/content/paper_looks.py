"""How papers look: two short lines for each, by which a reader tells it apart, with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.outcomes import Item
from assistant.content.prose.markdown import NOTE
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault

_FILE: Final = "papers-by-looks.toml"

Line = Annotated[str, Field(min_length=1, max_length=200)]
Picture = Literal[
    "mynumber_card",
    "certificate_card",
    "certificate_postcard",
    "notice",
    "old_card",
    "smartphone",
    "subsidy_certificate",
]


class LookWords(BaseModel):
    """One language of a paper: its name and two lines on how to tell it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    lines: Annotated[list[Line], Field(min_length=2, max_length=2)]


class Look(BaseModel):
    """A paper as it looks: the item of the check that it is, its picture, its words and their sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    item: Item
    picture: Picture
    sources: Annotated[list[str], Field(min_length=1)]
    ja: LookWords
    en: LookWords

    def name(self, lang: str) -> str:
        """Return the name of the paper in ``lang``."""
        return (self.ja if lang == "ja" else self.en).name

    def lines(self, lang: str) -> list[str]:
        """Return the two lines in ``lang``, with their source marks."""
        return (self.ja if lang == "ja" else self.en).lines


def load_looks(root: Path, faults: list[Fault]) -> tuple[Look, ...]:
    """Load ``papers-by-looks.toml`` in its order; append a fault for each mistake and leave that paper out."""
    file = read_toml(root, root / _FILE, faults)
    found = []
    for id, data in (file.data if file else {}).items():
        body = {**data, "id": id} if isinstance(data, dict) else data
        if file and (look := validate(Look, body, file, faults, id)):
            found.append(look)
    return tuple(found)


def look_faults(looks: tuple[Look, ...]) -> Iterator[Fault]:
    """Name sources that back no line, and lines without a source."""
    for look in looks:
        for lang in ("ja", "en"):
            marks = {mark for line in look.lines(lang) for mark in NOTE.findall(line)}
            for id in sorted(marks ^ set(look.sources)):
                yield Fault(
                    _FILE, 1, f"{look.id}, {lang}: {id} stands in the text or in sources only", "add it to both"
                )
            if any(not NOTE.search(line) for line in look.lines(lang)):
                yield Fault(_FILE, 1, f"{look.id}, {lang}: a line has no source mark", "mark it, for example [S13]")
