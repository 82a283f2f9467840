"""The application: services first, then pages, then errors."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel

from assistant import paths
from assistant.conversation.snapshot import build_snapshot
from assistant.settings import Settings
from assistant.store import Shelf, open_sound
from assistant.web import (
    aids,
    api,
    changes,
    check,
    desk,
    errors,
    faq,
    holding,
    home,
    locale,
    offline,
    reading,
    receipt,
    security,
    sheet,
    templating,
)
from assistant.web.clock import today

MAX_BODY = 16 * 1024


def build_app(settings: Settings | None = None) -> Flask:
    """Join settings, snapshot, blueprints and error pages into one WSGI application."""
    settings = settings or Settings.from_environment()
    app = Flask("assistant", static_folder=str(paths.STATIC), template_folder=str(paths.TEMPLATES))
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        BABEL_TRANSLATION_DIRECTORIES=str(paths.TRANSLATIONS),
        BABEL_DEFAULT_LOCALE="ja",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    Babel(app, locale_selector=locale.current)
    locale.require_catalogs(paths.TRANSLATIONS)
    app.extensions["shelf"] = _shelf(settings)
    app.extensions["settings"] = settings
    app.before_request(app.extensions["shelf"].refresh)
    templating.set_up(app, today)
    aids.set_up(app)
    security.set_up(app)
    for module in (home, aids, check, holding, desk, offline, faq, reading, changes, receipt, sheet, api):
        app.register_blueprint(module.bp)
    errors.set_up(app)
    return app


def _shelf(settings: Settings) -> Shelf:
    if settings.store is not None:
        return Shelf(open_sound(settings.store), settings.store)
    return Shelf(build_snapshot(settings.content))
