"""What an outcome means for the reader's purse, and what the reader can say at the desk."""

from __future__ import annotations

from assistant.answers.kinds import OutcomeAnswer
from assistant.content.entries import LANGS
from assistant.content.outcomes import Outcome
from assistant.web.http import request_facts
from assistant.web.words import labels
from assistant.web.words.bilingual_labels import Both, both


def paying_of(outcome: Outcome) -> str:
    """Return which of `labels.PAYING` an outcome comes to."""
    if outcome.standing == "other_payer":
        return "none" if outcome.share_from == "welfare" else "welfare"
    if outcome.standing == "not_insured":
        return "private"
    if outcome.share_from == "unknown" or (outcome.standing == "full_payment" and "ask_insurer" in outcome.procedures):
        return "open"
    return {"insured": "share", "discretion": "facility"}.get(outcome.standing, "full")


def saying_of(found: OutcomeAnswer) -> Both:
    """Return what is said at the desk in both languages: the patient's words, or the clerk's in the desk's voice."""
    outcome, shown = found.outcome, found.asked.facts.presented
    if found.asked.voice == "desk":
        return {lang: outcome.version(lang).say for lang in LANGS}
    values = request_facts.snapshot().words["presented"].values
    items = {
        lang: joint.join(values[it][lang] for it in values if it in shown)
        for lang, joint in {"ja": "と", "en": " + "}.items()
    }
    said = both(labels.SAYING[_situation(found)])
    return {lang: said[lang].format(items=items[lang]) for lang in LANGS}


def _situation(found: OutcomeAnswer) -> str:
    outcome, facts = found.outcome, found.asked.facts
    if outcome.standing == "not_insured" and facts.stated.get("holder") == "other":
        return "others"
    if outcome.standing == "full_payment" and facts.presented == {"none"}:
        return "nothing"
    return "declaration" if outcome.share_from == "declaration" else outcome.standing
