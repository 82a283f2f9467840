"""The municipalities of Tokyo: their names, and the desks of which a page of their own was read."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.rules import Words
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import MUNICIPALITIES

Scheme = Literal["kouki", "kokuho"]
Phone = Annotated[str, Field(pattern=r"^0\d{1,4}-\d{1,4}-\d{3,4}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MunicipalDesk(_Strict):
    """The desk for one scheme as ``source`` names it: its division in Japanese, its number where one stands there."""

    division: Annotated[str, Field(min_length=1)]
    phone: Phone | None = None
    extension: str = ""
    source: str
    seen_on: dt.date


class Municipality(_Strict):
    """One municipality; a desk that no source names is left out."""

    kind: Literal["ward", "city", "town", "village"]
    name: Words
    kouki: MunicipalDesk | None = None
    kokuho: MunicipalDesk | None = None

    def named_in(self, folded: str, lang: str) -> bool:
        """Say whether a folded text in ``lang`` names this municipality; in English «Ota» may stand for «Ota City»."""
        if lang == "ja":
            return self.name.ja in folded
        name = self.name.en.rpartition(" ")[0].lower()
        return name in folded and re.search(rf"\b{re.escape(name)}\b", folded) is not None

    @property
    def desks(self) -> dict[Scheme, MunicipalDesk]:
        """The desks that a source names, by scheme."""
        named: tuple[tuple[Scheme, MunicipalDesk | None], ...] = (("kouki", self.kouki), ("kokuho", self.kokuho))
        return {scheme: desk for scheme, desk in named if desk}


def load_municipalities(root: Path, faults: list[Fault]) -> dict[str, Municipality]:
    """Load ``municipalities.toml`` as ``{code: municipality}``; its codes are those of the vocabulary, in its order."""
    file = read_toml(root, root / "municipalities.toml", faults)
    if file is None:
        return {}
    for code in sorted(file.data.keys() ^ set(MUNICIPALITIES)):
        what = f"register and vocabulary differ at {code!r}"
        faults.append(file.fault(what, "write it here and in MUNICIPALITIES of domain/vocabulary.py", code))
    known = (code for code in MUNICIPALITIES if code in file.data)
    return {code: it for code in known if (it := validate(Municipality, file.data[code], file, faults, code))}
