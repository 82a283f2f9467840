"""FAQ entries: one Markdown file for each topic and language, with a validated front matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.content.prose.markdown import NOTE, plain, render, without_readings
from assistant.content.toml_file import read_text
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import CHOICES, INTENTS

LANGS = ("ja", "en")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[。？！])|(?<=[.?!])\s+(?=[A-Z\"(])")

Audience = Literal["enrollee", "family", "front-desk", "care-facility", "pharmacy"]
Text = Annotated[str, Field(min_length=1)]


class FrontMatter(BaseModel):
    """What an entry says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    lang: Literal["ja", "en"]
    title: Text
    audience: Annotated[list[Audience], Field(min_length=1)]
    intent: str
    asked: Annotated[list[Text], Field(min_length=1)]
    sources: Annotated[list[str], Field(min_length=1)]
    checked_on: dt.date
    review_by: dt.date
    related: list[str] = []
    rules: list[str] = []
    scope: str | None = None
    #: The age bands that the answer is for; none when it is for everybody.
    ages: list[str] = []


@dataclass(frozen=True)
class Easy:
    """The same answer in easy Japanese, with readings as ``{word|reading}``."""

    title: str
    body: str
    path: str

    @property
    def text(self) -> str:
        """Title and body as plain text."""
        return without_readings(f"{self.title}\n{plain(self.body)}")


@dataclass(frozen=True)
class Entry:
    """One entry in one language. ``path`` and ``body_line`` say where its text stands."""

    front: FrontMatter
    body: str
    path: str
    body_line: int
    easy: Easy | None = None

    @property
    def id(self) -> str:
        """The topic's id, the same in both languages."""
        return self.front.id

    @cached_property
    def html(self) -> str:
        """The body as safe HTML; source marks become numbered notes."""
        return render(self.body, self.front.lang, self.front.sources)

    @cached_property
    def text(self) -> str:
        """The body as plain text without source marks."""
        return plain(self.body)

    @cached_property
    def lead(self) -> str:
        """The first sentence: the answer."""
        first = self.text.strip().split("\n", 1)[0]
        return next((part.strip() for part in _SENTENCE_END.split(first) if part and part.strip()), first)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The source ids cited in the body."""
        return frozenset(NOTE.findall(self.body))

    @cached_property
    def html_alone(self) -> str:
        """The body as safe HTML for another page: its notes lead to the entry's own list of sources."""
        return render(self.body, self.front.lang, self.front.sources, f"/{self.front.lang}/faq/{self.id}")

    @cached_property
    def easy_html(self) -> str:
        """The easy text as safe HTML, empty where there is none."""
        return render(self.easy.body, self.front.lang, self.front.sources) if self.easy else ""

    def line_of(self, needle: str) -> int:
        """Return the line of the file on which ``needle`` first stands in the body."""
        return self.body_line + self.body.split(needle, 1)[0].count("\n")

    def stale(self, day: dt.date) -> bool:
        """Say whether the entry is past its review day on ``day``."""
        return day > self.front.review_by


Entries = Mapping[tuple[str, str], Entry]


def load_entries(root: Path, faults: list[Fault]) -> dict[tuple[str, str], Entry]:
    """Load ``faq/<id>/<lang>.md`` as ``{(id, lang): entry}``; append a fault for each mistake."""
    found: dict[tuple[str, str], Entry] = {}
    for folder in sorted(path for path in (root / "faq").glob("*") if path.is_dir()):
        for lang in LANGS:
            path = folder / f"{lang}.md"
            name = path.relative_to(root).as_posix()
            if not path.is_file():
                faults.append(Fault(name, 1, "this language is missing", "write it, or remove the topic"))
            elif entry := _read_entry(root, path, faults):
                if lang == LANGS[0]:
                    entry = replace(entry, easy=_easy(folder / "easy.md", root, faults))
                if (entry.id, entry.front.lang) != (folder.name, lang):
                    faults.append(Fault(name, 2, "id or lang differ from the path", f"use {folder.name} and {lang}"))
                found[(folder.name, lang)] = entry
    return found


def _easy(path: Path, root: Path, faults: list[Fault]) -> Easy | None:
    if not path.is_file():
        return None
    name = path.relative_to(root).as_posix()
    text = read_text(root, path, faults)
    if text is None:
        return None
    match = _FRONT.match(text.replace("\r\n", "\n"))
    title = re.fullmatch(r"title:\s*(.+)", match[1].strip()) if match else None
    if match is None or title is None:
        faults.append(Fault(name, 1, "the easy text begins with a title and nothing else", "write --- title: … ---"))
        return None
    return Easy(title[1].strip().strip('"'), match[2].strip() + "\n", name)


def _read_entry(root: Path, path: Path, faults: list[Fault]) -> Entry | None:
    text = read_text(root, path, faults)
    return None if text is None else parse_entry(text, path.relative_to(root).as_posix(), faults)


def parse_entry(text: str, name: str, faults: list[Fault]) -> Entry | None:
    """Read one file; append a fault with its line for each mistake and return ``None``."""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    if match is None:
        faults.append(
            Fault(name, 1, "there is no front matter", "begin with --- lines as docs/adding-an-entry.md shows")
        )
        return None
    head, body = match.groups()
    try:
        front = _front(head)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            field = str(problem["loc"][0]) if problem["loc"] else "front matter"
            faults.append(
                Fault(name, _key_line(head, field), f"{field}: {problem['msg'].lower()}", "correct or add it")
            )
        return None
    except (yaml.YAMLError, ValueError) as error:  # a day that does not exist is a ValueError of the loader
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "a character or a day that cannot be"
        line = mark.line + 2 if mark else 2
        faults.append(Fault(name, line, f"the front matter is not YAML ({what})", "quote the value"))
        return None
    bands = CHOICES["age_band"].values
    for age in front.ages:
        if age not in bands:
            faults.append(Fault(name, _key_line(head, "ages"), f"{age!r} is no age band", f"use {', '.join(bands)}"))
    if front.intent not in INTENTS:
        what = f"{front.intent!r} is not an intent"
        faults.append(Fault(name, _key_line(head, "intent"), what, f"use one of {', '.join(INTENTS)}"))
        return None
    blank = len(body) - len(body.lstrip("\n"))
    return Entry(front, body.strip() + "\n", name, head.count("\n") + 4 + blank)


@lru_cache(2048)  # after an edit most entries are what they were
def _front(head: str) -> FrontMatter:
    return FrontMatter.model_validate(yaml.load(head, Loader=_Loader))  # noqa: S506 - a safe loader


def _key_line(head: str, key: str) -> int:
    lines = head.split("\n")
    return next((number for number, line in enumerate(lines, 2) if line.startswith(f"{key}:")), 2)
