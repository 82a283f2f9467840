"""Strings that more than one page uses, named once. The catalogs hold both languages."""

from __future__ import annotations

from datetime import date

from assistant.web.locale import lazy_gettext as _

NOT_SURE = _("Not sure")
WRITE_ON = _("Write on")

STANDINGS = {
    "insured": _("Insured at the usual share"),
    "discretion": _("The facility decides"),
    "full_payment": _("Full cost first"),
    "other_payer": _("Another payer"),
    "not_insured": _("Not insured"),
}

#: The word above the title of an outcome, by `Outcome.banner`.
BANNERS = {**STANDINGS, "expected": _("Insured care expected, not promised")}

SHARES = {
    "online": _("The share comes from the online check."),
    "printed": _("The share is the one printed on the paper."),
    "screen": _("The share is the one shown on the Mynaportal screen."),
    "declaration": _("The share follows from the declaration."),
    "stored": _("The share is the one on file at the facility."),
    "full": _("The full cost is charged for now."),
    "welfare": _("Public assistance pays."),
    "unknown": _("No source settles where the share comes from."),
}

CLAIMS = {
    "current": _("current insurance"),
    "former": _("former insurance (旧資格)"),
    "unknown": _("unknown insurer (不詳)"),
}

CONFIDENCES = {
    "official": _("official source"),
    "secondary": _("press or association"),
    "inferred": _("our reading, not stated by a source"),
}

INTENTS = {
    "card_outcome": _("What happens at the desk"),
    "registration": _("Registering the My Number card"),
    "other_documents": _("Other documents"),
    "cert_issue_renewal": _("Getting a certificate"),
    "life_event": _("Moving, changing jobs, turning 75"),
    "lost_damaged": _("Lost or damaged"),
    "reader_failure": _("When the reader fails"),
    "privacy_safety_scam": _("Privacy and safety"),
    "other": _("Other questions"),
    "pin_or_cert_expiry": _("PIN and expiry"),
    "deregistration": _("Cancelling the registration"),
    "refund": _("Refunds"),
    "children": _("Children"),
    "smartphone": _("Smartphones"),
    "copay_rate": _("Co-payment rate"),
    "care_facility_hospital": _("Care facilities and hospitals"),
    "contact": _("Whom to ask"),
    "cost_difference": _("Differences in cost"),
    "travel": _("Travel"),
}

#: Situations that people ask about most, each with the facts of its check.
STARTERS = {
    _("I only have the old insurance card"): "presented=old_card",
    _("My certificate (資格確認書) has expired"): "presented=certificate&certificate=expired",
    _("I only have the notice (資格情報のお知らせ)"): "presented=notice",
    _("I forgot my card"): "presented=none",
    _("The card reader is broken"): "presented=mynumber_card&facility=reader_down",
    _("I have only my phone"): "presented=smartphone",
}

PAGES = {
    "check.check": _("Check"),
    "holding.page": _("Which paper"),
    "desk.desk": _("Desk"),
    "faq.index": _("FAQ"),
    "faq.search": _("Search"),
    "reading.rules": _("Rules"),
    "changes.page": _("Changes"),
    "reading.sources": _("Sources"),
}

#: The day of the results below and of the page around them; tests/pages/test_accessibility.py moves it with them.
TESTED_ON = date(2026, 11, 24)

#: What the browser tests check, how, and what came out; `tests/browser` runs each of them.
TESTED = (
    (_("Structure, names, contrast"), _("axe on every page, both languages, 390 and 1366 px"), _("no violation")),
    (_("Keyboard"), _("a conversation and a desk lookup by keys only, focus after each step"), _("passed")),
    (_("Size of targets"), _("every button, link in a list and field at least 44 px high"), _("passed")),
    (_("Narrow and enlarged"), _("320 px wide and text at 200 % without scrolling sideways"), _("passed")),
    (_("Colours"), _("forced colours; the verdict also by word, sign and border"), _("passed")),
    (_("Without JavaScript"), _("the conversation, the check, the desk and the search"), _("passed")),
    (_("On paper"), _("the sheet prints on one A4 page"), _("passed")),
)
