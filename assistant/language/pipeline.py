"""From free text to facts of the contract and an intent.

Nothing is guessed: a fact is given when words of the text state it. Only closed codes and dates leave this module,
besides ``evidence``: it holds the reader's own words, to be shown for checking and dropped with the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from assistant.domain.vocabulary import FACT_IDS, ITEMS, PRINTED_DATES, UNKNOWN
from assistant.language.classifiers.fact_acceptance import Accepted, Doubt, Value, accepted, of_items
from assistant.language.classifiers.features import features_of
from assistant.language.classifiers.intent_ranker import NOTHING_READ, IntentRanking, cues_in, ranked
from assistant.language.classifiers.item_evidence import Spoken
from assistant.language.classifiers.mention_context import surroundings
from assistant.language.entities.item_mentions import find_mentions
from assistant.language.entities.mention import Mention
from assistant.language.entities.persons import PersonMention, find_people
from assistant.language.facets import facets
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.schema import NO_ITEM
from assistant.language.models.reading_model import Features, Pair, Surroundings
from assistant.language.models.word_vectors import Vector
from assistant.language.question_form import acts_in, asks, is_short
from assistant.language.slots.date_roles import date_facts
from assistant.language.slots.item_roles import ItemInRole, spoken_items
from assistant.language.slots.predicates import stated_predicates
from assistant.language.slots.presented_items import SHOWN, paper_unclear, registration, shown_items
from assistant.language.slots.slot_values import Slots
from assistant.language.slots.stated_facts import (
    both_checks_fail,
    condition_facts,
    person_facts,
    rule_facts,
    seen_this_month,
)
from assistant.language.utterance import Utterance

_OF_ANY_SUBJECT: Final = frozenset({"visit_date", "urgent", "age_band", "holder", "scheme"})
"""Facts that talks about anything state."""
#: What a text asks that names nothing of the subject has to be as likely as this.
_STANDS_OUT: Final = 0.5
#: Fewer letters than this say nothing.
_SAY_NOTHING: Final = 2


class Signs(NamedTuple):
    """What speaks for what a sentence shows and states, before it is known what it meets: what is said of things, what
    stands ``around`` the name of each, the last time it is named, and the ``features`` of the whole; ``ruled`` is what
    the rules read; ``proposed`` is how likely each fact is stated by the wording alone, ``believed`` with the rules
    (0 to 1)."""

    spoken: Spoken
    around: Mapping[str, Surroundings]
    features: Features
    ruled: Mapping[Pair, Value]
    proposed: Mapping[Pair, float]
    believed: Mapping[Pair, float]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text states and asks; a low ``intent_score`` means that hardly anything was recognised.

    ``doubtful`` is what was read with less certainty.
    ``items`` are the things named with the part they play, ``people`` whose papers are spoken of, ``acts`` what the
    sentence does besides; ``nothing`` says in so many words that there is nothing to show. ``days`` are those that
    belong to nothing in the text, ``last_days`` those of them until which something lasts, ``not_days`` are taken back.
    ``facets`` are what it states and asks for, each with its weight; ``sense`` is the sense of the whole
    (`assistant.language.models.sentence_sense`); ``signs`` what speaks for what is shown and stated.
    """

    facts: Mapping[str, Value]
    doubtful: tuple[Doubt, ...]
    intent: str
    intent_score: float
    second_intent: str | None
    evidence: Mapping[str, str]
    unclear_paper: bool
    known_words: tuple[str, ...]
    items: tuple[ItemInRole, ...]
    people: tuple[PersonMention, ...]
    acts: frozenset[str]
    nothing: bool
    days: tuple[date, ...]
    last_days: tuple[date, ...]
    not_days: tuple[date, ...]
    facets: Mapping[str, float]
    sense: Vector = field(compare=False)
    signs: Signs = field(compare=False)


def understand(reading: Utterance, asked_on: date, lexicon: Lexicon, *, on_subject: bool = False) -> Understanding:
    """Return the facts and the intent of what was read, with relative days counted from ``asked_on``.

    ``on_subject`` when cards and papers were spoken of before: another subject is less likely then.

    Both languages are understood on every page, since people mix them; the language of the page only goes into the
    signals, where cues may ask for it.
    """
    return conclude(by_rule(reading, asked_on, lexicon), lexicon, on_subject=on_subject)


