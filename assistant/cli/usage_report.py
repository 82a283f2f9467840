"""The report for operators: what was asked, declined and marked as not helpful, by week."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from assistant import paths
from assistant.cli.day import Day
from assistant.clock import day_in_japan
from assistant.content.entries import LANGS
from assistant.domain.faults import Faulty
from assistant.settings import BadSetting, Settings
from assistant.snapshot.snapshot import build_snapshot
from assistant.usage.codes import week_of, weeks_before
from assistant.usage.report import report
from assistant.usage.report_output import as_html, as_text, load_words
from assistant.usage.store import UsageStore


@click.command("report")
@click.option("--on", type=Day(), default=day_in_japan, help="a day of the last week")
@click.option("--weeks", default=8, type=click.IntRange(1, 520), help="how many weeks, the last one included")
@click.option("--lang", type=click.Choice(LANGS), default="ja", help="language")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False, writable=True), help="also write this file")
def report_command(on: date, weeks: int, lang: str, html: Path | None) -> None:
    """Print what was asked, declined and marked as not helpful, by week, from the store in MADOGUCHI_USAGE."""
    try:
        settings = Settings.from_environment()
        if settings.usage is None:
            raise click.ClickException("nothing is counted; set MADOGUCHI_USAGE for this command and for the server")
        last = week_of(on)
        store = UsageStore(settings.usage, writing=False)
        counts = [found for found in store.read(weeks_before(last, weeks - 1)) if found[0].week <= last]
        words = load_words(paths.TRANSLATIONS, lang)
        found = report(counts, build_snapshot(settings.content, searching=False), lang, words)
        click.echo(as_text(found, words))
        if html is not None:
            html.write_text(as_html(found, words, paths.TEMPLATES, lang), encoding="utf-8")
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise click.ClickException(
            f"MADOGUCHI_USAGE: the store cannot be read ({kind}); has a server that counts been started with it?"
        ) from None
    except OSError as error:
        raise click.ClickException(f"{html}: {error.strerror}; name a file that can be written") from None
    except (BadSetting, Faulty) as error:
        raise click.ClickException(str(error)) from None
