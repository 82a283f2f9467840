"""The desk's screen in words: one dictionary of slots that the template fills in, and `static/js/deskview.js` again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from assistant.content.sources import cited
from assistant.content.wording import contact_for
from assistant.conversation.answer import options
from assistant.conversation.desk import PRECHOSEN
from assistant.conversation.deskgraph import ASKED, contact_words
from assistant.conversation.ordinary import Settled, standing, told_apart
from assistant.conversation.snapshot import Snapshot
from assistant.domain.decide import Leaf
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, UNKNOWN
from assistant.web import phrases
from assistant.web.locale import lazy_gettext as _

View = dict[str, Any]

#: The sign beside the word: a standing is never told by colour alone.
SIGNS: Final = {
    "insured": "○",
    "discretion": "△",
    "full_payment": "！",
    "other_payer": "◇",
    "not_insured": "×",
    "expected": "△",
}
OPEN_SIGN: Final = "？"

#: Patterns and words that the server and the browser fill in alike.
WORDS: Final = {
    "nothing": _("Choose what was shown"),
    "nothing_more": _("Nothing about the patient is typed or kept here."),
    "open": _("Still open"),
    "open_more": _("Answer the question above. These are still possible:"),
    "either": _("It depends on what nobody knows. These are possible:"),
    "not_confirmed": _("Not confirmed for that day"),
    "visit": _("Visit {day}"),
    "since": _("rules in force from {first}, no end announced"),
    "between": _("rules in force from {first} to {last}"),
    "checked": _("sources checked {checked}, again by {review}"),
    "today": _("today"),
    "not_today": _("not today"),
    "assumed": _("Assumed: {facts}"),
    "not_sure": phrases.NOT_SURE,
    "take_back": _("(take back)"),
    "refused": _("No decision"),
    "offline": _("Offline: as checked on {day} (rules version {version})"),
    "too_old": _("This copy is from {day}, more than 30 days ago. Connect and load the page again."),
    "ended": _("The rules of this copy are confirmed up to {day} only. Connect and load the page again."),
    "past": _("Offline, days before {day} cannot be decided."),
}


def words() -> dict[str, Any]:
    """Return what the browser needs besides the graph, in the language of the request."""
    tables = {"standings": phrases.BANNERS, "shares": phrases.SHARES, "claims": phrases.CLAIMS, "ui": WORDS}
    found: dict[str, Any] = {name: {key: str(text) for key, text in table.items()} for name, table in tables.items()}
    return {**found, "confidences": [str(text) for text in phrases.CONFIDENCES.values()], "signs": SIGNS}


def plain_day(day: date, lang: str) -> str:
    """Return ``day`` in words, western calendar only: the line of dates is small."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "ja" else f"{day.day} {day:%B} {day.year}"


def desk_address(lang: str, facts: Facts, today: date, page: str = "desk") -> str:
    """Return the address of the screen, or of another ``page``: codes only, and the day only when it is not today."""
    query: list[tuple[str, str]] = []
    for fact, value in facts.as_codes().items():
        if fact != "visit_date" or facts.visit_date != today:
            query += [(fact, value)] if isinstance(value, str) else [(fact, item) for item in value]
    return f"/{lang}/{page}?{urlencode(query)}"


