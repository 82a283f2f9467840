"""Which of the things a text speaks of are shown, and whether the card among them is registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from assistant.domain.vocabulary import ITEMS
from assistant.language.dated import FIRST_CERTIFICATE_END
from assistant.language.findings import Findings
from assistant.language.lexicon_entries import UNNAMED_CARD, UNNAMED_PAPER
from assistant.language.mentions import Mention

_PAPERS: Final = ("certificate", "notice", "old_card")
_ASKS_ABOUT_SHOWING: Final = frozenset({"card_outcome"})


def shown_items(mentions: tuple[Mention, ...], intent: str, findings: Findings) -> tuple[str, ...]:
    """Return the items shown, in the order of the contract; note the words behind them in ``findings``.

    A thing about which nothing is said counts as shown when the question is what happens at the desk.
    """
    shown: dict[str, tuple[int, int]] = {}
    for mention in mentions:
        item = _resolved(mention, mentions, findings)
        if item in ITEMS and _is_shown(mention, item, intent):
            shown.setdefault(item, (mention.start, mention.end))
    stated = findings.facts.get("presented")
    if isinstance(stated, str) and stated != "none":
        shown.setdefault(stated, findings.places["presented"])
    if not shown:
        shown = _nothing(mentions, stated, findings)
    findings.drop("presented")
    if shown:
        findings.replace("presented", "", next(iter(shown.values())))
    return tuple(item for item in ITEMS if item in shown)


def _is_shown(mention: Mention, item: str, intent: str) -> bool:
    if mention.state is not None:
        return mention.state == "shown"
    if mention.item == UNNAMED_PAPER:
        return False
    return intent in _ASKS_ABOUT_SHOWING or (intent == "smartphone" and item == "smartphone")


def _resolved(mention: Mention, mentions: tuple[Mention, ...], findings: Findings) -> str:
    """Return the contract item: a bare «card» is the My Number card, a bare «paper» the one named elsewhere."""
    if mention.item == UNNAMED_CARD:
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


def _nothing(mentions: tuple[Mention, ...], stated: object, findings: Findings) -> dict[str, tuple[int, int]]:
    """Return ``none`` when the text says that there is nothing to show."""
    if stated == "none":
        return {"none": findings.places["presented"]}
    for mention in mentions:
        if mention.state == "absent" and mention.item != "no_item":
            return {"none": mention.said or (mention.start, mention.end)}
    return {}


def paper_unclear(mentions: tuple[Mention, ...], intent: str, findings: Findings) -> bool:
    """Tell whether a paper is shown or meant that the words do not name."""
    asked = intent in ("card_outcome", "travel")
    return any(
        mention.item == UNNAMED_PAPER
        and _resolved(mention, mentions, findings) == UNNAMED_PAPER
        and (mention.state == "shown" or (mention.state is None and asked))
        for mention in mentions
    )


def registration(mentions: Iterable[Mention], shown: tuple[str, ...], intent: str, findings: Findings) -> None:
    """Note ``registered`` when the words for a card that a person holds mean a registered card."""
    for mention in mentions:
        held = mention.state in ("shown", "absent", "undone", "lost") or (
            mention.state is None and mention.item in shown
        )
        if mention.registered and held and not (mention.state == "absent" and len(_absent(mentions)) > 1):
            findings.add("registration", "registered", (mention.start, mention.end))


def _absent(mentions: Iterable[Mention]) -> set[str]:
    return {mention.item for mention in mentions if mention.state == "absent"}
