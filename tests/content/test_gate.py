"""Every kind of file that a reader sees passes the gate: a fault put into all of them is named in all of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from assistant import paths
from assistant.cli.main import main
from assistant.content.checks.gate import known, text_faults
from assistant.content.checks.reader_texts import SOURCES, UNSEEN, Text, reader_texts
from assistant.content.editing.entry_template import BODY, PLACEHOLDER, TITLE
from assistant.domain.faults import Fault
from assistant.snapshot.snapshot import Snapshot, content_files
from tests.conftest import copy_content
from tests.content.test_verify import LINE, verify

#: Names of papers in the register are what others wrote; nothing is asked of their figures.
NAMES = {"issuer", "title", "scope"}
#: Files of codes and readings, which have no text in two languages.
ONE_TONGUE = {"calendar.toml", "entry-contacts.toml", "followups.toml", "readings.toml"}


def kind_of(path: str) -> str:
    """Return what stands for all files that are read alike: the folder, or the file; ja.md and easy.md are two."""
    folder, _, name = path.rpartition("/")
    return f"{folder.split('/')[0]}/{name}" if name.endswith(".md") else folder or name


def kinds(content: Path) -> dict[str, Text]:
    """Return a text of each kind of file, one in two languages where there is any."""
    found: dict[str, Text] = {}
    for text in reader_texts(content, []):
        kind = kind_of(text.path)
        last = found.get(kind)
        if not text.heard and not (last and last.path != text.path) and text.name not in SOURCES and text.text.strip():
            name = text.path == "sources.toml" and text.name in NAMES
            if last is None or (text.lang and not name and text.text.isprintable()) or text.key == "body":
                found[kind] = text
    return found


def put(content: Path, text: Text, what: str) -> int:
    """Write ``what`` in front of ``text``; return its line."""
    path = content / text.path
    lines = path.read_text(encoding="utf-8").split("\n")
    first = next(line for line in text.text.split("\n") if line.strip())
    at = next(number for number in range(text.line - 1, len(lines)) if first[:12] in lines[number])
    lines[at] = what.join(re.split(f"(?={re.escape(first[:12])})", lines[at], maxsplit=1))
    path.write_text("\n".join(lines), encoding="utf-8")
    return at + 1


class Told(NamedTuple):
    """The lines with a fault, by their files, and what a run of `verify` says, which must fail."""

    lines: dict[str, int]
    output: list[str]

    def unnamed(self, said: str) -> dict[str, int]:
        """Return the files of which ``said`` is not said at their line."""
        return {
            path: line
            for path, line in self.lines.items()
            if not any(it.startswith(f"{path}:{line}: ") and said in it for it in self.output)
        }


def run(content: Path, lines: dict[str, int]) -> Told:
    """Run `verify` over ``content``, which has faults on ``lines``."""
    code, output = verify(content)
    assert code == 1, output
    told = output.splitlines()
    assert all(LINE.match(line) for line in told), output
    return Told(lines, told)


FAULTS = [
    ((TITLE["ja"], TITLE["ja"]), f"{TITLE['ja']!r} is a placeholder"),
    ((TITLE["en"], TITLE["en"]), f"{TITLE['en']!r} is a placeholder"),
    (("TODO ", "TODO "), "'TODO' is a placeholder"),
    (("マイナ保健証", "Minor insurance card "), "is on the do-not-use list"),
    (("電話03-1234-5678、", "call 03-1234-5678, "), "5678 is in no contact register"),
    (("０３（１２３４）５６７９に", "+81-3-1234-5679 "), "5679 is in no contact register"),
    (("紙は/home/editor/notes.txtに", "see /work/notes.md "), "is a path of a machine"),
    (("[S9999]", "[S9999]"), "there is no source 'S9999'"),
]
FIGURES = [
    (("2031年5月6日、", "6 May 2031, "), "2031-5-6"),
    (("87,650円、", "87,650 yen, "), "87650"),
    (("午後9時、", "21:00, "), "21:00"),
    (("4割、", "40%, "), "40"),
]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A run over a content of which a text of each kind of file has every fault."""
    content = copy_content(tmp_path_factory.mktemp("faulty"))
    texts = kinds(content)
    assert {"contacts.toml", "insurers", "outcomes", "phrases.toml", "faq/easy.md", "holding"} <= texts.keys()
    what = ["".join(words[lang] for words, _ in FAULTS) for lang in (0, 1)]
    return run(content, {text.path: put(content, text, what[text.lang == "en"]) for text in texts.values()})


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A run over a content of which a text of each kind of file has every figure in one language alone."""
    content = copy_content(tmp_path_factory.mktemp("uneven"))
    texts = {kind: text for kind, text in kinds(content).items() if kind not in ONE_TONGUE}
    assert all(text.lang for text in texts.values())
    del texts["faq/en.md"]  # the same entry as ja.md
    what = ["".join(words[lang] for words, _ in FIGURES) for lang in (0, 1)]
    lines = {text.path: put(content, text, what[text.lang == "en"]) for text in texts.values()}
    lines[texts["faq/easy.md"].path] = 1  # an easy text is compared as a whole
    return run(content, lines)


@pytest.mark.parametrize("said", [said for _, said in FAULTS])
def test_a_fault_in_any_kind_of_file_is_named_in_each(faulty: Told, said: str) -> None:
    """With its file and line, whichever kind of file it is."""
    assert faulty.unnamed(said) == {}


@pytest.mark.parametrize("figure", [figure for _, figure in FIGURES], ids=["day", "amount", "time", "share"])
def test_a_figure_of_one_language_is_named_in_each_kind_of_file(uneven: Told, figure: str) -> None:
    """A day, an amount, a time, a share; an easy text may say no more than the Japanese one."""
    assert uneven.unnamed(f" {figure} ") == {}


@pytest.mark.parametrize(("ids", "said"), [('["S9999", ', "'S9999'"), ("[]#", "no source is named")])
def test_a_source_that_is_unknown_or_not_named_is_caught_in_each_kind_of_file(
    content: Path, ids: str, said: str
) -> None:
    """Wherever sources are listed, and in the basis of a row."""
    lines: dict[str, int] = {}
    for text in reader_texts(content, []):
        kind = kind_of(text.path)
        if text.path.endswith(".toml") and text.name in {"sources", "basis"} and kind not in map(kind_of, lines):
            path = content / text.path
            before, listed, after = path.read_text(encoding="utf-8").partition(f"{text.name} = [")
            lines[text.path] = before.count("\n") + 1
            path.write_text(before + listed[:-1] + ids + after, encoding="utf-8")
    assert {"contacts.toml", "insurers", "outcomes", "notes.toml", "papers.toml", "rules", "holding"} <= set(
        map(kind_of, lines)
    )
    assert run(content, lines).unnamed(said) == {}


def test_every_file_of_the_content_is_walked(content: Path) -> None:
    """A file that no reader sees lies in a folder of words to learn from; there is no third kind."""
    faults: list[Fault] = []
    walked = {text.path for text in reader_texts(content, faults)}
    files = {path.relative_to(content).as_posix() for path in content_files(content)}
    assert (faults, {path for path in files if path.split("/")[0] not in UNSEEN} - walked) == ([], set())


NEW = {
    "tips.toml": '[one]\nsources = ["S13"]\nja = "{}"\nen = "A tip."\n',
    "leaflets/clinic.toml": '[[page]]\nsources = ["S13"]\ntext_ja = "{}"\ntext_en = "A page."\n',
    "leaflets/ja.md": "---\ntitle: {}\n---\n\n紙です。[S13]\n",
    "leaflets/plain.md": "{}\n",
}


@pytest.mark.parametrize(("what", "said"), FAULTS, ids=[what[1].strip() for what, _ in FAULTS])
def test_a_new_kind_of_file_passes_the_same_gate(
    tmp_path: Path, snapshot: Snapshot, what: tuple[str, str], said: str
) -> None:
    """Nobody has to name it anywhere."""
    for name, text in NEW.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.format(what[0]), encoding="utf-8")
    registers = known(
        snapshot.sources, snapshot.contacts, snapshot.insurers, snapshot.municipalities, snapshot.glossary
    )
    told = [fault.path for fault in text_faults(reader_texts(tmp_path, []), registers) if said in fault.what]
    assert set(told) == NEW.keys()


def test_what_no_check_can_read_or_compare_is_named(content: Path) -> None:
    """A file of another format, a text in one language, a day without its source."""
    for name, text in {
        "tips.yaml": "tip: a tip",
        "half.toml": '[one]\nja = "紙"',
        "loose.toml": '[one]\nja = "2031年から"\nen = "From 2031"',
        "broken.toml": "[one\n",
    }.items():
        (content / name).write_text(text, encoding="utf-8")
    output = run(content, {}).output
    for said in (
        "tips.yaml:1: no check reads .yaml files",
        "half.toml:2: one: this stands in Japanese only",
        "loose.toml:2: one: 2031 stands without a source",
        "broken.toml:1: this is not TOML",
    ):
        assert any(line.startswith(said) for line in output), output


def test_a_fault_in_a_translated_message_is_named(tmp_path: Path) -> None:
    """The words of the pages stand in the catalogs."""
    for lang in ("ja", "en"):
        path = tmp_path / lang / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        text = (paths.TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
        path.write_text(
            f'{text}\nmsgid "Nobody says this"\nmsgstr "{"5日に" if lang == "ja" else ""}03-1234-5678"\n',
            encoding="utf-8",
        )
    code, output = verify(paths.CONTENT, tmp_path)
    told = [(line.split(":")[0], line.split(": ", 1)[1]) for line in output.splitlines()]
    register = "the phone number 03-1234-5678 is in no contact register"
    assert code == 1
    assert all(LINE.match(line) for line in output.splitlines())
    for lang in ("ja", "en"):
        assert any(it[0] == f"translations/{lang}/LC_MESSAGES/messages.po" and register in it[1] for it in told), output
    assert "5 is not in the English text" in output


def test_a_registered_number_may_stand_anywhere_and_other_figures_are_no_numbers(snapshot: Snapshot) -> None:
    """However it is written; insurers' numbers need their source; an amount, a day and an address are none."""
    registers = known(
        snapshot.sources, snapshot.contacts, snapshot.insurers, snapshot.municipalities, snapshot.glossary
    )
    said = (
        "0120-95-0178、０１２０（９５）０１７８、0120950178、+81-42-378-2111、0570-086-519",
        "1,450,000円、2026-08-04、0.1234567890、39130000、https://example.org/a/0312345678?of=0312345678",
    )
    texts = [Text("tips.toml", 1, "one", "", line, "one", sourced=True) for line in said]
    assert list(text_faults(texts, registers)) == []
    unsourced = {
        id: it.model_copy(update={"contact": [contact.model_copy(update={"source": None}) for contact in it.contact]})
        for id, it in snapshot.insurers.items()
    }
    assert "0423782111" not in known(snapshot.sources, snapshot.contacts, unsourced, {}, ()).phones