def conclude(found: LexiconMatch, lexicon: Lexicon, *, on_subject: bool = False) -> Understanding:
    """Return what the rules ``found``, weighed with what the model of ``lexicon`` makes of the text."""
    model = lexicon.model
    if model is None:
        raise ValueError("the lexicon was loaded without a model")
    nearest = model.near_to(found.features)
    chances = model.expected(found.features, nearest)
    aside = "aside" in found.acts
    ranking = ranked(chances, found.cues, on_subject=on_subject or found.on_subject, aside=aside)
    asked = facets(found.codes, chances)
    if not on_subject and _is_unknown(found, lexicon, ranking):
        ranking, asked = NOTHING_READ, {}
    proposals, near = model.proposals(found.features, nearest), model.nearness(found.around)
    if ranking.intent == "out_of_scope" and not found.nothing:
        findings = Slots()
        person_facts(found.reading, found.asked_on, findings)
        if found.findings.facts.get("urgent") == "yes":
            findings.add("urgent", "yes", (0, 0))
        took = Accepted(dict(findings.facts), (), (), {}, {})
    else:
        findings, shown = found.settled(ranking.intent)
        took = accepted(findings, shown, found.parts, proposals, near, found.reading, model, on_subject=on_subject)
    spoken = _spoken(found, ranking.intent, took, near, proposals)
    signs = Signs(spoken, {it.item: it for it in found.around}, found.features, took.ruled, proposals, took.believed)
    return _understanding(found, lexicon, ranking, findings, took, asked, signs)


def _spoken(
    found: LexiconMatch, intent: str, took: Accepted, near: Mapping[str, float], proposals: Mapping[Pair, float]
) -> Spoken:
    return Spoken(
        items=found.items,
        mentions=found.mentions,
        near=near,
        believed=of_items(took.believed),
        proposed=of_items(proposals),
        shown=took.shown,
        stated=frozenset(took.facts) - {"presented"},
        acts=found.acts,
        intent=intent,
        nothing=found.nothing,
        asks=asks(found.reading),
        short=is_short(found.reading),
    )


def _is_unknown(found: LexiconMatch, lexicon: Lexicon, ranking: IntentRanking) -> bool:
    """Tell whether nothing of a text is known: none of its words, or none of the subject and no intent stands out."""
    plain = found.reading.plain
    if not found.reading.words or len(plain) < _SAY_NOTHING or not found.features.meaning.any():
        return True
    strange = not (found.cues or found.mentions or found.findings.facts or lexicon.subject.found_in(plain))
    return strange and ranking.intent != "out_of_scope" and ranking.score < _STANDS_OUT


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """What the rules of the lexicon find in a text before its intent is known, and the features that a model weighs."""

    reading: Utterance
    asked_on: date
    mentions: tuple[Mention, ...]
    items: tuple[ItemInRole, ...]
    findings: Slots
    acts: frozenset[str]
    cues: tuple[str, ...]
    codes: frozenset[str]
    features: Features
    around: tuple[Surroundings, ...]

    @property
    def on_subject(self) -> bool:
        """Whether the text names a thing that can be shown and states what becomes of it."""
        named = any(it.item in ITEMS for it in self.items)
        return named and bool(self.findings.facts.keys() - _OF_ANY_SUBJECT)

    @property
    def nothing(self) -> bool:
        """Whether the text says in so many words that there is nothing to show."""
        return self.findings.facts.get("presented") == "none"

    @property
    def parts(self) -> Mapping[str, str]:
        """The part that each item plays: the last word on it counts, but for one that says nothing of it."""
        parts: dict[str, str] = {}
        for it in self.items:
            if it.item not in parts or not it.told.endswith("barely"):
                parts[it.item] = it.told
        return parts

    def settled(self, intent: str) -> tuple[Slots, tuple[str, ...]]:
        """Return the facts read by rule in a text with ``intent``, and the items it shows."""
        findings = self.findings.copy()
        shown = shown_items(self.mentions, intent, findings)
        registration(self.mentions, findings)
        _make_consistent(shown, intent, findings)
        return findings, shown


