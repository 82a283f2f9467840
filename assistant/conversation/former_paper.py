"""Whether the only paper that is spoken of is that of the insurer before, which counts no longer (DM-59, DM-70, DM-73).

The vocabulary has no code for whose paper it is, so the rules can only say what holds if it is the new insurer's.
"""

from __future__ import annotations

from typing import Final

from assistant.conversation.state import Dialogue
from assistant.domain.facts import Facts
from assistant.language.pipeline import Understanding
from assistant.language.slots.item_roles import HERE

MOVED: Final = "moved"
TURNED_75: Final = "turned_75"
DEPENDANT: Final = "dependant"
CHANGED_JOB: Final = "job"
CAUSES: Final = (MOVED, TURNED_75, DEPENDANT, CHANGED_JOB)


def former_paper(read: Understanding, after: Facts) -> str | None:
    """Return what made the certificate that a sentence names one of the insurer before, or ``None``.

    ``after`` are the facts after the sentence. Whatever else proves the insurance makes no difference to the paper,
    but is what the sentence is about when it is named beside it.
    """
    here = {it.item for it in read.items if it.part == HERE}
    named = any(it.item == "certificate" for it in read.items) or after.presented == {"certificate"}
    if not named or here - {"certificate"} or "check_result" in after.stated or "new_paper" in read.acts:
        return None
    acts = read.acts
    if "moved" in acts and acts & {"place_paper", "former_paper"}:
        return MOVED
    if "turned_75" in acts and acts & {"insurer_paper", "former_paper"}:
        return DEPENDANT if "dependant" in acts else TURNED_75
    return CHANGED_JOB if "former_paper" in acts else None


def still_former(after: Facts, before: Facts, dialogue: Dialogue, entries: frozenset[str], read: Understanding) -> bool:
    """Tell whether the talk goes on about a paper of which one of ``entries`` has just said that it does not count."""
    alone = after.presented in ({"certificate"}, frozenset()) and after.presented == before.presented
    told = dialogue.topic in entries and "check_result" not in after.stated and "new_paper" not in read.acts
    dated = after.printed != before.printed
    return alone and told and not dated
