"""The closed vocabulary: every fact, the values it takes, and what is assumed when nobody says.

A fact that is not in this table can reach no address, log or store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Voice = Literal["patient", "desk"]
VOICES: Final[tuple[Voice, ...]] = ("patient", "desk")
UNKNOWN: Final = "unknown"

ITEMS: Final = (
    "mynumber_card",
    "smartphone",
    "certificate",
    "notice",
    "old_card",
    "portal_login",
    "portal_document",
    "copy",
    "consultation_card",
    "subsidy_certificate",
    "medical_care_ticket",
    "other_document",
    "none",
)

#: What carries a person's own status: it is read for whom it belongs to, whatever else lies beside it.
OWN_CARDS: Final = frozenset({"mynumber_card", "smartphone"})
#: Papers that ``holder`` speaks of when a card of one's own lies beside them.
PAPERS: Final = frozenset(
    {"certificate", "notice", "old_card", "portal_document", "copy", "subsidy_certificate", "medical_care_ticket"}
)
#: The age bands of people whom the scheme for people of 75 and over has taken over on their birthday.
FROM_75: Final = ("75_84", "85_plus")

STANDINGS: Final = ("insured", "discretion", "full_payment", "other_payer", "not_insured")
SHARES: Final = ("online", "printed", "screen", "declaration", "stored", "full", "welfare", "unknown")
PROCEDURES: Final = (
    "read",
    "register",
    "visual_check",
    "mobile_check",
    "pair_with_notice",
    "show_portal",
    "oral_check",
    "declaration",
    "query",
    "outage_query",
    "full_payment",
    "proviso",
    "ask_insurer",
    "ask_welfare_office",
)
CLAIMS: Final = ("current", "former", "unknown")
CONFIDENCES: Final = ("official", "secondary", "inferred")


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact with a closed list of values.

    ``patient`` and ``desk`` hold the value assumed in that voice when the fact is not stated;
    ``None`` means it is asked as soon as it matters.
    """

    id: str
    values: tuple[str, ...]
    patient: str | None = None
    desk: str | None = None

    def assumed(self, voice: Voice) -> str | None:
        """Return the value assumed in ``voice``, or ``None`` when the fact has to be asked."""
        return self.desk if voice == "desk" else self.patient


def _assumed(id: str, *values: str) -> Choice:
    return Choice(id, values, values[0], values[0])


def _asked_at_the_desk(id: str, *values: str) -> Choice:
    return Choice(id, values, values[0], None)


CHOICES: Final[Mapping[str, Choice]] = MappingProxyType(
    {
        choice.id: choice
        for choice in (
            Choice("scheme", ("kouki", "kokuho", "employee", "public_assistance", "not_enrolled")),
            _assumed("holder", "self", "other"),
            Choice("registration", ("registered", "not_registered")),
            _assumed("e_certificate", "valid", "grace", "lapsed"),
            _assumed("card_condition", "ok", "expired", "unreadable"),
            _assumed(
                "authentication",
                "ok",
                "face_fails",
                "pin_forgotten",
                "neither",
                "pin_locked",
                "no_pin_card",
                "no_photo_card",
            ),
            _asked_at_the_desk(
                "facility", "online", "reader_down", "outage", "not_equipped", "eligibility_only", "home_visit"
            ),
            Choice("smartphone_reader", ("yes", "no", "fails")),
            _assumed("phone_login", "ok", "fails"),
            _asked_at_the_desk("check_result", "active", "inactive", "not_found"),
            Choice("certificate", ("valid", "expired")),
            _assumed("certificate_kind", "ordinary", "special_expense"),
            Choice("old_card", ("valid", "expired")),
            _assumed("insurance_change", "none", "joined_new", "lost"),
            _assumed("urgent", "no", "yes"),
            _asked_at_the_desk("known_patient", "no", "before", "this_month"),
            _assumed("school_event", "no", "yes"),
            Choice("age_band", ("preschool", "under_70", "70_74", "75_84", "85_plus")),
        )
    }
)

#: A date printed on a paper, and the choice that it settles.
PRINTED_DATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "e_certificate_until": "e_certificate",
        "certificate_until": "certificate",
        "old_card_until": "old_card",
    }
)

#: Every fact id in the order in which addresses and answers list them.
FACT_IDS: Final = (
    "visit_date",
    "presented",
    "scheme",
    "holder",
    "registration",
    "e_certificate_until",
    "e_certificate",
    "card_condition",
    "authentication",
    "facility",
    "smartphone_reader",
    "phone_login",
    "check_result",
    "certificate_until",
    "certificate",
    "certificate_kind",
    "old_card_until",
    "old_card",
    "insurance_change",
    "urgent",
    "known_patient",
    "school_event",
    "age_band",
)

INTENTS: Final = (
    "card_outcome",
    "registration",
    "other_documents",
    "cert_issue_renewal",
    "life_event",
    "lost_damaged",
    "reader_failure",
    "privacy_safety_scam",
    "other",
    "pin_or_cert_expiry",
    "deregistration",
    "refund",
    "children",
    "smartphone",
    "copay_rate",
    "care_facility_hospital",
    "contact",
    "cost_difference",
    "travel",
    "out_of_scope",
)

#: The municipalities of Tokyo that a reader can choose to see whom to call. No fact: it decides nothing.
MUNICIPALITIES: Final = (
    "chiyoda", "chuo", "minato", "shinjuku", "bunkyo", "taito", "sumida", "koto", "shinagawa", "meguro", "ota",
    "setagaya", "shibuya", "nakano", "suginami", "toshima", "kita", "arakawa", "itabashi", "nerima", "adachi",
    "katsushika", "edogawa", "hachioji", "tachikawa", "musashino", "mitaka", "ome", "fuchu", "akishima", "chofu",
    "machida", "koganei", "kodaira", "hino", "higashimurayama", "kokubunji", "kunitachi", "fussa", "komae",
    "higashiyamato", "kiyose", "higashikurume", "musashimurayama", "tama", "inagi", "hamura", "akiruno",
    "nishitokyo", "mizuho", "hinode", "okutama", "oshima", "hachijo", "hinohara", "toshimamura", "niijima",
    "kozushima", "miyake", "mikurajima", "aogashima", "ogasawara",
)  # fmt: skip


def values_of(fact: str | None) -> tuple[str, ...]:
    """Return the values of a fact that can be asked, in their order; none for a date and for no fact."""
    return ITEMS if fact == "presented" else CHOICES[fact].values if fact and fact in CHOICES else ()
