"""The lexicon: its examples hold, and its faults are named with their lines."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.language.lexicon.loader import Lexicon, LexiconError, load_lexicon
from assistant.language.lexicon.pattern_notation import PatternError, compile_patterns
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.lexicon.schema import DATE_ROLES
from assistant.language.lexicon_examples import broken_examples

FOLDER = Path(__file__).parents[2] / "content" / "lexicon"
ASKED_ON = date(2026, 11, 23)


def test_every_example_of_the_lexicon_holds(lexicon: Lexicon) -> None:
    assert list(broken_examples(lexicon, ASKED_ON)) == []


def test_every_role_of_a_date_has_words(lexicon: Lexicon) -> None:
    assert {cue.id for cue in lexicon.date_roles} == set(DATE_ROLES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model").symlink_to(FOLDER.parent / "model")
    return Path(shutil.copytree(FOLDER, tmp_path / "lexicon"))


def faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(LexiconError) as caught:
        load_lexicon(folder)
    return [(path.name, line, message) for path, line, message in caught.value.faults]


def test_a_fault_names_its_file_and_line(folder: Path) -> None:
    path = folder / "synonyms.toml"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(path.read_text(encoding="utf-8") + "\n[[group]]\nwords = []\n", encoding="utf-8")
    [(name, line, message)] = faults(folder)
    assert (name, line) == ("synonyms.toml", lines + 2)
    assert "words" in message


def test_a_line_that_nobody_can_read_is_named(folder: Path) -> None:
    path = folder / "people.toml"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(path.read_text(encoding="utf-8") + f"# {'x' * 199}\n", encoding="utf-8")
    assert [(name, line) for name, line, _ in faults(folder)] == [("people.toml", lines + 1)]


def test_a_file_that_is_no_toml_is_named_with_its_line(folder: Path) -> None:
    (folder / "dates.toml").write_text("# one\n[[date]]\nid = \n", encoding="utf-8")
    assert ("dates.toml", 3) in {(name, line) for name, line, _ in faults(folder)}


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "facts.toml").unlink()
    assert [name for name, _, _ in faults(folder)] == ["facts.toml"]


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ('[[fact]]\nfact = "weather"\nvalue = "ok"\nsay = ["x"]\nexamples = ["x"]', "weather"),
        ('[[fact]]\nfact = "urgent"\nvalue = "maybe"\nsay = ["x"]\nexamples = ["x"]', "maybe"),
        ('[[fact]]\nfact = "urgent"\nvalue = "yes"\nsay = ["(x"]\nexamples = ["x"]', "bracket"),
        ('[[fact]]\nfact = "urgent"\nvalue = "yes"\nsay = ["{nobody}"]\nexamples = ["x"]', "nobody"),
        ('[[fact]]\nfact = "urgent"\nvalue = "yes"\nsay = ["x"]\nexamples = []', "examples"),
    ],
)
def test_a_wrong_entry_says_what_is_wrong(folder: Path, entry: str, part: str) -> None:
    path = folder / "facts.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entry + "\n", encoding="utf-8")
    [(_, _, message)] = faults(folder)
    assert part in message


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("card", "discard", False),
        ("expir*", "it expired", True),
        ("a|b", "b", True),
        ("(古い|旧)保険証", "旧保険証", True),
        ("カード…忘れ", "かーどを家に忘れ", True),
        ("カード…忘れ", "かーど。忘れ", False),
        ("三割", "3割", True),
        ("#割", "10割", True),
        ("check~up", "checkup", True),
        ("check~up", "check-up", True),
        ("いい\\?", "いい?", True),
        ("^はい$", "はい", True),
        ("^はい$", "はいはい", False),
        ("{animal}", "いぬ", True),
    ],
)
def test_the_notation_matches(pattern: str, text: str, matches: bool) -> None:
    assert bool(compile_patterns([pattern], {"animal": ("犬", "イヌ")}).found_in(MatchText(text))) == matches


@pytest.mark.parametrize("pattern", ["", "a)", "(a", "?a", "a??", "a…b…c…d…e", "a||b", "[a]", "{x}", "a" * 500, ")a("])
def test_the_notation_refuses_what_it_has_not(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_patterns([pattern], {})


def test_a_pattern_takes_other_signs_literally() -> None:
    assert compile_patterns(["3+1.5"], {}).found_in(MatchText("3+1.5"))
