"""The command that notes what was changed in an entry, when and from which sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import click
from pydantic import ValidationError

from assistant.cli.content_option import content_option
from assistant.cli.day import Day
from assistant.clock import day_in_japan
from assistant.content.editing.reviews import EntryChange, load_changes, load_reviews, record
from assistant.content.entries import LANGS
from assistant.content.sources import load_sources
from assistant.domain.faults import Fault

_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("review")
@click.argument("entry", required=False)
@click.option("--changed", help="what was changed, in at most ten words")
@click.option("--source", "sources", multiple=True, help="a source it was changed from; give each one")
@click.option("--on", type=Day(), default=day_in_japan, help="the day of the change")
@click.option("--from", "file", type=_FILE, help="a file with a table [ENTRY] of changed and sources for each")
@content_option
def review(
    entry: str | None, changed: str | None, sources: tuple[str, ...], on: date, file: Path | None, content: Path
) -> None:
    """Note in reviews.toml what was changed in ENTRY, or in each entry of a file, with the hash of its texts."""
    if (entry is None) == (file is None):
        raise click.UsageError("name an ENTRY, or give --from FILE")
    if file is None and not (changed and sources):
        raise click.UsageError("give --changed and --source")
    faults: list[Fault] = []
    reviews = load_reviews(content, faults) or {}
    changes: Mapping[str, EntryChange] = {}
    if file:
        changes = load_changes(file, on, faults)
    elif entry:
        try:
            changes = {entry: EntryChange(day=on, changed=changed or "", sources=list(sources))}
        except ValidationError as error:
            raise click.ClickException(f"--changed: {error.errors()[0]['msg']}") from None
    wrong = [str(fault) for fault in faults] or list(_unknown(changes, content))
    if wrong:
        raise click.ClickException("\n".join(wrong))
    record(content, reviews, changes)
    click.echo(f"{len(changes)} noted, {len(reviews.keys() | changes.keys())} in all")


def _unknown(changes: Mapping[str, EntryChange], content: Path) -> Iterator[str]:
    """Yield a line for each entry and each source that does not exist."""
    known = load_sources(content, [])
    for id, change in changes.items():
        if "/" in id or not all((content / "faq" / id / f"{lang}.md").is_file() for lang in LANGS):
            yield f"{id}: there is no such entry, name one of content/faq"
        for source in change.sources:
            if source not in known:
                yield f"{id}: there is no source {source!r}, add it to sources.toml or correct the id"
