"""What a command needs to begin: settings and a snapshot, or lines that say why not."""

from __future__ import annotations

from typing import NoReturn

import click

from assistant.domain.faults import Fault, Faulty
from assistant.language.models.sentence_encoder import encoder_if
from assistant.settings import BadSetting, Settings
from assistant.snapshot.snapshot import Snapshot, build_snapshot


def open_snapshot(*, searching: bool = False) -> Snapshot:
    """Return the content's snapshot; ends the command with a line for each fault when it is not in order."""
    try:
        settings = open_settings()
        return build_snapshot(settings.content, searching=searching, encoder=encoder_if(settings.encoder))
    except Faulty as error:
        refuse(error.faults)


def open_settings() -> Settings:
    """Return the settings; ends the command when they cannot be used."""
    try:
        return Settings.from_environment()
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


def refuse(faults: tuple[Fault, ...] | list[Fault]) -> NoReturn:
    """Print a line for each fault and end with exit 1."""
    for fault in faults:
        click.echo(str(fault), err=True)
    raise SystemExit(1)
