"""Every way in which an entry can go wrong is caught by `madoguchi verify`, with file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner

from assistant.cli.main import main
from assistant.content.checks.readability import readability
from assistant.content.entries import load_entries
from assistant.content.prose.figures import figures
from assistant.content.prose.furigana import Furigana
from tests.conftest import FEW, copy_content, keep_topics
from tests.content.test_verify import LINE, verify

PAIR = {
    "ja": """---
id: sample
lang: ja
title: 見本ですか
audience: [enrollee]
intent: card_outcome
asked:
  - 見本は使えますか
sources: [S13]
checked_on: 2026-11-23
review_by: 2027-03-31
related: [refund]
rules: [tolerance/ended]
---

はい、2026年7月31日（令和8年7月31日）まで使えました。[S13]

1. 窓口で見せます。
2. 3割を払います。[S13]

[払い戻し](faq:refund)もご覧ください。
""",
    "en": """---
id: sample
lang: en
title: Is this a sample?
audience: [enrollee]
intent: card_outcome
asked:
  - can I use the sample
sources: [S13]
checked_on: 2026-11-23
review_by: 2027-03-31
related: [refund]
rules: [tolerance/ended]
---

Yes, it could be used until 31 July 2026. [S13]

1. Show it at the desk.
2. Pay 30%. [S13]

