"""What the API is sent, as models for its OpenAPI document; the vocabulary is the domain's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema

from assistant.conversation.state import OPTIONS
from assistant.domain.people import PEOPLE
from assistant.domain.vocabulary import (
    CHOICES,
    CONFIDENCES,
    FACT_IDS,
    ITEMS,
    MUNICIPALITIES,
    PRINTED_DATES,
    STANDINGS,
    UNKNOWN,
)
from assistant.language.text.normalize import MAX_QUERY
from assistant.language.utterance import MAX_TEXT


def among(values: Iterable[str]) -> Any:
    """Return what limits a string of a model to ``values``."""
    found: FieldInfo = Field(json_schema_extra={"enum": list(values)})
    return found


def plain(schema: dict[str, Any]) -> None:
    """Leave out what says nothing: titles, and ``null`` as the value of what is simply not there."""
    for about in (schema, *schema.get("properties", {}).values()):
        about.pop("title", None)
        if about.get("default", ...) is None:
            about.pop("default")


class ApiModel(BaseModel):
    """Named fields and no others."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=plain)


Item = Annotated[str, among(ITEMS)]
Fact = Annotated[str, among(FACT_IDS)]
Standing = Annotated[str, among(STANDINGS)]
Confidence = Annotated[str, among(CONFIDENCES)]
Lang = Annotated[Literal["ja", "en"], Field(description="language of the words")]
Voice = Annotated[Literal["patient", "desk"], Field(description="who asks: changes the words, never the decision")]
City = Annotated[
    str,
    among(MUNICIPALITIES),
    Field(description="a municipality of Tokyo: `contact` names its office; it decides nothing", examples=["chiyoda"]),
]
Day = Annotated[dt.date, Field(description="a calendar day in Japan", examples=["2026-11-23"])]
_DayOrUnknown = dt.date | Annotated[str, among([UNKNOWN])]
_Shown = Annotated[
    list[Annotated[str, among(item for item in ITEMS if item != "none")]], Field(min_length=1, max_length=len(ITEMS))
]
_Alone = Annotated[list[Annotated[str, among(["none", UNKNOWN])]], Field(min_length=1, max_length=1)]
#: Both are lists; the type stands beside them too, since readers of OpenAPI look for it there.
_Presented = Annotated[
    _Shown | _Alone,
    Field(description="what is shown", examples=[["notice"], ["none"]], json_schema_extra={"type": "array"}),
]


def _facts(presented: Any) -> dict[str, Any]:
    """Return the fields of every fact, none of them required."""

    def type_of(fact: str) -> Any:
        if fact in CHOICES:
            return Annotated[str, among((*CHOICES[fact].values, UNKNOWN))]
        return _DayOrUnknown if fact in PRINTED_DATES else Day

    types = {fact: presented if fact == "presented" else type_of(fact) for fact in FACT_IDS}
    return {fact: (type | SkipJsonSchema[None], None) for fact, type in types.items()}  # type: ignore[misc]


#: The facts of an address, of a body, and as an answer gives them back.
FactsQuery = create_model("FactsQuery", __base__=ApiModel, **_facts(_Presented))
FactsBody = create_model("FactsBody", __base__=ApiModel, **_facts(_Presented | Item | Annotated[str, among([UNKNOWN])]))
Facts = create_model("Facts", __base__=ApiModel, **_facts(list[Annotated[str, among((*ITEMS, UNKNOWN))]]))


class LangQuery(ApiModel):
    """The language alone."""

    lang: Lang = "ja"


class CheckQuery(FactsQuery, LangQuery):  # type: ignore[valid-type, misc]
    """Facts, language, voice, and whose office to name."""

    voice: Voice = "patient"
    city: City | SkipJsonSchema[None] = None


class SearchQuery(LangQuery):
    """Words to look for."""

    q: Annotated[str, Field(max_length=MAX_QUERY, description="words", examples=["届かない", "lost card"])] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    voice: Voice = "patient"


class RulesQuery(ApiModel):
    """The day."""

    on: Day | SkipJsonSchema[None] = None


_BETWEEN: Any = dict.fromkeys(("from", "to"), (Day | SkipJsonSchema[None], None))  # type: ignore[misc]
ChangesQuery = create_model("ChangesQuery", __base__=LangQuery, **_BETWEEN)


class NoQuery(ApiModel):
    """Nothing."""


class PersonSent(ApiModel):
    """Somebody else's facts, set aside."""

    who: Annotated[str, among(PEOPLE)]
    facts: FactsBody  # type: ignore[valid-type]


class DialogueSent(ApiModel):
    """What the last reply gave as ``dialogue``, unchanged."""

    asked: Annotated[str, among(("visit_date", "presented", *CHOICES))] | None = None
    options: list[Annotated[str, among(OPTIONS)]] = []
    topic: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]{0,79}$")] | None = None
    about: Annotated[str, among(("self", "other"))] = "self"
    who: Annotated[str, among(PEOPLE)] = "self"
    aside: Annotated[list[PersonSent], Field(max_length=4)] = []
    city: City | None = None


class ChatBody(LangQuery):
    """A sentence, the facts and the dialogue so far. The sentence is turned into codes and dropped."""

    text: Annotated[str, Field(max_length=MAX_TEXT)]
    voice: Voice = "patient"
    facts: FactsBody | SkipJsonSchema[None] = None  # type: ignore[valid-type]
    dialogue: DialogueSent | None = None
    visit_date: Day | SkipJsonSchema[None] = None
