"""The application: services first, then pages, then errors."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel

from assistant import paths
from assistant.clock import now
from assistant.language.models.sentence_encoder import encoder_if
from assistant.settings import Settings
from assistant.snapshot.live import open_live
from assistant.web import errors
from assistant.web.api import endpoints
from assistant.web.channels import discovery, line
from assistant.web.delivery import assets, compression, page_cache
from assistant.web.desk import desk_page, offline
from assistant.web.http import locale, observability, reload, request_limits, security_headers, usage_events
from assistant.web.http.request_day import today
from assistant.web.jinja import environment, helpers
from assistant.web.sheet import counter_sheet, declaration_sheet, share
from assistant.web.views import (
    changes,
    chat,
    check,
    faq,
    feedback,
    reading_aids,
    receipt,
    reference,
    which_paper,
    widget,
)
from assistant.web.words import due_days


def build_app(settings: Settings | None = None) -> Flask:
    """Join settings, snapshot, blueprints and error pages into one WSGI application."""
    settings = settings or Settings.from_environment()
    app = Flask("assistant", static_folder=str(paths.STATIC))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    environment.set_up(app)
    Babel(app, default_translation_directories=str(paths.TRANSLATIONS), locale_selector=locale.current)
    encoder = encoder_if(settings.encoder)
    app.extensions["served"] = open_live(settings.content, settings.store, observability.log.error, now, encoder)
    app.extensions["settings"] = settings
    assets.set_up(app)
    compression.set_up(app)
    page_cache.set_up(app)
    reload.set_up(app)
    observability.set_up(app)
    security_headers.set_up(app)
    request_limits.set_up(app, settings)
    helpers.set_up(app, today)
    due_days.set_up(app)
    reading_aids.set_up(app)
    usage_events.set_up(app, settings)
    for module in (
        chat,
        reading_aids,
        check,
        which_paper,
        desk_page,
        offline,
        faq,
        feedback,
        reference,
        changes,
        receipt,
        counter_sheet,
        declaration_sheet,
        share,
        widget,
        discovery,
        line,
        endpoints,
        observability,
    ):
        app.register_blueprint(module.bp)
    errors.set_up(app)
    return app