See also [refunds](faq:refund).
""",
}


Changes = dict[str, tuple[str, str]]

FAULTS: list[tuple[Changes, str]] = [
    ({"ja": ("sources: [S13]", "sources: []")}, "sources"),
    ({"ja": ("audience:", "ages: ['75']\naudience:")}, "'75' is no age band"),
    ({"ja": ("audience:", "ages: ['70_74']\naudience:")}, "ages differ from the Japanese text"),
    ({"ja": ("3割を払います。[S13]", "45日以内に払います。")}, "45 stands without a source"),
    ({"en": ("until 31 July 2026. [S13]", "until 31 July 2026.")}, "2026-7-31 stands without a source"),
    ({"en": ("(faq:refund)", "(faq:no-such-entry)")}, "leads to no entry 'no-such-entry'"),
    ({"en": ("Is this a sample?", "Is the Minor insurance card a sample?")}, "'Minor insurance card'"),
    ({"ja": ("見本ですか", "マイナ保健証の見本ですか")}, "do-not-use"),
    ({"en": ("Pay 30%", "Pay 20%")}, "20 is not in the Japanese text"),
    ({"en": ("31 July 2026", "30 July 2026")}, "2026-7-31 is not in the English text"),
    ({"en": ("1. Show it at the desk.\n", "")}, "list items differ"),
    ({"en": ("See also [refunds](faq:refund).", "See also refunds.")}, "links differ"),
    ({"en": ("rules: [tolerance/ended]", "rules: []")}, "rules differ"),
    ({"en": ("[S13]\n\nSee", "[S13][S13]\n\nSee")}, "sources differ"),
    ({"ja": ("rules: [tolerance/ended]", "rules: [tolerance/no-such-row]")}, "no row 'tolerance/no-such-row'"),
    ({"ja": ("窓口で見せます。", "/home/editor/notes.txt を見ます。")}, "path of a machine"),
    ({"en": ("Show it at the desk.", "Call 03-1234-5678.")}, "03-1234-5678 is in no contact register"),
    ({"ja": ("rules: [", "scope: no-such-insurer\nrules: [")}, "no insurer 'no-such-insurer'"),
]

#: The second step rests on the first of these, in words that say too little of whose rule it is.
UNNAMED = [
    ("S72", "3割を払います。", "Pay 30%.", ("ja.md:19: this rests on 府中", "en.md:19: this rests on Fuchu")),
    ("S72", "京都府では3割です。", "In Kyoto pay 30%.", ("this rests on 府中", "this rests on Fuchu")),
    ("S68", "3割を払います。", "Pay 30%.", ("this rests on 健保組合", "this rests on insurance society")),
]
NAMED = [
    ("S72", "東京都府中市では3割です。", "In Fuchu pay 30%."),
    ("S68", "ある健康保険組合では3割です。", "Health insurance societies say: pay 30%."),
    ("S13, S72", "3割を払います。", "Pay 30%."),
]

EASY = "---\ntitle: {見本|みほん}ですか\n---\n\nはい、使えました。[S13]\n"
EASY_FAULTS = [
    (EASY.replace("[S13]", "[S14]"), "S14 is not a source of the entry"),
    (EASY.replace("[S13]", ""), "no statement has a source"),
    (EASY.replace("はい、", "はい、2025年4月に"), "2025 stands in the easy text and not in ja.md"),
    (EASY.replace("[S13]", "[S13] [これ](faq:no-such-entry)"), "no-such-entry"),
    (EASY.replace("title:", "name:"), "begins with a title"),
]

BYTES = [
    (PAIR["en"].encode("utf-16"), "not UTF-8"),
    (PAIR["en"].replace("title: Is", "title: \0Is").encode(), "not YAML"),
    (PAIR["en"].replace("checked_on: 2026-11-23", "checked_on: 2026-02-30").encode(), "not YAML"),
    (b"", "no front matter"),
]


def add(content: Path, id: str, changes: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> Path:
    """Write one more entry like the sample, with ``changes``; return its folder."""
    folder = content / "faq" / id
    folder.mkdir()
    for lang, text in PAIR.items():
        old, new = changes.get(lang, ("", ""))
        assert old in text
        written = text.replace(old, new, 1).replace("id: sample", f"id: {id}")
        (folder / f"{lang}.md").write_text(written, encoding="utf-8")
    return folder


def rest_on(folder: Path, marks: str, ja: str, en: str) -> None:
    """Make the second step of an entry rest on ``marks``, S72 or S13, S72, and say ``ja`` and ``en``."""
    listed = ", ".join(sorted({"S13", *marks.split(", ")}))
    for lang, (old, new) in {"ja": ("3割を払います。[S13]", ja), "en": ("Pay 30%. [S13]", en)}.items():
        path = folder / f"{lang}.md"
        text = path.read_text(encoding="utf-8").replace("sources: [S13]", f"sources: [{listed}]")
        path.write_text(text.replace(old, f"{new} [{marks.replace(', ', '][')}]"), encoding="utf-8")


@pytest.fixture
def sample(small_content: Path) -> Path:
    """The content with one more entry that is in order."""
    add(small_content, "sample")
    return small_content


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What one run of `verify` says of each of many entries like the sample, most of them with a fault of its own."""
    content = copy_content(tmp_path_factory.mktemp("entries"))
    keep_topics(content, *FEW)
    for number, (changes, _) in enumerate(FAULTS):
        add(content, f"fault-{number}", changes)
    window = ("rules: [tolerance/ended]", "rules: [tolerance/extension]")
    folder = add(content, "window", {"ja": window, "en": window})
    for lang, day, other in (
        ("ja", "2026年7月31日（令和8年7月31日）まで", "前に"),
        ("en", "until 31 July 2026", "before"),
    ):
        path = folder / f"{lang}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(day, other), encoding="utf-8")
    folder = add(content, "same")
    ja, en = ((folder / f"{lang}.md").read_text(encoding="utf-8").split("---\n\n", 1) for lang in ("ja", "en"))
    (folder / "en.md").write_text(f"{en[0]}---\n\n{ja[1]}", encoding="utf-8")
    for number, (marks, said_ja, said_en, _) in enumerate(UNNAMED):
        rest_on(add(content, f"unnamed-{number}"), marks, said_ja, said_en)
    for number, (marks, said_ja, said_en) in enumerate(NAMED):
        rest_on(add(content, f"named-{number}"), marks, said_ja, said_en)
    for id, first in (("easy-unnamed", "3割です。[S72]"), ("easy-named", "{府中市|ふちゅうし}では3割です。[S72]")):
        rest_on(add(content, id), "S72", "府中市では3割です。", "In Fuchu pay 30%.")
        text = EASY.replace("はい、使えました。[S13]", first)
        (content / "faq" / id / "easy.md").write_text(text, encoding="utf-8")
    for number, text in enumerate([it for it, _ in EASY_FAULTS] + [EASY]):
        (add(content, f"easy-{number}") / "easy.md").write_text(text, encoding="utf-8")
    for number, (raw, _) in enumerate(BYTES):
        (add(content, f"bytes-{number}") / "en.md").write_bytes(raw)
    code, output = verify(content)
    lines = output.splitlines()
    assert code == 1, output
    assert all(LINE.match(line) and line.startswith("faq/") for line in lines), output
    return lambda id: "\n".join(line for line in lines if line.split("/")[1] == id)


def test_the_sample_is_in_order(sample):
    """So that each of the faults below is the only one."""
    assert verify(sample)[0] == 0


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[said for _, said in FAULTS])
def test_a_fault_of_an_entry_is_caught(told, number):
    """One line: file, line, what, what to do."""
    assert FAULTS[number][1] in told(f"fault-{number}")


def test_an_entry_past_its_review_day_is_caught(sample):
    """When nothing else is wrong."""
    path = sample / "faq" / "sample" / "ja.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("review_by: 2027-03-31", "review_by: 2026-11-01"), encoding="utf-8")
    code, output = verify(sample)
    assert (code, output.count("\n")) == (1, 1)
    assert output.startswith("faq/sample/ja.md:2: ")
    assert "was to be reviewed by 2026-11-01" in output


