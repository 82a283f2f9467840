"""The desk's screen in words: one dictionary of slots that the template fills in, and `static/js/deskview.js` again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from assistant.answers.answer import options
from assistant.answers.desk_defaults import PRECHOSEN
from assistant.answers.settling import CHECK, Settled, standing
from assistant.content.entries import LANGS
from assistant.content.outcomes import Outcome
from assistant.content.sources import cited
from assistant.domain.decide import Leaf
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, UNKNOWN
from assistant.presentation.desk_graph import share_of
from assistant.snapshot.snapshot import Snapshot
from assistant.web.desk import open_view
from assistant.web.desk.open_view import OPEN_SIGN, View, contact_of
from assistant.web.desk.tiles import READABLE, READINGS, to_be_read
from assistant.web.http.locale import lazy_gettext as _
from assistant.web.jinja.helpers import plain_day
from assistant.web.words import labels

#: The sign beside the word: a standing is never told by colour alone.
SIGNS: Final = {
    "insured": "○",
    "discretion": "△",
    "full_payment": "！",
    "other_payer": "◇",
    "not_insured": "×",
    "expected": "△",
}
#: What the reader's tiles answer by themselves.
_READER_TELLS: Final = ("registration", CHECK)
#: Of a verdict that waits for the result of a check: how to get that, and what it rests on.
_BEFORE_THE_RESULT: Final = ("steps", "dates", "assumed", "sure", "rules", "sources")

#: Patterns and words that the server and the browser fill in alike.
WORDS: Final = {
    **open_view.WORDS,
    "nothing": _("Choose what was shown"),
    "nothing_more": _("Nothing about the patient is typed or kept here."),
    "reader": _("What does the card reader show?"),
    "place": _("For every patient, until you choose “Online check works”: {facility}"),
    "not_confirmed": _("Not confirmed for that day"),
    "visit": _("Visit {day}"),
    "since": _("rules in force from {first}, no end announced"),
    "between": _("rules in force from {first} to {last}"),
    "checked": _("sources checked {checked}, again by {review}"),
    "today": _("today"),
    "not_today": _("not today"),
    "assumed": _("Assumed: {facts}"),
    "not_sure": labels.NOT_SURE,
    "take_back": _("(take back)"),
    "refused": _("No decision"),
    "offline": _("Offline: as checked on {day} (rules version {version})"),
    "too_old": _("This copy is from {day}, more than 30 days ago. Connect and load the page again."),
    "ended": _("The rules of this copy are confirmed up to {day} only. Connect and load the page again."),
    "past": _("Offline, days before {day} cannot be decided."),
}


def words() -> dict[str, Any]:
    """Return what the browser needs besides the graph, in the language of the request."""
    tables = {"standings": labels.BANNERS, "shares": labels.SHARES, "claims": labels.CLAIMS, "ui": WORDS}
    readings = [(code, str(label)) for _key, code, label, _facts in READINGS]
    found: dict[str, Any] = {name: {key: str(text) for key, text in table.items()} for name, table in tables.items()}
    found |= {"readings": readings, "readerTells": _READER_TELLS, "readable": sorted(READABLE)}
    return {**found, "confidences": [str(text) for text in labels.CONFIDENCES.values()], "signs": SIGNS}


def next_address(lang: str, facts: Facts) -> str:
    """Return the address of the screen for the next patient: how the facility stands is no fact of a patient."""
    return f"/{lang}/desk?{urlencode({'facility': facts.stated['facility']})}"


def place(snapshot: Snapshot, facts: Facts, lang: str) -> str:
    """Return how the facility stands, which the next patient finds unchanged; nothing to say of the usual."""
    facility = facts.stated["facility"]
    said = labels.NOT_SURE if facility == UNKNOWN else snapshot.words["facility"].values[facility][lang]
    return "" if facility == PRECHOSEN["facility"] else str(WORDS["place"]).format(facility=said)


def view(snapshot: Snapshot, facts: Facts, brief: Settled, lang: str) -> View:
    """Return the slots of the screen for ``facts``; empty ones are hidden."""
    if not brief.confirmed:
        span = snapshot.book.rules.span
        said = snapshot.phrases["not_confirmed"][lang].format(first=span.first, last=span.horizon)
        slots = {"state": "open", "sign": OPEN_SIGN, "word": WORDS["not_confirmed"], "summary": said}
        return {**slots, "contact": contact_of(snapshot, facts, "insurer", lang)}
    if not facts.presented:
        return {"state": "open", "sign": "", "word": WORDS["nothing"], "summary": WORDS["nothing_more"]}
    if brief.leaf is None:
        slots = open_view.undecided(snapshot, facts, brief, lang)
    elif brief.awaited:
        told = _settled(snapshot, facts, brief.leaf, lang)
        slots = open_view.awaited(snapshot, facts, brief, lang) | {slot: told[slot] for slot in _BEFORE_THE_RESULT}
        slots |= _before_the_result(snapshot.outcomes[brief.leaf.decision.outcome])
    else:
        slots = _banner(snapshot, brief.leaf) | _settled(snapshot, facts, brief.leaf, lang)
    slots["asides"] = list(_asides(snapshot, brief, lang))
    return {**slots, "question": _question(snapshot, facts, brief, lang)}


def _before_the_result(outcome: Outcome) -> View:
    """Return how the patient is asked to have the card read, without the title: that would be a promise."""
    read = outcome.standing == "insured" and "read" in outcome.procedures
    return {"say": {it: ("", outcome.version(it).say) for it in LANGS}} if read else {}


def _banner(snapshot: Snapshot, leaf: Leaf) -> View:
    outcome = snapshot.outcomes[leaf.decision.outcome]
    state = "discretion" if outcome.banner == "expected" else outcome.standing
    return {"state": state, "sign": SIGNS[outcome.banner], "word": labels.BANNERS[outcome.banner]}


def _settled(snapshot: Snapshot, facts: Facts, leaf: Leaf, lang: str) -> View:
    decision, outcome = leaf.decision, snapshot.outcomes[leaf.decision.outcome]
    told = outcome.version(lang).told_to("desk")
    keys = [f"{row.table}/{row.result}" for row in decision.rows]
    insured = outcome.standing in ("insured", "discretion")
    notes = [snapshot.notes[key] for key in keys if insured and key in snapshot.notes]
    ids = [*decision.basis, *outcome.sources, *(id for note in notes for id in note.sources)]
    sources = cited(snapshot.sources, ids)
    days = {"first": decision.window.first, "last": decision.window.last}
    days |= {"checked": min(s.checked_on for s in sources), "review": min(s.review_by for s in sources)}
    shown = {name: plain_day(day, lang) for name, day in days.items() if day}
    pattern = WORDS["between" if decision.window.last else "since"]
    visit = str(WORDS["visit"]).format(day=plain_day(facts.visit_date, lang))
    label = snapshot.words
    assumed = [f"{label[fact].label[lang]}: {label[fact].values[it][lang]}" for fact, it in decision.assumed.items()]
    rows = [row for row in decision.rows if row.basis]
    return {
        "title": outcome.version(lang).title,
        "summary": told.summary,
        "pay": told.pay,
        "share": labels.SHARES[share_of(outcome)],
        "claim": " → ".join(str(labels.CLAIMS[claim]) for claim in outcome.claim),
        "steps": told.steps,
        "form": outcome.declares,
        "notes": [note.desk[lang] for note in notes],
        "dates": " · ".join((visit, str(pattern).format(**shown), str(WORDS["checked"]).format(**shown))),
        "contact": contact_of(snapshot, facts, outcome.contact, lang),
        "assumed": str(WORDS["assumed"]).format(facts="; ".join(assumed)) if assumed else "",
        "sure": labels.CONFIDENCES[decision.confidence],
        "rules": [(f"{snapshot.book.about[row.table][lang]} ({row.key})", row.key.replace("/", "-")) for row in rows],
        "sources": [(f"{source.issued(lang)}: {source.titled(lang)}", source.url or "") for source in sources],
        "say": {it: (outcome.version(it).title, outcome.version(it).say) for it in ("ja", "en")},
    }


def _asides(snapshot: Snapshot, brief: Settled, lang: str) -> Iterator[str]:
    """Yield which other values of what was taken for granted lead to another standing."""
    kind = standing(snapshot, brief.leaf.decision.outcome) if brief.leaf else ""
    by_value: dict[tuple[str, str], list[str]] = {}
    for it in (it for it in brief.otherwise if it.standing != kind):
        by_value.setdefault((it.fact, it.value), []).append(str(labels.STANDINGS[it.standing]))
    for (fact, value), kinds in by_value.items():
        yield f"{snapshot.words[fact].values[value][lang]}: {' / '.join(kinds)}"


def _question(snapshot: Snapshot, facts: Facts, brief: Settled, lang: str) -> View | None:
    """Return what is asked; before a card is read, what the reader shows, whose tiles answer more than one fact."""
    if not brief.ask:
        return None
    if brief.awaited and brief.ask in _READER_TELLS and to_be_read(facts):
        given = [*((code, str(label)) for _key, code, label, _facts in READINGS), (UNKNOWN, str(labels.NOT_SURE))]
        return {"fact": "reader", "text": WORDS["reader"], "hint": "", "options": _numbered(given)}
    words = snapshot.words[brief.ask]
    values = [(it.value, it.label) for it in options(snapshot, brief.ask, lang)]
    if facts.stated.get(brief.ask) != UNKNOWN:
        values.append((UNKNOWN, str(labels.NOT_SURE)))
    hint = words.hint[lang] if words.hint else ""
    return {"fact": brief.ask, "text": words.question("desk", lang), "hint": hint, "options": _numbered(values)}


def _numbered(values: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return the options with their keys; that somebody cannot tell has the last digit of the row."""
    return [("0" if value == UNKNOWN else str(key), value, label) for key, (value, label) in enumerate(values, 1)]


def chips(snapshot: Snapshot, facts: Facts, lang: str) -> list[tuple[str, str]]:
    """Return the answers given beside the tiles, each as its fact and its words."""
    found = []
    for fact in CHOICES:
        value = facts.stated.get(fact)
        if value is None or fact in (*PRECHOSEN, "certificate"):
            continue
        said = labels.NOT_SURE if value == UNKNOWN else snapshot.words[fact].values[value][lang]
        found.append((fact, f"{snapshot.words[fact].label[lang]}: {said}"))
    return found