def by_rule(reading: Utterance, asked_on: date, lexicon: Lexicon) -> LexiconMatch:
    """Return what the rules find in what was read, with relative days counted from ``asked_on``."""
    mentions = find_mentions(reading, lexicon)
    findings = Slots()
    rule_facts(reading, lexicon, findings)
    stated_predicates(reading, lexicon, findings)
    both_checks_fail(reading, lexicon, findings)
    person_facts(reading, asked_on, findings)
    condition_facts(mentions, findings)
    date_facts(reading, mentions, asked_on, lexicon, findings)
    seen_this_month(reading, asked_on, findings)
    acts = acts_in(reading, lexicon)
    signals = _signals(reading, mentions, findings, lexicon)
    cues = tuple(cues_in(reading.plain, signals, lexicon))
    codes = frozenset({*signals, *cues, *(f"act:{act}" for act in acts)})
    features = features_of(reading, codes, lexicon.vectors, lexicon.sense, lexicon.features)
    items = tuple(spoken_items(reading, mentions, findings))
    named = [it for it in items if it.item in ITEMS]
    around = tuple(surroundings(reading.plain, named, acts, lexicon.vectors))
    return LexiconMatch(reading, asked_on, mentions, items, findings, acts, cues, codes, features, around)


def _signals(reading: Utterance, mentions: tuple[Mention, ...], findings: Slots, lexicon: Lexicon) -> frozenset[str]:
    """Return the closed codes that intent cues may ask for."""
    signals = {f"lang:{reading.lang}"}
    if any(mention.item != NO_ITEM for mention in mentions) or findings.facts:
        signals.add("domain")
    elif not lexicon.subject.found_in(reading.plain):
        signals.add("no_subject")
    for mention in mentions:
        signals |= {f"item:{mention.item}", f"name:{mention.name}"}
        states = {*mention.beside, *([mention.state] if mention.state else [])}
        signals |= {f"state:{state}" for state in states}
        signals |= {f"{mention.item}:{state}" for state in states}
        if mention.state in SHOWN and mention.item != NO_ITEM:
            signals.add("any:shown")
    for fact, value in findings.facts.items():
        signals |= {f"fact:{fact}", f"fact:{fact}={value}"}
    return frozenset(signals)


def _make_consistent(shown: tuple[str, ...], intent: str, findings: Slots) -> None:
    """Drop what the contract does not keep: a state beside its date, a check that nobody answered."""
    facts = findings.facts
    for printed, state in PRINTED_DATES.items():
        if printed in facts:
            findings.drop(state)
    if "check_result" in facts and "facility" not in facts:
        findings.replace("facility", "online", findings.places["check_result"])
    at_the_desk = "mynumber_card" in shown or intent in ("card_outcome", "reader_failure", "pin_or_cert_expiry")
    if facts.get("card_condition") in ("ok", "unreadable") and not at_the_desk:
        findings.drop("card_condition")
    for paper in ("certificate", "old_card"):
        if paper in facts and facts[paper] != UNKNOWN and paper not in shown:
            findings.drop(paper)


def _understanding(
    found: LexiconMatch,
    lexicon: Lexicon,
    ranking: IntentRanking,
    findings: Slots,
    took: Accepted,
    asks: Mapping[str, float],
    signs: Signs,
) -> Understanding:
    reading = found.reading
    values: dict[str, Value] = {**took.facts, **({"presented": took.shown} if took.shown else {})}
    facts: dict[str, Value] = {fact: values[fact] for fact in FACT_IDS if fact in values}
    evidence = {fact: reading.written[slice(*findings.places[fact])] for fact in facts if fact in findings.places}
    names = {f"item.{mention.name}" for mention in found.mentions}
    states = {f"state.{mention.state}" for mention in found.mentions if mention.state}
    return Understanding(
        facts=MappingProxyType(facts),
        doubtful=took.doubtful,
        intent=ranking.intent,
        intent_score=ranking.score,
        second_intent=ranking.second,
        evidence=MappingProxyType(evidence),
        unclear_paper=paper_unclear(found.mentions, took.shown, ranking.intent, findings),
        known_words=tuple(sorted({*names, *states, *found.cues})),
        items=found.items,
        people=find_people(reading, lexicon),
        acts=found.acts,
        nothing=found.nothing,
        days=tuple(findings.days),
        last_days=tuple(findings.last_days),
        not_days=tuple(findings.not_days),
        facets=asks,
        sense=found.features.sense,
        signs=signs,
    )
