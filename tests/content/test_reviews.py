"""What was changed in an entry is noted with the hash of its texts; an entry that moved on needs a new note."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from assistant.content.editing.reviews import FILE, EntryChange, load_reviews, record, review_faults
from assistant.domain.faults import Fault
from tests.content.test_verify import LINE, verify

ENTRIES = ("certificate-lost", "notice-alone", "refund")
CHANGE = EntryChange(day=date(2026, 11, 23), changed="the day on which it ends", sources=["S13"])


def review(content: Path, *arguments: str) -> tuple[int, str]:
    """Run `madoguchi review` on a day of its own."""
    result = CliRunner().invoke(main, ["review", *arguments, "--on", "2026-11-24", "--content", str(content)])
    return result.exit_code, result.output


@pytest.fixture
def noted(small_content: Path) -> Path:
    """The content with a record for each of its three entries."""
    record(small_content, {}, dict.fromkeys(ENTRIES, CHANGE))
    return small_content


def test_without_the_file_nothing_is_asked_and_with_it_every_entry_has_a_record(small_content: Path) -> None:
    """An editor begins it with the first record."""
    assert list(review_faults(small_content, ENTRIES)) == []
    code, output = review(small_content, "refund", "--changed", "two papers more", "--source", "S13")
    assert (code, output) == (0, "1 noted, 1 in all\n")
    code, output = verify(small_content)
    assert code == 1
    told = output.splitlines()
    assert all(LINE.match(line) for line in told)
    assert [line.split(":")[0] for line in told] == ["faq/certificate-lost/ja.md", "faq/notice-alone/ja.md"]
    assert "has no record in reviews.toml, run madoguchi review notice-alone" in output


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_entry_that_changed_after_its_record_is_named(noted: Path, lang: str) -> None:
    """Either language; a new record makes it clean again."""
    assert verify(noted)[0] == 0
    path = noted / "faq" / "refund" / f"{lang}.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    code, output = verify(noted)
    assert (code, output.count("\n")) == (1, 1)
    assert output.startswith("faq/refund/ja.md:1: the entry was changed after 2026-11-23, run madoguchi review refund")
    assert review(noted, "refund", "--changed", "a blank line", "--source", "S13", "--source", "S14")[0] == 0
    assert verify(noted)[0] == 0
    assert (load_reviews(noted, []) or {})["refund"].sources == ["S13", "S14"]
    assert (load_reviews(noted, []) or {})["refund"].day == date(2026, 11, 24)


def test_many_changes_come_from_a_file(noted: Path, tmp_path: Path) -> None:
    """Records of other entries stay; a day in the file counts, else that of the command."""
    file = tmp_path / "changes.toml"
    file.write_text(
        '[refund]\nchanged = "say \\"two\\" 年"\nsources = ["S13"]\n\n'
        '[notice-alone]\nday = 2026-10-01\nchanged = "shorter"\nsources = ["S14"]\n',
        encoding="utf-8",
    )
    assert review(noted, "--from", str(file)) == (0, "2 noted, 3 in all\n")
    data = tomllib.loads((noted / FILE).read_text(encoding="utf-8"))
    assert list(data) == sorted(ENTRIES)
    assert [str(data[id]["day"]) for id in sorted(ENTRIES)] == ["2026-11-23", "2026-10-01", "2026-11-24"]
    assert data["refund"]["changed"] == 'say "two" 年'
    assert verify(noted)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["refund"], "give --changed and --source"),
        ([], "name an ENTRY, or give --from FILE"),
        (["refund", "--changed", "w " * 11, "--source", "S13"], "say in 1 to 10 words"),
        (["refund", "--changed", "w", "--source", "S9999"], "there is no source 'S9999'"),
        (["no-such-entry", "--changed", "w", "--source", "S13"], "there is no such entry"),
        (["../faq/refund", "--changed", "w", "--source", "S13"], "there is no such entry"),
    ],
)
def test_what_cannot_be_noted_is_refused_and_nothing_is_written(noted: Path, arguments: list[str], said: str) -> None:
    """With what it takes."""
    before = (noted / FILE).read_bytes()
    code, output = review(noted, *arguments)
    assert (code != 0, said in output, (noted / FILE).read_bytes() == before) == (True, True, True), output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('changed = "the', 'changed = "one two three four five six the', "reviews.toml:5: certificate-lost.changed"),
        ('sources = ["S13"]', 'sources = ["S9999"]', "reviews.toml:6: certificate-lost.sources.0: there is no source"),
        ('sources = ["S13"]', "sources = []", "reviews.toml:6: certificate-lost.sources: no source is named"),
        ("day = 2026-11-23", "day = 2026-11-31", "reviews.toml:4: this is not TOML"),
        ("[refund]", "[refunds]", "reviews.toml:1: refunds: there is no such entry"),
    ],
)
def test_a_spoiled_record_is_named(noted: Path, old: str, new: str, said: str) -> None:
    """With file and line."""
    path = noted / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, output = verify(noted)
    assert code == 1
    assert said in output
    assert all(LINE.match(line) for line in output.splitlines())


def test_a_broken_file_of_changes_is_named_by_its_line(noted: Path, tmp_path: Path) -> None:
    """Nothing of it is taken."""
    file = tmp_path / "changes.toml"
    file.write_text('[refund]\nchanged = "shorter"\n', encoding="utf-8")
    code, output = review(noted, "--from", str(file))
    assert (code, "changes.toml:1: refund.sources: field required" in output) == (1, True), output
    faults: list[Fault] = []
    assert (load_reviews(noted, faults) or {})["refund"].changed == CHANGE.changed
