"""Reading content files so that every complaint can name its file and line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.domain.faults import Fault

_HEADER = re.compile(r"^\s*\[+([^\]]+)\]+\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"-]+)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+)")

Model = TypeVar("Model", bound=BaseModel)

# a file is read for what it says and again for how it says it, and after an edit most files are what they were
_parsed: Final = lru_cache(512)(tomllib.loads)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file with its text, so that a key can be found again. ``path`` is relative to the content.

    ``data`` is read only: files with the same text share it.
    """

    path: str
    text: str
    data: dict[str, Any]

    def line(self, *keys: str | int) -> int:
        """Return the line on which the key path stands; the nearest known line above it otherwise."""
        wanted = [str(key) for key in keys if not isinstance(key, int)]
        nth = next((key for key in keys if isinstance(key, int)), 0)
        best, section, seen = 1, "", -1
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := _HEADER.match(line):
                section = header[1].strip().strip('"')
                if line.lstrip().startswith("[[") and wanted[:1] == [section]:
                    seen += 1
                    best = number if seen == nth else best
                elif _leads(section, wanted):
                    best = number
            elif (key := _KEY.match(line)) and seen in (-1, nth):
                full = ".".join(part for part in (section, key[1].strip('"')) if part)
                if wanted and _leads(full, wanted):
                    best = number
        return best

    def headers(self, name: str) -> list[int]:
        """Return the line of every ``[[name]]`` in the file."""
        return [n for n, line in enumerate(self.text.splitlines(), 1) if line.strip().startswith(f"[[{name}]]")]

    def fault(self, what: str, do: str, *keys: str | int) -> Fault:
        """Return a fault at the line of the key path."""
        return Fault(self.path, self.line(*keys), what, do)


def _leads(name: str, wanted: list[str]) -> bool:
    parts = name.split(".")
    return parts == wanted[: len(parts)]


def read_toml(root: Path, path: Path, faults: list[Fault]) -> TomlFile | None:
    """Parse one file below ``root``; on failure append the fault and return ``None``."""
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        return TomlFile(name, text, _parsed(text))
    except FileNotFoundError:
        faults.append(Fault(name, 1, "the file is missing", "put it back"))
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, "the file is not UTF-8 text", "save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else 1
        faults.append(Fault(name, line, f"this is not TOML ({error})", "correct the line"))
    return None


def read_text(root: Path, path: Path, faults: list[Fault]) -> str | None:
    """Return the text of a file below ``root``; on failure append the fault and return ``None``."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.append(Fault(path.relative_to(root).as_posix(), 1, "the file is not UTF-8 text", "save it as UTF-8"))
    return None


def validate(model: type[Model], data: object, source: TomlFile, faults: list[Fault], *at: str | int) -> Model | None:
    """Check ``data`` against ``model``; append one fault for each error, with its line."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            where = (*at, *problem["loc"])
            label = ".".join(str(part) for part in where) or "the file"
            faults.append(source.fault(f"{label}: {problem['msg'].lower()}", "correct or add it", *where))
        return None
