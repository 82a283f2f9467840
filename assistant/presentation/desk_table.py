"""What stands on paper: sentences that fit, common situations, and the desk's table made by deciding each of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from types import MappingProxyType
from typing import Final

from assistant.answers.settling import AGAINST, CHANGE, CHECK
from assistant.content.outcomes import Outcome
from assistant.content.rules import Words
from assistant.content.sources import Source, cited
from assistant.domain.decide import Decision, NotConfirmed, Window, decide
from assistant.domain.facts import Facts, parse
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN
from assistant.snapshot.snapshot import Snapshot

#: Schemes of the public health insurance; the others have a payer of their own and are not in the table.
SCHEMES: Final = ("kouki", "kokuho", "employee")
#: What a usual facility and patient are, when a situation does not say otherwise.
USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "facility": "online",
        "check_result": "active",
        "registration": "registered",
        "smartphone_reader": "yes",
        "certificate": "valid",
        "old_card": "expired",
        "known_patient": "no",
    }
)
#: Situations that desks meet most: a name for files and links, and what differs from the usual.
SITUATIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "card": {"presented": "mynumber_card"},
        "card-inactive": {"presented": "mynumber_card", "check_result": "inactive", "insurance_change": "none"},
        "card-inactive-joined": {
            "presented": "mynumber_card",
            "check_result": "inactive",
            "insurance_change": "joined_new",
        },
        "card-outage": {"presented": "mynumber_card", "facility": "outage"},
        "certificate-outage": {"presented": "certificate", "facility": "outage"},
        "card-reader-down": {"presented": "mynumber_card", "facility": "reader_down"},
        "card-and-notice-reader-down": {"presented": "mynumber_card notice", "facility": "reader_down"},
        "phone": {"presented": "smartphone"},
        "phone-no-reader": {"presented": "smartphone", "smartphone_reader": "no"},
        "certificate": {"presented": "certificate", "certificate": "valid"},
        "certificate-expired": {"presented": "certificate", "certificate": "expired"},
        "card-inactive-lost": {"presented": "mynumber_card", "check_result": "inactive", "insurance_change": "lost"},
        "notice": {"presented": "notice"},
        "old-card": {"presented": "old_card", "old_card": "expired"},
        "subsidy": {"presented": "subsidy_certificate"},
        "nothing": {"presented": "none"},
        "nothing-known-this-month": {"presented": "none", "known_patient": "this_month"},
    }
)
#: Half-width signs are about half an em; a line holds this many ems. Smaller than the column: lines break at words.
_LINE: Final = {"ja": 16.0, "en": 16.0}
#: A sentence of fewer ems only opens what follows, and facts whose values say nothing without their label.
_BARE: Final = 10
_LABELLED: Final = (
    "registration",
    "smartphone_reader",
    "phone_login",
    "known_patient",
    "urgent",
    "school_event",
    "e_certificate",
)
_OPENING: Final = "「（(“"
_CLOSING: Final = "」）)”"
_ENDS: Final = "。.?!？！"
#: Long remarks, and Japanese terms in English sentences: the Japanese sentence stands beside them.
_REMARK: Final = re.compile(r"（[^（）]{15,}）| \((?:[^()]{15,}|[^()]*[ぁ-んァ-ヶ一-龠][^()]*)\)")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the sheet in both languages; ``kind`` names its label, ``number`` counts the steps."""

    kind: str
    ja: str
    en: str
    number: int = 0

    def shortened(self, count: int = 1) -> PaperLine:
        """Return the first ``count`` sentences of each language."""
        return replace(self, ja="".join(sentences(self.ja)[:count]), en=" ".join(sentences(self.en)[:count]))

    def versions(self) -> list[PaperLine]:
        """Return the line from its first sentences to the whole; words to say are whole from the start."""
        ja, en = sentences(self.ja), sentences(self.en)
        if self.kind == "say":
            return [self]
        if len(ja) != len(en):
            return [self.shortened(), self]
        return [self.shortened(count) for count in range(1, len(ja) + 1)]

    def unbracketed(self) -> PaperLine:
        """Return the line without remarks and terms in brackets."""
        return replace(self, ja=unbracketed(self.ja), en=unbracketed(self.en))

    def height(self) -> int:
        """Return how many lines of 16 pt the taller language takes, its label included."""
        label = 1 if self.number else 3
        return max(ceil((ems(text) + label) / _LINE[lang]) for lang, text in (("ja", self.ja), ("en", self.en)))


