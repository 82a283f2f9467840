"""The desk: what was shown, the facility and the day on the left, the verdict on the right, all on one screen."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assistant.conversation.answer import options
from assistant.conversation.desk import with_prechosen
from assistant.conversation.ordinary import settle
from assistant.domain.facts import Facts
from assistant.domain.printed import states
from assistant.domain.vocabulary import CHOICES
from assistant.web import counting, deskview, requests, tongues
from assistant.web.clock import today
from assistant.web.desktiles import FACILITIES, OTHERS, READINGS, READS, SCHEMES, TILES, reading, untiled
from assistant.web.locale import PREFIX
from assistant.web.rendering import render_template
from assistant.web.templating import without

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
        told = tongues.done(outcome) if known.awaited else tongues.told(outcome)
        told = [*tongues.asked_first(outcome, facts.presented), *told]
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
        place=deskview.place(snapshot, facts, lang),
        next=deskview.next_address(lang, facts),
        chips=[(said, deskview.desk_address(lang, without(facts, fact), day)) for fact, said in _chips(facts, lang)],
        lang=lang,
    )
    return page, 400 if asking.mistakes else 200


def _of_one_patient(sent: MultiDict[str, str], day: date) -> MultiDict[str, str]:
    """Return what was sent; of a reading that follows a final one only what holds for the next patient too."""
    before = MultiDict((name, value) for name, value in sent.items(multi=True) if name != "reader")
    facts = with_prechosen(requests.lenient(untiled(before), day).facts)
    if "reader" not in sent or not reading(facts) or not settle(requests.snapshot(), facts, "desk").final:
        return sent
    return MultiDict({"reader": sent["reader"], "facility": facts.stated["facility"]})


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
        "reading": reading(facts),
        "reads": READS,
        "facilities": FACILITIES,
        "schemes": SCHEMES,
        "folded": folded,
        "words": words,
        "plain_certificate": plain,
    }


def _chips(facts: Facts, lang: str) -> list[tuple[str, str]]:
    return deskview.chips(requests.snapshot(), facts, lang)
