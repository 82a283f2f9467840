"""Which of the things a text speaks of are shown, and whether the card among them is registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from assistant.domain.vocabulary import ITEMS
from assistant.language.entities.mention import Mention
from assistant.language.lexicon.schema import BY_ITS_NAME, E_CERTIFICATE, UNNAMED_CARD, UNNAMED_PAPER
from assistant.language.slots.date_roles import FIRST_CERTIFICATE_END
from assistant.language.slots.slot_values import Slots

_PAPERS: Final = ("certificate", "notice", "old_card")
_COMPARED: Final = frozenset({"mynumber_card", "certificate"})
_AT_THE_READER: Final = ("face_fails", "neither", "no_pin_card")
_NOT_HELD: Final = ("unwanted", "talked_about", "wanted", "elsewhere")
_AT_THE_DESK: Final = frozenset({"card_outcome", "reader_failure"})
SHOWN: Final = ("shown", "only", "held")
_ASKS_ABOUT_SHOWING: Final = frozenset({"card_outcome"})
_ABOUT_A_PAPER_NOT_HERE: Final = frozenset({"cert_issue_renewal", "deregistration", "contact", "out_of_scope"})
_HELD_IS_SHOWN: Final = frozenset({"travel", "children", "life_event", "care_facility_hospital"})
#: What proves an insurance, the one or the other way; a paper beside it that is missing leaves nobody with nothing.
_PROOFS: Final = frozenset({
    "mynumber_card", "smartphone", "certificate", "notice", "old_card", "medical_care_ticket", UNNAMED_CARD,
    UNNAMED_PAPER,
})  # fmt: skip
_NOT_TOLD: Final = frozenset({"out_of_scope", "lost_damaged", "deregistration", "contact", "privacy_safety_scam"})
_ON_A_PHONE: Final = frozenset({"portal_login", "portal_document", "copy"})
_ONE_BREATH: Final = 6
_CARDS: Final = frozenset({"mynumber_card", UNNAMED_CARD})
_NOT_YET: Final = frozenset({"wanted", "unmade", "absent", "lost"})
_MAY_HAVE_NOTHING: Final = frozenset({"card_outcome", "refund", "children", "reader_failure"})


def shown_items(mentions: tuple[Mention, ...], intent: str, findings: Slots) -> tuple[str, ...]:
    """Return the items shown, in the order of the contract; note the words behind them in ``findings``.

    A thing about which nothing is said counts as shown when the question is what happens at the desk.
    """
    shown: dict[str, tuple[int, int]] = {}
    left = any(mention.state == "absent" for mention in mentions)
    alone = {mention.item for mention in mentions if mention.state == "only"}
    for mention in mentions:
        if alone and mention.state is None and mention.item not in alone:
            continue  # «スマホのみ、マイナ保険証は登録済»
        if mention.outdone or (mention.earlier and left) or _only_shows(mention, mentions):
            continue  # «先週は見せた、今日は忘れた»
        item = resolved(mention, mentions, findings)
        if item == "portal_login" and findings.facts.get("phone_login") == "fails":
            continue  # a log-in that fails is no page that is shown
        if item in ITEMS and _is_shown(mention, item, intent, findings):
            shown.setdefault(item, (mention.start, mention.end))
    stated = findings.facts.get("presented")
    if isinstance(stated, str) and stated != "none":
        shown.setdefault(stated, findings.places["presented"])
    if intent == "cost_difference" and {mention.item for mention in mentions} >= _COMPARED:
        shown = {}
    if intent == "smartphone" and findings.facts.get("smartphone_reader") in ("no", "fails"):
        shown.setdefault("smartphone", findings.places["smartphone_reader"])
    if findings.facts.get("authentication") in _AT_THE_READER and intent in _AT_THE_DESK:
        shown.setdefault("mynumber_card", findings.places["authentication"])
    if not shown and (intent in _MAY_HAVE_NOTHING or (stated == "none" and intent not in _ABOUT_A_PAPER_NOT_HERE)):
        shown = _nothing(mentions, stated, intent, findings)
    findings.drop("presented")
    if shown:
        findings.replace("presented", "", next(iter(shown.values())))
    return tuple(item for item in ITEMS if item in shown)


def _only_shows(mention: Mention, mentions: tuple[Mention, ...]) -> bool:
    """Tell whether a thing is named only for another: the phone on which a portal is opened, the portal of a print.

    «マイナポータルをスマホで開いて», «PDFなら印刷してあるよ、マイナポータルの».
    """
    others = {other.item for other in mentions}
    if mention.name == "phone":
        return not others.isdisjoint(_ON_A_PHONE)
    return mention.item == "portal_login" and mention.state is None and "portal_document" in others


def _is_shown(mention: Mention, item: str, intent: str, findings: Slots) -> bool:
    """Tell whether a thing is shown: by the words around it, else by facts that go with it, else by what is asked."""
    asked = intent in _ASKS_ABOUT_SHOWING or "check_result" in findings.facts
    stated_none = findings.facts.get("presented") == "none"
    if mention.earlier and stated_none:
        return False
    if mention.state == "held":
        return asked or mention.firm or mention.at_desk or intent in _HELD_IS_SHOWN or _has_told(mention, intent)
    if mention.state in ("shown", "only"):
        if mention.asked_about and not mention.at_desk and not mention.firm and not asked:
            return False
        return mention.firm or intent not in _ABOUT_A_PAPER_NOT_HERE
    if mention.state is not None:
        return False
    if mention.answer and item in ITEMS:
        return True
    only_asked = mention.asked_about and not mention.at_desk
    if _goes_with_a_fact(item, findings):
        return not only_asked or asked
    if mention.name == "phone" or intent in _ABOUT_A_PAPER_NOT_HERE or (stated_none and mention.item in _PROOFS):
        return False
    if mention.item == UNNAMED_PAPER and "certificate_until" not in findings.facts:
        return False
    return not only_asked and (
        asked or mention.at_desk or _told(mention, intent) or (intent == "smartphone" and item == "smartphone")
    )


def _goes_with_a_fact(item: str, findings: Slots) -> bool:
    """Tell whether a fact was read that is only known of a thing at hand: its condition, the check at the reader."""
    facts = findings.facts
    if item == "smartphone":
        return facts.get("smartphone_reader") in ("no", "fails")
    if item == "mynumber_card":
        at_reader = facts.get("authentication") in _AT_THE_READER or "check_result" in facts
        return at_reader or facts.get("card_condition") in ("ok", "expired", "unreadable")
    if item == "certificate" and "certificate_kind" in facts:
        return True
    return f"{item}_until" in facts or facts.get(item) in ("valid", "expired")


def resolved(mention: Mention, mentions: tuple[Mention, ...], findings: Slots) -> str:
    """Return the contract item of a mention: a bare «card» is the My Number card, a «paper» one named elsewhere."""
    if mention.item in (UNNAMED_CARD, E_CERTIFICATE):
        return "mynumber_card"
    until = findings.facts.get("certificate_until")
    dated = isinstance(until, date) and until >= FIRST_CERTIFICATE_END
    called = mention.item == "old_card" and mention.name != BY_ITS_NAME
    if called and dated and not any(other.item == "certificate" for other in mentions):
        return "certificate"
    if mention.item == UNNAMED_PAPER:
        named = {other.item for other in mentions if other.item in _PAPERS}
        if len(named) == 1:
            return named.pop()
        beside_a_card = not named and mention.state in ("shown", "only", None) and not mention.asked_about
        if beside_a_card and any(_beside(mention, other) for other in mentions):
            return "certificate"
        return UNNAMED_PAPER
    return mention.item


def _told(mention: Mention, intent: str) -> bool:
    """Tell whether a short statement names a thing: «マイナカードと医療証です», not what is in or behind it."""
    return mention.told and intent not in _NOT_TOLD and mention.item not in (E_CERTIFICATE, "portal_login")


def _has_told(mention: Mention, intent: str) -> bool:
    """Tell whether a short statement says that a thing is held; a phone may be held without the card in it."""
    return mention.name != "phone" and _told(mention, intent)


def _beside(paper: Mention, other: Mention) -> bool:
    """Tell whether a bare «paper» is named in one breath with a bare «card»: «カードと紙», "card or paper"."""
    near = min(abs(other.start - paper.end), abs(paper.start - other.end)) <= _ONE_BREATH
    return near and other.item in ("mynumber_card", UNNAMED_CARD) and other.state == paper.state


def _nothing(mentions: tuple[Mention, ...], stated: object, intent: str, findings: Slots) -> dict[str, tuple[int, int]]:
    """Return ``none`` when the text says that there is nothing to show."""
    if stated == "none":
        return {"none": findings.places["presented"]}
    if intent not in _MAY_HAVE_NOTHING:
        return {}
    missing = ("absent", "lost") if intent in _ASKS_ABOUT_SHOWING else ("absent",)
    proofs = [mention for mention in mentions if mention.item in _PROOFS]
    for mention in proofs:
        if mention.item in _CARDS and len(proofs) == 1 and findings.facts.get("registration") == "not_registered":
            continue  # who never had the card may have a certificate
        if mention.told and mention.item in _CARDS and len(proofs) == 1 and not mention.bare:
            continue  # «カードは実家でした» takes one thing away and says nothing of others
        if mention.state == "lost" and mention.asked_about and not mention.at_desk:
            continue
        if mention.state in missing and (mention.item != UNNAMED_PAPER or mention.firm or len(proofs) > 1):
            return {"none": mention.said or (mention.start, mention.end)}
    awaited = [mention for mention in proofs if mention.state in _NOT_YET]
    if len(awaited) > 1 and len(awaited) == len(proofs):
        return {"none": (awaited[0].start, awaited[-1].end)}
    return {}


def paper_unclear(mentions: tuple[Mention, ...], shown: tuple[str, ...], intent: str, findings: Slots) -> bool:
    """Tell whether a paper is shown or meant that the words do not name."""
    if intent not in ("card_outcome", "travel") or {*shown} - {"none"}:
        return False
    return any(
        mention.item == UNNAMED_PAPER
        and resolved(mention, mentions, findings) == UNNAMED_PAPER
        and mention.state in (None, "shown", "only", "held")
        for mention in mentions
    )


def registration(mentions: Iterable[Mention], findings: Slots) -> None:
    """Note ``registered`` when the words for a card that a person holds mean a registered card.

    «Neither a マイナ保険証 nor a 資格確認書» says nothing about a card that somebody has; nor does «I have no
    マイナ保険証», as against one that was forgotten.
    """
    listed = list(mentions)
    absent = {mention.item for mention in listed if mention.state == "absent"}
    for mention in listed:
        held = mention.state not in _NOT_HELD and not (
            mention.state == "absent" and (len(absent) > 1 or not mention.firm)
        )
        if mention.registered and held and "unsure" not in mention.beside:
            findings.add("registration", "registered", (mention.start, mention.end))
