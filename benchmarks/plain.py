"""The peers of the load run: a plain Flask hello-world, and a plain Jinja page with what any such page has.

The page: one inherited template, 20 cards, a table of 8 × 4, 80 translated strings, about 15 kB.
"""

from __future__ import annotations

from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import DictLoader

BASE = """<!doctype html><html lang="ja"><head><title>{% block title %}{% endblock %}</title></head><body>
<nav>{% for n in range(20) %}<a href="/{{ n }}">{{ _("Home") }} {{ n }}</a>{% endfor %}</nav>
<main>{% block main %}{% endblock %}</main></body></html>"""
PAGE = """{% extends "base" %}{% block title %}{{ _("Questions") }}{% endblock %}{% block main %}
{% for card in cards %}<article><h2><a href="{{ url_for('page') }}?id={{ card.id }}">{{ card.title }}</a></h2>
<p>{{ card.text }}</p><p>{{ _("Checked on") }} {{ card.day }} · {{ _("Source") }}: {{ card.source }} ·
{{ _("More") }}</p>
</article>{% endfor %}
<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>
{% endblock %}"""
TEXT = "保険証の期限が切れたときに窓口で起きること。" * 6
CARDS = [{"id": n, "title": f"質問 {n}", "text": TEXT, "day": "2026-11-23", "source": "厚生労働省"} for n in range(20)]
ROWS = [[f"cell {row}.{cell}" for cell in range(4)] for row in range(8)]


def create_plain() -> Flask:
    """Return the application with ``/hello`` and ``/page``."""
    app = Flask("plain")
    app.jinja_loader = DictLoader({"base": BASE, "page": PAGE})
    Babel(app, default_locale="ja")
    app.add_url_rule("/hello", "hello", lambda: "Hello, world!")
    app.add_url_rule("/page", "page", lambda: render_template("page", cards=CARDS, rows=ROWS))
    return app
