"""Sentences edit the facts: they add a thing, take one away, put one in the place of another, turn to somebody else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.answers.settling import ORDINARY
from assistant.conversation.day_edits import day_meant, of_the_day_denied
from assistant.conversation.former_paper import former_paper
from assistant.conversation.item_tracking import tracked
from assistant.conversation.state import Dialogue
from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.vocabulary import CHOICES, FACT_IDS, OWN_CARDS, PRINTED_DATES, UNKNOWN
from assistant.language.classifiers.item_evidence import Talk
from assistant.language.lexicon.schema import ORIGINAL, UNNAMED_CARD
from assistant.language.models.tracking_model import TalkModels
from assistant.language.pipeline import Understanding
from assistant.language.question_form import asks, is_short
from assistant.language.slots.item_roles import GONE, HERE, ItemInRole
from assistant.language.utterance import Utterance

Value = str | date | tuple[str, ...]

#: «No, …», «違います、…»: what is named then takes the place of what was there.
_CORRECTS: Final = ("correction", "no")
#: «顔もだめでした» after a PIN that was forgotten.
_BOTH_FAIL: Final = tuple({"face_fails", pin} for pin in ("pin_forgotten", "pin_locked"))
_PAPERS: Final = frozenset({"certificate", "notice", "old_card"})
_CARDS: Final = ("mynumber_card", UNNAMED_CARD)
#: Where a check is made too, though not with the desk's own reader.
_STILL_CHECKED: Final = frozenset({"home_visit", "eligibility_only"})
_OWN: Final = re.compile(
    r"(?:自分|わたし|私|本人|ぼく|僕|俺)の|\b(?:my|his|her|their) own\b|\b(?:mine|hers|(?:about|back to) me)\b"
)
#: A move that has been made, and one within a municipality.
_HAS_MOVED: Final = re.compile(
    r"(?:引っ?越し|越し|転入し|転居し|移っ|移り住み)(?:た(?!ら)|まし|て(?:き|来)(?:た(?!ら)|まし))|\bmoved\b"
)
_WITHIN: Final = re.compile(r"同じ(?:市|区|町)|(?:市|区|町)内|\b(?:same|within|if)\b")
#: «資格確認書って刷ってある», "headed …": what a thing that was called otherwise before is called on itself.
_IS_CALLED: Final = re.compile(
    r"(?:って|と|が)(?:表に|上に|大きく)?(?:書いて|書かれ|刷って|印刷|印字|出て|なって)|じゃ(?:ねえ|なかった|ない)"
    r"|(?:よく|よーく)見(?:たら|れば|ると)|取り違え"
    r"|\b(?:headed|titled|labell?ed|it says|picked up the wrong|wrong (?:one|paper|card)|mixed (?:it|them) up)\b"
)
_NOT_YET: Final = re.compile(r"まだ|\b(?:yet|so far)\b")
#: «前の会社の資格確認書»: a paper of who insured before.
_OF_BEFORE: Final = re.compile(
    r"(?:前|元|旧|以前)の(?:会社|職場|勤め先|健保)の|\b(?:old|former|previous) (?:company|employer|job)"
)
#: «国保でした», "I was on …", «国保も抜けました»: an insurance that is told of, and over or not begun.
_FORMER: Final = re.compile(
    r"でした|だった|抜け|やめ|辞め|脱退|喪失|切れ|(?:入って|加入して|はいって|加入はまだで?)い?な"
    r"|\b(?:was|were|used to|left|quit|lost)\b|\b(?:not|never|n't) (?:\w+ )?(?:in|on|join\w*|enrol\w*|signed)\b"
)


def merge(facts: Facts, stated: Mapping[str, Value]) -> Facts:
    """Lay what was stated over ``facts``; a printed date and its state take each other's place.

    ``presented`` replaces the items before it; see `with_items` for adding and taking away.
    """
    said = dict(facts.stated)
    printed = dict(facts.printed)
    presented, visit = facts.presented, facts.visit_date
    for fact, value in stated.items():
        if fact == "presented" and isinstance(value, tuple):
            presented = frozenset(value)
            said.pop(fact, None)
        elif fact == "visit_date" and isinstance(value, date):
            visit = value
        elif fact in PRINTED_DATES and isinstance(value, date):
            printed[fact] = value
            said.pop(PRINTED_DATES[fact], None)
        elif fact in CHOICES and isinstance(value, str):
            said[fact] = value
            printed = {key: day for key, day in printed.items() if PRINTED_DATES[key] != fact or key in stated}
    said = {fact: value for fact, value in said.items() if fact not in {PRINTED_DATES[key] for key in printed}}
    return replace(facts, visit_date=visit, presented=presented, stated=said, printed=printed)


def answered_by(facts: Facts, codes: Mapping[str, str]) -> Facts:
    """Lay one answer in codes over ``facts``, as a button sends it; a code that is none changes nothing."""
    try:
        read = parse({**codes, "visit_date": codes.get("visit_date", facts.visit_date.isoformat())}, facts.visit_date)
    except BadFact:
        return facts
    said: dict[str, Value] = {**read.stated, **read.printed, "visit_date": read.visit_date}
    after = merge(facts, said | ({"presented": tuple(read.presented)} if read.presented else {}))
    return replace(after, stated={**after.stated, "presented": UNKNOWN}) if "presented" in read.stated else after


def edited(
    facts: Facts, read: Understanding, reading: Utterance, dialogue: Dialogue, tracking: TalkModels | None = None
) -> Facts:
    """Return ``facts`` after a sentence: its statements laid over them, its things added or taken away.

    What was learnt from talks (``tracking``) weighs what the rules say of the things.
    """
    statements = {fact: value for fact, value in read.facts.items() if fact != "presented"}
    statements = of_the_day_denied(facts, statements, read.not_days)
    if "check_result" in statements and facts.stated.get("facility") in _STILL_CHECKED:
        statements.pop("facility", None)
    checks = {facts.stated.get("authentication"), statements.get("authentication")}
    if checks in _BOTH_FAIL and read.acts.isdisjoint(_CORRECTS):
        statements["authentication"] = "neither"
    if "former_paper" in read.acts and facts.stated.get("insurance_change") == "lost":
        statements.pop("insurance_change", None)
    if "scheme" in facts.stated and _OF_BEFORE.search(reading.plain) and _is_gone(read, _PAPERS):
        statements.pop("scheme", None)  # «前の会社の資格確認書は返した»: who issued it is not who insures now
    if _joins(facts, statements, reading):
        statements["insurance_change"] = "joined_new"
    after = merge(facts, statements)
    if _OWN.search(reading.plain) and after.stated.get("holder") == "other" and "holder" not in statements:
        after = replace(after, stated={fact: it for fact, it in after.stated.items() if fact != "holder"})
    after = replace(after, presented=_presented(facts, after, read, reading, dialogue))
    if tracking:
        talk = Talk(facts.presented, after.presented, dialogue.asked)
        after = replace(after, presented=tracked(tracking, talk, read.signs))
    if after.stated.get("insurance_change") != "lost" and _has_changed(after, read, reading):
        after = merge(after, {"insurance_change": "joined_new"})
    phone_alone = "smartphone" in after.presented and "mynumber_card" not in after.presented
    if "not_read" in read.acts and phone_alone and statements.get("smartphone_reader") != "no":
        after = merge(after, {"smartphone_reader": "fails"})
    return merge(after, day_meant(after, read, reading))


def _is_gone(read: Understanding, items: Collection[str]) -> bool:
    """Tell whether ``items`` are named, and none of them is here."""
    parts = [it.part for it in read.items if it.item in items]
    return bool(parts) and HERE not in parts


def _joins(facts: Facts, statements: Mapping[str, Value], reading: Utterance) -> bool:
    """Tell whether somebody who had left an insurance tells which they are in now: «国保にはもう入りました»."""
    tells = statements.get("scheme") in ORDINARY["scheme"] and "insurance_change" not in statements
    return (
        tells
        and facts.stated.get("insurance_change") == "lost"
        and not (asks(reading) or _FORMER.search(reading.plain))
    )


def _has_changed(after: Facts, read: Understanding, reading: Utterance) -> bool:
    """Tell whether a paper of the insurer before is spoken of, or somebody on the scheme of a municipality moved.

    Whether a 75th birthday has passed is read from the age.
    """
    if former_paper(read, reading, after) in ("moved", "job"):
        return True
    of_a_municipality = "moved" in read.acts and after.stated.get("scheme") == "kokuho"
    has_moved = _HAS_MOVED.search(reading.plain) is not None
    return of_a_municipality and has_moved and not _WITHIN.search(reading.plain)


def _presented(
    before: Facts, after: Facts, read: Understanding, reading: Utterance, dialogue: Dialogue
) -> frozenset[str]:
    begun = bool(before.presented)
    shown = shown_by(read)
    if not begun:
        named = [it.item for it in read.items if it.part == HERE and it.item != ORIGINAL]
        if dialogue.asked == "presented" and named and not read.nothing:
            return frozenset(named)
        alone = {it.item for it in read.items if it.part == HERE and it.alone}
        described = {it.item for it in read.items if it.part == HERE and it.described} if alone else set()
        return frozenset(shown) - (described - alone)
    if read.nothing and shown == ("none",) and not _NOT_YET.search(reading.plain):
        return frozenset(("none",))
    dated = frozenset(after.printed) | {*after.stated}
    called = _IS_CALLED.search(reading.plain) is not None
    short, asking = is_short(reading), asks(reading)
    items = with_items(before.presented, read, short=short, asks=asking, dated=dated, called=called)
    return items or before.presented


def with_items(
    presented: frozenset[str],
    read: Understanding,
    *,
    short: bool,
    asks: bool,
    dated: frozenset[str],
    called: bool = False,
) -> frozenset[str]:
    """Return the items shown after the things that a sentence names were added, taken away or exchanged.

    A thing of which only the condition is told («カードは登録済み») is not brought by that. One that is asked about
    takes the place of what was there («じゃあ資格確認書なら？»); one that is told of comes on top («妻が届けてくれた»).
    A paper that is ``called`` otherwise on itself takes the place of the one it was taken for.
    """
    named_papers = any(it.item in _PAPERS and it.part == HERE for it in read.items)
    items = [_original(it, dated) for it in read.items if it.item != ORIGINAL or not named_papers]
    only = any(it.instead for it in items if it.part == HERE)
    here = [it for it in items if it.part == HERE and _counts(it, read, short=short, only=only)]
    gone = {item for it in items if it.part == GONE for item in (_PAPERS if it.item == ORIGINAL else (it.item,))}
    named = {it.item for it in here}
    new = named - presented
    exchanged = (
        new
        and (asks or not read.acts.isdisjoint(_CORRECTS))
        and not gone
        and not any(_adds(it) for it in here if it.item in new)
    )
    renamed = presented & _PAPERS - named if called and len(new) == 1 and named <= _PAPERS else frozenset[str]()
    if renamed and not gone and not any(it.also for it in here):
        presented = (presented - renamed) | named
    elif here and only and gone & presented and not any(it.alone for it in here):
        presented = (presented - gone) | named
    elif here and (only or exchanged):
        presented = frozenset(named)
    elif here:
        presented = (presented - {"none"}) | named
    return presented - (gone - named)


def _counts(it: ItemInRole, read: Understanding, *, short: bool, only: bool) -> bool:
    """Tell whether a thing that is here is brought, or only spoken of on the way."""
    if it.instead or it.also or it.held:
        return True
    if only or it.described:
        return False
    return it.item in shown_by(read) or (it.certain and it.item == ORIGINAL) or (short and not it.asked)


def shown_by(read: Understanding) -> tuple[str, ...]:
    """Return the items that a sentence shows when it is read alone."""
    shown = read.facts.get("presented", ())
    return shown if isinstance(shown, tuple) else ()


def _adds(it: ItemInRole) -> bool:
    return it.also or it.held


def _original(it: ItemInRole, dated: frozenset[str]) -> ItemInRole:
    """Take «the original» for the paper of which most is known; a certificate where nothing is."""
    if it.item != ORIGINAL or it.part == GONE:
        return it
    old = {"old_card", "old_card_until"} & dated and not {"certificate", "certificate_until"} & dated
    return it._replace(item="old_card" if old else "certificate", instead=True)


def without_an_unmade_card(after: Facts, before: Facts, read: Understanding) -> Facts:
    """Return ``after`` without a registration of a card that was never made where another paper is shown instead."""
    unmade = any(it.state == "unmade" and it.item in _CARDS for it in read.signs.spoken.mentions)
    if not unmade or not after.presented or after.presented & {*OWN_CARDS, "none"}:
        return after
    known = {fact: it for fact, it in before.stated.items() if fact == "registration"}
    return replace(after, stated={fact: it for fact, it in after.stated.items() if fact != "registration"} | known)


def taken_back(facts: Facts, fact: str, before: Facts) -> Facts:
    """Return ``facts`` with ``fact`` (and the printed date that settles it, or that it is) as it was ``before``."""
    if fact == "presented":
        return replace(facts, presented=before.presented)
    if fact == "visit_date":
        return replace(facts, visit_date=before.visit_date)
    choice = PRINTED_DATES.get(fact, fact)
    keys = {choice, *(key for key, it in PRINTED_DATES.items() if it == choice)}
    stated = {key: it for key, it in facts.stated.items() if key not in keys}
    printed = {key: it for key, it in facts.printed.items() if key not in keys}
    stated |= {key: it for key, it in before.stated.items() if key in keys}
    printed |= {key: it for key, it in before.printed.items() if key in keys}
    return replace(facts, stated=stated, printed=printed)


def changed_facts(before: Facts, after: Facts) -> tuple[str, ...]:
    """Return the facts in which two situations differ, in the order of the vocabulary."""
    old, new = before.as_codes(), after.as_codes()
    return tuple(fact for fact in FACT_IDS if old.get(fact) != new.get(fact))
