"""The examples of the lexicon: each entry is found in its own sentences, and not in those that it names as others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.language.entities.item_mentions import find_mentions
from assistant.language.entities.persons import find_people
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.parts import Example
from assistant.language.lexicon.pattern_notation import compile_patterns
from assistant.language.pipeline import by_rule
from assistant.language.slots.date_roles import roles_in
from assistant.language.slots.predicates import stated_predicates
from assistant.language.slots.slot_values import Slots
from assistant.language.slots.stated_facts import both_checks_fail, rule_facts
from assistant.language.utterance import read


def broken_examples(lexicon: Lexicon, asked_on: date) -> Iterator[Example]:
    """Yield each example that does not hold, asked on the day ``asked_on``."""
    for example in lexicon.examples:
        if (example.expected in _seen(example, lexicon, asked_on)) != example.holds:
            yield example


def _seen(example: Example, lexicon: Lexicon, asked_on: date) -> set[str]:
    """Return what of the example's kind is found in its text."""
    reading = read(example.text, "ja", lexicon)
    match example.kind:
        case "spelling":
            return {example.expected} if example.expected.lower() in reading.written else set()
        case "words":
            listed = compile_patterns(lexicon.words[example.expected], lexicon.words)
            return {example.expected} if listed.found_in(reading.plain) else set()
        case "item":
            return {mention.name for mention in find_mentions(reading, lexicon)}
        case "state":
            mentions = find_mentions(reading, lexicon)
            return {state for mention in mentions for state in (*mention.beside, mention.state) if state}
        case "date":
            return roles_in(reading, asked_on, lexicon)
        case "fact":
            findings = Slots()
            rule_facts(reading, lexicon, findings)
            both_checks_fail(reading, lexicon, findings)
            return {f"{fact}={value}" for fact, value in findings.facts.items()}
        case "predicate":
            findings = Slots()
            stated_predicates(reading, lexicon, findings)
            return {f"{fact}={value}" for fact, value in findings.facts.items()}
        case "answer":
            fact = example.expected.partition("=")[0]
            return {f"{fact}={lexicon.short_answer(reading.plain, fact)}"}
        case "person":
            return {mention.who for mention in find_people(reading, lexicon)}
        case "act":
            return set(by_rule(reading, asked_on, lexicon).acts)
        case "cue":
            return set(by_rule(reading, asked_on, lexicon).cues)
    raise ValueError(f"{example.path}: examples of the kind {example.kind!r} are not tried")
