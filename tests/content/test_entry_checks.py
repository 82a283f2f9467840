"""Every way in which an entry can go wrong is caught by `madoguchi verify`, with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.content.entries import load_entries
from assistant.content.figures import figures
from assistant.content.furigana import Furigana
from assistant.content.readability import readability
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


@pytest.fixture
def sample(small_content: Path) -> Path:
    """The content with one more entry that is in order."""
    folder = small_content / "faq" / "sample"
    folder.mkdir()
    for lang, text in PAIR.items():
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
    return small_content


def spoil(content: Path, changes: dict[str, tuple[str, str]]) -> str:
    """Change the sample's files, expect `verify` to fail, return what it says about the sample."""
    for lang, (old, new) in changes.items():
        path = content / "faq" / "sample" / f"{lang}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, output = verify(content)
    assert code == 1, output
    assert LINE.search(output), output
    return "\n".join(line for line in output.splitlines() if line.startswith("faq/sample/"))


def test_the_sample_is_in_order(sample):
    """So that each of the faults below is the only one."""
    assert verify(sample)[0] == 0


FAULTS = [
    ({"ja": ("sources: [S13]", "sources: []")}, "sources"),
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
    ({"ja": ("review_by: 2027-03-31", "review_by: 2026-11-01")}, "was to be reviewed by 2026-11-01"),
]


@pytest.mark.parametrize(("changes", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_of_an_entry_is_caught(sample, changes, said):
    """One line: file, line, what, what to do."""
    assert said in spoil(sample, changes)


def test_a_window_that_ends_within_the_life_of_the_page_must_be_named(sample):
    """The row's end is in no sentence of the entry."""
    rows = {"ja": ("rules: [tolerance/ended]", "rules: [tolerance/extension]")}
    rows["en"] = rows["ja"]
    for lang, (old, new) in {
        "ja": ("2026年7月31日（令和8年7月31日）まで", "前に"),
        "en": ("until 31 July 2026", "before"),
    }.items():
        path = sample / "faq" / "sample" / f"{lang}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert "tolerance/extension ends on 2026-07-31" in spoil(sample, rows)


def test_the_same_text_under_two_languages_is_no_translation(sample):
    """A copy of the Japanese body in the English file."""
    ja = (sample / "faq" / "sample" / "ja.md").read_text(encoding="utf-8").split("---\n\n", 1)[1]
    en = (sample / "faq" / "sample" / "en.md").read_text(encoding="utf-8").split("---\n\n", 1)[0]
    (sample / "faq" / "sample" / "en.md").write_text(f"{en}---\n\n{ja}", encoding="utf-8")
    code, output = verify(sample)
    assert code == 1
    assert "the text is the same file as the Japanese one" in output


def rest_on(content: Path, marks: str, ja: str, en: str) -> None:
    """Make the sample's second step rest on ``marks``, S72 or S13, S72, and say ``ja`` and ``en``."""
    listed = ", ".join(sorted({"S13", *marks.split(", ")}))
    for lang, (old, new) in {"ja": ("3割を払います。[S13]", ja), "en": ("Pay 30%. [S13]", en)}.items():
        path = content / "faq" / "sample" / f"{lang}.md"
        text = path.read_text(encoding="utf-8").replace("sources: [S13]", f"sources: [{listed}]")
        path.write_text(text.replace(old, f"{new} [{marks.replace(', ', '][')}]"), encoding="utf-8")


@pytest.mark.parametrize(
    ("marks", "ja", "en", "said"),
    [
        ("S72", "3割を払います。", "Pay 30%.", ("ja.md:19: this rests on 府中", "en.md:19: this rests on Fuchu")),
        ("S72", "京都府では3割です。", "In Kyoto pay 30%.", ("this rests on 府中", "this rests on Fuchu")),
        ("S68", "3割を払います。", "Pay 30%.", ("this rests on 健保組合", "this rests on insurance society")),
    ],
)
def test_a_local_rule_must_say_whose_it_is(sample, marks, ja, en, said):
    """Only one place or insurer stands behind the sentence, and the text names another or none."""
    rest_on(sample, marks, ja, en)
    code, output = verify(sample)
    assert (code, [text for text in said if text not in output]) == (1, []), output


@pytest.mark.parametrize(
    ("marks", "ja", "en"),
    [
        ("S72", "東京都府中市では3割です。", "In Fuchu pay 30%."),
        ("S68", "ある健康保険組合では3割です。", "Health insurance societies say: pay 30%."),
        ("S13, S72", "3割を払います。", "Pay 30%."),
    ],
)
def test_a_local_rule_that_names_its_place_is_in_order(sample, marks, ja, en):
    """By name, by the kind of insurer where the source has no name, or with a source for the whole country."""
    rest_on(sample, marks, ja, en)
    code, output = verify(sample)
    assert code == 0, output


def test_a_local_rule_must_say_whose_it_is_in_easy_japanese_too(sample):
    """The place's name may have its reading; the other two texts name it already."""
    rest_on(sample, "S72", "府中市では3割です。", "In Fuchu pay 30%.")
    path = sample / "faq" / "sample" / "easy.md"
    path.write_text(EASY.replace("はい、使えました。[S13]", "3割です。[S72]"), encoding="utf-8")
    code, output = verify(sample)
    assert (code, "faq/sample/easy.md:5: this rests on 府中" in output) == (1, True), output
    text = "{府中市|ふちゅうし}では3割です。[S72]"
    path.write_text(EASY.replace("はい、使えました。[S13]", text), encoding="utf-8")
    assert verify(sample)[0] == 0


EASY = "---\ntitle: {見本|みほん}ですか\n---\n\nはい、使えました。[S13]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EASY.replace("[S13]", "[S14]"), "S14 is not a source of the entry"),
        (EASY.replace("[S13]", ""), "no statement has a source"),
        (EASY.replace("はい、", "はい、2025年4月に"), "2025 stands in the easy text and not in ja.md"),
        (EASY.replace("[S13]", "[S13] [これ](faq:no-such-entry)"), "no-such-entry"),
        (EASY.replace("title:", "name:"), "begins with a title"),
    ],
)
def test_a_fault_of_an_easy_text_is_caught(sample, text, said):
    """It may say less than the entry, never more."""
    path = sample / "faq" / "sample" / "easy.md"
    path.write_text(EASY, encoding="utf-8")
    assert verify(sample)[0] == 0
    path.write_text(text, encoding="utf-8")
    code, output = verify(sample)
    assert code == 1
    assert said in output


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


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (PAIR["en"].encode("utf-16"), "not UTF-8"),
        (PAIR["en"].replace("title: Is", "title: \0Is").encode(), "not YAML"),
        (PAIR["en"].replace("checked_on: 2026-11-23", "checked_on: 2026-02-30").encode(), "not YAML"),
        (b"", "no front matter"),
    ],
)
def test_a_file_of_other_bytes_is_named(sample, raw, said):
    """An editor saved it in another encoding, or a disk filled up: no traceback."""
    (sample / "faq" / "sample" / "en.md").write_bytes(raw)
    code, output = verify(sample)
    assert code == 1
    assert any(line.startswith("faq/sample/en.md:") and said in line for line in output.splitlines()), output
