"""The desk: what was shown, the facility and the day on the left, the verdict on the right, all on one screen."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assistant.answers.answer import options
from assistant.answers.desk_defaults import PRECHOSEN, with_prechosen
from assistant.answers.settling import settle
from assistant.domain.facts import Facts
from assistant.domain.printed_dates import states
from assistant.domain.vocabulary import CHOICES
from assistant.web.desk import view_model
from assistant.web.desk.tiles import FACILITIES, OTHERS, READINGS, READS, SCHEMES, TILES, reading, untiled
from assistant.web.http import request_facts, usage_events
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.jinja.helpers import without
from assistant.web.words import outcome_in_tongues

bp = Blueprint("desk", __name__)

#: Facts of the folded part: all but those that have tiles.
FOLDED: Final = tuple(fact for fact in CHOICES if fact not in ("facility", "scheme", "certificate", "age_band"))
#: Languages in which the patient's text can be shown.
SHOWN: Final = ("both", "ja", "en")


@bp.get(f"{PREFIX}/desk")
def desk(lang: str) -> tuple[str, int] | Response:
    """Show the screen and, once something is shown, the verdict; turn tiles into facts first."""
    day = today()
    query = untiled(_of_one_patient(request.args, day))
    asking = request_facts.lenient(query, day)
    if not request.args.keys().isdisjoint({"tile", "reader"}) and not asking.mistakes:
        return redirect(request_facts.desk_address(lang, with_prechosen(asking.facts), day))
    snapshot, facts = request_facts.snapshot(), with_prechosen(asking.facts)
    known = settle(snapshot, facts, "desk")
    usage_events.decided(known.leaf, facts, lang)
    shown = view_model.view(snapshot, facts, known, lang)
    wanted, tongue = request.args.get("show"), outcome_in_tongues.tongue_of(request.args, "show")
    if known.leaf and "say" in shown and (wanted in SHOWN or tongue):
        outcome, back = snapshot.outcomes[known.leaf.decision.outcome], request_facts.desk_address(lang, facts, day)
        told = outcome_in_tongues.done(outcome) if known.awaited else outcome_in_tongues.told(outcome)
        told = [*outcome_in_tongues.asked_first(outcome, facts.presented), *told]
        values = {"view": shown, "wanted": wanted, "tongue": tongue, "told": told, "tongues": snapshot.tongues}
        values |= {"back": back, "facility": _standing(facts)}
        return render_template("pages/desk_show.html", **values, lang=lang), 200
    page = render_template(
        "pages/desk.html",
        **_form(facts, lang),
        view=shown,
        facts=facts,
        mistakes=asking.mistakes,
        ticked=request_facts.ticked(query),
        here=request_facts.desk_address(lang, facts, day),
        **{to: request_facts.desk_address(lang, facts, day, to) for to in ("form", "sheet", "search")},
        facility=_standing(facts),
        place=view_model.place(snapshot, facts, lang),
        next=view_model.next_address(lang, facts),
        chips=[
            (said, request_facts.desk_address(lang, without(facts, fact), day)) for fact, said in _chips(facts, lang)
        ],
        lang=lang,
    )
    return page, 400 if asking.mistakes else 200


def _standing(facts: Facts) -> str:
    """Return how the facility stands, nothing of the usual."""
    facility = facts.stated["facility"]
    return "" if facility == PRECHOSEN["facility"] else facility


def _of_one_patient(sent: MultiDict[str, str], day: date) -> MultiDict[str, str]:
    """Return what was sent; of a reading that follows a final one only what holds for the next patient too."""
    before = MultiDict((name, value) for name, value in sent.items(multi=True) if name != "reader")
    facts = with_prechosen(request_facts.lenient(untiled(before), day).facts)
    if "reader" not in sent or not reading(facts) or not settle(request_facts.snapshot(), facts, "desk").final:
        return sent
    return MultiDict({"reader": sent["reader"], "facility": facts.stated["facility"]})


def _form(facts: Facts, lang: str) -> dict[str, Any]:
    """Return the left side: every tile and field with what is chosen."""
    snapshot, words = request_facts.snapshot(), request_facts.snapshot().words
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
        "reading": reading(facts),
        "reads": READS,
        "facilities": FACILITIES,
        "schemes": SCHEMES,
        "folded": folded,
        "words": words,
        "plain_certificate": plain,
    }


def _chips(facts: Facts, lang: str) -> list[tuple[str, str]]:
    return view_model.chips(request_facts.snapshot(), facts, lang)
