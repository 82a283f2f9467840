"""Whether the only paper that is spoken of is that of the insurer before, which counts no longer (DM-59, DM-70, DM-73).

The vocabulary has no code for whose paper it is, so the rules can only say what holds if it is the new insurer's.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.answers.settling import ORDINARY
from assistant.content.followups import Cause, FollowUps
from assistant.conversation.state import Dialogue
from assistant.domain.facts import Facts
from assistant.language.pipeline import Understanding
from assistant.language.slots.item_roles import GONE, HERE
from assistant.language.utterance import Utterance

_LOST: Final = "state.lost"
_CHANGED: Final = ("joined_new", "lost")
_75: Final = "75"
#: «東京へ越してきて、東京の資格確認書», "moved to Kyoto, the Kyoto certificate": the paper of where somebody lives now.
_OF_THE_NEW_PLACE: Final = re.compile(
    r"(?P<ja>[一-龥]{2,4})(?:県|府|都|市|区)?(?:へ|に)[^。]{0,6}?(?:引っ?越|越し|転入|転居|移).{0,60}?(?P=ja)(?:県|府|都|市|区)?の"
    r"|\bto (?P<en>[a-z]+)\b.{0,80}?\b(?:(?P=en)(?:'s)? .{0,30}?(?:certificate|paper)"
    r"|(?:certificate|paper) (?:from|of) (?P=en))",
    re.DOTALL,
)


def former_paper(read: Understanding, reading: Utterance, after: Facts) -> Cause | None:
    """Return what made the certificate that a sentence names one of the insurer before, or ``None``.

    ``after`` are the facts after the sentence. What else is named to be shown is what the sentence is about instead.
    In Tokyo the late-stage scheme has one insurer: a move from ward to ward ends nothing there.
    """
    acts, here = read.acts, {it.item for it in read.items if it.part == HERE}
    named = any(it.item == "certificate" for it in read.items) or after.presented == {"certificate"}
    if not named or here - {"certificate"} or "check_result" in after.stated or "new_paper" in acts:
        return None
    leaves_the_insurer = "place_paper" in acts or ("ward_paper" in acts and after.stated.get("scheme") != "kouki")
    if "moved" in acts and (leaves_the_insurer or "former_paper" in acts):
        return None if _OF_THE_NEW_PLACE.search(reading.plain) else "moved"
    if "turned_75" in acts and _75 in reading.plain and acts & {"insurer_paper", "former_paper"}:
        return "dependant" if "dependant" in acts else "turned_75"
    return "job" if "former_paper" in acts else None


def of_the_scheme_before(before: Facts, after: Facts, read: Understanding) -> bool:
    """Tell whether somebody with a certificate alone tells that they are insured elsewhere by now.

    «国保の資格確認書です。実は10月に会社の健保に入りました»: the paper is that of the scheme that was named with it.
    """
    alone = before.presented == after.presented == {"certificate"} and not read.items
    schemes = before.stated.get("scheme"), after.stated.get("scheme")
    changed = after.stated.get("insurance_change") == "joined_new" != before.stated.get("insurance_change")
    return (
        alone
        and changed
        and {*schemes} <= {*ORDINARY["scheme"]}
        and schemes[0] != schemes[1]
        and "new_paper" not in read.acts
    )


def still_former(after: Facts, before: Facts, dialogue: Dialogue, entries: frozenset[str], read: Understanding) -> bool:
    """Tell whether the talk goes on about a paper of which one of ``entries`` has just said that it does not count."""
    alone = after.presented == before.presented == {"certificate"} and after.printed == before.printed
    told = dialogue.topic in entries and after.stated.get("insurance_change") in _CHANGED
    return alone and told and "check_result" not in after.stated and "new_paper" not in read.acts


def may_be_former(read: Understanding, facts: Facts) -> bool:
    """Tell whether a certificate that is shown alone may be that of the insurer before."""
    proofs = {"mynumber_card", "smartphone", "certificate"} & facts.presented
    return (
        read.facts.get("insurance_change") == "joined_new"
        and proofs == {"certificate"}
        and "check_result" not in facts.stated
    )


def counts_no_longer(
    followups: FollowUps,
    read: Understanding,
    reading: Utterance,
    before: Facts,
    after: Facts,
    dialogue: Dialogue,
    *,
    desk: bool,
) -> str | None:
    """Return the entry that says why the only paper that is spoken of counts no longer, or that has just said so.

    One that is lost counts for nothing either, while nothing else is named.
    """
    if not (desk or after.presented) and _LOST in read.known_words:
        gone = {it.item for it in read.items if it.part == GONE}
        return (
            followups.of_a_lost_thing(gone.pop()) if len(gone) == 1 else None
        )  # of several, which is lost is not told
    told = still_former(after, before, dialogue, followups.on_former_papers, read)
    elsewhere = of_the_scheme_before(before, after, read) and "check_result" not in after.stated
    cause: Cause | None = "job" if elsewhere else former_paper(read, reading, after)
    entry = followups.of_a_former_paper(cause, desk=desk)
    return entry or (dialogue.topic if told else None)
