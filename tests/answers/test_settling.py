"""Answer before asking: which question is asked, which is not, and that every way of answering comes to an end."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from assistant.answers.answer import answer
from assistant.answers.kinds import EitherAnswer, OutcomeAnswer, QuestionAnswer
from assistant.answers.settling import MOST_BRANCHES, ORDINARY, settle, standing
from assistant.domain.decide import Decision, decide
from assistant.domain.facts import Facts, parse
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN, VOICES, Voice
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY
from tests.conversation.test_agreement import situation

COUNT = int(os.environ.get("MADOGUCHI_SITUATIONS", "300"))
_TURNS = 6


def partial(pick: random.Random) -> Facts:
    """Draw a situation and leave some of it unsaid or unknown."""
    codes = situation(pick)
    kept = {fact: value for fact, value in codes.items() if fact in ("presented", "visit_date") or pick.random() < 0.3}
    unknown = {fact: UNKNOWN for fact in kept if fact in CHOICES and pick.random() < 0.3}
    return parse({**kept, **unknown}, TODAY)


def drawn(count: int = COUNT) -> list[tuple[Facts, Voice]]:
    """Draw ``count`` situations with a voice."""
    pick = random.Random(20261129)
    return [(partial(pick), pick.choice(VOICES)) for _ in range(count)]


def test_no_question_on_the_scheme_where_the_three_insured_schemes_agree(snapshot: Snapshot):
    """`MADOGUCHI_SITUATIONS=10000` walks ten thousand; a question on the scheme can change a standing."""
    for facts, voice in drawn():
        found = settle(snapshot, facts, voice)
        if found.ask != "scheme":
            continue
        ends = {
            frozenset(leaf.decision.outcome for leaf in found.cases if leaf.given.get("scheme", scheme) == scheme)
            for scheme in ORDINARY["scheme"]
        }
        assert len(ends) > 1, facts


def test_what_is_stated_or_unknown_is_not_asked(snapshot: Snapshot):
    """In either voice, by itself or under an answer."""
    for facts, voice in drawn():
        asked = settle(snapshot, facts, voice).ask
        assert asked not in facts.stated, facts
        assert asked not in {"certificate", "old_card", "e_certificate"} or f"{asked}_until" not in facts.printed


def test_the_answer_is_that_of_the_ordinary_case(snapshot: Snapshot):
    """With what was taken for granted said outright the outcome is the same; `otherwise` leads elsewhere."""
    answered = 0
    for facts, voice in drawn():
        found = answer(snapshot, facts, voice, "ja")
        if isinstance(found, OutcomeAnswer) and found.taken:
            answered += 1
            leaf = settle(snapshot, facts, voice).leaf
            assert leaf is not None
            said = replace(facts, stated={**facts.stated, **leaf.given})
            verdict = decide(snapshot.book.rules, said, voice)
            assert isinstance(verdict, Decision)
            assert verdict.outcome == found.outcome.id
            assert all(it.outcome != found.outcome.id for it in found.otherwise)
            assert set(found.taken) <= set(found.assumed)
    assert answered > COUNT / 10


def test_when_nobody_knows_the_ways_it_can_turn_out_are_told(snapshot: Snapshot):
    """At most three, each reachable, none twice."""
    told = 0
    for facts, voice in drawn():
        found = answer(snapshot, facts, voice, "en")
        if isinstance(found, EitherAnswer):
            told += 1
            ids = [it.outcome.id for it in found.branches]
            assert 2 <= len(ids) == len(set(ids)) <= MOST_BRANCHES
            assert all(it.given for it in found.branches)
            assert len({it.outcome.standing for it in found.branches}) > 1
    assert told


@pytest.mark.parametrize("voice", VOICES)
def test_random_answers_come_to_an_end(snapshot: Snapshot, voice: Voice):
    """Whatever is answered, «not sure» as well: no more than six questions, none of them twice."""
    pick = random.Random(6)
    for _ in range(COUNT):
        facts, asked = Facts(TODAY), []
        while isinstance(found := answer(snapshot, facts, voice, "ja"), QuestionAnswer):
            assert found.fact not in asked
            asked.append(found.fact)
            values = [*ITEMS] if found.fact == "presented" else [*CHOICES[found.fact].values, UNKNOWN]
            value = pick.choice(values)
            facts = (
                replace(facts, presented=frozenset((value,)))
                if found.fact == "presented"
                else facts.having(found.fact, value)
            )
            assert len(asked) <= _TURNS, asked


def test_not_knowing_what_one_has_is_answered(snapshot: Snapshot):
    """Card, certificate, nothing: three ways, and the card as what helps."""
    found = answer(snapshot, parse({"presented": UNKNOWN}, TODAY), "patient", "ja")
    assert isinstance(found, EitherAnswer)
    assert [dict(it.given)["presented"] for it in found.branches] == ["mynumber_card", "certificate", "none"]


CASES = [
    ("patient", "presented=notice", "full_payment", ""),
    ("patient", "presented=mynumber_card", "insured", "registration"),
    ("patient", "presented=certificate", "", "certificate"),
    ("patient", "presented=certificate certificate=unknown", "", ""),
    ("desk", "presented=notice", "full_payment", "known_patient"),
    ("desk", "presented=certificate certificate=valid facility=online", "", "check_result"),
    ("patient", "presented=none urgent=yes", "discretion", ""),
]


@pytest.mark.parametrize(("voice", "codes", "kind", "ask"), CASES)
def test_what_is_said_and_asked(snapshot: Snapshot, voice: Voice, codes: str, kind: str, ask: str):
    """The commonest situations, one by one."""
    found = settle(snapshot, parse(dict(pair.split("=") for pair in codes.split()), TODAY), voice)
    assert (standing(snapshot, found.leaf.decision.outcome) if found.leaf else "", found.ask) == (kind, ask)


def test_what_helps_whichever_way_it_is(snapshot: Snapshot):
    """A certificate whose date nobody can read: the registered card makes the visit an ordinary one."""
    found = answer(snapshot, parse({"presented": "certificate", "certificate": UNKNOWN}, TODAY), "patient", "ja")
    assert isinstance(found, EitherAnswer)
    assert found.bring == ("mynumber_card",)
    assert [it.outcome.standing for it in found.branches] == ["insured", "full_payment"]


@pytest.mark.parametrize(("lang", "enough"), [("ja", "足りる"), ("en", "enough")])
def test_a_way_to_be_checked_that_suffices_says_so(snapshot: Snapshot, lang: str, enough: str):
    """Who has forgotten the PIN reads beside that answer that the face is enough; who has neither does not."""
    card = Facts(TODAY, frozenset({"mynumber_card"}), {"registration": "registered", "check_result": "active"})
    labels = snapshot.words["authentication"].values
    for value in CHOICES["authentication"].values:
        leaf = settle(snapshot, card.having("authentication", value), "desk").leaf
        assert (enough in labels[value][lang]) == (leaf.decision.outcome == "card-read"), labels[value][lang]


@pytest.mark.parametrize(
    ("voice", "known", "kind"),
    [
        ("desk", {}, "known_patient"),
        ("desk", {"known_patient": "no"}, None),
        ("desk", {"facility": "not_equipped"}, None),
        ("patient", {}, None),
    ],
)
def test_the_desk_is_asked_first_what_would_spare_the_full_cost(
    snapshot: Snapshot, voice: Voice, known: dict[str, str], kind: str | None
):
    """Whoever was seen this month is on record: nobody is sent to pay in full before the desk has looked."""
    facts = parse({"presented": "certificate", "certificate": "expired", **known}, TODAY)
    found = answer(snapshot, facts, voice, "ja")
    if kind is None:
        assert isinstance(found, OutcomeAnswer)
        assert found.outcome.standing == "full_payment"
    else:
        assert isinstance(found, QuestionAnswer)
        assert (found.fact, {it.outcome.standing for it in found.possible}) == (kind, {"full_payment", "discretion"})
