"""Sentences to learn from: every line is checked, and verify says when the model is older than they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import paths
from assistant.cli.main import main
from assistant.domain.faults import Fault
from assistant.language.models.reading_model import undated
from assistant.training.sentences import LEARNT, UNSEEN, note_learnt, read_sentences, sentence_faults

GOOD = {
    "lang": "ja",
    "asker": "family",
    "text": "母の資格確認書、あした使えますか",
    "intent": "card_outcome",
    "facts": {"presented": ["certificate"], "visit_date": "2026-11-24"},
    "difficulty": "plain",
}


def written(content: Path, *lines: object) -> Path:
    folder = content / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / "aunt.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    return content


def learnt(content: Path) -> Path:
    (content / "model").mkdir(exist_ok=True)
    for name in LEARNT:
        (content / "model" / name).write_bytes(name.encode())
    note_learnt(content)
    return content


def test_a_line_becomes_a_sentence_of_its_files_voice(tmp_path: Path) -> None:
    faults: list[Fault] = []
    [sentence] = read_sentences(written(tmp_path, GOOD), faults)
    assert faults == []
    assert (sentence.voice, sentence.intent) == ("aunt", "card_outcome")
    assert sentence.facts == {("presented", "certificate"), ("visit_date", "2026-11-24")}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{", "Expecting"),
        ("[]", "not an object"),
        ("", "Expecting"),
        ({**GOOD, "facts": None}, "not an object"),
        ({**GOOD, "lang": "fr"}, "lang 'fr' is unknown; use one of ja, en"),
        ({**GOOD, "intent": "weather"}, "intent 'weather' is unknown"),
        ({**GOOD, "asker": None}, "asker None is unknown"),
        ({**GOOD, "text": " "}, "the text is missing"),
        ({**GOOD, "facts": {"weather": "fine"}}, "weather"),
        ({**GOOD, "facts": {"scheme": "cheap"}}, "scheme does not take this value"),
        ({**GOOD, "facts": {"visit_date": "24 November"}}, "visit_date"),
        ({**GOOD, "facts": {"scheme": 5}}, "scheme is no code"),
        ({**GOOD, "facts": {"presented": [["notice"]]}}, "presented is no code"),
    ],
)
def test_a_line_that_is_no_sentence_is_named(tmp_path: Path, line: object, part: str) -> None:
    [fault] = sentence_faults(learnt(written(tmp_path, GOOD, line, {**GOOD, "text": "another"})))
    assert (fault.path, fault.line) == ("questions/aunt.jsonl", 2)
    assert part in fault.what


def test_the_same_text_twice_is_named(tmp_path: Path) -> None:
    [fault] = sentence_faults(learnt(written(tmp_path, GOOD, GOOD)))
    assert str(fault) == "questions/aunt.jsonl:2: this text was there before, leave one of the two out"


def test_a_model_that_does_not_say_what_it_learnt_from_is_stale(tmp_path: Path) -> None:
    faults = sentence_faults(written(tmp_path, GOOD))
    assert [(fault.path, fault.do) for fault in faults] == [(it, "run make train") for it in ("questions", "turns")]


@pytest.mark.parametrize("name", LEARNT)
def test_a_file_of_the_model_that_is_not_the_one_learnt_is_named(tmp_path: Path, name: str) -> None:
    content = learnt(written(tmp_path, GOOD))
    assert sentence_faults(content) == []
    for spoil in (lambda path: path.write_bytes(b"of yesterday"), Path.unlink):
        spoil(content / "model" / name)
        [fault] = sentence_faults(content)
        assert (fault.path, fault.do) == (f"model/{name}", "run make train")


def test_an_edited_sentence_makes_verify_ask_for_learning(content: Path) -> None:
    path = content / "questions" / "workers.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("資格", "資挌", 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["verify", "--on", "2026-11-23", "--content", str(content)])
    assert result.exit_code == 1
    assert result.output == "questions:1: the sentences changed since the model was learnt, run make train\n"


def test_of_a_date_only_the_fact_is_learnt() -> None:
    assert undated(("visit_date", "2026-11-24")) == undated(("visit_date", "2026-12-01"))
    assert undated(("certificate_until", "2027-07-31")) == ("certificate_until", "day")
    assert undated(("scheme", "kouki")) == ("scheme", "kouki")


def test_the_voices_held_back_are_there() -> None:
    voices = {path.stem for path in (paths.CONTENT / "questions").glob("*.jsonl")}
    assert set(UNSEEN) < voices
