"""Paper: the two-language counter sheet of one situation, the desk's table of a day, and how papers look."""

from __future__ import annotations

from datetime import date
from math import ceil
from urllib.parse import urlencode

import segno
from flask import Blueprint, current_app, request
from markupsafe import Markup

from assistant.answers.answer import answer
from assistant.answers.kinds import OutcomeAnswer, address
from assistant.content.entries import LANGS
from assistant.content.fact_words import Contact
from assistant.content.prose.markdown import render
from assistant.content.sources import cited
from assistant.domain.facts import BadFact, iso_date
from assistant.domain.vocabulary import ITEMS, PRINTED_DATES
from assistant.presentation.desk_table import (
    SITUATIONS,
    DeskRow,
    PaperLine,
    desk_table,
    ems,
    fitted,
    named,
    situation,
    unbracketed,
)
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.jinja.helpers import label
from assistant.web.words import labels, outcome_in_tongues
from assistant.web.words.bilingual_labels import (
    CLAIMS,
    COLUMNS,
    LABELS,
    PROCEDURES,
    SHARES,
    Both,
    both,
    joined,
    paper_day,
    paper_span,
)
from assistant.web.words.outcome_phrases import saying_of

bp = Blueprint("sheet", __name__)

#: Lines of 16 pt on the page, its rules and paddings taken off; so many beside the QR code, and ems in one of those.
PAGE, CODE, BESIDE = 40, 5, 26.5
#: The verdict is that much larger than the rest, in height and in width.
LARGER = 1.25
#: The scheme of the links in the chooser; most readers of the sheet are 75 and over.
SCHEME = "kouki"
#: Nobody types a longer address; the QR code has all of it.
LONGEST_TYPED = 80
#: More answers would push the steps off the page; the page behind the QR code has them all.
MOST_ANSWERS = 2


@bp.get(f"{PREFIX}/sheet")
def sheet(lang: str) -> str | tuple[str, int]:
    """Show the sheet for the facts of the address; without facts, the situations to choose from."""
    asking = request_facts.lenient(request.args, today())
    if asking.mistakes:
        return render_template("pages/check_mistakes.html", asking=asking, lang=lang), 400
    if not asking.facts.presented:
        return render_template("pages/sheet.html", lang=lang, answer=None, links=_links(lang, asking.facts.visit_date))
    found = answer(request_facts.snapshot(), asking.facts, asking.voice, lang, asking.city)
    back = request_facts.way_back(lang, asking, today())
    if not isinstance(found, OutcomeAnswer):
        return render_template("pages/sheet.html", lang=lang, answer=found, page=found.asked.page, back=back)
    if tongue := outcome_in_tongues.tongue_of(request.args):
        return _in_tongue(lang, tongue, found)
    dates, small = _dates(found.asked.facts.visit_date, found), _small_print(found)
    where = short_address(found)
    room = _room(found, dates, small, where)
    lines = fitted(_lines(found), room)
    return render_template(
        "pages/sheet.html",
        lang=lang,
        answer=found,
        page=found.asked.page,
        back=back,
        lines=lines,
        tight=sum(line.height() for line in lines) > room,
        standing=both(labels.BANNERS[found.outcome.banner]),
        labels=LABELS,
        tongues=request_facts.snapshot().tongues,
        dates=dates,
        small=small,
        code=qr_code(absolute(found.asked.page)),
        where=where,
    )


def _in_tongue(lang: str, tongue: str, found: OutcomeAnswer) -> str:
    """Return the short sheet in Japanese and a further language."""
    return render_template(
        "pages/sheet_tongue.html",
        lang=lang,
        answer=found,
        tongue=tongue,
        tongues=request_facts.snapshot().tongues,
        first=outcome_in_tongues.asked_first(found.outcome, found.asked.facts.presented),
        told=outcome_in_tongues.told(found.outcome),
        day=outcome_in_tongues.told_day(found.asked.facts.visit_date),
        page=found.asked.page,
        sheet=address(lang, found.asked.facts, found.asked.voice, "sheet"),
        labels=LABELS,
        code=qr_code(absolute(found.asked.page)),
        where=short_address(found),
    )