def test_a_begun_entry_passes_neither_the_check_nor_publishing(
    small_content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written where MADOGUCHI_CONTENT says; every placeholder in it is named."""
    monkeypatch.setenv("MADOGUCHI_CONTENT", str(small_content))
    begun = CliRunner().invoke(main, ["new", "faq", "begun", "--source", "S13", "--on", "2026-11-23"])
    assert (begun.exit_code, (small_content / "faq" / "begun" / "ja.md").is_file()) == (0, True), begun.output
    assert not (paths.CONTENT / "faq" / "begun").exists()
    for command in (["verify", "--on", "2026-11-23"], ["index", "--store", str(tmp_path / "store")]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        named = [line for line in result.output.splitlines() if "is a placeholder" in line]
        assert len(named) == sum(len(PLACEHOLDER.findall(f"{BODY[lang]}{TITLE[lang] * 2}")) for lang in BODY)
    assert not (tmp_path / "store" / "current").exists()


def test_an_example_of_the_lexicon_that_does_not_hold_is_named(content: Path) -> None:
    """In each file of the lexicon that has examples, with file and line."""
    lines = {}
    for path in sorted((content / "lexicon").glob("*.toml")):
        before, examples, after = path.read_text(encoding="utf-8").partition("examples = [")
        if after:
            path.write_text(f'{before}{examples}"そうだ京都に行こう", {after}', encoding="utf-8")
            lines[f"lexicon/{path.name}"] = before.count("\n", 0, before.rindex("\n[[")) + 2
    assert len(lines) == 11
    assert run(content, lines).unnamed("is not found in 'そうだ京都に行こう'") == {}
