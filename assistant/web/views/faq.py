"""The FAQ and the search over it."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from assistant.answers.whom_to_call import entry_contact, whom
from assistant.content.sources import cited
from assistant.conversation.retrieval import look_up
from assistant.domain.vocabulary import INTENTS
from assistant.language.text.normalize import MAX_QUERY
from assistant.search import DESK, PATIENT, excerpt
from assistant.web.http import day_fields, request_facts, usage_events
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template, url_for
from assistant.web.words.due_days import limits_of
from assistant.web.words.json_ld import faq_list, faq_page

bp = Blueprint("faq", __name__)

LIMIT = 10


@bp.get(f"{PREFIX}/faq")
def index(lang: str) -> str:
    """List every topic by what it is about, and apart from them what desks ask first of all."""
    found = [entry for (_, language), entry in request_facts.snapshot().entries.items() if language == lang]
    found.sort(key=lambda entry: (INTENTS.index(entry.front.intent), entry.front.title))
    for_desks = [entry for entry in found if entry.front.audience[0] == "front-desk"]
    others = [entry for entry in found if entry.front.audience[0] != "front-desk"]
    groups = [(intent, list(group)) for intent, group in groupby(others, key=lambda entry: entry.front.intent)]
    data = faq_list(found, lang)
    return render_template("pages/faq.html", lang=lang, groups=groups, for_desks=for_desks, data=data)


@bp.get(f"{PREFIX}/faq/<id>")
def entry(lang: str, id: str) -> str | Response | tuple[str, int]:
    """Show one entry with whom to call, its sources, its dates and where to read on.

    A day that was chosen to reckon a limit leads to the address that holds it.
    """
    snapshot = request_facts.snapshot()
    found = snapshot.entries.get((id, lang))
    if found is None:
        abort(404)
    query, wrong_day = day_fields.joined(request.args)
    asking = request_facts.lenient(query, today())
    if any(mistake.fact == "city" for mistake in asking.mistakes):
        abort(400)
    if query is not request.args:
        kept = {name: query[name] for name in (day_fields.target(query["step"]), "city", "easy") if query.get(name)}
        return redirect(url_for("faq.entry", lang=lang, id=id, **kept, _anchor="remind"))
    usage_events.read(id, lang)
    related = [other for key in found.front.related if (other := snapshot.entries.get((key, lang)))]
    sources = cited(snapshot.sources, found.front.sources)
    page = render_template(
        "pages/entry.html",
        lang=lang,
        entry=found,
        easy=found.easy if request.args.get("easy") == "1" else None,
        insurer=snapshot.insurers[found.front.scope] if found.front.scope else None,
        related=related,
        sources=sources,
        called=entry_contact(snapshot, found, asking.facts.stated.get("scheme"), asking.city),
        city=asking.city,
        stale=found.stale(today()),
        data=faq_page(found),
        limits=limits_of(id, asking.facts, query),
        mistake=wrong_day,
    )
    return (page, 400) if wrong_day else page


@bp.get(f"{PREFIX}/insurers")
def insurers(lang: str) -> str:
    """Show what holds for one insurer only, the default one first, each with its scope, dates and contacts."""
    snapshot = request_facts.snapshot()
    found = sorted(snapshot.insurers.values(), key=lambda insurer: (not insurer.default, insurer.id))
    scoped = [entry for (_, language), entry in snapshot.entries.items() if language == lang and entry.front.scope]
    entries = [(insurer, [entry for entry in scoped if entry.front.scope == insurer.id]) for insurer in found]
    ids = [id for insurer in found for id in (*insurer.sources, *(fact.source for fact in insurer.fact))]
    return render_template("pages/insurers.html", lang=lang, insurers=entries, sources=cited(snapshot.sources, ids))


@bp.route(f"{PREFIX}/search", methods=["GET", "POST"])
def search(lang: str) -> str:
    """Search the FAQ. Our own form posts, so that no sentence gets into an address."""
    asking = request.form if request.method == "POST" else request.args
    query = asking.get("q", "")[:MAX_QUERY]
    facts = request_facts.lenient(request.args, today()).facts
    voice = DESK if asking.get("voice") == DESK else PATIENT
    snapshot = request_facts.snapshot()
    found = look_up(snapshot, query, lang, LIMIT, today(), voice)
    usage_events.searched(query, bool(found.hits), lang)
    at_desk = voice == DESK
    return render_template(
        "pages/search.html",
        lang=lang,
        asked=bool(query.strip()),
        query=query,
        voice=voice,
        back=request_facts.desk_address(lang, facts, today()) if at_desk else "",
        again=request_facts.desk_address(lang, facts, today(), "search") if at_desk else "",
        found=[(snapshot.entries[hit.id, lang], excerpt(hit.text, hit.forms)) for hit in found.hits],
        nearest=[snapshot.entries[hit.id, lang] for hit in found.nearest],
        meant=found.meant,
        insurer=whom(snapshot, "insurer"),
    )
