"""Commands for editors: begin an entry, look at the site as of a day, measure how hard the texts are to read."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import Final, get_args

import click

from assistant.cli.content_option import content_option
from assistant.cli.day import Day
from assistant.clock import day_in_japan
from assistant.content.checks.readability import readability
from assistant.content.editing.entry_template import BODY, TITLE
from assistant.content.entries import Audience
from assistant.domain.faults import Faulty
from assistant.domain.vocabulary import INTENTS
from assistant.settings import Settings
from assistant.snapshot.snapshot import Snapshot, build_snapshot

_REVIEW: Final = timedelta(days=120)


@click.group()
def new() -> None:
    """Begin a new piece of content."""


@new.command("faq")
@click.argument("id")
@click.option("--intent", type=click.Choice(INTENTS), default="card_outcome", help="what it answers")
@click.option("--audience", type=click.Choice(get_args(Audience)), multiple=True, default=("enrollee", "family"))
@click.option("--source", default="S01", help="the first source it rests on")
@click.option("--on", type=Day(), default=day_in_japan, help="the day it was checked")
@content_option
def new_faq(id: str, intent: str, audience: tuple[str, ...], source: str, on: date, content: Path) -> None:
    """Write the pair of files of a new entry, ready to be filled in; nothing is overwritten."""
    folder = content / "faq" / id
    if not id.replace("-", "").isalnum() or id != id.lower() or not id.isascii():
        raise click.ClickException(f"{id!r}: an id is lower-case letters, digits and hyphens, for example notice-alone")
    if folder.exists():
        raise click.ClickException(f"{folder}: there is such an entry already; edit it, or choose another id")
    folder.mkdir(parents=True)
    for lang, body in BODY.items():
        front = f"""\
            ---
            id: {id}
            lang: {lang}
            title: {TITLE[lang]}
            audience: [{", ".join(audience)}]
            intent: {intent}
            asked:
              - {TITLE[lang]}
            sources: [{source}]
            checked_on: {on}
            review_by: {on + _REVIEW}
            related: []
            ---

            """
        text = textwrap.dedent(front) + body.format(source=source)
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
        click.echo(folder / f"{lang}.md")
    click.echo("fill both in, then: madoguchi verify && madoguchi readability " + id)


@click.command()
@click.option("--on", type=Day(), required=True, help="the day as of which the site is shown")
@content_option
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
def preview(on: date, content: Path, host: str, port: int) -> None:
    """Show the content as it lies here, as of a day; every page carries a banner that says so."""
    import waitress

    from assistant import create_app

    try:
        app = create_app(Settings(content=content, as_of=on))
    except Faulty as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from None
    click.echo(f"http://{host}:{port}/ as of {on}")
    waitress.serve(app, host=host, port=port, ident=None, threads=4)


@click.command("readability")
@click.argument("ids", nargs=-1)
@content_option
@click.option("--all", "everything", is_flag=True, help="print every entry, not only those over a ceiling")
def readability_command(ids: tuple[str, ...], content: Path, everything: bool) -> None:
    """Report how hard the entries are to read; exit 1 when one is over a ceiling."""
    snapshot = _snapshot(content)
    for id in set(ids) - set(snapshot.entry_ids()):
        raise click.ClickException(f"there is no entry {id!r}; madoguchi search finds the ids")
    over = 0
    for (id, _), entry in snapshot.entries.items():
        if ids and id not in ids:
            continue
        found = readability(entry, snapshot.furigana)
        complaints = list(found.complaints())
        over += bool(complaints)
        if complaints or everything or ids:
            unit = (
                f"kanji {found.kanji:.0%}, without reading {found.hard}"
                if found.lang == "ja"
                else f"Flesch {found.ease:.0f}"
            )
            said = f": {'; '.join(complaints)}" if complaints else ""
            click.echo(f"{found.path}:1: length {found.length}, longest sentence {found.longest}, {unit}{said}")
    click.echo(f"{over} of {len(snapshot.entries)} texts are over a ceiling")
    raise SystemExit(1 if over else 0)


def _snapshot(content: Path) -> Snapshot:
    try:
        return build_snapshot(content, searching=False)
    except Faulty as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from None