@bp.get(f"{PREFIX}/sheet/table")
def table(lang: str) -> tuple[str, int]:
    """Show the common situations of a day as a table for the desk."""
    day, mistake = today(), None
    try:
        day = iso_date("on", request.args["on"]) if request.args.get("on") else day
    except BadFact as bad:
        mistake = bad
    found = desk_table(request_facts.snapshot(), day)
    where = absolute(f"/{lang}/sheet/table?on={day.isoformat()}")
    html = render_template(
        "pages/sheet_table.html",
        lang=lang,
        day=day,
        mistake=mistake,
        table=found,
        dense=found is not None and sum(len(row.situations) for row in found.rows) > len(SITUATIONS),
        columns=COLUMNS,
        rows=[_cells(row) for row in found.rows] if found else (),
        labels=LABELS,
        dates=[("visit", paper_day(day)), ("rules", paper_span(found.window.first, found.window.last)),
               ("checked", paper_day(min(source.checked_on for source in found.sources))),
               ("printed", paper_day(today()))] if found else (),
        where=where.partition("://")[2],
    )  # fmt: skip
    return html, 400 if mistake else 200


@bp.get(f"{PREFIX}/papers")
def papers(lang: str) -> str:
    """Show how each paper looks, each with a way into the check."""
    snapshot = request_facts.snapshot()
    ids = [id for look in snapshot.looks for id in look.sources]
    sources = cited(snapshot.sources, ids)
    numbers = [source.id for source in sources]
    shown = [(look, [Markup(render(line, lang, numbers)) for line in look.lines(lang)]) for look in snapshot.looks]  # noqa: S704 - render cleans
    return render_template("pages/papers.html", lang=lang, looks=shown, sources=sources)


def absolute(path: str) -> str:
    """Return the whole address of a page; an empty one when the site was not told where it is reached."""
    base: str | None = current_app.extensions.get("public_address")
    root = request_facts.site() if base is None else base
    return root.rstrip("/") + path if root else ""


def qr_code(text: str) -> Markup:
    """Return ``text`` as a QR code in SVG without style attributes; nothing for no text."""
    if not text:
        return Markup()
    return Markup(segno.make_qr(text, error="m").svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None))  # noqa: S704 - segno draws it


def _links(lang: str, day: date) -> list[tuple[str, str]]:
    """Return the common situations as addresses of their sheets, and their words."""
    found = [situation(name, SCHEME, day) for name in SITUATIONS]
    return [(address(lang, facts, page="sheet"), named(request_facts.snapshot(), facts)[lang]) for facts in found]


def _lines(found: OutcomeAnswer) -> list[PaperLine]:
    """Return what the sheet says between the verdict and the dates, in full."""
    told = {lang: found.outcome.version(lang).told_to(found.asked.voice) for lang in LANGS}
    say, asked = saying_of(found), _contact(found.contact)
    steps = zip(told["ja"].steps, told["en"].steps, strict=True)
    shown = _shown(found)
    return [
        PaperLine("shown", shown["ja"], shown["en"]),
        PaperLine("pay", told["ja"].pay, told["en"].pay),
        *(PaperLine("step", ja, en, number) for number, (ja, en) in enumerate(steps, 1)),
        *(PaperLine("note", ja, en) for ja, en in zip(_notes(found, "ja"), _notes(found, "en"), strict=True)),
        PaperLine("say", say["ja"], say["en"]),
        PaperLine("ask", asked["ja"], asked["en"]),
    ]


def _notes(found: OutcomeAnswer, lang: str) -> tuple[str, ...]:
    told = answer(request_facts.snapshot(), found.asked.facts, found.asked.voice, lang)
    return told.notes if isinstance(told, OutcomeAnswer) else ()