def ems(text: str) -> float:
    """Return about how wide ``text`` is: a Japanese sign is one em, a Latin one about half."""
    return sum(0.5 if ord(sign) < 0x2000 else 1 for sign in text)


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; a stop within brackets or quotation marks ends none."""
    found, start, depth = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        ended = sign in _ENDS or (sign in _CLOSING and text[at - 1 : at] in tuple(_ENDS))
        if ended and depth == 0 and (text[at + 1 : at + 2] in ("", " ") or sign in "。？！"):
            found.append(text[start : at + 1].strip())
            start = at + 1
    return [*found, rest] if (rest := text[start:].strip()) else found


def unbracketed(text: str) -> str:
    """Return ``text`` without long remarks and Japanese terms in brackets."""
    return _REMARK.sub("", text)


def fitted(lines: Iterable[PaperLine], room: int) -> tuple[PaperLine, ...]:
    """Tell ``lines`` in as many sentences as fit into ``room`` lines of 16 pt, at least the first of each.

    What is said at the desk stays whole. Where even that does not fit, remarks in brackets go, and then what is said
    from its third sentence on.
    """
    versions = [line.versions() for line in lines]
    kept = [choice.pop(0) for choice in versions]
    left = room - sum(line.height() for line in kept)
    while grown := [at for at, rest in enumerate(versions) if rest and rest[0].height() - kept[at].height() <= left]:
        at = min(grown, key=lambda at: (ems(kept[at].ja) >= _BARE, versions[at][0].height() - kept[at].height()))
        left -= versions[at][0].height() - kept[at].height()
        kept[at] = versions[at].pop(0)
    for shorter in (PaperLine.unbracketed, _said_shorter):
        for at, line in enumerate(kept):
            if left < 0:
                kept[at] = shorter(line)
                left += line.height() - kept[at].height()
    return tuple(kept)


def _said_shorter(line: PaperLine) -> PaperLine:
    return line.shortened(2) if line.kind == "say" else line


def situation(name: str, scheme: str, day: date) -> Facts:
    """Return the facts of a common situation, complete for every rule it meets."""
    own = SITUATIONS[name]
    shown = own["presented"].split()
    of_items = {"certificate": "certificate", "old_card": "old_card", "smartphone": "smartphone_reader"}
    states = {fact: USUAL[fact] for item, fact in of_items.items() if item in shown}
    always = {fact: USUAL[fact] for fact in ("facility", "check_result", "registration", "known_patient")}
    return parse({**always, **states, **own, "presented": shown, "scheme": scheme}, day)


def named(snapshot: Snapshot, facts: Facts, used: Collection[str] = CHOICES, most: int = 9) -> Words:
    """Return a situation in words: the items and their state, then at most ``most`` unusual answers among ``used``."""
    said = [fact for fact in CHOICES if fact in used and fact in facts.stated]
    unusual = [fact for fact in said if facts.stated[fact] not in _unsaid(fact, facts)]
    found: dict[str, str] = {}
    for lang, joint, comma, opening, closing in (("ja", "と", "・", "（", "）"), ("en", " + ", " – ", " (", ")")):
        items = []
        for item in (item for item in ITEMS if item in facts.presented):
            state = opening + _said(snapshot, item, facts, lang) + closing if item in unusual else ""
            items.append(snapshot.words["presented"].values[item][lang] + state)
        rest = [_said(snapshot, fact, facts, lang) for fact in unusual if fact not in facts.presented][:most]
        found[lang] = comma.join((joint.join(items), *rest))
    return Words(**found)


def _said(snapshot: Snapshot, fact: str, facts: Facts, lang: str) -> str:
    words = snapshot.words[fact]
    colon = "：" if lang == "ja" else ": "
    return (words.label[lang] + colon if fact in _LABELLED else "") + words.values[facts.stated[fact]][lang]


def _unsaid(fact: str, facts: Facts) -> tuple[str | None, ...]:
    """Return the values that need no word: what nobody knows, and the usual.

    The state of a paper always has one, and so has a change of insurance once the check speaks against the patient.
    """
    if fact in ("scheme", "age_band"):
        return (UNKNOWN, *CHOICES[fact].values)
    against = fact == CHANGE and facts.stated.get(CHECK) in AGAINST
    always = against or fact in ("certificate", "old_card")
    return (UNKNOWN,) if always else (UNKNOWN, USUAL.get(fact, CHOICES[fact].patient))


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One row of the desk's table: the situations that the desk handles alike, and how."""

    situations: tuple[tuple[Facts, tuple[str, ...]], ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class DeskTable:
    """The desk's table for a day: its rows, the days on which all of them hold, and their sources."""

    day: date
    rows: tuple[DeskRow, ...]
    window: Window
    sources: tuple[Source, ...]


def desk_table(snapshot: Snapshot, day: date) -> DeskTable | None:
    """Decide every common situation in every scheme and join what the desk handles alike; ``None`` off the calendar."""
    alike: dict[tuple[object, ...], list[tuple[str, str, Outcome]]] = {}
    decisions: list[Decision] = []
    for name in SITUATIONS:
        for scheme in SCHEMES:
            verdict = decide(snapshot.book.rules, situation(name, scheme, day), "desk")
            if isinstance(verdict, NotConfirmed):
                return None
            if not isinstance(verdict, Decision):
                raise TypeError(f"{name}, {scheme}, {day}: the situation leaves {verdict.ask} open")
            outcome = snapshot.outcomes[verdict.outcome]
            code = (outcome.standing, outcome.share_from, tuple(outcome.procedures), tuple(outcome.claim))
            alike.setdefault(code, []).append((name, scheme, outcome))
            decisions.append(verdict)
    ids = [id for it in decisions for id in (*it.basis, *snapshot.outcomes[it.outcome].sources)]
    rows = tuple(DeskRow(tuple(_by_name(group, day)), group[0][2]) for group in alike.values())
    return DeskTable(day, rows, _joint(decisions), cited(snapshot.sources, ids))


def _by_name(group: list[tuple[str, str, Outcome]], day: date) -> Iterator[tuple[Facts, tuple[str, ...]]]:
    """Yield each situation of a row with the schemes it holds for; none when it holds for all."""
    for name in dict.fromkeys(name for name, _, _ in group):
        schemes = tuple(scheme for other, scheme, _ in group if other == name)
        yield situation(name, schemes[0], day), () if schemes == SCHEMES else schemes


def _joint(decisions: list[Decision]) -> Window:
    lasts = [last for it in decisions if (last := it.window.last) is not None]
    return Window(max(it.window.first for it in decisions), min(lasts, default=None))
