"""What was last changed in an entry, when and from which sources: ``reviews.toml``, a record for each entry.

A record holds for the words it was written for: it carries their hash. Without the file nothing is asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.content.entries import LANGS
from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault

FILE: Final = "reviews.toml"
_MOST_WORDS: Final = 10
_HEAD: Final = "# What was last changed in each entry. `madoguchi review` writes it: docs/adding-an-entry.md.\n"


def _short(text: str) -> str:
    if not 1 <= len(text.split()) <= _MOST_WORDS:
        raise ValueError(f"say in 1 to {_MOST_WORDS} words what was changed")
    return text


class EntryChange(BaseModel):
    """What an editor says of a change: what, from which sources, and on which day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: dt.date
    changed: Annotated[str, AfterValidator(_short)]
    sources: Annotated[list[str], Field(min_length=1)]


class Review(EntryChange):
    """A change with the hash of both language files as they were then."""

    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


def load_reviews(root: Path, faults: list[Fault]) -> dict[str, Review] | None:
    """Load ``reviews.toml`` as ``{entry: review}``, ``None`` without the file; append a fault for each mistake."""
    if not (root / FILE).is_file():
        return None
    file = read_toml(root, root / FILE, faults)
    if file is None:
        return None
    return {id: review for id, data in file.data.items() if (review := validate(Review, data, file, faults, id))}


def load_changes(path: Path, day: dt.date, faults: list[Fault]) -> dict[str, EntryChange]:
    """Load a file of changes as ``{entry: change}``; ``day`` is the day of those that name none."""
    file = read_toml(path.parent, path, faults)
    if file is None:
        return {}
    bodies = {id: {"day": day, **data} if isinstance(data, dict) else data for id, data in file.data.items()}
    return {id: change for id, body in bodies.items() if (change := validate(EntryChange, body, file, faults, id))}


def review_faults(root: Path, ids: Iterable[str]) -> Iterator[Fault]:
    """Name entries without a record or changed after it, and records without an entry; nothing without the file."""
    faults: list[Fault] = []
    reviews = load_reviews(root, faults)
    yield from faults
    if reviews is None:
        return
    entries = set(ids)
    for id in sorted(entries):
        do = f'run madoguchi review {id} --changed "…" --source S…'
        if id not in reviews:
            if not any(fault.path == FILE for fault in faults):  # a record that cannot be read is no missing one
                yield Fault(f"faq/{id}/{LANGS[0]}.md", 1, f"the entry has no record in {FILE}", do)
        elif reviews[id].hash != entry_hash(root, id):
            yield Fault(f"faq/{id}/{LANGS[0]}.md", 1, f"the entry was changed after {reviews[id].day}", do)
    for id in sorted(reviews.keys() - entries):
        yield Fault(FILE, 1, f"{id}: there is no such entry", "drop the record")


def entry_hash(root: Path, id: str) -> str:
    """Return sixteen digits of the hash over both language files of the entry ``id``."""
    texts = ((root / "faq" / id / f"{lang}.md").read_bytes() for lang in LANGS)
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def record(root: Path, reviews: Mapping[str, Review], changes: Mapping[str, EntryChange]) -> None:
    """Write ``reviews.toml``: ``reviews``, and in their place ``changes`` with the hashes of today's files."""
    news = {id: Review(**change.model_dump(), hash=entry_hash(root, id)) for id, change in changes.items()}
    text = _HEAD + "".join(f"\n[{id}]\n{_lines(review)}" for id, review in sorted({**reviews, **news}.items()))
    aside = root / f".{FILE}"
    aside.write_text(text, encoding="utf-8")
    aside.replace(root / FILE)


def _lines(review: Review) -> str:
    changed, sources = (json.dumps(it, ensure_ascii=False) for it in (review.changed, review.sources))
    return f'day = {review.day}\nchanged = {changed}\nsources = {sources}\nhash = "{review.hash}"\n'
