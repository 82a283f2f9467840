"""The rules from a day to the horizon as one compact graph that a browser can walk without a connection.

`static/js/graph.js` walks it and holds no rule of its own. Nodes are arrays, each written once: a branch is
``[column, node for the first value, node for the second, …]``, the end of a table is ``[-1, row]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from assistant.answers.desk_defaults import PRECHOSEN
from assistant.answers.settling import AGAINST, CHANGE, CHECK, GO_AHEAD, HELPS, ORDINARY, URGENT
from assistant.content.fact_words import Contact, contact_for
from assistant.content.outcomes import Outcome
from assistant.content.sources import cited
from assistant.domain.columns import FACT_OF_COLUMN, columns_of
from assistant.domain.decision_table import Node, Row, Split
from assistant.domain.facts import Facts
from assistant.domain.rule_set import Rules, domains_of
from assistant.domain.vocabulary import CHOICES, CONFIDENCES, FACT_IDS, FROM_75, ITEMS, OWN_CARDS, PAPERS, UNKNOWN
from assistant.snapshot.snapshot import Snapshot

Json = dict[str, Any]

#: Whom the desk can ask; that the patient may ask the facility is no news there.
ASKED: Final = ("insurer", "municipality", "welfare_office")
#: Who can be named without asking for the scheme, and in each scheme.
_SCHEMES: Final = ("", *CHOICES["scheme"].values)

#: What `static/js/graph.js` settles by, as `settling.settle` does.
_SETTLING: Final[Json] = {
    "prechosen": PRECHOSEN,
    "ordinary": ORDINARY,
    "urgent": URGENT,
    "against": AGAINST,
    "change": CHANGE,
    "check": CHECK,
    "goAhead": GO_AHEAD,
    "helps": HELPS,
    "unknown": UNKNOWN,
}


class _Writer:
    """Writes nodes and rows into flat lists, each once."""

    def __init__(self, domains: Mapping[str, tuple[str, ...]]) -> None:
        self.domains = domains
        self.columns = {column: place for place, column in enumerate(domains)}
        self.nodes: list[list[int]] = []
        self.rows: list[Row] = []
        self._node_places: dict[tuple[int, ...], int] = {}
        self._row_places: dict[Row, int] = {}

    def node(self, node: Node) -> int:
        """Return the place of ``node``, writing what is not yet there."""
        if isinstance(node, Split):
            below = [self.node(node.children[value]) for value in self.domains[node.column]]
            return self._once((self.columns[node.column], *below))
        if isinstance(node, Row):
            return self._once((-1, self._row(node)))
        raise ValueError(f"table {node.table} has a hole; rules with a hole are not served")

    def _row(self, row: Row) -> int:
        if row not in self._row_places:
            self._row_places[row] = len(self.rows)
            self.rows.append(row)
        return self._row_places[row]

    def _once(self, key: tuple[int, ...]) -> int:
        if key not in self._node_places:
            self._node_places[key] = len(self.nodes)
            self.nodes.append(list(key))
        return self._node_places[key]


def graph(snapshot: Snapshot, day: date, lang: str) -> Json:
    """Return everything that the desk page needs to decide visits from ``day`` to the horizon in ``lang``."""
    rules = snapshot.book.rules
    days = [max(day, rules.epochs[place]) for place in _places(rules, day)]
    writer = _Writer(domains_of(rules.tables.values()))
    roots = [[writer.node(node) for node in rules.roots[place].values()] for place in _places(rules, day)]
    base, assumed = columns_of(rules, Facts(day), "desk")
    del base["paper_of"]  # follows from the holder, while walking
    ends = {row.result for row in writer.rows if row.table == rules.goal}
    outcomes = {id: snapshot.outcomes[id] for id in sorted(ends)}
    notes = {key: note for key, note in snapshot.notes.items() if key.split("/")[0] in rules.tables}
    used = [source for row in writer.rows for source in row.basis]
    used += [source for outcome in outcomes.values() for source in outcome.sources]
    used += [source for note in notes.values() for source in note.sources]
    return {
        "version": snapshot.version,
        "lang": lang,
        "made": day.isoformat(),
        "horizon": rules.span.horizon.isoformat(),
        "days": [it.isoformat() for it in days],
        "tables": list(rules.tables),
        "goal": rules.goal,
        "noteTables": {name: sorted(rules.tables[name].neutral) for name in rules.notes},
        "columns": list(writer.domains.items()),
        "roots": roots,
        "nodes": writer.nodes,
        "rows": [_row(row) for row in writer.rows],
        "base": base,
        "assumed": assumed,
        "factOf": {column: fact for column, fact in FACT_OF_COLUMN.items() if column != fact},
        "items": ITEMS,
        "own": sorted(OWN_CARDS),
        "papers": sorted(PAPERS),
        "from75": FROM_75,
        "order": [fact for fact in FACT_IDS if fact in CHOICES],
        "choices": {fact: choice.values for fact, choice in CHOICES.items()},
        "known": [choice.id for choice in CHOICES.values() if choice.assumed("desk") is None and choice.id != "scheme"],
        **_SETTLING,
        "outcomes": {id: _outcome(outcome, lang) for id, outcome in outcomes.items()},
        "notes": {key: {"text": note.desk[lang], "sources": note.sources} for key, note in notes.items()},
        "about": {name: words[lang] for name, words in snapshot.book.about.items()},
        "facts": _facts(snapshot, lang),
        "sources": {source.id: _source(source, lang) for source in cited(snapshot.sources, used)},
        "contacts": dict(_contacts(snapshot, lang)),
        "notConfirmed": snapshot.phrases["not_confirmed"][lang].format(first=rules.span.first, last=rules.span.horizon),
    }


def _places(rules: Rules, day: date) -> range:
    """Return the stretches of days that ``day`` or a later one lies in."""
    begun = sum(1 for epoch in rules.epochs if epoch <= day)
    return range(max(begun - 1, 0), len(rules.epochs))


def _row(row: Row) -> list[Any]:
    last = row.last.isoformat() if row.last else None
    return [row.key, row.result, row.first.isoformat(), last, CONFIDENCES.index(row.confidence), row.basis]


def _outcome(outcome: Outcome, lang: str) -> Json:
    told = outcome.version(lang).told_to("desk")
    return {
        "standing": outcome.standing,
        "banner": outcome.banner,
        "share": share_of(outcome),
        "claim": outcome.claim,
        "contact": outcome.contact,
        "title": {"ja": outcome.ja.title, "en": outcome.en.title},
        "say": {"ja": outcome.ja.say, "en": outcome.en.say},
        "summary": told.summary,
        "pay": told.pay,
        "steps": told.steps,
        "sources": outcome.sources,
        **({"form": True} if outcome.declares else {}),
        **({"reads": True} if "read" in outcome.procedures else {}),
        **({"registers": True} if "register" in outcome.procedures else {}),
    }


def share_of(outcome: Outcome) -> str:
    """Return where the share comes from; nobody who is in no insurance is to wait for a refund.

    Who shows somebody else's paper may be insured, and then has one.
    """
    private = outcome.standing == "not_insured" and "full_payment" in outcome.procedures
    return "private" if private else outcome.share_from


def _facts(snapshot: Snapshot, lang: str) -> Json:
    found: Json = {}
    for fact in ("presented", *CHOICES):
        words = snapshot.words[fact]
        found[fact] = {
            "label": words.label[lang],
            "ask": words.question("desk", lang),
            "hint": words.hint[lang] if words.hint else "",
            "values": {value: words.values[value][lang] for value in words.values},
        }
    return found


def _source(source: Any, lang: str) -> list[str]:
    checked, review = source.checked_on.isoformat(), source.review_by.isoformat()
    return [source.issued(lang), source.titled(lang), source.url or "", checked, review]


def _contacts(snapshot: Snapshot, lang: str) -> Iterator[tuple[str, list[str]]]:
    for purpose in ASKED:
        for scheme in _SCHEMES:
            yield f"{purpose}/{scheme}", contact_words(contact_for(snapshot.contacts, purpose, scheme, "desk"), lang)


def contact_words(contact: Contact, lang: str) -> list[str]:
    """Return name, phone and hours of ``contact``; where no source names a phone, the hours say where one stands."""
    return [contact.name[lang], contact.phone or "", contact.hours[lang]]
