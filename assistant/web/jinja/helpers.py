"""What every template can use: labels of facts, dates in both calendars, addresses with one answer changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, request
from markupsafe import Markup, escape

from assistant.answers.kinds import OutcomeAnswer, address
from assistant.answers.opened_receipts import receipt_for
from assistant.content.entries import LANGS
from assistant.content.fact_words import Contact
from assistant.content.prose.markdown import with_readings, without_readings
from assistant.content.rules import Words
from assistant.content.sources import Source
from assistant.conversation.reply import Reply, contact_of, words_of
from assistant.conversation.state import Dialogue
from assistant.conversation.state_edits import changed_facts
from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.eras import era_date
from assistant.domain.facts import Facts
from assistant.domain.people import PEOPLE, SELF
from assistant.domain.vocabulary import FACT_IDS, PRINTED_DATES, UNKNOWN, Voice
from assistant.web.http import day_fields, locale, request_facts, talk_address
from assistant.web.words import labels, outcome_in_tongues
from assistant.web.words.outcome_phrases import paying_of, saying_of

#: Names that may stand in an address of ours; others are dropped when the language is changed.
_KEPT = frozenset(
    {
        *FACT_IDS,
        "voice",
        "city",
        "change",
        "on",
        "from",
        "to",
        "code",
        "table",
        "confidence",
        "furigana",
        "easy",
        "show",
        "entry",
        outcome_in_tongues.NAME,
        talk_address.NAME,
    }
)

_NUMBER: Final = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{2,4}(?![\d-])")


def set_up(app: Flask, today: Callable[[], date]) -> None:
    """Give the templates of ``app`` their helpers."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        changing=changing,
        day=long_day,
        dialled=dialled,
        label=label,
        readings=readings,
        unread=without_readings,
        termed=outcome_in_tongues.termed,
        value_label=value_label,
    )
    app.jinja_env.globals.update(
        source_of=source_of,
        page_address=address,
        pictures_of=pictures_of,
        asked_words=asked_words,
        takes_day=day_fields.target,
        day_fields=day_fields.fields,
        day_chosen=day_fields.chosen,
        without=without,
        hidden_facts=hidden_facts,
        hidden_dialogue=hidden_dialogue,
        spoken_of=spoken_of,
        people_known=people_known,
        paying_of=paying_of,
        saying_of=saying_of,
        talk=talk_address.kept,
        changed_facts=changed_facts,
        said_to=said_to,
        having_all=having_all,
        doubt_words=doubt_words,
        receipt_code=receipt_code,
        answer_words=answer_words,
        contact_of=called,
        towns=towns,
        whole=whole,
    )

    @app.context_processor
    def page_context() -> dict[str, Any]:
        return {
            "lang": locale.current(),
            "elsewhere": elsewhere(),
            "today": today(),
            "as_of": current_app.extensions["settings"].as_of,
            "rules_version": request_facts.snapshot().version,
        }


@lru_cache(1024)
def long_day(day: date, lang: str) -> str:
    """Return a day in words: both calendars in Japanese, the western one in English."""
    if lang == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{era_date(day).split('年')[0]}年）"
    return f"{day.day} {day:%B} {day.year}"


