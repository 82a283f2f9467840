"""The desk's screen while nothing is decided: what is still possible, and what helps whichever way it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from assistant.answers.settling import CHECK, Settled, helps, settle, told_apart
from assistant.content.fact_words import contact_for
from assistant.domain.decide import Leaf
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, UNKNOWN
from assistant.presentation.desk_graph import ASKED, contact_words
from assistant.snapshot.snapshot import Snapshot
from assistant.web.http.locale import lazy_gettext as _
from assistant.web.words import labels

#: Patterns and words that the server and the browser fill in alike.
WORDS: Final = {
    "open": _("Still open"),
    "open_more": _("Answer the question above. These are still possible:"),
    "either": _("It depends"),
    "either_more": _("It depends on what nobody knows. These are possible:"),
    "either_find": _("Find out: {what}"),
    "either_bring": _("Ask the patient: “Do you have this with you: {item}?” If so, check with it."),
    "either_ask": _("If it cannot be found out, ask before you take the full cost: {contact}"),
    "awaited": _("Wait for the result"),
    "awaited_more": _("Nothing is settled before the check has answered. Then it is:"),
    "then_asked": _("still to ask: {question}"),
}
OPEN_SIGN: Final = "？"

View = dict[str, Any]


def undecided(snapshot: Snapshot, facts: Facts, brief: Settled, lang: str) -> View:
    """Return what is still possible, under the question or, when there is none left, with what helps either way."""
    possible = [f"{_given(snapshot, leaf.given, lang)}{_told(snapshot, leaf, lang)}" for leaf in _each(brief)]
    found = {"state": "open", "sign": OPEN_SIGN, "possible": possible}
    if brief.ask:
        return {**found, "word": WORDS["open"], "summary": WORDS["open_more"]}
    steps = list(_either_way(snapshot, facts, brief.branches, lang))
    return {**found, "word": WORDS["either"], "summary": WORDS["either_more"], "steps": steps}


def awaited(snapshot: Snapshot, facts: Facts, brief: Settled, lang: str) -> View:
    """Return what each answer of the check will lead to; nobody is let in before there is one."""
    ends: dict[str, list[str]] = {}
    for value in CHOICES[CHECK].values:
        found = settle(snapshot, facts.having(CHECK, value), "desk")
        end = _told(snapshot, found.leaf, lang) if found.leaf else _asked(snapshot, found.ask, lang)
        ends.setdefault(end, []).append(snapshot.words[CHECK].values[value][lang])
    contact = [] if brief.ask else contact_of(snapshot, facts, "insurer", lang)
    possible = [f"{' / '.join(values)} → {end}" for end, values in ends.items()]
    slots = {"state": "open", "sign": OPEN_SIGN, "word": WORDS["awaited"], "summary": WORDS["awaited_more"]}
    return {**slots, "possible": possible, "contact": contact}


def contact_of(snapshot: Snapshot, facts: Facts, purpose: str, lang: str) -> list[str]:
    """Return whom the desk can ask for ``purpose``: its own people are no news there."""
    if purpose not in ASKED:
        return []
    return contact_words(contact_for(snapshot.contacts, purpose, facts.stated.get("scheme", UNKNOWN), "desk"), lang)


def _asked(snapshot: Snapshot, fact: str, lang: str) -> str:
    """Return that ``fact`` is then asked for; nothing more to ask leaves it open."""
    if not fact:
        return str(WORDS["either"])
    return str(WORDS["then_asked"]).format(question=snapshot.words[fact].question("desk", lang))


def _each(brief: Settled) -> Iterable[Leaf]:
    """Return each outcome once, with the first way to it."""
    first: dict[str, Leaf] = {}
    for leaf in brief.branches or told_apart(brief.cases):
        first.setdefault(leaf.decision.outcome, leaf)
    return first.values()


def _given(snapshot: Snapshot, given: Mapping[str, str], lang: str) -> str:
    words = snapshot.words
    told = "; ".join(f"{words[fact].label[lang]}: {words[fact].values[value][lang]}" for fact, value in given.items())
    return f"{told} → " if told else ""


def _told(snapshot: Snapshot, leaf: Leaf, lang: str) -> str:
    outcome = snapshot.outcomes[leaf.decision.outcome]
    return f"{labels.STANDINGS[outcome.standing]}: {outcome.version(lang).title}"


def _either_way(snapshot: Snapshot, facts: Facts, branches: Iterable[Leaf], lang: str) -> Iterator[str]:
    """Yield what is to be found out and where, what else to ask for, and what to do when nothing helps."""
    missing = [snapshot.words[fact] for fact in dict.fromkeys(fact for leaf in branches for fact in leaf.given)]
    yield str(WORDS["either_find"]).format(what=" / ".join(it.label[lang] for it in missing))
    yield from (it.hint[lang] for it in missing if it.hint)
    for item in helps(snapshot, facts, "desk"):
        yield str(WORDS["either_bring"]).format(item=snapshot.words["presented"].values[item][lang])
    yield str(WORDS["either_ask"]).format(contact="; ".join(filter(None, contact_of(snapshot, facts, "insurer", lang))))
