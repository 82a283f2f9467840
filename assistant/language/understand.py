"""From free text to facts of the contract and an intent.

Nothing is guessed: a fact is given when words of the text state it. Only closed codes and dates leave this module,
besides ``evidence``: it holds the reader's own words, to be shown for checking and dropped with the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assistant.domain.vocabulary import FACT_IDS, PRINTED_DATES
from assistant.language.dated import date_facts
from assistant.language.findings import Findings
from assistant.language.intents import NOTHING_RECOGNISED, Ranking, rank_intents
from assistant.language.lexicon import Lexicon
from assistant.language.lexicon_entries import NO_ITEM
from assistant.language.mentions import Mention, find_mentions
from assistant.language.reading import Reading
from assistant.language.showing import SHOWN, paper_unclear, registration, shown_items
from assistant.language.stated import both_checks_fail, condition_facts, person_facts, rule_facts

Value = str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text states and asks; a low ``intent_score`` means that hardly anything was recognised."""

    facts: Mapping[str, Value]
    intent: str
    intent_score: float
    second_intent: str | None
    evidence: Mapping[str, str]
    unclear_paper: bool
    known_words: tuple[str, ...]


def understand(reading: Reading, asked_on: date, lexicon: Lexicon) -> Understanding:
    """Return the facts and the intent of what was read, with relative days counted from ``asked_on``.

    Both languages are understood on every page, since people mix them; the language of the page only goes into the
    signals, where cues may ask for it.
    """
    mentions = find_mentions(reading, lexicon)
    findings = Findings()
    rule_facts(reading, lexicon, findings)
    both_checks_fail(reading, lexicon, findings)
    person_facts(reading, asked_on, findings)
    condition_facts(mentions, findings)
    date_facts(reading, mentions, asked_on, lexicon, findings)
    ranking = rank_intents(reading, _signals(reading, mentions, findings, lexicon), lexicon)
    if ranking.intent == "out_of_scope" and ranking.score > NOTHING_RECOGNISED:
        findings = Findings()
        person_facts(reading, asked_on, findings)
        return _understanding(reading, mentions, findings, ranking, (), False)
    shown = shown_items(mentions, ranking.intent, findings)
    registration(mentions, findings)
    unclear = paper_unclear(mentions, shown, ranking.intent, findings)
    _make_consistent(shown, findings)
    return _understanding(reading, mentions, findings, ranking, shown, unclear)


def _signals(reading: Reading, mentions: tuple[Mention, ...], findings: Findings, lexicon: Lexicon) -> frozenset[str]:
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


def _make_consistent(shown: tuple[str, ...], findings: Findings) -> None:
    """Drop what the contract does not keep: a state beside its date, a check that nobody answered."""
    facts = findings.facts
    for printed, state in PRINTED_DATES.items():
        if printed in facts:
            findings.drop(state)
    if "check_result" in facts and "facility" not in facts:
        findings.replace("facility", "online", findings.places["check_result"])
    if facts.get("facility") == "online" and "check_result" not in facts:
        findings.drop("facility")
    for paper in ("certificate", "old_card"):
        if paper in facts and paper not in shown:
            findings.drop(paper)


def _understanding(
    reading: Reading,
    mentions: tuple[Mention, ...],
    findings: Findings,
    ranking: Ranking,
    shown: tuple[str, ...],
    unclear: bool,
) -> Understanding:
    values: dict[str, Value] = {**findings.facts, "presented": shown} if shown else dict(findings.facts)
    facts: dict[str, Value] = {fact: values[fact] for fact in FACT_IDS if fact in values}
    evidence: dict[str, str] = {fact: reading.written[slice(*findings.places[fact])] for fact in facts}
    names = {f"item.{mention.name}" for mention in mentions}
    states = {f"state.{mention.state}" for mention in mentions if mention.state}
    return Understanding(
        facts=MappingProxyType(facts),
        intent=ranking.intent,
        intent_score=ranking.score,
        second_intent=ranking.second,
        evidence=MappingProxyType(evidence),
        unclear_paper=unclear,
        known_words=tuple(sorted({*names, *states, *ranking.cues})),
    )