def plain_day(day: date, lang: str) -> str:
    """Return a day in words, western calendar only: for lines that are short."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "ja" else long_day(day, lang)


def label(fact: str, lang: str) -> str:
    """Return the name of a fact."""
    return request_facts.snapshot().words[fact].label[lang]


def source_of(id: str) -> Source:
    """Return a source of the register."""
    return request_facts.snapshot().sources[id]


def pictures_of(item: str) -> tuple[str, ...]:
    """Return the pictures of the papers that an item of the check can be."""
    return tuple(look.picture for look in request_facts.snapshot().looks if look.item == item)


def asked_words(fact: str, voice: Voice, lang: str) -> str:
    """Return the question for a fact; where a paper bears a date that settles it, the question for that date."""
    return request_facts.snapshot().words[DATE_OF_CHOICE.get(fact, fact)].question(voice, lang)


def value_label(value: str, fact: str, lang: str) -> str:
    """Return the words for a value of a fact; a printed date in words."""
    if value == UNKNOWN:
        return str(labels.NOT_SURE)
    if fact == "visit_date" or fact in PRINTED_DATES:
        return long_day(date.fromisoformat(value), lang)
    return request_facts.snapshot().words[fact].values[value][lang]


def answer_words(facts: Facts, fact: str, lang: str) -> list[str]:
    """Return the words of the answer that was given for ``fact``."""
    codes = facts.as_codes()
    told = fact if fact in codes else DATE_OF_CHOICE.get(fact, fact)
    value = codes.get(told, [])
    return [value_label(one, told, lang) for one in ([value] if isinstance(value, str) else value)]


def called(reply: Reply, lang: str) -> Contact:
    """Return whom a reply leaves its reader to call."""
    return contact_of(reply, request_facts.snapshot(), lang)


def towns() -> list[tuple[str, list[tuple[str, Words]]]]:
    """Return the municipalities of Tokyo by kind, each as its code and its name."""
    places = request_facts.snapshot().municipalities.items()
    groups = groupby(places, key=lambda it: it[1].kind)
    return [(kind, [(code, place.name) for code, place in group]) for kind, group in groups]


def readings(text: str) -> Markup:
    """Return ``text`` with ``{word|reading}`` as ruby."""
    return Markup(with_readings(str(escape(text))))  # noqa: S704 - escaped, and ruby alone is added


def dialled(text: str) -> Markup:
    """Return ``text`` with its phone numbers as links that call."""
    return Markup(_NUMBER.sub(lambda match: _link(match[0]), str(escape(text))))  # noqa: S704 - escaped above


def _link(number: str) -> str:
    return f'<a class="tel" href="tel:{number.replace("-", "")}">{number}</a>'


def changing(fact: str, page: str) -> str:
    """Return the address on which one answer of ``page`` is changed and the others are kept."""
    return f"{page}&change={PRINTED_DATES.get(fact, fact)}"


def without(facts: Facts, fact: str) -> Facts:
    """Return the facts without ``fact`` and without the printed date that settles it."""
    if fact == "presented":
        stated = {key: value for key, value in facts.stated.items() if key != fact}
        return replace(facts, presented=frozenset(), stated=stated)
    printed = {key: day for key, day in facts.printed.items() if PRINTED_DATES[key] != fact}
    return replace(facts, stated={k: v for k, v in facts.stated.items() if k != fact}, printed=printed)


def hidden_facts(facts: Facts, voice: Voice, leave_out: str = "") -> list[tuple[str, str]]:
    """Return the facts as pairs for hidden fields, all but one."""
    pairs: list[tuple[str, str]] = []
    for fact, value in without(facts, leave_out).as_codes().items():
        if fact != leave_out:
            pairs += [(fact, value)] if isinstance(value, str) else [(fact, item) for item in value]
    return [*pairs, ("voice", voice)] if voice == "desk" else pairs


def having_all(facts: Facts, given: Mapping[str, str]) -> Facts:
    """Return ``facts`` with every one of ``given`` as its value."""
    for fact, value in given.items():
        facts = (
            replace(without(facts, fact), presented=frozenset((value,)))
            if fact == "presented"
            else facts.having(fact, value)
        )
    return facts


def doubt_words(item: str, lang: str) -> str:
    """Return the question whether ``item`` will be shown."""
    return request_facts.snapshot().phrases["doubt"][lang].format(item=value_label(item, "presented", lang))


def spoken_of(dialogue: Dialogue | None, voice: Voice) -> str:
    """Return whose papers a turn speaks of, as a key of `labels.WHOSE`; nothing while there is the reader alone."""
    if dialogue is None or (dialogue.who == SELF and not dialogue.aside):
        return ""
    return "patient" if voice == "desk" and dialogue.who == SELF else dialogue.who


def people_known(dialogue: Dialogue | None, voice: Voice) -> list[tuple[str, str]]:
    """Return those whose papers are known, each with its key of `labels.WHOSE`; nobody while there is one alone."""
    if dialogue is None or not dialogue.aside:
        return []
    known = {dialogue.who, *(person.who for person in dialogue.aside)}
    return [(who, "patient" if voice == "desk" and who == SELF else who) for who in PEOPLE if who in known]


def hidden_dialogue(dialogue: Dialogue | None) -> str:
    """Return the dialogue as the value of a hidden field; empty when there is none."""
    return json.dumps(dialogue.as_codes(), separators=(",", ":")) if dialogue else ""


def said_to(reply: Reply, lang: str) -> str:
    """Return the words of a reply that rests on no rule."""
    return words_of(reply, request_facts.snapshot(), lang)


def receipt_code(found: OutcomeAnswer) -> str:
    """Return the receipt of an answer."""
    return receipt_for(found, current_app.extensions["settings"].receipt_key)


def whole(address: str) -> str:
    """Return an address of ours as other programs need it, with the site in front."""
    return request_facts.site() + address


def elsewhere() -> dict[str, str]:
    """Return the address of this page in each language, answers kept."""
    found: dict[str, str] | None = g.get("elsewhere")
    if found is None:
        found = g.elsewhere = dict(_in_each_language())
    return found


def _in_each_language() -> Iterator[tuple[str, str]]:
    path, query = "/", ""
    if request.endpoint is not None and "lang" in (request.view_args or {}):
        path = quote(request.path[len("/ja") :], "/!$&'()*+,:;=@") or "/"
        asked = list(request.args.items(multi=True))
        if request.method not in ("GET", "HEAD"):
            asked = [it for it in asked if it[0] != talk_address.NAME] + [(talk_address.NAME, talk_address.kept())]
        kept = [(name, value) for name, value in asked if name in _KEPT and value]
        query = f"?{urlencode(kept)}" if kept else ""
    for lang in LANGS:
        yield lang, f"{request.script_root}/{lang}{path}{query}"
