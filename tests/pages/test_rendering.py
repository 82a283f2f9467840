"""Templates compiled for a language."""

from __future__ import annotations

import pytest
from jinja2 import FunctionLoader

TEMPLATE = """{% from "part.html" import day %}{{ _("Yes, it helped") }}|{{ day(name) }}|{{ phrases.NOT_SURE }}"""
PART = """{% macro day(name) %}{% trans day=name %}checked {{ day }}{% endtrans %}{% endmacro %}"""


@pytest.fixture
def environment(app):
    """The environment of the site, with two templates of this test in the place of its own."""
    found = {"page.html": TEMPLATE, "part.html": PART}
    return app.jinja_env.overlay(loader=FunctionLoader(lambda name: found[name.partition("/")[2]]))


def test_a_template_speaks_the_language_of_its_name(environment):
    """What it imports too; outside of a request, so nothing is looked up while a page is made."""
    japanese, english = (environment.get_template(f"{lang}/page.html").render(name="1") for lang in ("ja", "en"))
    assert english == "Yes, it helped|checked 1|Not sure"
    assert [part.isascii() for part in japanese.split("|")] == [False, False, False]
    assert "1" in japanese.split("|")[1]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_filled_into_a_translation_is_escaped(environment, lang):
    """The translation itself is ours and may hold markup."""
    html = environment.get_template(f"{lang}/page.html").render(name="<script>%s %(day)s")
    assert "&lt;script&gt;%s %(day)s" in html
