"""docs/teaching-words.md holds: each of its changes to one file is seen in the next answer."""

import re
from pathlib import Path

import pytest

from assistant.conversation.retrieval import find
from assistant.conversation.state import Dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.snapshot.snapshot import Snapshot, build_snapshot
from assistant.training.sentences import sentence_faults
from tests.conftest import TODAY

DOC = Path(__file__).parents[2] / "docs" / "teaching-words.md"

_SENTENCE = re.search(r"```json\n(.*)\n```", DOC.read_text(encoding="utf-8"))[1]
_STALE = "questions:1: the sentences changed since the model was learnt, run make train"


@pytest.fixture
def taught(small_content: Path) -> Snapshot:
    """The content with every example of the document added to its file."""
    files = {"spelling": "spelling", "group": "synonyms", "fact": "facts"}
    files |= {"act": "acts", "answer": "answers"}
    for block in re.findall(r"```toml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL):
        table = re.match(r"\[\[(\w+)\]\]", block)
        assert table, block
        path = small_content / "lexicon" / f"{files[table[1]]}.toml"
        path.write_text(path.read_text(encoding="utf-8") + "\n" + block, encoding="utf-8")
    return build_snapshot(small_content)


def test_a_taught_misspelling_is_the_paper(snapshot, taught):
    """Unknown before, a certificate that is shown after."""
    text = "しかくかくにんひょう を みせたら 診てもらえますか"
    before, after = (take_turn(s, text, "ja", "patient", Facts(TODAY), TODAY) for s in (snapshot, taught))
    assert before.facts.presented == frozenset()
    assert after.facts.presented == {"certificate"}


def test_a_taught_synonym_finds_the_entry(small_content, taught):
    """The entry on refunds speaks of the 領収書 and not of a レシートの控え."""
    assert "refund" in [
        hit.id for hit in find(taught, "レシートの控え", "ja", 3, TODAY) if "領収" in "".join(hit.matched)
    ]
    (small_content / "lexicon" / "synonyms.toml").write_text('[[group]]\nwords = ["a", "b"]\n', encoding="utf-8")
    assert all(
        "領収" not in "".join(hit.matched)
        for hit in find(build_snapshot(small_content), "レシートの控え", "ja", 3, TODAY)
    )


def test_a_taught_word_states_the_fact(snapshot, taught):
    """A fact rule works in the next sentence."""
    text = "カードリーダーがすねています。マイナ保険証を出しました"
    before, after = (take_turn(s, text, "ja", "desk", Facts(TODAY), TODAY) for s in (snapshot, taught))
    assert "facility" not in before.facts.stated
    assert after.facts.stated["facility"] == "reader_down"


def test_a_taught_sentence_wants_learning(content):
    """The line of the document is a sentence; verify says that the model is older than it."""
    _teach(content, _SENTENCE)
    assert [str(fault) for fault in sentence_faults(content)] == [_STALE]
    assert _STALE in DOC.read_text(encoding="utf-8")


def test_a_taught_sentence_with_a_wrong_label_is_named(content):
    """With its file and line, as the document shows it."""
    _teach(content, _SENTENCE.replace("lost_damaged", "lost"))
    wrong = next(str(fault) for fault in sentence_faults(content) if fault.path.endswith(".jsonl"))
    shown = re.search(r"^(questions/carers.*), …, (.*)$", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    assert (wrong.startswith(shown[1]), wrong.endswith(shown[2])) == (True, True)


def _teach(content, line):
    path = content / "questions" / "carers.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_a_taught_act_is_small_talk(snapshot, taught):
    """Thanks in another word are thanks."""
    before, after = (take_turn(s, "かたじけない", "ja", "patient", Facts(TODAY), TODAY) for s in (snapshot, taught))
    assert (before.kind, before.act) != ("social", "thanks")
    assert (after.kind, after.act) == ("social", "thanks")


def test_a_taught_answer_answers_the_open_question(snapshot, taught):
    """A bare word settles the fact that was asked."""
    asked = Dialogue(asked="registration", options=("registered", "not_registered"))
    facts = Facts(TODAY, frozenset({"mynumber_card"}))
    before, after = (take_turn(s, "手つかずです", "ja", "patient", facts, TODAY, asked) for s in (snapshot, taught))
    assert "registration" not in before.facts.stated
    assert after.facts.stated["registration"] == "not_registered"
