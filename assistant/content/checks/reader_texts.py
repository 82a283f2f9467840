"""Every text of the content that a reader may see, one after the other, whatever kind of file it stands in.

No kind of file is listed here: a new one is walked as it is, or named as one that cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from assistant.content.entries import LANGS
from assistant.content.prose.markdown import NOTE
from assistant.content.toml_file import TomlFile, read_text, read_toml
from assistant.domain.faults import Fault

#: Folders that no reader sees: words of readers to learn from or to look for, and what was learnt.
UNSEEN: Final = frozenset({"lexicon", "questions", "turns", "model"})
#: The register of sources: what stands there is where it comes from.
REGISTER: Final = "sources.toml"
#: Keys that name sources.
SOURCES: Final = frozenset({"source", "sources", "basis"})
#: Keys below which stand words as people use them, wrong ones among them; we do not write them ourselves.
_HEARD: Final = frozenset({"asked", "called", "variants", "avoid"})
#: Keys of a front matter that hold codes and days, and so no words of a language.
_CODES: Final = frozenset(
    {"id", "lang", "audience", "intent", "checked_on", "review_by", "related", "rules", "scope", "ages"}
)

_FRONT: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FRONT_LINE: Final = re.compile(r"(?:([a-z_]+):)?[ -]*(.*)")
#: The table of an outcome that holds easy Japanese.
_EASY: Final = "easy"
_TONGUE: Final = re.compile(rf"(.+)_({'|'.join(LANGS)})")

_Keys = tuple[str | int, ...]


class Text(NamedTuple):
    """One text: its file (relative to the content), its line, its key without the language, its language and its words.

    ``lang`` is empty where the text belongs to no language, as a source id or an address. ``pair`` is the same for
    the two languages of one text. ``sourced`` says whether sources are named beside it.
    """

    path: str
    line: int
    key: str
    lang: str
    text: str
    pair: str
    sourced: bool

    @property
    def name(self) -> str:
        """The last name of the key that is not a number."""
        return next((part for part in reversed(self.key.split(".")) if not part.isdigit()), "")

    @property
    def easy(self) -> bool:
        """Say whether this is easy Japanese, which has no other language; what it may say is checked by itself."""
        return self.path.endswith("easy.md") or self.key.partition(".")[0] == _EASY

    @property
    def heard(self) -> bool:
        """Say whether these are words of other people, by which they are to be understood."""
        return not _HEARD.isdisjoint(self.key.split("."))

    def line_at(self, position: int) -> int:
        """Return the line of the file on which the character at ``position`` of the text stands."""
        return self.line + self.text.count("\n", 0, position)


def reader_texts(root: Path, faults: list[Fault]) -> Iterator[Text]:
    """Yield the texts of every file below ``root`` that a reader may see; append a fault for a file of another kind."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] in UNSEEN or path.name.startswith(".") or not path.is_file():
            continue
        if path.suffix == ".toml":
            if file := read_toml(root, path, faults):
                yield from _of_toml(file)
        elif path.suffix == ".md":
            if (text := read_text(root, path, faults)) is not None:
                yield from _of_markdown(name, text.replace("\r\n", "\n"))
        else:
            what = f"no check reads {path.suffix or 'such'} files"
            faults.append(Fault(name.as_posix(), 1, what, "write it as .toml or .md, or move it out of the content"))


def _of_markdown(name: Path, text: str) -> Iterator[Text]:
    """Yield each line of the front matter, with the key above it, and the body as one text."""
    path = name.as_posix()
    lang = name.stem if name.stem in LANGS else LANGS[0] if name.stem == "easy" else ""
    about = name.parent.as_posix() if name.stem in LANGS else path
    match = _FRONT.match(text)
    head, body = (match[1], text[match.end() :]) if match else ("", text)
    sourced = bool(NOTE.search(body))
    key = ""
    for number, line in enumerate(head.split("\n"), 2):
        found = _FRONT_LINE.match(line)
        if found and (found[1] or found[2]):
            key = found[1] or key
            tongue = "" if key in _CODES | SOURCES else lang
            for part in re.split(r",\s*", found[2].strip("[] ")) if key in SOURCES else (found[2],):
                yield Text(path, number, key, tongue, part, f"{about} {key}", sourced)
    yield Text(path, text.count("\n", 0, len(text) - len(body)) + 1, "body", lang, body, f"{about} body", sourced)


def _of_toml(file: TomlFile) -> Iterator[Text]:
    """Yield every string of the file. Their lines are found by looking for each string behind the one before."""
    at, line = 0, 1
    for keys, value, sourced in _strings(file.data, (), sourced=file.path == REGISTER):
        written = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if value and (found := file.text.find(written, at)) >= 0:
            line += file.text.count("\n", at, found)
            at, stands = found, line
        elif value and (found := file.text.find(written)) >= 0:
            stands = file.text.count("\n", 0, found) + 1
        else:
            stands = file.line(*keys)
        key, lang = _without_language(keys)
        yield Text(file.path, stands, key, lang, value, f"{file.path} {key}", sourced)


def _strings(value: Any, keys: _Keys, *, sourced: bool) -> Iterator[tuple[_Keys, str, bool]]:
    """Yield every string below ``value`` with its keys and whether sources stand in a table around it.

    An empty list counts as an empty string.
    """
    if isinstance(value, str) or value == []:
        yield keys, value or "", sourced
    elif isinstance(value, dict):
        sourced = sourced or not SOURCES.isdisjoint(value)
        for name, below in value.items():
            # «issuer» beside «issuer_en» is the Japanese one
            tongue = (LANGS[0],) if f"{name}_{LANGS[1]}" in value else ()
            yield from _strings(below, (*keys, name, *tongue), sourced=sourced)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _strings(below, (*keys, number), sourced=sourced)


def _without_language(keys: _Keys) -> tuple[str, str]:
    """Return the keys joined, without the language that stands among them, and that language."""
    parts: list[str] = []
    lang = ""
    for key in map(str, keys):
        tongue = _TONGUE.fullmatch(key)
        if key in LANGS:
            lang = key
        elif key == _EASY and not parts:
            parts.append(key)
            lang = LANGS[0]
        elif tongue:
            parts.append(tongue[1])
            lang = tongue[2]
        else:
            parts.append(key)
    return ".".join(parts), lang
