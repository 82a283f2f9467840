"""Which facts are acted upon, which are doubtful, which are dropped."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest

from assistant.language.classifiers.fact_acceptance import Accepted, accepted
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.models.reading_model import Candidate, Pair
from assistant.language.slots.item_roles import GONE
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

KOUKI, KOKUHO, NOTICE, NONE = ("scheme", "kouki"), ("scheme", "kokuho"), ("presented", "notice"), ("presented", "none")
ITEM = ("presented", "certificate")
READING = Utterance("ja", "", (), MatchText(""), ())


class Believes:
    """A model that believes what it is told to believe."""

    def __init__(self, believed: Mapping[Pair, float]) -> None:
        self.chances = believed

    def believed(self, candidate: Candidate, beside: Collection[Pair], lang: str) -> float:
        return self.chances[candidate.pair]


def took(
    believed: Mapping[Pair, float],
    ruled: Collection[Pair] = (),
    proposals: Mapping[Pair, float] | None = None,
    parts: Mapping[str, str] | None = None,
) -> Accepted:
    """Accept what rules read and what is proposed (everything else, unless said)."""
    facts = {fact: value for fact, value in ruled if fact != "presented"}
    shown = tuple(value for fact, value in ruled if fact == "presented")
    proposed = {pair: 0.5 for pair in believed if pair not in ruled} if proposals is None else proposals
    return accepted(Slots(facts), shown, parts or {}, proposed, {}, READING, Believes(believed))


@pytest.mark.parametrize(("chance", "taken"), [(0.19, False), (0.21, True)])
def test_what_a_rule_read_needs_less(chance: float, taken: bool) -> None:
    assert ("scheme" in took({KOUKI: chance}, [KOUKI]).facts) is taken


@pytest.mark.parametrize(("chance", "taken"), [(0.49, False), (0.51, True)])
def test_what_is_only_proposed_needs_more(chance: float, taken: bool) -> None:
    assert ("scheme" in took({KOUKI: chance}).facts) is taken


@pytest.mark.parametrize(("chance", "taken"), [(0.64, False), (0.66, True)])
def test_a_thing_that_no_words_show_is_asked_about_unless_it_is_all_but_certain(chance: float, taken: bool) -> None:
    found = took({ITEM: chance})
    assert found.shown == (("certificate",) if taken else ())
    assert found.doubtful == (() if taken else ((*ITEM, chance),))


@pytest.mark.parametrize(("chance", "taken"), [(0.44, False), (0.46, True)])
def test_nothing_to_show_turns_an_answer_round_and_needs_more(chance: float, taken: bool) -> None:
    assert took({NONE: chance}, [NONE]).shown == (("none",) if taken else ())


def test_nothing_is_not_shown_beside_something() -> None:
    assert took({NONE: 0.9, NOTICE: 0.6}, [NONE, NOTICE]).shown == ("notice",)


def test_items_come_in_the_order_of_the_contract() -> None:
    assert took({NOTICE: 0.9, ITEM: 0.9}, [NOTICE, ITEM]).shown == ("certificate", "notice")


def test_the_likeliest_value_is_the_one() -> None:
    assert took({KOUKI: 0.6, KOKUHO: 0.8}, [KOUKI, KOKUHO]).facts == {"scheme": "kokuho"}
    assert took({KOUKI: 0.6, KOKUHO: 0.8}, []).facts == {"scheme": "kokuho"}


def test_a_value_with_words_of_its_own_goes_before_one_without() -> None:
    assert took({KOUKI: 0.4, KOKUHO: 0.9}, [KOUKI]).facts == {"scheme": "kouki"}


def test_in_the_middle_of_a_talk_words_are_believed_sooner() -> None:
    believes = Believes({KOUKI: 0.17})
    first = accepted(Slots({"scheme": "kouki"}), (), {}, {}, {}, READING, believes)
    later = accepted(Slots({"scheme": "kouki"}), (), {}, {}, {}, READING, believes, on_subject=True)
    assert (first.facts, later.facts) == ({}, {"scheme": "kouki"})


def test_a_date_is_the_one_that_was_read() -> None:
    day = date(2027, 7, 31)
    model = Believes({("certificate_until", "day"): 0.9})
    assert accepted(Slots({"certificate_until": day}), (), {}, {}, {}, READING, model).facts == {
        "certificate_until": day
    }


def test_what_is_half_believed_is_doubtful() -> None:
    found = took({KOUKI: 0.27, NOTICE: 0.41, ITEM: 0.2})
    assert (found.facts, found.shown) == ({}, ())
    assert found.doubtful == (("scheme", "kouki", 0.27), ("presented", "notice", 0.41))


def test_of_a_fact_that_is_known_no_other_value_is_doubtful() -> None:
    assert took({KOUKI: 0.9, KOKUHO: 0.4}, [KOUKI]).doubtful == ()


def test_a_faint_proposal_is_not_weighed() -> None:
    assert took({ITEM: 0.9}, proposals={ITEM: 0.01}).shown == ()


def test_a_thing_that_is_said_to_be_gone_is_not_proposed() -> None:
    assert took({ITEM: 0.9}, parts={"certificate": GONE}).shown == ()
    assert took({ITEM: 0.9}, [ITEM], parts={"certificate": GONE}).shown == ("certificate",)
