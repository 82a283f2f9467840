"""Spoil the content in one place; the loader or `madoguchi verify` must say so in a line an editor understands."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import paths
from assistant.cli import main
from assistant.content.catalogs import catalog_faults
from assistant.content.rules import load_rules
from assistant.conversation.snapshot import HOLDING
from assistant.domain.faults import Fault
from assistant.domain.rules import Gap

LINE = re.compile(r"^[\w./-]+:\d+: .+, .+", re.MULTILINE)
TABLES = sorted(
    path.relative_to(paths.CONTENT).as_posix()
    for f in ("rules", "holding")
    for path in (paths.CONTENT / f).glob("*.toml")
)
_DATE = re.compile(r"^(from|until) = (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def verify(content: Path, catalogs: Path = paths.TRANSLATIONS) -> tuple[int, str]:
    arguments = ["verify", "--on", "2026-11-23", "--content", str(content), "--catalogs", str(catalogs)]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def rule_faults(content: Path) -> list[Fault | Gap]:
    faults: list[Fault] = []
    books = [load_rules(content, faults), load_rules(content, faults, "holding", HOLDING)]
    return [*faults, *(gap for book in books if book for gap in book.gaps)]


def test_the_project_is_clean():
    """As it lies in the tree, on the day of the tests."""
    code, output = verify(paths.CONTENT)
    assert (code, output.startswith("clean:")) == (0, True), output


@pytest.mark.parametrize("name", TABLES)
def test_no_row_can_be_deleted(content, name):
    """Every row of every table is missed."""
    path = content / name
    text = path.read_text(encoding="utf-8")
    head, *rows = text.split("\n[[row]]\n")
    for number in range(len(rows)):
        left = rows[:number] + rows[number + 1 :]
        path.write_text("\n[[row]]\n".join([head, *left]), encoding="utf-8")
        assert rule_faults(content), rows[number]


@pytest.mark.parametrize("name", TABLES)
def test_no_date_can_be_widened_by_a_day(content, name):
    """An earlier beginning or a later end meets a neighbour or leaves the calendar."""
    path = content / name
    text = path.read_text(encoding="utf-8")
    for match in _DATE.finditer(text):
        step = timedelta(days=-1 if match[1] == "from" else 1)
        wider = f"{match[1]} = {date.fromisoformat(match[2]) + step}"
        path.write_text(text[: match.start()] + wider + text[match.end() :], encoding="utf-8")
        assert rule_faults(content), (name, match.start(), wider)


def test_a_hole_is_told_as_a_visitor_at_the_counter(content):
    """What they bring, which day, and everything else that matters."""
    path = content / "rules" / "71-tolerance.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("from = 2025-08-04", "from = 2025-08-05"), encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert "a visitor on 2025-08-04 who brings" in output
    assert "Late-Stage Elderly" in output
    assert "2025-08-04に" in output
    assert "後期高齢者医療" in output


def test_an_overlap_names_both_rows(content):
    """And the first day on which they meet."""
    path = content / "rules" / "71-tolerance.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("until = 2026-07-31", "until = 2026-08-01", 1), encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert "'extension' and 'ended' both answer a visitor on 2026-08-01" in output


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_message_of_a_catalog_can_be_emptied(tmp_path, lang):
    """Each in turn: a catalog with a hole is named with its message."""
    catalogs = tmp_path / "translations"
    shutil.copytree(paths.TRANSLATIONS, catalogs)
    path = catalogs / lang / "LC_MESSAGES" / "messages.po"
    head, *blocks = path.read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(blocks):
        if "msgstr " not in block or "#~" in block:
            continue
        emptied = block[: block.index("msgstr ")] + 'msgstr ""\n'
        path.write_text("\n\n".join([head, *blocks[:number], emptied, *blocks[number + 1 :]]), encoding="utf-8")
        assert [fault.what for fault in catalog_faults(catalogs) if "has no translation" in fault.what], block
    code, output = verify(paths.CONTENT, catalogs)
    assert code == 1
    assert LINE.search(output)


SPOILED = [
    ("outcomes/full-old-card.toml", 'title = "This old insurance card is not accepted"', 'title = ""', "en.title"),
    ("outcomes/full-old-card.toml", 'standing = "full_payment"', 'standing = "free"', "standing"),
    ("outcomes/full-old-card.toml", '"S15"', '"S999"', "'S999'"),
    ("facts.toml", 'kouki = { ja = "後期高齢者医療（75歳以上など）"', 'kouki = { ja = ""', "scheme.values.kouki.ja"),
    ("rules/71-tolerance.toml", 'basis = ["S49", "S59"]', 'basis = ["S999"]', "no source 'S999'"),
    ("rules/71-tolerance.toml", 'columns = ["scheme"]', 'columns = ["shoe"]', "'shoe'"),
    ("rules/71-tolerance.toml", 'result = "open"', 'result = "ajar"', "'ajar'"),
    ("rules/71-tolerance.toml", 'table = "tolerance"', "table = ", "not TOML"),
    ("sources.toml", "checked_on = 2026-11-23", "checked_on = 2026-11-31", "not TOML"),
    ("sources.toml", 'confidence = "official"', 'confidence = "rumour"', "confidence"),
    ("faq/notice-alone/en.md", "lang: en", "lang: english", "lang"),
    ("faq/notice-alone/en.md", "sources: [", "sources: [S999, ", "S999"),
    ("faq/notice-alone/ja.md", "related: [", "related: [no-such-entry, ", "no-such-entry"),
    ("faq/notice-alone/ja.md", "---\nid", "id", "no front matter"),
    ("calendar.toml", "horizon = 2027-07-31", "horizon = 2026-07-30", "calendar"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), SPOILED)
def test_a_spoiled_file_is_refused_with_file_and_line(content, name, old, new, said):
    """One line for each fault: file, line, what, what to do."""
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert said in output
    assert LINE.search(output), output


@pytest.mark.parametrize("name", ["faq/notice-alone/en.md", "outcomes/full-nothing.toml", "rules/71-tolerance.toml"])
def test_a_missing_file_is_named(content, name):
    """Also when the file is one of two languages, an outcome or a table."""
    (content / name).unlink()
    code, output = verify(content)
    assert code == 1
    assert LINE.search(output), output


def test_what_is_past_its_review_day_is_a_fault_and_not_a_surprise(content):
    """Expired content fails the check; the site still serves it and says so."""
    result = CliRunner().invoke(main, ["verify", "--on", "2030-01-01", "--content", str(content)])
    assert result.exit_code == 1
    assert "was to be read again by" in result.output
    assert "was to be reviewed by" in result.output
