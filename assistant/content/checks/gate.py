"""What may stand in no text that a reader sees, whatever kind of file it is in, and what both languages must share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from assistant.content.checks.reader_texts import REGISTER, SOURCES, Text
from assistant.content.contacts.insurers import Insurer
from assistant.content.contacts.municipalities import Municipality
from assistant.content.editing.entry_template import PLACEHOLDER
from assistant.content.entries import LANGS
from assistant.content.fact_words import Contact, Term
from assistant.content.prose.figures import Figures, figures
from assistant.content.prose.markdown import NOTE, plain, without_readings
from assistant.domain.faults import Fault

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_PHONE: Final = re.compile(
    r"(?<![\w.,/=-])(?:\+81[-() ]{0,2}0?[-() ]{0,2}|\(?0)\d{1,4}[-() ]{0,2}\d{1,4}[-() ]{0,2}\d{3,4}(?![\d-])",
    re.ASCII,
)
_PHONE_DIGITS: Final = (10, 11)
_PATH: Final = re.compile(
    r"(?<![A-Za-z0-9_./:~-])(?:file:|~?/(?:home|work|tmp|root|usr|var|opt|etc|srv|mnt|Users)/|[A-Z]:[\\/])[!-~]*"
)
_NAMES: Final = frozenset({"issuer", "title", "scope"})
_LANGUAGE: Final = {"ja": "Japanese", "en": "English"}
_LARGE: Final = 1000


class Registers(NamedTuple):
    """What texts may name: ids of sources, phone numbers as digits; and the words not to use, by language.

    Each of these words stands beside itself in lower case.
    """

    sources: Collection[str]
    phones: Collection[str]
    avoided: Mapping[str, tuple[tuple[str, str], ...]]


def known(
    sources: Collection[str],
    contacts: Mapping[str, Contact],
    insurers: Mapping[str, Insurer],
    municipalities: Mapping[str, Municipality],
    glossary: Iterable[Term],
) -> Registers:
    """Gather from the registers what texts may name; a phone number counts only with its source."""
    terms = tuple(glossary)
    phones = [contact.phone for contact in contacts.values() if contact.sources]
    phones += [contact.phone for insurer in insurers.values() for contact in insurer.contact if contact.source]
    phones += [desk.phone for place in municipalities.values() for desk in place.desks.values()]
    avoided = {
        lang: tuple((it.lower(), it) for term in terms for it in getattr(term, f"avoid_{lang}")) for lang in LANGS
    }
    return Registers(sources, {_digits(phone) for phone in phones if phone}, avoided)


def text_faults(texts: Iterable[Text], known: Registers) -> Iterator[Fault]:
    """Name what may not stand in one of the ``texts``, and figures that stand in one of its languages only."""
    pairs: dict[str, dict[str, list[Text]]] = {}
    for text in texts:
        yield from _left_open(text)
        yield from _of_a_machine(text)
        yield from _phones(text, known.phones)
        yield from _sources(text, known.sources)
        if text.lang:
            yield from _undated(text)
        if not text.heard:
            yield from _avoided(text, known.avoided)
        if text.lang and not (text.heard or text.easy or _is_a_name(text)):
            pairs.setdefault(text.pair, {}).setdefault(text.lang, []).append(text)
    for pair in pairs.values():
        yield from _pair_faults(pair)


def _left_open(text: Text) -> Iterator[Fault]:
    for match in PLACEHOLDER.finditer(text.text):
        yield Fault(text.path, text.line_at(match.start()), f"{match[0]!r} is a placeholder", "write the text")


def _of_a_machine(text: Text) -> Iterator[Fault]:
    for match in _PATH.finditer(text.text):
        yield Fault(text.path, text.line_at(match.start()), f"{match[0]!r} is a path of a machine", "remove it")


def _phones(text: Text, phones: Collection[str]) -> Iterator[Fault]:
    said = unicodedata.normalize("NFKC", text.text).translate(_DASHES) if any(map(str.isdigit, text.text)) else ""
    for match in _PHONE.finditer(said):
        digits = _digits(match[0])
        if len(digits) in _PHONE_DIGITS and digits not in phones:
            line = text.line + said.count("\n", 0, match.start())
            what = f"the phone number {match[0]} is in no contact register"
            yield Fault(text.path, line, what, "add it to contacts.toml or an insurer with its source, or drop it")


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", re.sub(r"^\+81\D*0?", "0", phone))


def _sources(text: Text, sources: Collection[str]) -> Iterator[Fault]:
    do = "add it to sources.toml or correct the id"
    if text.name in SOURCES and text.text not in sources:
        what = f"{text.key}: there is no source {text.text!r}" if text.text else f"{text.key}: no source is named"
        yield Fault(text.path, text.line, what, do)
    for match in NOTE.finditer(text.text):
        if match[1] not in sources:
            yield Fault(text.path, text.line_at(match.start()), f"there is no source {match[1]!r}", do)


def _undated(text: Text) -> Iterator[Fault]:
    """Name days, years and large amounts in a text beside which no source is named."""
    if text.sourced or text.heard:
        return
    loose = sorted(it for it in _figures(text) if "-" in it or (_is_number(it) and float(it) >= _LARGE))
    if loose:
        what = f"{text.key}: {', '.join(loose)} stands without a source"
        yield Fault(text.path, text.line, what, "name sources beside it")


def _avoided(text: Text, avoided: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterator[Fault]:
    said = (without_readings(text.text) if text.easy else text.text).lower()
    for lang in (text.lang,) if text.lang else LANGS:
        for lower, word in avoided[lang]:
            if lower in said:
                what = f"{word!r} is on the do-not-use list"
                yield Fault(text.path, text.line_at(said.find(lower)), what, "use the term of the glossary")


def _pair_faults(pair: Mapping[str, list[Text]]) -> Iterator[Fault]:
    """Name figures that one language of a text has and the other has not, or a language that is missing."""
    for lang, other in (LANGS, LANGS[::-1]):
        if lang not in pair:
            continue
        first = pair[lang][0]
        if other not in pair:
            what = f"{first.key}: this stands in {_LANGUAGE[lang]} only"
            yield Fault(first.path, first.line, what, "write it in both languages")
            continue
        theirs = frozenset[str]().union(*map(_figures, pair[other]))
        for text in pair[lang]:
            for figure in sorted(_figures(text) - theirs):
                what = f"{text.key}: {figure} is not in the {_LANGUAGE[other]} text"
                yield Fault(text.path, _line_of(figure, text), what, "write it in both languages")


def _is_a_name(text: Text) -> bool:
    """Say whether this is what somebody else is or has called a thing; the English one is our gloss."""
    return text.path == REGISTER and text.name in _NAMES


def _figures(text: Text) -> Figures:
    return _figures_of(text.text, text.lang)


@lru_cache(16_384)  # each language is held against the other, and after an edit most texts are what they were
def _figures_of(text: str, lang: str) -> Figures:
    return figures(plain(text), lang)


def _line_of(figure: str, text: Text) -> int:
    """Return the first line of the text that has the figure, where one line alone has it."""
    lines = text.text.split("\n")
    said = (number for number, line in enumerate(lines) if figure in figures(plain(line), text.lang))
    return text.line + next(said, 0)


def _is_number(figure: str) -> bool:
    return figure.replace(".", "", 1).isdigit()
