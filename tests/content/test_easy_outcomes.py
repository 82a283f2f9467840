"""The twenty outcomes that are met most have easy words; these are short, and add nothing to what the outcome says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import mean
from typing import Final

import pytest

from assistant.answers.settling import settle
from assistant.content.outcomes import EasyTelling
from assistant.content.prose.markdown import without_readings
from assistant.domain.facts import Facts, parse
from assistant.presentation.desk_table import SITUATIONS, situation
from assistant.snapshot.snapshot import Snapshot
from tests.content.test_easy_texts import DATA, LONGEST, MEAN
from tests.content.test_verify import verify

DAY: Final = date(2026, 11, 23)
MET: Final = 20


def asked() -> Iterator[Facts]:
    """Yield the facts that the labelled questions state."""
    for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        facts = parse({"visit_date": f"{DAY}", **(json.loads(line).get("facts") or {})}, DAY)
        if facts.presented:
            yield facts


def most_met(snapshot: Snapshot) -> list[str]:
    """Name the outcomes of the situations that desks meet, then those to which the questions lead most often."""
    common = dict.fromkeys(_outcome(snapshot, situation(name, "kouki", DAY)) for name in SITUATIONS)
    counts = Counter(_outcome(snapshot, facts) for facts in asked())
    return [it for it in dict.fromkeys((*common, *(id for id, _ in counts.most_common()))) if it][:MET]


def _outcome(snapshot: Snapshot, facts: Facts) -> str:
    leaf = settle(snapshot, facts, "patient").leaf
    return leaf.decision.outcome if leaf else ""


def texts(easy: EasyTelling) -> tuple[str, ...]:
    """The texts of an outcome's easy words."""
    return (easy.summary, easy.pay, *easy.steps, easy.next_time)


def test_the_twenty_outcomes_that_are_met_most_have_easy_words(snapshot: Snapshot) -> None:
    """As the tables lead there today."""
    found = most_met(snapshot)
    assert len(found) == MET
    assert [id for id in found if snapshot.outcomes[id].easy is None] == []


def test_easy_words_are_short(snapshot: Snapshot) -> None:
    """One thing a sentence, as in the easy texts of the FAQ."""
    told = {
        id: [it for text in texts(outcome.easy) for it in re.split("。", _bare(text)) if it]
        for id, outcome in snapshot.outcomes.items()
        if outcome.easy
    }
    assert [(id, it) for id, sentences in told.items() for it in sentences if len(it) > LONGEST] == []
    assert mean(len(it) for sentences in told.values() for it in sentences) <= MEAN


def _bare(text: str) -> str:
    return re.sub("（[^（）]*）", "", without_readings(text))


@pytest.mark.parametrize(
    "wrong", [r"\{出\|だ\}[るたて]", r"\{出\|で\}[さしす]", r"\{入\|い\}[るっ]", r"か\{月\|がつ\}"]
)
def test_a_word_with_two_readings_has_the_one_of_its_ending(snapshot: Snapshot, wrong: str) -> None:
    """«入る» is はいる, «入れる» is いれる."""
    easy = {id: "".join(texts(outcome.easy)) for id, outcome in snapshot.outcomes.items() if outcome.easy}
    assert [id for id, text in easy.items() if re.search(wrong, text)] == []


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("2{年|ねん}{以内|いない}", "15{年|ねん}{以内|いない}", "easy: 15 is not in the Japanese text"),
        (
            "{療養費|りょうようひ}",
            "{療養費|りょうようひ}と{高額療養費|こうがくりょうようひ}",
            "is not in the Japanese text",
        ),
        ("{全部|ぜんぶ}のお", "全部のお", "easy: 全部 has no reading"),
        ("{申請|しんせい}", "{ 申請|しんせい}をお{電話|でんわ}（0120-999-999）", "is in no contact register"),
        ("{保険証|ほけんしょう}", "{保健証|ほけんしょう}", "is on the do-not-use list"),
    ],
)
def test_easy_words_that_add_something_are_a_fault(content, was: str, now: str, said: str) -> None:
    """Figures, terms, kanji without a reading, phone numbers, words not to use."""
    path = content / "outcomes" / "full-old-card.toml"
    head, _, easy = path.read_text(encoding="utf-8").partition("\n[easy]\n")
    path.write_text(f"{head}\n[easy]\n{easy.replace(was, now)}", encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert any(line.startswith("outcomes/full-old-card.toml:") and said in line for line in output.splitlines()), output


def test_easy_words_that_leave_a_step_out_are_a_fault(content) -> None:
    """Each step has its easy one."""
    path = content / "outcomes" / "card-register.toml"
    text = path.read_text(encoding="utf-8")
    last = text.rindex('  "', 0, text.rindex("]\nnext_time"))
    path.write_text(text[:last] + text[text.rindex("]\nnext_time") :], encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert "easy: 3 steps, not 4" in output
