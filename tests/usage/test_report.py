"""`madoguchi report`: what was counted, by week and in words, with small numbers left out."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from assistant.settings import Settings
from assistant.usage.codes import Count, week_of, weeks_before
from assistant.usage.store import UsageStore, store_url


@pytest.fixture
def counts(snapshot):
    """Two weeks of use."""
    outcome = next(iter(snapshot.outcomes))
    return {
        Count("2026-W48", "outcome", outcome, "ja", "patient", "presented=notice+old_card scheme=kouki"): 70,
        Count("2026-W48", "outcome", outcome, "en", "desk", "presented=none urgent=yes"): 4,
        Count("2026-W48", "unhelpful_outcome", outcome, "ja", "patient"): 6,
        Count("2026-W48", "entry", "refund", "en"): 12,
        Count("2026-W48", "helpful_entry", "refund", "en"): 1,
        Count("2026-W48", "decline", "other", "ja", "patient"): 9,
        Count("2026-W48", "word", "item.notice", "ja"): 8,
        Count("2026-W48", "word", "", "ja"): 5,
        Count("2026-W48", "search", "nothing", "ja"): 7,
        Count("2026-W47", "entry", "an-entry-that-was-removed", "en"): 33,
        Count("2026-W46", "question", "scheme", "ja", "patient"): 20,
    }


def run(place: str, *options: str):
    """Run the command with its store."""
    return CliRunner().invoke(main, ["report", "--on", "2026-11-24", *options], env={"MADOGUCHI_USAGE": place})


def test_it_tells_titles_and_hides_small_numbers(place, store, counts, snapshot):
    """Week by week, the newest first; a code that the content no longer has is told as it is."""
    store.add(counts)
    found = run(place, "--weeks", "2", "--lang", "en")
    assert found.exit_code == 0, found.output
    lines = [" ".join(line.split()) for line in found.output.splitlines()]
    title = next(iter(snapshot.outcomes.values())).version("en").title
    assert lines.index("2026-W48") < lines.index("2026-W47")
    assert "2026-W46" not in lines
    for line in (
        f"74 {title}",
        f"6 {title}",
        "12 " + snapshot.entries["refund", "en"].front.title,
        "<5 " + snapshot.entries["refund", "en"].front.title,
        "9 Not understood well enough: other",
        "8 item.notice",
        "5 No word was recognised",
        "7 Nothing was found",
        "33 an-entry-that-was-removed",
    ):
        assert line in lines, line
    situations = [line for line in lines if line.endswith(f"→ {title}")]
    assert len(situations) == 1
    assert situations[0].startswith("70 ")
    assert "kouki" not in situations[0], "in words"


def test_it_writes_a_page_that_needs_nothing_else(counts, tmp_path):
    """In Japanese too."""
    place = str(tmp_path / "use.db")
    store = UsageStore(store_url(place))
    store.prepare()
    store.add(counts)
    found = run(place, "--html", str(tmp_path / "report.html"))
    assert found.exit_code == 0, found.output
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<html lang="ja">' in html
    assert "役に立たなかった" in html
    assert "2026-W48" in html
    assert "&lt;5" in html
    assert "http" not in html


@pytest.mark.parametrize("fault", ["unset", "missing", "corrupt", "no such server", "wrong"])
def test_it_says_in_one_line_what_is_wrong(tmp_path, fault):
    """What, and what to do; never a traceback, and no file is made."""
    place = {"unset": "", "no such server": f"postgresql://clerk@/db?host={tmp_path}", "wrong": "mysql://x"}.get(fault)
    place = str(tmp_path / "use.db") if place is None else place
    if fault == "corrupt":
        (tmp_path / "use.db").write_bytes(b"no database" * 99)
    before = sorted(tmp_path.iterdir())
    found = run(place)
    assert found.exit_code == 1
    assert isinstance(found.exception, SystemExit)
    assert found.output.count("\n") == 1
    assert "MADOGUCHI_USAGE" in found.output
    assert sorted(tmp_path.iterdir()) == before


def test_a_page_that_cannot_be_written_is_named(tmp_path):
    """The folder is missing."""
    place = str(tmp_path / "use.db")
    UsageStore(store_url(place)).prepare()
    found = run(place, "--html", str(tmp_path / "missing" / "report.html"))
    assert found.exit_code == 1
    assert "report.html: No such file" in found.output.splitlines()[-1]


def test_weeks_turn_with_the_iso_year():
    """Days in Japan; the first days of January may belong to the last week of the year before."""
    assert week_of(date(2026, 12, 31)) == "2026-W53"
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    assert week_of(date(2027, 1, 4)) == "2027-W01"
    assert weeks_before("2027-W01", 1) == "2026-W53"
    assert weeks_before("2027-W01", 54) == "2025-W52"


def test_a_reviewers_build_counts_nothing(tmp_path):
    """Its clicks are no use, and its weeks are made up."""
    place = {"MADOGUCHI_USAGE": str(tmp_path / "use.db"), "MADOGUCHI_USAGE_WEEKS": "9"}
    assert Settings.from_environment(place).usage is not None
    assert Settings.from_environment(place).usage_weeks == 9
    assert Settings.from_environment({**place, "MADOGUCHI_AS_OF": "2027-01-01"}).usage is None


def test_a_store_that_is_no_store_stops_the_server_with_a_line():
    """Before anything is built."""
    for setting, value in (
        ("MADOGUCHI_USAGE", "mysql://x"),
        ("MADOGUCHI_USAGE_WEEKS", "0"),
        ("MADOGUCHI_USAGE_WEEKS", "x"),
    ):
        found = CliRunner().invoke(main, ["serve"], env={setting: value})
        assert found.exit_code == 1
        assert setting in found.output
