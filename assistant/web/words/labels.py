"""Strings that more than one page uses, named once. The catalogs hold both languages."""

from __future__ import annotations

from datetime import date

from assistant.web.http.locale import lazy_gettext as _

NOT_SURE = _("Not sure")
#: What is wrong with what was sent, said to who sent it.
MISTAKES = {
    "text": _("Write what you want to know"),
    "answer": _("Choose an answer, or “Not sure”"),
    "both": _("Choose either “Nothing” or what you will show"),
    "day": _("Choose year, month and day, or “I cannot find it or read it”"),
    "no_such_day": _("There is no such day: look at the month and the day on the paper again"),
    "visit_day": _("Choose year, month and day"),
}
#: The three fields of a day, as they follow each other on a paper.
DAY_PARTS = {"year": _("Year"), "month": _("Month"), "day": _("Day")}
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
    "private": _("In full; nothing is paid back by insurance."),
    "welfare": _("Public assistance pays."),
    "unknown": _("No source settles where the share comes from."),
}

#: What is paid on the day; the example in yen is reckoned (`assistant.answers.money`).
PAYING = {
    "share": _("Your usual share: 10, 20 or 30 percent"),
    "facility": _("10 to 30 percent if the facility agrees, otherwise the full cost (10割)"),
    "full": _("The full cost (10割)"),
    "private": _("The full cost (10割)"),
    "none": _("No health insurance share"),
    "welfare": _("As the welfare office says"),
    "open": _("Not settled yet"),
}

#: What a patient can say at the desk. A script for the clerk is another thing: it stands in the outcomes.
SAYING = {
    "insured": _("I would like to be seen with this: {items}."),
    "declaration": _(
        "I have this: {items}. If it cannot be confirmed,"
        " may I fill in a declaration of insured status (被保険者資格申立書)?"
    ),
    "discretion": _(
        "I have this: {items}. Can I be seen at my usual share today? If not, please tell me the cost first."
    ),
    "full_payment": _(
        "This is all I have today: {items}; is there another way to confirm my insurance?"
        " If I pay in full, please give me the receipt and the itemised statement for a refund."
    ),
    "nothing": _(
        "I have nothing with me that shows my insurance; is there another way to confirm it?"
        " If I pay in full, please give me the receipt and the itemised statement for a refund."
    ),
    "other_payer": _("I am on Public Assistance (生活保護). Could you check with the welfare office?"),
    "not_insured": _("I am not in Japanese public health insurance. Please tell me the cost before the consultation."),
    "others": _("This paper is another person's: {items}. What can I show instead?"),
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

#: What people ask after an answer: a button for each, which shows that part of the answer by itself.
PARTS = {
    "pay": _("How much do I pay?"),
    "bring": _("What do I bring?"),
    "call": _("Whom do I call?"),
    "until": _("Until when?"),
}

#: What ends on a day that can be put into a calendar, by the kinds of `assistant.content.reminders`.
ENDS = {
    "certificate_until": _("last day of the Eligibility Certificate (資格確認書)"),
    "e_certificate_until": _("last day of the electronic certificate of the My Number card"),
    "e_certificate_grace": _("last day the card is accepted although its electronic certificate has expired"),
    "refund": _("last day to claim the refund"),
}

#: The line of a mail that passes an answer on; the address stands below it.
PASSED_ON = _(
    "Madoguchi: what happens when these papers are shown at a clinic or pharmacy in Japan. The answer is here:"
)

#: Whose papers are spoken of: `assistant.language.entities.persons`, and the patient spoken of first at a desk.
WHOSE = {
    "self": _("Your own papers"),
    "patient": _("The first patient’s papers"),
    "mother": _("Mother’s papers"),
    "father": _("Father’s papers"),
    "parent": _("The parent’s papers"),
    "wife": _("Wife’s papers"),
    "husband": _("Husband’s papers"),
    "partner": _("Partner’s papers"),
    "son": _("Son’s papers"),
    "daughter": _("Daughter’s papers"),
    "child": _("The child’s papers"),
    "baby": _("The baby’s papers"),
    "elder_child": _("The older child’s papers"),
    "younger_child": _("The younger child’s papers"),
    "grandchild": _("The grandchild’s papers"),
    "grandmother": _("Grandmother’s papers"),
    "grandfather": _("Grandfather’s papers"),
    "sibling": _("The brother’s or sister’s papers"),
    "relative": _("The relative’s papers"),
    "friend": _("The friend’s papers"),
    "person_a": _("Person A’s papers"),
    "person_b": _("Person B’s papers"),
    "person_c": _("Person C’s papers"),
    "next_2": _("Person 2’s papers"),
    "next_3": _("Person 3’s papers"),
    "next_4": _("Person 4’s papers"),
    "next_5": _("Person 5’s papers"),
}

#: The kinds of municipality in the list to choose from.
TOWN_KINDS = {
    "ward": _("Wards (23)"),
    "city": _("Cities (26)"),
    "town": _("Towns (5)"),
    "village": _("Villages (8)"),
}

#: The three doors in the head of each page; everything else is in its foot.
PAGES = {
    "check.check": _("Check"),
    "faq.index": _("FAQ"),
    "desk.desk": _("Desk"),
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