def view(snapshot: Snapshot, facts: Facts, brief: Settled, lang: str) -> View:
    """Return the slots of the screen for ``facts``; empty ones are hidden."""
    if not brief.confirmed:
        span = snapshot.book.rules.span
        said = snapshot.phrases["not_confirmed"][lang].format(first=span.first, last=span.horizon)
        slots = {"state": "open", "sign": OPEN_SIGN, "word": WORDS["not_confirmed"], "summary": said}
        return {**slots, "contact": _contact(snapshot, facts, "insurer", lang)}
    if not facts.presented:
        return {"state": "open", "sign": "", "word": WORDS["nothing"], "summary": WORDS["nothing_more"]}
    kind = standing(snapshot, brief.leaf.decision.outcome) if brief.leaf else ""
    banner = snapshot.outcomes[brief.leaf.decision.outcome].banner if brief.leaf else ""
    slots = {
        "asides": list(_asides(snapshot, brief, kind, lang)),
        "question": _question(snapshot, facts, brief.ask, lang) if brief.ask else None,
        "state": "discretion" if banner == "expected" else kind or "open",
        "sign": SIGNS.get(banner, OPEN_SIGN),
        "word": phrases.BANNERS[banner] if banner else WORDS["open"],
    }
    if brief.leaf is None:
        more = WORDS["open_more" if brief.ask else "either"]
        return {**slots, "summary": more, "possible": _possible(snapshot, brief, lang)}
    return {**slots, **_settled(snapshot, facts, brief.leaf, lang)}


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
        "share": phrases.SHARES[outcome.share_from],
        "claim": " → ".join(str(phrases.CLAIMS[claim]) for claim in outcome.claim),
        "steps": told.steps,
        "form": outcome.declares,
        "notes": [note.desk[lang] for note in notes],
        "dates": " · ".join((visit, str(pattern).format(**shown), str(WORDS["checked"]).format(**shown))),
        "contact": _contact(snapshot, facts, outcome.contact, lang),
        "assumed": str(WORDS["assumed"]).format(facts="; ".join(assumed)) if assumed else "",
        "sure": list(phrases.CONFIDENCES.values())[list(phrases.CONFIDENCES).index(decision.confidence)],
        "rules": [(f"{snapshot.book.about[row.table][lang]} ({row.key})", row.key.replace("/", "-")) for row in rows],
        "sources": [(f"{source.issued(lang)}: {source.titled(lang)}", source.url or "") for source in sources],
        "say": {it: (outcome.version(it).title, outcome.version(it).say) for it in ("ja", "en")},
    }


def _possible(snapshot: Snapshot, brief: Settled, lang: str) -> list[str]:
    """Return what may still follow, each with what it depends on."""
    first: dict[str, Leaf] = {}
    for leaf in brief.branches or told_apart(brief.cases):
        first.setdefault(leaf.decision.outcome, leaf)
    lines = []
    for id, leaf in first.items():
        words = "; ".join(f"{snapshot.words[fact].values[value][lang]}" for fact, value in leaf.given.items())
        told = f"{phrases.STANDINGS[snapshot.outcomes[id].standing]}: {snapshot.outcomes[id].version(lang).title}"
        lines.append(f"{words} → {told}" if words else told)
    return lines


def _asides(snapshot: Snapshot, brief: Settled, kind: str, lang: str) -> Iterator[str]:
    """Yield which other values of what was taken for granted lead to another standing than ``kind``."""
    by_value: dict[tuple[str, str], list[str]] = {}
    for it in (it for it in brief.otherwise if it.standing != kind):
        by_value.setdefault((it.fact, it.value), []).append(str(phrases.STANDINGS[it.standing]))
    for (fact, value), kinds in by_value.items():
        yield f"{snapshot.words[fact].values[value][lang]}: {' / '.join(kinds)}"


def _question(snapshot: Snapshot, facts: Facts, fact: str, lang: str) -> View:
    known = facts.stated.get(fact)
    words = snapshot.words[fact]
    choices = [(str(key), it.value, it.label) for key, it in enumerate(options(snapshot, fact, lang), 1)]
    if known != UNKNOWN:
        choices.append(("0", UNKNOWN, str(phrases.NOT_SURE)))
    hint = words.hint[lang] if words.hint else ""
    return {"fact": fact, "text": words.question("desk", lang), "hint": hint, "options": choices}


def _contact(snapshot: Snapshot, facts: Facts, purpose: str, lang: str) -> list[str]:
    if purpose not in ASKED:
        return []
    return contact_words(contact_for(snapshot.contacts, purpose, facts.stated.get("scheme", UNKNOWN), "desk"), lang)


def chips(snapshot: Snapshot, facts: Facts, lang: str) -> list[tuple[str, str]]:
    """Return the answers given beside the tiles, each as its fact and its words."""
    found = []
    for fact in CHOICES:
        value = facts.stated.get(fact)
        if value is None or fact in (*PRECHOSEN, "certificate"):
            continue
        said = phrases.NOT_SURE if value == UNKNOWN else snapshot.words[fact].values[value][lang]
        found.append((fact, f"{snapshot.words[fact].label[lang]}: {said}"))
    return found
