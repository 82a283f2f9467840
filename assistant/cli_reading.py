"""Commands for reading: learn it from the sentences, and measure it on voices that were held back."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Final, NoReturn

import click

from assistant import paths
from assistant.domain.faults import Faulty

_ONLY_TO_LEARN: Final = ("joblib", "scipy", "sklearn")


@click.command("train")
@click.option("--content", type=click.Path(path_type=Path, file_okay=False, exists=True), default=paths.CONTENT)
def train_command(content: Path) -> None:
    """Learn to read from content/questions and write content/model; exit 1 when a sentence is none."""
    training = _training()
    try:
        lines = training.train(content)
    except Faulty as error:
        _refuse(error)
    for line in lines:
        click.echo(line)


def cross_validate(content: Path, *, floor: bool) -> None:
    """Print how well each voice is read by what the others taught; with ``floor`` exit 1 when that got worse."""
    training = _training()
    try:
        report = training.cross_validated(content)
    except Faulty as error:
        _refuse(error)
    for line in report.lines():
        click.echo(line)
    below = list(report.below_floor()) if floor else []
    for line in below:
        click.echo(line, err=True)
    raise SystemExit(1 if below else 0)


def _training() -> ModuleType:
    try:
        from assistant.evaluation import training
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _ONLY_TO_LEARN:
            raise
        message = f"{error.name} is not installed: it is needed to learn only, run make train in the source tree"
        raise click.ClickException(message) from None
    return training


def _refuse(error: Faulty) -> NoReturn:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    raise SystemExit(1)