def _shown(found: OutcomeAnswer) -> Both:
    """Return what was shown, what is unusual, and the dates printed on the papers, in words."""
    facts, used = found.asked.facts, found.decision.used
    words = named(request_facts.snapshot(), facts, used, MOST_ANSWERS)
    printed = [(fact, day) for fact, day in facts.printed.items() if PRINTED_DATES[fact] in used]
    dates = [{lang: f"{label(fact, lang)} {paper_day(day)[lang]}" for lang in LANGS} for fact, day in printed]
    return joined([{"ja": words.ja, "en": unbracketed(words.en)}, *dates[:1]], " / ")


def short_address(found: OutcomeAnswer) -> str:
    """Return the address to type: the items and what is not assumed, or the first question when that is too long."""
    facts = found.asked.facts
    query: list[tuple[str, str]] = [("presented", item) for item in ITEMS if item in facts.presented]
    query += [(fact, value) for fact, value in facts.stated.items() if fact in found.decision.used]
    start = absolute(f"/{found.asked.lang}/check").partition("://")[2]
    return whole if start and len(whole := f"{start}?{urlencode(query)}") <= LONGEST_TYPED else start


def _contact(contact: Contact) -> Both:
    """Return whom to ask as sentences, so that the hours can be left off where they do not fit."""
    named_so = {lang: " ".join(filter(None, (contact.name[lang], contact.phone))) for lang in LANGS}
    return {"ja": f"{named_so['ja']}。{contact.hours['ja']}", "en": f"{named_so['en']}. {contact.hours['en']}"}


def _small_print(found: OutcomeAnswer) -> list[tuple[Both, str]]:
    """Return whose sheet it is and what it rests on: the site, no decision, the version of the rules, the sources."""
    ids = " ".join(source.id for source in found.sources)
    rests_on = [(LABELS["version"], found.asked.version), (LABELS["sources"], ids)]
    return [(LABELS["site"], ""), (LABELS["no_decision"], ""), *rests_on]


def _room(found: OutcomeAnswer, dates: list[tuple[str, Both]], small: list[tuple[Both, str]], where: str) -> int:
    """Return the lines that title, dates and sources leave to the rest of the page."""
    title = ceil(PaperLine("title", found.outcome.ja.title, found.outcome.en.title).height() * LARGER**2)
    days = sum(PaperLine(kind, day["ja"], day["en"]).height() for kind, day in dates)
    text = " / ".join(f"{label['ja']} {label['en']} {value}" for label, value in small)
    beside = ceil(ems(text) / BESIDE) + (ceil(ems(f"{LABELS['more']['ja']}  {LABELS['more']['en']} {where}") / BESIDE))
    return PAGE - 1 - title - days - max(beside, CODE)


def _dates(day: date, found: OutcomeAnswer) -> list[tuple[str, Both]]:
    return [
        ("visit", paper_day(day)),
        ("rules", paper_span(found.window.first, found.window.last)),
        ("checked", paper_day(found.checked_on)),
        ("printed", paper_day(today())),
    ]


def _cells(row: DeskRow) -> list[list[Both]]:
    """Return the cells of a row of the desk's table, each as lines in both languages."""
    snapshot, outcome = request_facts.snapshot(), row.outcome
    schemes = snapshot.words["scheme"].values
    situations: list[Both] = []
    for facts, only in row.situations:
        text, kinds = named(snapshot, facts), {lang: ", ".join(schemes[it][lang] for it in only) for lang in LANGS}
        situations.append({lang: text[lang] + (f" ({kinds[lang]})" if only else "") for lang in LANGS})
    return [
        situations,
        [both(labels.BANNERS[outcome.banner])],
        [SHARES[outcome.share_from]],
        [joined([PROCEDURES[code] for code in outcome.procedures], " → ")],
        [joined([CLAIMS[code] for code in outcome.claim], " → ")],
    ]
