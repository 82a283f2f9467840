"""Madoguchi: what happens if I bring this card?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from assistant.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the site: settings, snapshot, pages, API. Raises `Faulty` or `BadSetting` when it must not start."""
    from assistant.web.app import build_app

    return build_app(settings)
