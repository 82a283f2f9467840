"""Short sentences in further languages, for the sheet and for the patient at the desk: each in every language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final, NamedTuple

from assistant.content.entries import LANGS
from assistant.content.prose.figures import Figures, figures
from assistant.content.toml_file import TomlFile, read_toml
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import PROCEDURES, STANDINGS

_FILE: Final = "tongues.toml"

#: The languages beside the two of the site, by the codes that stand in addresses and in ``lang``.
TONGUES: Final = ("zh-Hans", "zh-Hant", "ko", "vi", "pt", "tl", "ne", "id")
#: What is paid, by the codes of `assistant.web.words.outcome_phrases.paying_of`.
_PAYING: Final = ("share", "facility", "full", "private", "none", "welfare", "open")
#: What a patient can be asked for before anything is paid, by items.
ASKED_FIRST: Final = ("mynumber_card", "certificate")
#: Every sentence there has to be.
KEYS: Final = (
    *("unchecked", "visit", "day", "ask", "refund"),
    *(f"ask_first.{item}" for item in ASKED_FIRST),
    *(f"standing.{code}" for code in (*STANDINGS, "expected")),
    *(f"pay.{code}" for code in _PAYING),
    *(f"procedure.{code}" for code in PROCEDURES),
)

Phrase = Mapping[str, str]


class Tongues(NamedTuple):
    """The name of each further language in itself, and each sentence by its key in every language."""

    names: Mapping[str, str]
    phrases: Mapping[str, Phrase]
    sources: tuple[str, ...]


def load_tongues(root: Path, faults: list[Fault]) -> Tongues:
    """Load ``tongues.toml``; append a fault for what is missing, unknown or has other numbers than the Japanese."""
    file = read_toml(root, root / _FILE, faults)
    if file is None:
        return Tongues({}, {}, ())
    data = dict(file.data)
    sources, names = data.pop("sources", []), data.pop("name", {})
    phrases = dict(_phrases(data, ""))
    faults += _language_faults(file, "name", names, TONGUES)
    for key in KEYS:
        if key not in phrases:
            faults.append(file.fault(f"the sentence {key!r} is missing", "write it in every language"))
    for key, phrase in phrases.items():
        if key not in KEYS:
            faults.append(file.fault(f"nothing asks for {key!r}", "remove it or correct its name", *key.split(".")))
        faults += _language_faults(file, key, phrase, (*LANGS, *TONGUES))
        faults += _figure_faults(file, key, phrase)
    return Tongues(names, phrases, tuple(sources))


def _phrases(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Phrase]]:
    """Yield each table that holds texts, under its dotted key."""
    for name, below in table.items():
        if isinstance(below, dict) and any(isinstance(value, dict) for value in below.values()):
            yield from _phrases(below, f"{above}{name}.")
        else:
            yield f"{above}{name}", below if isinstance(below, dict) else {}


def _language_faults(file: TomlFile, key: str, phrase: Phrase, wanted: tuple[str, ...]) -> Iterator[Fault]:
    for lang in wanted:
        if not (isinstance(phrase.get(lang), str) and phrase[lang].strip()):
            yield file.fault(f"{key}: there is no {lang}", "write it", *key.split("."))
    for lang in phrase.keys() - {*wanted}:
        yield file.fault(f"{key}: {lang!r} is no language of ours", "remove it", *key.split("."), lang)


def _figure_faults(file: TomlFile, key: str, phrase: Phrase) -> Iterator[Fault]:
    japanese = str(phrase.get("ja", ""))
    wanted = _figures(japanese, "ja"), _places(japanese)
    for lang in TONGUES:
        text = phrase.get(lang)
        if isinstance(text, str) and (_figures(text, lang), _places(text)) != wanted:
            what = f"{key}: {lang} has other numbers, days or places to fill in than the Japanese"
            yield file.fault(what, "write the same ones", *key.split("."), lang)


def _figures(text: str, lang: str) -> Figures:
    """Return the numbers of ``text``; digits of other scripts count as ours."""
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return figures(plain, "ja" if lang == "ja" else "en")


def _places(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
