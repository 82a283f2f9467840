"""The directory of the content as an option of a command."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from assistant import paths

content_option: Final = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="MADOGUCHI_CONTENT",
    default=paths.CONTENT,
    help="directory of the content; else MADOGUCHI_CONTENT, else what came with the package",
)
