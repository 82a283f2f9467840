"""The labelled questions: what is reached must not get worse; and the counting itself."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from assistant.evaluation.questions import QuestionReport, Tally, evaluate, pairs, read_questions
from assistant.language.classifiers.item_evidence import Spoken
from assistant.language.lexicon.loader import load_lexicon
from assistant.language.models.reading_model import Features
from assistant.language.models.sentence_sense import UNKNOWN
from assistant.language.pipeline import Signs, Understanding, understand
from assistant.language.utterance import read

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "data" / "questions.jsonl"
ASKED_ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def report() -> QuestionReport:
    lexicon = load_lexicon(ROOT / "content" / "lexicon")
    return evaluate(QUESTIONS, lambda text, lang, day: understand(read(text, lang, lexicon), day, lexicon), ASKED_ON)


NOT_SPOKEN = Spoken((), (), {}, {}, {}, (), frozenset(), frozenset(), "other", nothing=False, asks=False, short=True)
NO_SIGNS = Signs(NOT_SPOKEN, {}, Features(np.zeros(0, np.int64), UNKNOWN, 0, UNKNOWN, UNKNOWN), {}, {}, {})


def test_facts_are_found(report: QuestionReport) -> None:
    """A floor under the whole path from a text to its facts; how good reading is says `make reading`."""
    assert report.overall.facts.f1 >= 0.91


def test_intents_are_found(report: QuestionReport) -> None:
    """None of these questions was learnt from."""
    assert report.overall.intent_accuracy >= 0.82


def test_few_questions_in_scope_are_refused(report: QuestionReport) -> None:
    assert report.in_scope_refused_share <= 0.03


def test_both_languages_are_understood(report: QuestionReport) -> None:
    assert min(share.facts.f1 for share in report.by_language.values()) >= 0.9


def answer(facts: dict[str, str | date | tuple[str, ...]], intent: str) -> Callable[[str, str, date], Understanding]:
    understood = Understanding(
        MappingProxyType(facts),
        (),
        intent,
        0.9,
        None,
        MappingProxyType({}),
        False,
        (),
        (),
        (),
        frozenset(),
        False,
        (),
        (),
        (),
        {},
        UNKNOWN,
        NO_SIGNS,
    )
    return lambda text, lang, day: understood


@pytest.fixture
def one_question(tmp_path: Path) -> Path:
    path = tmp_path / "one.jsonl"
    path.write_text(
        '{"id": "x", "lang": "ja", "text": "t", "intent": "refund", "difficulty": "plain",'
        ' "facts": {"presented": ["copy", "notice"], "visit_date": "2026-11-24"}}\n\n',
        encoding="utf-8",
    )
    return path


def test_each_item_and_each_value_counts(one_question: Path) -> None:
    facts = {"presented": ("copy", "old_card"), "visit_date": date(2026, 11, 24)}
    tally = evaluate(one_question, answer(facts, "refund"), ASKED_ON).overall.facts
    assert (tally.right, tally.wrong, tally.missed) == (2, 1, 1)
    assert tally.f1 == pytest.approx(2 / 3)


def test_a_wrong_intent_is_listed(one_question: Path) -> None:
    report = evaluate(one_question, answer({}, "out_of_scope"), ASKED_ON)
    assert report.confusions == {("refund", "out_of_scope"): 1}
    assert (report.in_scope, report.in_scope_refused) == (1, 1)


def test_the_report_reads_as_lines(report: QuestionReport) -> None:
    assert next(report.lines()) == "questions 233"


def test_nothing_expected_and_nothing_found_is_perfect() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)


def test_pairs_are_text() -> None:
    assert pairs({"visit_date": date(2026, 1, 2), "presented": ["none"]}) == {
        ("visit_date", "2026-01-02"),
        ("presented", "none"),
    }


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "t"}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=":1:"):
        list(read_questions(path))
