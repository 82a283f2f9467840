"""One file of the lexicon: its entries, its examples, and the lines on which things stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from itertools import chain, repeat
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.language.lexicon import schema as entries
from assistant.language.lexicon.parts import (
    Example,
)
from assistant.language.lexicon.pattern_notation import PatternError, compile_patterns
from assistant.language.lexicon.phrase_set import PhraseSet

LONGEST_LINE: Final = 200
"""Characters of a line of the lexicon: a clerk has to be able to read it."""


Fault = tuple[Path, int, str]


_Model = TypeVar("_Model", bound=BaseModel)


Words = Mapping[str, tuple[str, ...]]


class EntryFile:
    """One lexicon file: its entries, its examples, and the lines on which things stand."""

    def __init__(self, folder: Path, name: str, faults: list[Fault], *, checking: bool) -> None:
        self.checking = checking
        self.path = folder / f"{name}.toml"
        self.faults = faults
        self.examples: list[Example] = []
        try:
            self.text = self.path.read_text(encoding="utf-8")
            self.data = tomllib.loads(self.text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self.text, self.data = "", {}
            place = re.search(r"at line (\d+)", str(error))
            self.fault(int(place[1]) if place else 1, str(error))
        for number, line in enumerate(self.text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                self.fault(number, f"a line of {len(line)} characters, put each idea on a line of its own")

    def fault(self, line: int, message: str) -> None:
        self.faults.append((self.path, line, message))

    def table(self, name: str, model: type[_Model]) -> list[tuple[int, _Model]]:
        """Return the valid entries of ``[[name]]`` with their lines; note a fault for the others."""
        found = []
        headers = [n for n, text in enumerate(self.text.split("\n"), 1) if text.strip() == f"[[{name}]]"]
        for line, raw in zip(chain(headers, repeat(1)), self.data.get(name, []), strict=False):
            try:
                found.append((line, model.model_validate(raw)))
            except ValidationError as error:
                for problem in error.errors():
                    place = ".".join(str(part) for part in problem["loc"])
                    self.fault(line, f"{place + ': ' if place else ''}{problem['msg']}")
        unknown = set(self.data) - {name}
        if unknown:
            self.fault(1, f"unknown table {', '.join(sorted(unknown))}; this file holds [[{name}]]")
        return found

    def compiled(self, patterns: tuple[str, ...], words: Words, line: int) -> PhraseSet | None:
        """Compile ``patterns``; note each one that the notation does not allow, with its own line."""
        try:
            return compile_patterns(patterns, words, at_once=self.checking) if patterns else None
        except (PatternError, re.error, RecursionError):
            self._fault_patterns(patterns, words, line)
            return None

    def _fault_patterns(self, patterns: tuple[str, ...], words: Words, line: int) -> None:
        for pattern in patterns:
            try:
                compile_patterns((pattern,), words)
            except (PatternError, re.error, RecursionError) as error:
                at = next((n for n, text in enumerate(self.text.split("\n"), 1) if n >= line and pattern in text), line)
                self.fault(at, f"pattern {pattern!r}: {error}")

    def note_examples(self, line: int, entry: entries.LexiconEntry, kind: str, expected: str) -> None:
        for holds, texts in ((True, entry.examples), (False, entry.not_)):
            self.examples += [Example(self.path, line, kind, expected, text, holds) for text in texts]
