"""What speaks for a fact being stated by a sentence of a talk, as codes with weights that are learnt.

Rules tell what the words state and what they answer; how far that is to be believed, and what the wording states
besides, was learnt from talks whose writers had not seen the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.vocabulary import CHOICES, PRINTED_DATES, UNKNOWN
from assistant.language.classifiers.fact_acceptance import Value, needs_words
from assistant.language.classifiers.item_evidence import Spoken, logit, summed
from assistant.language.models.reading_model import DAY, Pair

#: What is proposed by the wording alone, and less likely than this, is not weighed.
_LEAST_PROPOSED: Final = 0.05
_LEAST: Final = 0.01
_PROPOSED_WEIGHS: Final = 0.3
_SEVERAL: Final = 3
#: Values that affirm or deny, whatever was asked.
_YES: Final = frozenset({"registered", "valid", "yes", "ok", "online", "active", "before"})
_NO: Final = frozenset({"not_registered", "expired", "no", "none"})


class Statements(NamedTuple):
    """What the rules make of a sentence, and what it meets.

    ``ruled`` are the facts that it states or changes by rule, of a printed date that it is stated; ``heard`` those that
    answer the open question, ``worded`` those with words of their own, ``read`` those taken from the sentence alone,
    ``found`` all that rules found in it, each with its value. ``proposed`` is how likely each is by the wording alone,
    ``believed`` with the rules (0 to 1), ``spoken`` what is said of things. ``before`` are the facts that were known,
    ``shown`` the things; ``asked`` is the open question; the sentence is the ``first``.
    """

    ruled: Mapping[str, str]
    heard: frozenset[Pair]
    worded: frozenset[str]
    read: frozenset[Pair]
    found: Mapping[Pair, Value]
    proposed: Mapping[Pair, float]
    believed: Mapping[Pair, float]
    spoken: Spoken
    before: Mapping[str, str]
    shown: frozenset[str]
    asked: str | None
    first: bool


def statements(said: Statements) -> Iterator[Pair]:
    """Yield all that may be stated: by rule, as the answer to what was asked, or by the wording.

    What the rules read and left out was left out for what was known.
    """
    found = dict.fromkeys(said.ruled.items())
    if said.asked and said.asked in CHOICES:
        found |= dict.fromkeys((said.asked, value) for value in (*CHOICES[said.asked].values, UNKNOWN))
    likely = (
        pair
        for pair, chance in said.proposed.items()
        if chance >= _LEAST_PROPOSED and pair[0] in CHOICES and not needs_words(pair)
    )
    rejected = (pair for pair in said.found if pair[0] in CHOICES or pair[0] in PRINTED_DATES)
    left_out = {pair for pair in said.read if pair[0] in said.ruled and said.ruled[pair[0]] != pair[1]}
    yield from (pair for pair in dict.fromkeys((*found, *rejected, *likely)) if pair not in left_out)


def rows_of(pair: Pair, said: Statements) -> tuple[str, ...]:
    """Return the rows of the wording that speak for ``pair``."""
    own = "=".join(pair)
    return (own, f"asked {_polarity(pair[1])}") if _is_asked(pair[0], said) and _polarity(pair[1]) else (own,)


def evidence_of(pair: Pair, said: Statements) -> dict[str, float]:
    """Return what is weighed of a fact and its value, by name, besides the wording."""
    return summed(_evidence(pair, said))


def _evidence(pair: Pair, said: Statements) -> Iterator[tuple[str, float]]:
    fact, value = pair
    ruled = said.ruled.get(fact) == value
    place = "first" if said.first else "asked" if _is_asked(fact, said) else "held" if fact in said.before else "new"
    how = f"{'heard ' if pair in said.heard else ''}{'worded ' if fact in said.worded else ''}{pair in said.read}"
    yield from ((code, 1.0) for code in _of_itself(pair, ruled=ruled, place=place, how=how, said=said))
    proposed = logit(said.proposed.get(pair, 0.0), _LEAST) * _PROPOSED_WEIGHS
    yield from (("proposed", proposed), (f"proposed {place}", proposed), (f"proposed {fact}", proposed))
    believed = logit(said.believed.get(pair, 0.0), _LEAST) * _PROPOSED_WEIGHS
    yield from (("believed", believed), (f"believed {place}", believed), (f"believed {fact}", believed))
    yield from ((code, 1.0) for code in _beside(pair, ruled=ruled, place=place, said=said))


def _of_itself(pair: Pair, *, ruled: bool, place: str, how: str, said: Statements) -> Iterator[str]:
    fact, value = pair
    own = f"{fact}={value}"
    other = (fact in said.ruled and not ruled) or DATE_OF_CHOICE.get(fact, "") in said.ruled
    yield from ("bias", place, own, f"{place} {fact}", f"{place} {_polarity(value) or own}")
    yield from (f"ruled {ruled} {place}", f"ruled {ruled} {how}", f"ruled {ruled} {own}", f"{place} {how} {fact}")
    found = pair in said.found
    yield from (f"found {found} {how}", f"found {found} {own}", f"found {found} {place} ruled {ruled}")
    yield from (f"other {other} {place}", f"same {said.before.get(fact) == value} {ruled}")


def _beside(pair: Pair, *, ruled: bool, place: str, said: Statements) -> Iterator[str]:
    """Yield what else the sentence says and does, and what was known."""
    fact, value = pair
    own, spoken, rule = f"{fact} {ruled}", said.spoken, f"{place} {ruled}"
    for act in sorted(spoken.acts):
        yield from (f"{place} {_polarity(value) or value} act {act}", f"{own} act {act}")
    yield from (f"{rule} asks {spoken.asks} short {spoken.short}", f"{own} intent {spoken.intent}")
    yield f"{rule} things {min(_SEVERAL, len({it.item for it in spoken.items}))}"
    yield from (f"{own} {it.item} {it.told}" for it in spoken.items)
    yield from (f"{fact}={value} {it.item} {it.state}" for it in spoken.mentions)
    for other, stated in said.ruled.items():
        if other != fact:
            yield from (f"{rule} states {other}", f"{own} states {other}={stated}")
    yield from (f"{own} known {known}" for known in said.before)
    yield from (f"{own} shown {item}" for item in sorted(said.shown))


def _is_asked(fact: str, said: Statements) -> bool:
    return said.asked is not None and said.asked in (fact, PRINTED_DATES.get(fact))


def _polarity(value: str) -> str:
    if value in (UNKNOWN, DAY):
        return value
    return "yes" if value in _YES else "no" if value in _NO else ""
