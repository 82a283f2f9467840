"""The desk: what was shown, the facility and the day on the left, the verdict on the right, all on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assistant.conversation.answer import options
from assistant.conversation.desk import with_prechosen
from assistant.conversation.ordinary import settle
from assistant.domain.facts import Facts
from assistant.domain.printed import states
from assistant.domain.vocabulary import CHOICES, UNKNOWN
from assistant.web import counting, deskview, requests, tongues
from assistant.web.clock import today
from assistant.web.locale import PREFIX
from assistant.web.locale import lazy_gettext as _
from assistant.web.rendering import render_template
from assistant.web.templating import without

bp = Blueprint("desk", __name__)

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
_READ: Final = ("registration", "check_result", "card_condition")
#: What a reader reads. With a certificate in date what it shows is the result of an enquiry by the number on it; beside
#: other papers, or nothing, somebody has found the card.
_READABLE: Final = frozenset({"mynumber_card", "smartphone"})
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
#: Facts of the folded part: all but those that have tiles.
FOLDED: Final = tuple(fact for fact in CHOICES if fact not in ("facility", "scheme", "certificate", "age_band"))
#: Languages in which the patient's text can be shown.
SHOWN: Final = ("both", "ja", "en")


@bp.get(f"{PREFIX}/desk")
def desk(lang: str) -> tuple[str, int] | Response:
    """Show the screen and, once something is shown, the verdict; turn tiles into facts first."""
    day = today()
    query = _untiled(request.args)
    asking = requests.lenient(query, day)
    if not request.args.keys().isdisjoint({"tile", "reader"}) and not asking.mistakes:
        return redirect(deskview.desk_address(lang, with_prechosen(asking.facts), day))
    snapshot, facts = requests.snapshot(), with_prechosen(asking.facts)
    known = settle(snapshot, facts, "desk")
    counting.decided(known.leaf, facts, lang)
    shown = deskview.view(snapshot, facts, known, lang)
    wanted, tongue = request.args.get("show"), tongues.tongue_of(request.args, "show")
    if known.leaf and "say" in shown and (wanted in SHOWN or tongue):
        outcome, back = snapshot.outcomes[known.leaf.decision.outcome], deskview.desk_address(lang, facts, day)
        told = [*tongues.asked_first(outcome, facts.presented), *tongues.told(outcome)]
        values = {"view": shown, "wanted": wanted, "tongue": tongue, "told": told, "tongues": snapshot.tongues}
        return render_template("pages/desk_show.html", **values, back=back, lang=lang), 200
    page = render_template(
        "pages/desk.html",
        **_form(facts, lang),
        view=shown,
        facts=facts,
        mistakes=asking.mistakes,
        ticked=requests.ticked(query),
        here=deskview.desk_address(lang, facts, day),
        form=deskview.desk_address(lang, facts, day, "form") + "&voice=desk",
        chips=[(said, deskview.desk_address(lang, without(facts, fact), day)) for fact, said in _chips(facts, lang)],
        lang=lang,
    )
    return page, 400 if asking.mistakes else 200


def _untiled(query: MultiDict[str, str]) -> MultiDict[str, str]:
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
    reads = {code: facts for _, code, _, facts in READINGS}.get(plain.get("reader", ""))
    return _with_reading(plain, reads) if reads else plain


def _with_reading(plain: MultiDict[str, str], reads: Mapping[str, str]) -> MultiDict[str, str]:
    """Return ``plain`` with what the reader shows, and with a card where nothing is shown that it could be about."""
    items = set(plain.getlist("presented")) - {"none"}
    in_date = "certificate" in items and plain.get("certificate") != "expired"
    by_number = "check_result" in reads and in_date and not items & _READABLE
    if not (by_number or items & _READABLE):
        plain.setlist("presented", [*items, "mynumber_card"])
    for fact in _READ:
        plain.poplist(fact)
        if fact in reads and (fact == "check_result" or not by_number):
            plain[fact] = reads[fact]
    return plain


def _reading(facts: Facts) -> str:
    """Return which of the reader's tiles the facts amount to."""
    stated = facts.stated
    if stated.get("card_condition") == "unreadable":
        return "unreadable"
    return "not_registered" if stated.get("registration") == "not_registered" else stated.get("check_result", "")


def _form(facts: Facts, lang: str) -> dict[str, Any]:
    """Return the left side: every tile and field with what is chosen."""
    snapshot, words = requests.snapshot(), requests.snapshot().words
    certificate = facts.stated.get("certificate", "")
    until = {fact: day for fact, day in facts.printed.items() if fact == "certificate_until"}
    certificate = states(until, facts.visit_date, snapshot.book.rules.grace).get("certificate", certificate)
    plain = "certificate" in facts.presented and certificate not in CHOICES["certificate"].values
    chosen = {item for item in facts.presented if item != "certificate"} | {f"certificate.{certificate}"}
    folded = [(fact, words[fact].label[lang], options(snapshot, fact, lang)) for fact in FOLDED]
    return {
        "tiles": [(key, code, label, code in chosen) for key, code, label in TILES],
        "others": [(key, code, label, code in chosen) for key, code, label in OTHERS],
        "readings": [(key, code, label) for key, code, label, _ in READINGS],
        "reading": _reading(facts),
        "reads": {code: read for _, code, _, read in READINGS},
        "facilities": FACILITIES,
        "schemes": SCHEMES,
        "folded": folded,
        "words": words,
        "plain_certificate": plain,
    }


def _chips(facts: Facts, lang: str) -> list[tuple[str, str]]:
    return deskview.chips(requests.snapshot(), facts, lang)
