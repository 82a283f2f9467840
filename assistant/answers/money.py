"""What the share comes to in yen: an example, reckoned from the share and never typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.content.outcomes import Outcome
from assistant.content.rules import Words
from assistant.domain.facts import Facts

#: What the visit of the example costs, in yen, before anybody pays a part of it.
COST: Final = 5_000
#: The shares that an example names, in tenths.
SHARES: Final = (1, 2, 3)


def money(phrases: Mapping[str, Words], outcome: Outcome, facts: Facts, lang: str) -> str:
    """Return the example for ``outcome`` in ``lang``; nothing where no share of the patient's own follows.

    The example of a refund takes one share and names it; it does not say that it is the reader's.
    """
    if outcome.standing in ("other_payer", "not_insured"):
        return ""
    shares = {f"at{share}": f"{_part(share):,}" for share in SHARES}
    if outcome.standing == "insured" and outcome.promised:
        return phrases["money_share"][lang].format(cost=f"{COST:,}", **shares)
    if outcome.standing != "full_payment":
        return phrases["money_either"][lang].format(cost=f"{COST:,}", **shares)
    told = phrases["money_full"][lang].format(cost=f"{COST:,}")
    if not outcome.refund:
        return told
    share = _example(facts)
    back = phrases["money_back"][lang].format(back=f"{COST - _part(share):,}", tenths=share, percent=share * 10)
    return told + ("" if lang == "ja" else " ") + back


def _part(tenths: int) -> int:
    return COST * tenths // 10


def _example(facts: Facts) -> int:
    """Return the share that the example of a refund takes: a low one where people of 75 and over are concerned."""
    if facts.stated.get("scheme") == "kouki":
        return SHARES[0]
    return SHARES[1] if facts.stated.get("age_band") == "preschool" else SHARES[-1]
