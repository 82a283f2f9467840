"""The state of a dialogue: what was asked, what was shown last, and whose papers are spoken of. Closed codes only.

The caller keeps it and sends it back unchanged with the next turn: in hidden fields, in the API's JSON, in LINE's
buttons. No text and no name is in it, so nothing of a conversation is kept on our side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from assistant.domain.encoding.packed_facts import BadCode, pack, unpack
from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.people import PEOPLE, SELF
from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS, MUNICIPALITIES, UNKNOWN, values_of

#: Facts of at most this many other people are kept; the one left longest is dropped first.
MOST_PEOPLE: Final = 4
_TOPIC: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_ASKED: Final = ("presented", "visit_date", *CHOICES)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody else's papers, set aside: who it is, as a code, and the facts known of them."""

    who: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a turn needs to know of the one before.

    ``asked`` is the fact that was asked and ``options`` the values shown with it, in order; ``topic`` the entry or
    outcome last shown; ``who`` the person spoken of now; ``aside`` the others, the one left last first; ``city`` the
    municipality whose office was chosen to be called.
    """

    asked: str | None = None
    options: tuple[str, ...] = ()
    topic: str | None = None
    who: str = SELF
    aside: tuple[Person, ...] = ()
    city: str | None = None

    @property
    def about(self) -> str:
        """Whether the papers are the reader's own (``self``) or somebody else's (``other``)."""
        return "self" if self.who == SELF else "other"

    def facts_of(self, who: str) -> Facts | None:
        """Return the facts set aside for ``who``, if there are any."""
        return next((person.facts for person in self.aside if person.who == who), None)

    def turning_to(self, who: str, leaving: Facts) -> Dialogue:
        """Return the dialogue with ``who`` spoken of and the facts ``leaving`` set aside; what was asked is closed."""
        others = [person for person in self.aside if person.who not in (who, self.who)]
        aside = (Person(self.who, leaving), *others)[:MOST_PEOPLE]
        return replace(self, who=who, aside=aside, asked=None, options=())

    def as_codes(self) -> dict[str, Any]:
        """Return the dialogue as JSON: codes and dates."""
        return {
            "asked": self.asked,
            "options": list(self.options),
            "topic": self.topic,
            "about": self.about,
            "who": self.who,
            "aside": [{"who": person.who, "facts": person.facts.as_codes()} for person in self.aside],
            **({"city": self.city} if self.city else {}),
        }


def read_dialogue(codes: Any, today: date) -> Dialogue:
    """Read what a caller sent back; raises `BadFact` naming ``dialogue`` for anything that `as_codes` never gives."""
    if codes is None:
        return Dialogue()
    if not isinstance(codes, Mapping) or not codes.keys() <= _KEYS:
        raise _bad("the object that the last reply gave")
    asked, topic, who = codes.get("asked"), codes.get("topic"), codes.get("who", SELF)
    if asked is not None and asked not in _ASKED:
        raise _bad(f"asked: null or one of {', '.join(_ASKED)}")
    if topic is not None and not (isinstance(topic, str) and _TOPIC.fullmatch(topic)):
        raise _bad("topic: null or the id of an entry or an outcome")
    if who not in PEOPLE:
        raise _bad(f"who: one of {', '.join(PEOPLE)}")
    if codes.get("about", SELF) not in _ABOUT:
        raise _bad(f"about: one of {', '.join(_ABOUT)}")
    city = codes.get("city")
    if city is not None and city not in MUNICIPALITIES:
        raise _bad(f"city: null or one of {', '.join(MUNICIPALITIES)}")
    options, aside = _options(codes.get("options", []), asked), _aside(codes.get("aside", []), today)
    return Dialogue(asked, options, topic, who, aside, city)


def write_short(facts: Facts, dialogue: Dialogue) -> str:
    """Return facts and dialogue in some 300 signs at most; what was asked is shown again in the order of the rules.

    A question of yes or no, with one value, names it: ``presented:notice``. A municipality stands behind the person
    spoken of: ``self:chiyoda``.
    """
    people = (f"{person.who}:{pack(person.facts)}" for person in dialogue.aside)
    asked = ":".join((dialogue.asked or "", *(dialogue.options if len(dialogue.options) == 1 else ())))
    who = ":".join(filter(None, (dialogue.who, dialogue.city)))
    return ".".join((pack(facts), asked, dialogue.topic or "", who, *people))


def read_short(text: str, today: date) -> tuple[Facts, Dialogue]:
    """Read what `write_short` gives; raises `BadFact` for anything else."""
    code, *rest = text.split(".")
    if len(rest) < _SHORT_PARTS:
        raise _bad("the codes that the last reply gave")
    asking, topic, spoken_of, *people = rest
    who, _, city = spoken_of.partition(":")
    asked, _, only = asking.partition(":")
    try:
        facts = unpack(code)
        aside = [
            {"who": name, "facts": unpack(packed).as_codes()}
            for name, _, packed in (it.partition(":") for it in people)
        ]
    except BadCode as error:
        raise _bad(str(error)) from None
    options = [only] if only else list(values_of(asked))
    codes = {"asked": asked or None, "options": options, "topic": topic or None, "who": who, "aside": aside}
    codes |= {"city": city or None}
    return facts, read_dialogue(codes, today)


_SHORT_PARTS: Final = 3
_KEYS: Final = frozenset({"asked", "options", "topic", "about", "who", "aside", "city"})
_ABOUT: Final = (SELF, "other")
#: Everything that can be an option of a question.
OPTIONS: Final = tuple(dict.fromkeys((*ITEMS, *(value for it in CHOICES.values() for value in it.values), UNKNOWN)))


def _options(values: Any, asked: str | None) -> tuple[str, ...]:
    """Return the options of the question that is open; those of another question are left out."""
    if not isinstance(values, list) or any(value not in OPTIONS for value in values):
        raise _bad("options: values of facts")
    known = (*values_of(asked), UNKNOWN)
    return tuple(value for value in dict.fromkeys(values) if value in known)


def _aside(people: Any, today: date) -> tuple[Person, ...]:
    if not isinstance(people, list) or len(people) > MOST_PEOPLE:
        raise _bad(f"aside: at most {MOST_PEOPLE} objects with who and facts")
    return tuple(_person(one, today) for one in people)


def _person(one: Any, today: date) -> Person:
    if not isinstance(one, Mapping) or one.keys() != {"who", "facts"} or one["who"] not in PEOPLE:
        raise _bad("aside: objects with who and facts")
    return Person(one["who"], parse(fact_codes(one["facts"]), today))


def fact_codes(facts: Any) -> dict[str, str | list[str]]:
    """Return ``facts`` of a JSON body as codes that `parse` takes; raises `BadFact` for another shape."""
    if not isinstance(facts, Mapping):
        raise BadFact("facts", "", FACT_IDS)
    for fact, value in facts.items():
        many = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if fact not in FACT_IDS or not (isinstance(value, str) or (many and fact == "presented")):
            raise BadFact(fact if fact in FACT_IDS else "facts", "", FACT_IDS)
    return dict(facts)


def _bad(takes: str) -> BadFact:
    return BadFact("dialogue", "", (takes,))
