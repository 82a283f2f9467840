"""Paper from the command line: the counter sheets and the desk's table as PDFs, drawn by Debian's chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from assistant.answers.kinds import address as address_of
from assistant.cli.day import Day
from assistant.clock import day_in_japan
from assistant.content.entries import LANGS
from assistant.domain.faults import Faulty
from assistant.presentation.desk_table import SITUATIONS, situation
from assistant.settings import BadSetting, Settings

_SCHEME = "kouki"
_PATIENCE = 120


@click.command("sheets")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="where the PDFs go")
@click.option("--on", type=Day(), default=day_in_japan, help="the day of the visit")
@click.option("--lang", "langs", type=click.Choice(LANGS), multiple=True, default=LANGS, help="language of the page")
@click.option("--address", default="", help="where readers reach the site, for the QR code: https://example.org")
def sheets(out: Path, on: date, langs: tuple[str, ...], address: str) -> None:
    """Make PDFs of the common situations' sheets and of the desk's table, one A4 page each."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise click.ClickException("there is no chromium; install it: apt-get install chromium fonts-noto-cjk")
    if address and not address.startswith(("https://", "http://")):
        raise click.ClickException(f"--address {address}: write it with https:// in front")
    out.mkdir(parents=True, exist_ok=True)
    with _served(address) as base:
        for lang in langs:
            for name, path in _pages(lang, on):
                file = out / f"{name}-{lang}.pdf"
                _draw(chromium, base + path, file)
                click.echo(file)


def _pages(lang: str, on: date) -> Iterator[tuple[str, str]]:
    for name in SITUATIONS:
        yield name, address_of(lang, situation(name, _SCHEME, on), page="sheet")
    yield "table", f"/{lang}/sheet/table?on={on.isoformat()}"


@contextmanager
def _served(public: str) -> Iterator[str]:
    """Serve the site on a free port of this host while the pages are drawn; ``public`` is what they print of it."""
    # The rest of the command line starts without the web, and `sheets --help` too.
    import waitress

    from assistant import create_app

    try:
        app = create_app(Settings.from_environment())
    except Faulty as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from None
    except (BadSetting, RuntimeError) as error:
        raise click.ClickException(str(error)) from None
    app.extensions["public_address"] = public
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


def _draw(chromium: str, url: str, file: Path) -> None:
    """Print one page; raises `click.ClickException` with what chromium said when there is no new file."""
    file.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [chromium, "--headless", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium refuses root a sandbox
        command += [f"--user-data-dir={profile}", f"--print-to-pdf={file.resolve()}", url]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise click.ClickException(f"chromium did not print {url} within {_PATIENCE} seconds") from None
    if not file.is_file():
        said = done.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise click.ClickException(f"chromium printed no {file.name}; it said: {said[0]}")
