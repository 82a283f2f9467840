"""The tiles of the desk: their keys, their words, and the facts that each of them states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from assistant.domain.facts import Facts
from assistant.domain.vocabulary import UNKNOWN
from assistant.web.http.locale import lazy_gettext as _

#: The tiles by their keys. A code is an item, or an item with the state of its printed date.
TILES: Final = (
    ("1", "mynumber_card", _("My Number card")),
    ("2", "certificate.valid", _("Certificate in date (資格確認書)")),
    ("3", "certificate.expired", _("Certificate expired (資格確認書)")),
    ("4", "old_card", _("Old card (健康保険証)")),
    ("5", "notice", _("Notice (資格情報のお知らせ)")),
    ("6", "smartphone", _("Smartphone")),
    ("7", "none", _("Nothing")),
    ("8", "subsidy_certificate", _("Subsidy certificate (医療証)")),
)
#: Behind the ninth tile, by their keys there.
OTHERS: Final = (
    ("1", "portal_login", _("Mynaportal opened here")),
    ("2", "portal_document", _("Saved Mynaportal screen")),
    ("3", "copy", _("Copy or photo")),
    ("4", "consultation_card", _("Consultation card (診察券)")),
    ("5", "medical_care_ticket", _("Medical care ticket (医療券)")),
    ("6", "other_document", _("Another document")),
)
#: What the reader shows for a card, by keys, and the facts that this states.
READINGS: Final = (
    ("Z", "active", _("Valid"), {"registration": "registered", "check_result": "active"}),
    ("X", "inactive", _("Invalid"), {"registration": "registered", "check_result": "inactive"}),
    ("C", "not_found", _("No data"), {"registration": "registered", "check_result": "not_found"}),
    ("V", "not_registered", _("Not set up"), {"registration": "not_registered"}),
    ("N", "unreadable", _("No reading"), {"card_condition": "unreadable"}),
)
#: The same by their codes, and what is stated by who cannot tell.
READS: Final[Mapping[str, Mapping[str, str]]] = {
    **{code: facts for _key, code, _label, facts in READINGS},
    UNKNOWN: {"check_result": UNKNOWN},
}
_READ: Final = ("registration", "check_result", "card_condition")
#: What a reader reads. With a certificate in date what it shows is the result of an enquiry by the number on it; beside
#: other papers, or nothing, somebody has found the card.
READABLE: Final = frozenset({"mynumber_card", "smartphone"})
#: Keys that lie on the keyboard as the tiles lie on the screen.
FACILITIES: Final = (
    ("Q", "online", _("Online check works")),
    ("W", "reader_down", _("Card reader broken")),
    ("E", "outage", _("Network outage")),
    ("A", "not_equipped", _("No online check here")),
    ("S", "eligibility_only", _("Eligibility-only app")),
    ("D", "home_visit", _("Home visit")),
)
SCHEMES: Final = (
    ("U", UNKNOWN, _("Insured, kind not asked")),
    ("I", "kouki", _("75 and over (後期高齢者)")),
    ("O", "kokuho", _("National (国保)")),
    ("J", "employee", _("Employees (社保)")),
    ("K", "public_assistance", _("Public assistance (生活保護)")),
    ("L", "not_enrolled", _("None (a visitor)")),
)


def untiled(query: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return ``query`` with the chosen tiles as facts. Of two certificates the valid one counts."""
    plain = MultiDict(query)
    codes = {code for _, code, _ in (*TILES, *OTHERS)}
    for code in query.getlist("tile"):
        item, _, state = code.partition(".")
        if code in codes:
            plain.add("presented", item)
            if state and plain.get(item) != "valid":
                plain[item] = state
                plain.poplist(f"{item}_until")
    reads = READS.get(plain.get("reader", ""))
    return _with_reading(plain, reads) if reads else plain


def _with_reading(plain: MultiDict[str, str], reads: Mapping[str, str]) -> MultiDict[str, str]:
    """Return ``plain`` with what the reader shows, and with a card where nothing is shown that it could be about."""
    items = set(plain.getlist("presented")) - {"none"}
    in_date = "certificate" in items and plain.get("certificate") != "expired"
    by_number = "check_result" in reads and in_date and not items & READABLE
    if not (by_number or items & READABLE):
        plain.setlist("presented", [*items, "mynumber_card"])
    for fact in _READ:
        plain.poplist(fact)
        if fact in reads and (fact == "check_result" or not by_number):
            plain[fact] = reads[fact]
    return plain


def reading(facts: Facts) -> str:
    """Return which of the reader's tiles the facts amount to."""
    stated = facts.stated
    if stated.get("card_condition") == "unreadable":
        return "unreadable"
    return "not_registered" if stated.get("registration") == "not_registered" else stated.get("check_result", "")


def to_be_read(facts: Facts) -> bool:
    """Return whether a card lies on a reader that has not been asked yet."""
    return facts.stated["facility"] == "online" and bool(facts.presented & READABLE) and not reading(facts)
