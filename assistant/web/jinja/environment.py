"""Templates compiled once for each language: what is translated stands in them as text, and no page looks it up."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import flask
from flask import Flask, current_app, g, request
from flask.templating import Environment
from flask_babel.speaklater import LazyString
from jinja2 import FileSystemLoader, PrefixLoader, nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from assistant import paths
from assistant.content.entries import LANGS
from assistant.web.delivery import assets
from assistant.web.http.locale import CATALOGS, current
from assistant.web.http.request_facts import snapshot
from assistant.web.jinja.helpers import plain_day
from assistant.web.words import labels


class Translating(NodeTransformer):
    """Puts translations in the place of calls of gettext; what has variables is filled in when a page is made."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._catalog = CATALOGS.of(lang)

    def visit_Name(self, node: nodes.Name) -> nodes.Name:
        """Name the strings of `labels` in the language of the catalog."""
        if node.name == "phrases":
            node.name = f"phrases_{self._lang}"
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Return the translation, escaped as Jinja escapes it: its own text is safe, what is filled in is not."""
        node = self.generic_visit(node)  # type: ignore[assignment]
        if not (isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")):
            return node
        (message,) = node.args
        text = self._catalog.gettext(message.as_const())
        if not node.kwargs:
            return nodes.MarkSafeIfAutoescape(nodes.Const(text % {}), lineno=node.lineno)
        pairs = [nodes.Pair(nodes.Const(it.key), it.value) for it in node.kwargs]
        filled = nodes.Mod(nodes.MarkSafeIfAutoescape(nodes.Const(text)), nodes.Dict(pairs))
        return filled.set_lineno(node.lineno)


class TranslatingGenerator(CodeGenerator):
    """Compiles a template in the language that its name begins with."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:
        """Translate, then compile."""
        lang = (self.name or "").partition("/")[0]
        if lang in LANGS:
            Translating(lang).visit(node)
        super().visit_Template(node, frame)


class Component(Template):
    """A template whose macros other templates import: one module for all, as no page brings globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class TranslatedEnvironment(Environment):
    """Holds each template in each language, under ``ja/pages/check.html`` and ``en/pages/check.html``."""

    code_generator_class = TranslatingGenerator
    template_class = Component

    def join_path(self, template: str, parent: str) -> str:
        """Return the template that ``parent`` names, in the language of ``parent``."""
        return posixpath.join(parent.partition("/")[0], template)


def set_up(app: Flask) -> None:
    """Let ``app`` find its templates in both languages; raises `RuntimeError` without whole catalogs."""
    app.jinja_environment = TranslatedEnvironment
    app.jinja_loader = PrefixLoader({lang: FileSystemLoader(paths.TEMPLATES) for lang in LANGS})
    strings = {f"phrases_{lang}": SimpleNamespace(**_in(lang, vars(labels))) for lang in LANGS}
    app.jinja_env.globals.update(strings, url_for=url_for)
    app.jinja_env.filters.update(kept=kept, kept_each=kept_each, plain_day=plain_day)


def render_template(name: str, **context: Any) -> str:
    """Return a template filled in, in the language of the page being made."""
    return flask.render_template(f"{current()}/{name}", **context)


def kept(macro: str, template: str, *codes: str) -> Markup:
    """Return what a macro makes of codes. It is made once for a version of the rules: it may look at nothing else."""
    return _made(_where(), template, macro, *codes)


def kept_each(rows: Iterable[Sequence[str]], macro: str, template: str, *codes: str) -> Markup:
    """Return what a macro makes of ``codes`` and each of ``rows``, one after the other, kept as `kept` does."""
    where = _where()
    return Markup("".join([_made(where, template, macro, *codes, *row) for row in rows]))  # noqa: S704 - macros escape


def url_for(endpoint: str, **values: Any) -> str:
    """Return the path of a page, or of a file by its lasting name; kept once found, as each page has some forty."""
    if endpoint == "static":
        values["filename"] = assets.named(values["filename"])
    return _path(request.script_root, endpoint, *values.items())


def _where() -> tuple[Flask, str, str, str]:
    where: tuple[Flask, str, str, str] | None = g.get("where")
    if where is None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        where = g.where = (app, request.script_root, snapshot().version, current())
    return where


@lru_cache(8192)
def _made(where: tuple[Flask, str, str, str], template: str, macro: str, *codes: str) -> Markup:
    app, _, _, lang = where
    made: Markup = getattr(app.jinja_env.get_template(f"{lang}/{template}").module, macro)(*codes)
    return made


def _in(lang: str, value: Any) -> Any:
    """Return a value with the lazy strings in it translated."""
    if isinstance(value, dict):
        return {_in(lang, key): _in(lang, it) for key, it in value.items()}
    if isinstance(value, tuple):
        return tuple(_in(lang, it) for it in value)
    return CATALOGS.of(lang).gettext(*value._args) if isinstance(value, LazyString) else value


@lru_cache(4096)
def _path(_root: str, endpoint: str, *values: tuple[str, Any]) -> str:
    return flask.url_for(endpoint, **dict(values))
