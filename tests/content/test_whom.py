"""No entry, outcome or paper leaves its reader with nobody to call; a fault put in is named with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant import paths
from assistant.content.contacts.municipalities import load_municipalities
from assistant.content.toml_file import read_toml
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import INTENTS, MUNICIPALITIES
from tests.content.test_verify import LINE, verify


def edit(path: Path, pattern: str, new: str) -> int:
    """Replace the one place that ``pattern`` finds; return its line."""
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(pattern, text, re.MULTILINE | re.DOTALL))
    assert len(found) == 1, pattern
    path.write_text(text[: found[0].start()] + new + text[found[0].end() :], encoding="utf-8")
    return text.count("\n", 0, found[0].start()) + 1


def told(content: Path) -> list[str]:
    """Return the lines of `verify`, which must fail."""
    code, output = verify(content)
    lines = output.splitlines()
    assert code == 1, output
    assert all(LINE.match(line) for line in lines), output
    return lines


def test_an_entry_without_anybody_to_call_is_a_fault(content):
    """Its subject names nobody and it has no line of its own: both languages are named, other subjects are not."""
    edit(content / "entry-contacts.toml", r'^travel = "insurer"\n', "")
    lines = [line for line in told(content) if "nobody to call" in line]
    assert "faq/travel-inside-japan/ja.md:2: " in "".join(lines)
    assert "faq/travel-inside-japan/en.md:2: " in "".join(lines)
    assert not any("refund/" in line for line in lines)


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r'^public-assistance = "welfare_office"', 'public-assistance = "the mayor"', "which is no contact"),
        (r'^work-injury = "work_accident"', 'work-injury = "insurer/nobody"', "which is no contact"),
        (r'^work-injury = "work_accident"', 'gone-entry = "insurer"', "there is no entry 'gone-entry'"),
        (r'^refund = "insurer"', 'refunds = "insurer"', "there is no subject 'refunds'"),
    ],
)
def test_a_line_of_the_table_that_means_nobody_or_nothing_is_a_fault(content, pattern, new, said):
    """At its own line."""
    line = edit(content / "entry-contacts.toml", pattern, new)
    assert any(it.startswith(f"entry-contacts.toml:{line}: ") and said in it for it in told(content))


def test_outcomes_and_pages_need_their_contacts(content):
    """Without the municipality nobody is left for an outcome that names it, nor without the exchange for a refusal."""
    edit(content / "contacts.toml", r"^\[municipality\.any\].*?\n\n", "")
    edit(content / "contacts.toml", r"^\[city_hall\.any\].*?\n\n", "")
    lines = told(content)
    assert any(it.startswith("outcomes/full-lost.toml:1: nobody to call") for it in lines), lines
    assert any(it.startswith("contacts.toml:1: there is no contact city_hall.any") for it in lines), lines


def test_a_scoped_entry_needs_its_insurers_contact(content):
    """The insurer's own file is named."""
    edit(
        content / "insurers" / "shigaku.toml",
        r"^\[\[contact\]\].*(?=^\[\[fact\]\]\ntext = \{ ja = .資格確認書の有効期限は)",
        "",
    )
    assert any(it.startswith("insurers/shigaku.toml:1: ") and "names nobody to call" in it for it in told(content))


def test_the_register_holds_the_62_municipalities():
    """23 wards, 26 cities, 5 towns and 8 villages, each with a name of its own; numbers only with their source."""
    faults: list[Fault] = []
    found = load_municipalities(paths.CONTENT, faults)
    kinds = [it.kind for it in found.values()]
    assert not faults
    assert tuple(found) == MUNICIPALITIES
    assert [kinds.count(it) for it in ("ward", "city", "town", "village")] == [23, 26, 5, 8]
    assert len({it.name.ja for it in found.values()}) == len({it.name.en for it in found.values()}) == 62
    endings = {"ward": "区", "city": "市", "town": "町", "village": "村"}
    assert all(it.name.ja.endswith(endings[it.kind]) for it in found.values())


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r"^\[kita\]", "[kitaku]", "register and vocabulary differ at 'kita'"),
        (r'^phone = "03-5211-4206"', 'phone = "call the exchange"', "chiyoda.kouki.phone"),
        (r'^source = "S746"', 'source = "S9999"', "there is no source 'S9999'"),
        (r'^source = "S746"\n', "", "chiyoda.kouki.source"),
    ],
)
def test_a_mistake_in_the_register_is_named(content, pattern, new, said):
    """A code that nobody knows, a number that is none, a source that is missing or does not exist."""
    edit(content / "municipalities.toml", pattern, new)
    assert any(it.startswith("municipalities.toml:") and said in it for it in told(content))


def test_every_subject_has_somebody():
    """New entries need no line of their own."""
    table = read_toml(paths.CONTENT, paths.CONTENT / "entry-contacts.toml", [])
    assert table
    assert set(table.data["subject"]) == set(INTENTS)
