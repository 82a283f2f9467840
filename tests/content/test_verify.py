"""Spoil the content in one place; the loader or `madoguchi verify` must say so in a line an editor understands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from assistant import paths
from assistant.cli.main import main
from assistant.content.checks.catalogs import catalog_faults
from assistant.content.rules import load_rules
from assistant.domain.faults import Fault
from assistant.domain.rule_set import Gap
from assistant.snapshot.snapshot import HOLDING
from tests.conftest import copy_content

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


def rule_faults(root: Path, name: str) -> list[Fault | Gap]:
    """Return what is wrong with the tables of the folder in which the table ``name`` stands."""
    faults: list[Fault] = []
    held = name.startswith("holding/")
    book = load_rules(root, faults, "holding", HOLDING) if held else load_rules(root, faults)
    return [*faults, *(book.gaps if book else ())]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of what the rules are read from."""
    shutil.copy(paths.CONTENT / "calendar.toml", tmp_path)
    for folder in ("rules", "holding"):
        shutil.copytree(paths.CONTENT / folder, tmp_path / folder)
    return tmp_path


def test_the_project_is_clean():
    """As it lies in the tree, on the day of the tests."""
    code, output = verify(paths.CONTENT)
    assert (code, output.startswith("clean:")) == (0, True), output


@pytest.mark.parametrize("name", TABLES)
def test_no_row_can_be_deleted(tables, name):
    """Every row of every table is missed."""
    path = tables / name
    text = path.read_text(encoding="utf-8")
    head, *rows = text.split("\n[[row]]\n")
    for number in range(len(rows)):
        left = rows[:number] + rows[number + 1 :]
        path.write_text("\n[[row]]\n".join([head, *left]), encoding="utf-8")
        assert rule_faults(tables, name), rows[number]


@pytest.mark.parametrize("name", TABLES)
def test_no_date_can_be_widened_by_a_day(tables, name):
    """An earlier beginning or a later end meets a neighbour or leaves the calendar."""
    path = tables / name
    text = path.read_text(encoding="utf-8")
    for match in _DATE.finditer(text):
        step = timedelta(days=-1 if match[1] == "from" else 1)
        wider = f"{match[1]} = {date.fromisoformat(match[2]) + step}"
        path.write_text(text[: match.start()] + wider + text[match.end() :], encoding="utf-8")
        assert rule_faults(tables, name), (name, match.start(), wider)


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
    """All together: each hole is named with its message."""
    catalogs = tmp_path / "translations"
    shutil.copytree(paths.TRANSLATIONS, catalogs)
    path = catalogs / lang / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    head, *blocks = path.read_text(encoding="utf-8").split("\n\n")
    emptied = [f'{block.partition("msgstr ")[0]}msgstr ""' for block in blocks if "#~" not in block]
    path.write_text("\n\n".join([head, *emptied]), encoding="utf-8")
    told = [fault.what for fault in catalog_faults(catalogs)]
    assert told == [f"{id!r} has no translation" for id in ids]
    assert len(told) > 400
    path.write_text("\n\n".join([head, emptied[0], *blocks[1:]]), encoding="utf-8")
    code, output = verify(paths.CONTENT, catalogs)
    assert code == 1
    assert LINE.search(output)
    assert told[0] in output


#: In rounds, each of faults that do not hide one another.
SPOILED = [
    [
        (
            "outcomes/full-old-card.toml",
            'title = "This card does not count"',
            'title = ""',
            "en.title",
        ),
        (
            "facts.toml",
            'kouki = { ja = "後期高齢者医療（75歳以上など）"',
            'kouki = { ja = ""',
            "scheme.values.kouki.ja",
        ),
        ("rules/71-tolerance.toml", 'basis = ["S49", "S59"]', 'basis = ["S999"]', "no source 'S999'"),
        ("sources.toml", 'confidence = "official"', 'confidence = "rumour"', "confidence"),
        ("faq/notice-alone/en.md", "lang: en", "lang: english", "lang"),
        ("faq/notice-alone/ja.md", "related: [", "related: [no-such-entry, ", "no-such-entry"),
    ],
    [
        ("outcomes/full-old-card.toml", 'standing = "full_payment"', 'standing = "free"', "standing"),
        ("rules/71-tolerance.toml", 'columns = ["scheme"]', 'columns = ["shoe"]', "'shoe'"),
        ("faq/notice-alone/en.md", "sources: [", "sources: [S999, ", "S999"),
        ("faq/notice-alone/ja.md", "---\nid", "id", "no front matter"),
    ],
    [
        ("outcomes/full-old-card.toml", '"S15"', '"S999"', "'S999'"),
        ("rules/71-tolerance.toml", 'table = "tolerance"', "table = ", "not TOML"),
    ],
    [
        ("rules/71-tolerance.toml", 'result = "open"', 'result = "ajar"', "'ajar'"),
        ("sources.toml", "checked_on = 2026-11-23", "checked_on = 2026-11-31", "not TOML"),
        ("calendar.toml", "horizon = 2027-07-31", "horizon = 2026-07-30", "inside the calendar"),
    ],
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[str]]:
    """The lines of `verify` over a copy of the content that is spoiled as one round says."""

    @cache
    def of_round(number: int) -> list[str]:
        content = copy_content(tmp_path_factory.mktemp("round"))
        for name, old, new, _ in SPOILED[number]:
            path = content / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        code, output = verify(content)
        assert code == 1
        return output.splitlines()

    return of_round


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [(number, name, said) for number, faults in enumerate(SPOILED) for name, _, _, said in faults],
)
def test_a_spoiled_file_is_refused_with_file_and_line(told, number, name, said):
    """One line for each fault: file, line, what, what to do; the days of the calendar are those of the rules."""
    path = "rules/" if name == "calendar.toml" else f"{name}:"
    lines = [line for line in told(number) if line.startswith(path) and said in line]
    assert lines, told(number)
    assert all(map(LINE.match, lines)), lines


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ["faq/notice-alone/en.md", "outcomes/full-nothing.toml"],
            ["faq/notice-alone/en.md:", "outcomes/full-nothing"],
        ),
        (["rules/71-tolerance.toml"], ["'tolerance'"]),
    ],
)
def test_a_missing_file_is_named(content, names, said):
    """Also when the file is one of two languages, an outcome or a table."""
    for name in names:
        (content / name).unlink()
    code, output = verify(content)
    assert code == 1
    assert [it for it in said if it not in output] == [], output
    assert LINE.search(output), output


def test_what_is_past_its_review_day_is_a_fault_and_not_a_surprise(content):
    """Expired content fails the check; the site still serves it and says so."""
    result = CliRunner().invoke(main, ["verify", "--on", "2030-01-01", "--content", str(content)])
    assert result.exit_code == 1
    assert "was to be read again by" in result.output
    assert "was to be reviewed by" in result.output