def test_a_window_that_ends_within_the_life_of_the_page_must_be_named(told):
    """The row's end is in no sentence of the entry."""
    assert "tolerance/extension ends on 2026-07-31" in told("window")


def test_the_same_text_under_two_languages_is_no_translation(told):
    """A copy of the Japanese body in the English file."""
    assert "the text is the same file as the Japanese one" in told("same")


@pytest.mark.parametrize("number", range(len(UNNAMED)))
def test_a_local_rule_must_say_whose_it_is(told, number):
    """Only one place or insurer stands behind the sentence, and the text names another or none."""
    output = told(f"unnamed-{number}")
    assert [text for text in UNNAMED[number][3] if text not in output] == [], output


@pytest.mark.parametrize("number", range(len(NAMED)))
def test_a_local_rule_that_names_its_place_is_in_order(told, number):
    """By name, by the kind of insurer where the source has no name, or with a source for the whole country."""
    assert told(f"named-{number}") == ""


def test_a_local_rule_must_say_whose_it_is_in_easy_japanese_too(told):
    """The place's name may have its reading; the other two texts name it already."""
    assert "faq/easy-unnamed/easy.md:5: this rests on 府中" in told("easy-unnamed")
    assert told("easy-named") == ""


@pytest.mark.parametrize("number", range(len(EASY_FAULTS)), ids=[said for _, said in EASY_FAULTS])
def test_a_fault_of_an_easy_text_is_caught(told, number):
    """It may say less than the entry, never more."""
    assert EASY_FAULTS[number][1] in told(f"easy-{number}")


def test_an_easy_text_in_order_is_told_of_nothing(told):
    """The one that the faults above were put into."""
    assert told(f"easy-{len(EASY_FAULTS)}") == ""


@pytest.mark.parametrize("number", range(len(BYTES)))
def test_a_file_of_other_bytes_is_named(told, number):
    """An editor saved it in another encoding, or a disk filled up: no traceback."""
    id, said = f"bytes-{number}", BYTES[number][1]
    output = told(id)
    assert any(line.startswith(f"faq/{id}/en.md:") and said in line for line in output.splitlines()), output


def test_dates_and_numbers_are_compared_in_one_form():
    """Both calendars, tenths and percent, ranges, large numbers."""
    ja = "2026年7月31日（令和8年7月31日）に1〜3割、145万円、3か月、8月1日、2025年8月から11月"
    en = "On 31 July 2026: 10% or 30%, 1,450,000 yen, 3 months, 1 August, August to November 2025"
    assert figures(ja, "ja") == figures(en, "en")
    assert figures("May I ask?", "en") == frozenset()


def test_furigana_stays_out_of_tags_and_of_words_that_have_it():
    """Longest word first; attributes and form fields are left alone."""
    over = Furigana({"資格": "しかく", "資格確認書": "しかくかくにんしょ", "マイナ保険証": "まいなほけんしょう"}).over
    assert over("資格確認書") == "<ruby>資格確認書<rp>（</rp><rt>しかくかくにんしょ</rt><rp>）</rp></ruby>"
    assert over("マイナ保険証").startswith("マイナ<ruby>保険証")
    kept = '<a title="資格">x</a><option>資格</option><ruby>資格<rt>しかく</rt></ruby>'
    assert over(kept) == kept


def test_readability_has_a_ceiling(sample):
    """A long sentence is named with its file, and the command exits 1."""
    entry = load_entries(sample, [])["sample", "ja"]
    assert list(readability(entry, Furigana({})).complaints()) == []
    path = sample / "faq" / "sample" / "ja.md"
    path.write_text(path.read_text(encoding="utf-8").replace("はい、", "はい、" + "とても" * 40), encoding="utf-8")
    result = CliRunner().invoke(main, ["readability", "sample", "--content", str(sample)])
    assert result.exit_code == 1
    assert "faq/sample/ja.md:1:" in result.output
    assert "a sentence of" in result.output


def test_a_new_entry_is_a_pair_of_files_to_fill_in(sample):
    """It loads, nothing is overwritten, a bad id is refused with what it takes."""
    new = ["new", "faq", "newly-made", "--intent", "refund", "--source", "S13", "--on", "2026-11-23"]
    assert CliRunner().invoke(main, [*new, "--content", str(sample)]).exit_code == 0
    faults: list[object] = []
    entry = load_entries(sample, faults)["newly-made", "en"]  # type: ignore[arg-type]
    assert (faults, entry.front.intent, entry.front.checked_on) == ([], "refund", date(2026, 11, 23))
    again = CliRunner().invoke(main, [*new, "--content", str(sample)])
    assert (again.exit_code, "there is such an entry already" in again.output) == (1, True)
    bad = CliRunner().invoke(main, ["new", "faq", "Über", "--content", str(sample)])
    assert (bad.exit_code, "lower-case letters" in bad.output) == (1, True)
