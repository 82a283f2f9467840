"""The application: services first, then pages, then errors."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel

from assistant import paths
from assistant.language.encoder import encoder_if
from assistant.settings import Settings
from assistant.store import open_shelf
from assistant.web import (
    aids,
    api,
    assets,
    changes,
    check,
    compression,
    counting,
    declaration,
    desk,
    discovery,
    due,
    errors,
    faq,
    helpful,
    holding,
    home,
    limits,
    line,
    locale,
    offline,
    pagecache,
    reading,
    receipt,
    rendering,
    security,
    share,
    sheet,
    templating,
    watching,
    widget,
)
from assistant.web.clock import now, today


def build_app(settings: Settings | None = None) -> Flask:
    """Join settings, snapshot, blueprints and error pages into one WSGI application."""
    settings = settings or Settings.from_environment()
    app = Flask("assistant", static_folder=str(paths.STATIC))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    rendering.set_up(app)
    Babel(app, default_translation_directories=str(paths.TRANSLATIONS), locale_selector=locale.current)
    encoder = encoder_if(settings.encoder)
    app.extensions["shelf"] = open_shelf(settings.content, settings.store, watching.log.error, now, encoder)
    app.extensions["settings"] = settings
    assets.set_up(app)
    compression.set_up(app)
    pagecache.set_up(app)
    watching.set_up(app)
    security.set_up(app)
    limits.set_up(app, settings)
    templating.set_up(app, today)
    due.set_up(app)
    aids.set_up(app)
    counting.set_up(app, settings)
    for module in (
        home,
        aids,
        check,
        holding,
        desk,
        offline,
        faq,
        helpful,
        reading,
        changes,
        receipt,
        sheet,
        declaration,
        share,
        widget,
        discovery,
        line,
        api,
        watching,
    ):
        app.register_blueprint(module.bp)
    errors.set_up(app)
    return app
