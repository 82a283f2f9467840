"""Rules of the house: sizes, docstrings, templates, catalogs, imports, routes."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from assistant import paths

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "assistant").rglob("*.py"))
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
ROUTES = (Path(__file__).parent / "routes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small_and_say_what_they_are_for(path):
    """At most 300 lines, 50 a function, a docstring on the module and on every public function and class."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 300
    assert ast.get_docstring(tree), "a docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_rooms_are_small_and_no_two_modules_have_one_name():
    """At most a dozen modules a room, and at the top only what every room may use."""
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {str(room): count for room, count in rooms.items() if count > 12} == {}
    top = {path.stem for path in MODULES if path.parent == ROOT / "assistant"}
    assert top == {"__init__", "__main__", "settings", "paths", "clock"}
    names = Counter(path.stem for path in MODULES if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_classes_have_one_name():
    """But the models of the API: its document names them after what they are the shape of."""
    names = Counter(
        node.name
        for path in MODULES
        if path.parent.name != "api"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_is_typed(path):
    """Every argument and every return value."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.returns is not None, node.name
            for argument in (*node.args.args, *node.args.kwonlyargs):
                assert argument.annotation is not None or argument.arg in ("self", "cls"), (node.name, argument.arg)


def test_the_clock_is_read_in_one_place():
    """Below the web's edge time is an argument."""
    pattern = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    found = [path.name for path in MODULES if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == ["clock.py"]


def test_every_module_can_be_imported_first():
    """In an interpreter of its own there is no hidden order."""
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    for name in names:
        if name != "assistant.__main__":
            importlib.import_module(name)
    script = "import assistant.domain.decide, sys; assert not {'flask', 'whoosh', 'pydantic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_are_small_and_import_what_they_use(path):
    """At most 120 lines; an unused import is a left-over."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
    imported = {
        name if isinstance(name, str) else name[1] for it in tree.find_all(nodes.FromImport) for name in it.names
    }
    used = {node.name for node in tree.find_all(nodes.Name)}
    assert imported <= used, imported - used


def test_catalogs_hold_the_same_messages():
    """Both languages, nothing empty, nothing fuzzy."""
    found = {}
    for lang in ("ja", "en"):
        with (paths.TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
            catalog = read_po(file)
        assert all(message.string and not message.fuzzy for message in catalog if message.id)
        found[lang] = {message.id for message in catalog}
    assert found["ja"] == found["en"]


def test_the_pages_are_really_in_japanese():
    """A silent fall-back to English would show here."""
    with (paths.TRANSLATIONS / "ja" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        plain = [m.id for m in read_po(file) if m.id and str(m.string).isascii()]
    assert plain == []


def test_no_route_disappears(app):
    """People bookmark and print our addresses: a removed one needs a redirect, and then a line less here."""
    assert sorted({str(rule) for rule in app.url_map.iter_rules()}) == sorted(ROUTES)


def test_the_documents_name_every_setting_and_command():
    """A setting or a command that nobody can read about does not exist."""
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    documents = "\n".join(path.read_text(encoding="utf-8") for path in files)
    settings = set(re.findall(r"MADOGUCHI_[A-Z_]+", (ROOT / "assistant" / "settings.py").read_text(encoding="utf-8")))
    source = (ROOT / "assistant" / "cli/main.py").read_text(encoding="utf-8")
    commands = re.findall(r"^@main\.command\(\)(?:\n@.*)*\ndef (\w+)", source, re.MULTILINE)
    assert commands
    for name in [*settings, *(f"madoguchi {command}" for command in commands)]:
        assert name in documents, name
