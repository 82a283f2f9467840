"""Which of the things a text speaks of are shown, and whether the card among them is registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from assistant.domain.vocabulary import ITEMS
from assistant.language.dated import FIRST_CERTIFICATE_END
from assistant.language.findings import Findings
from assistant.language.lexicon_entries import E_CERTIFICATE, UNNAMED_CARD, UNNAMED_PAPER
from assistant.language.mentions import Mention

_PAPERS: Final = ("certificate", "notice", "old_card")
_COMPARED: Final = frozenset({"mynumber_card", "certificate"})
_AT_THE_READER: Final = ("face_fails", "neither", "no_pin_card")
_NOT_HELD: Final = ("unwanted", "talked_about", "wanted", "elsewhere")
_AT_THE_DESK: Final = frozenset({"card_outcome", "reader_failure"})
SHOWN: Final = ("shown", "only", "held")
_ASKS_ABOUT_SHOWING: Final = frozenset({"card_outcome"})
_ABOUT_A_PAPER_NOT_HERE: Final = frozenset({"cert_issue_renewal", "deregistration", "contact", "out_of_scope"})
_HELD_IS_SHOWN: Final = frozenset({"travel", "children"})
_MAY_HAVE_NOTHING: Final = frozenset({"card_outcome", "refund", "children", "reader_failure"})


def shown_items(mentions: tuple[Mention, ...], intent: str, findings: Findings) -> tuple[str, ...]:
    """Return the items shown, in the order of the contract; note the words behind them in ``findings``.

    A thing about which nothing is said counts as shown when the question is what happens at the desk.
    """
    shown: dict[str, tuple[int, int]] = {}
    for mention in () if intent in _ABOUT_A_PAPER_NOT_HERE else mentions:
        item = _resolved(mention, mentions, findings)
        if item in ITEMS and _is_shown(mention, item, intent, findings):
            shown.setdefault(item, (mention.start, mention.end))
    stated = findings.facts.get("presented")
    if isinstance(stated, str) and stated != "none":
        shown.setdefault(stated, findings.places["presented"])
    if intent == "cost_difference" and {mention.item for mention in mentions} >= _COMPARED:
        shown = {}
    if intent == "smartphone" and "smartphone_reader" in findings.facts:
        shown.setdefault("smartphone", findings.places["smartphone_reader"])
    if findings.facts.get("authentication") in _AT_THE_READER and intent in _AT_THE_DESK:
        shown.setdefault("mynumber_card", findings.places["authentication"])
    if not shown and intent in _MAY_HAVE_NOTHING:
        shown = _nothing(mentions, stated, intent, findings)
    findings.drop("presented")
    if shown:
        findings.replace("presented", "", next(iter(shown.values())))
    return tuple(item for item in ITEMS if item in shown)


def _is_shown(mention: Mention, item: str, intent: str, findings: Findings) -> bool:
    asked = intent in _ASKS_ABOUT_SHOWING or "check_result" in findings.facts
    if mention.state == "held":
        return asked or intent in _HELD_IS_SHOWN
    if mention.state is not None:
        return mention.state in ("shown", "only")
    if mention.item == UNNAMED_PAPER and "certificate_until" not in findings.facts:
        return False
    return asked or (intent == "smartphone" and item == "smartphone")


def _resolved(mention: Mention, mentions: tuple[Mention, ...], findings: Findings) -> str:
    """Return the contract item: a bare «card» is the My Number card, a bare «paper» the one named elsewhere."""
    if mention.item in (UNNAMED_CARD, E_CERTIFICATE):
        return "mynumber_card"
    until = findings.facts.get("certificate_until")
    dated = isinstance(until, date) and until >= FIRST_CERTIFICATE_END
    if mention.item == "old_card" and dated and not any(other.item == "certificate" for other in mentions):
        return "certificate"
    if mention.item == UNNAMED_PAPER:
        named = {other.item for other in mentions if other.item in _PAPERS}
        if len(named) == 1:
            return named.pop()
        return "certificate" if dated else UNNAMED_PAPER
    return mention.item


def _nothing(
    mentions: tuple[Mention, ...], stated: object, intent: str, findings: Findings
) -> dict[str, tuple[int, int]]:
    """Return ``none`` when the text says that there is nothing to show."""
    if stated == "none":
        return {"none": findings.places["presented"]}
    missing = ("absent", "lost") if intent in _ASKS_ABOUT_SHOWING else ("absent",)
    for mention in mentions:
        if mention.state in missing and mention.item != "no_item":
            return {"none": mention.said or (mention.start, mention.end)}
    return {}


def paper_unclear(mentions: tuple[Mention, ...], shown: tuple[str, ...], intent: str, findings: Findings) -> bool:
    """Tell whether a paper is shown or meant that the words do not name."""
    if intent not in ("card_outcome", "travel") or {*shown} - {"none"}:
        return False
    return any(
        mention.item == UNNAMED_PAPER
        and _resolved(mention, mentions, findings) == UNNAMED_PAPER
        and mention.state in (None, "shown", "only", "held")
        for mention in mentions
    )


def registration(mentions: Iterable[Mention], findings: Findings) -> None:
    """Note ``registered`` when the words for a card that a person holds mean a registered card.

    «Neither a マイナ保険証 nor a 資格確認書» says nothing about a card that somebody has.
    """
    listed = list(mentions)
    absent = {mention.item for mention in listed if mention.state == "absent"}
    for mention in listed:
        held = mention.state not in _NOT_HELD and not (mention.state == "absent" and len(absent) > 1)
        if mention.registered and held and "unsure" not in mention.beside:
            findings.add("registration", "registered", (mention.start, mention.end))
