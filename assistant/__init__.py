"""Madoguchi: what happens if I bring this card?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from assistant.settings import Settings

# Days here are Japan's wherever the host is; Babel reads the host's zone when imported, and fails on one that is none.
os.environ["TZ"] = "Asia/Tokyo"

# Numpy's own threads wait for each other where the processor is busy: a turn of 2 ms then takes 30. Requests have
# theirs, and what one thread learns is the same on every machine. Read when numpy is imported, so it stands here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def create_app(settings: Settings | None = None) -> Flask:
    """Build the site: settings, snapshot, pages, API. Raises `Faulty` or `BadSetting` when it must not start."""
    from assistant.web.app import build_app

    return build_app(settings)
