"""What the API answers, as models for its OpenAPI document."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.json_schema import SkipJsonSchema

from assistant.domain.vocabulary import CLAIMS, PROCEDURES, SHARES
from assistant.web.api.request_models import ApiModel, Confidence, Fact, Facts, Item, Standing, among, plain


class Problem(BaseModel):
    """What is wrong and what to do (RFC 9457). ``takes`` lists what the parameter takes."""

    model_config = ConfigDict(json_schema_extra=plain)
    type: str
    title: str
    status: int
    detail: str
    parameter: str | SkipJsonSchema[None] = None
    takes: list[str] | SkipJsonSchema[None] = None


class Contact(ApiModel):
    """Whom to ask; ``phone`` is null where no source names a number."""

    name: str
    phone: str | None
    hours: str


class Source(ApiModel):
    """A source with its own date, the day it was read and the day to read it again."""

    id: str
    title: str
    issuer: str
    date: Annotated[str | None, Field(description="a day, or the month or year when only that is known")]
    url: str | None
    checked_on: dt.date
    review_by: dt.date
    confidence: Confidence
    scope: str | None


class Because(ApiModel):
    """A row of the rules behind an answer."""

    rule: str
    facts: list[Fact]
    about: str
    conditions: list[str]
    note: str
    confidence: Confidence


class Window(ApiModel):
    """The days in which the rules behind an answer are in force; ``until`` is null when no end is known."""

    model_config = ConfigDict(populate_by_name=True)
    first: dt.date = Field(alias="from")
    until: dt.date | None


class Say(ApiModel):
    """A sentence to say at the counter."""

    ja: str
    en: str


class OutcomeBody(ApiModel):
    """What follows, as codes and in words."""

    id: str
    standing: Standing
    share_from: Annotated[str, among(SHARES)]
    procedures: list[Annotated[str, among(PROCEDURES)]]
    claim: list[Annotated[str, among(CLAIMS)]]
    counted: list[Item]
    title: str
    summary: str
    pay: str
    money: str
    steps: list[str]
    notes: list[str]
    say: Say
    next_time: str


class Change(ApiModel):
    """One other value that would lead elsewhere."""

    fact: Fact
    value: str
    outcome: str
    standing: Standing


class _Answer(ApiModel):
    facts: Facts  # type: ignore[valid-type]
    contact: Contact
    rules_version: str
    page: str


class _Founded(_Answer):
    why: list[Because]
    in_force: Window
    confidence: Confidence
    sources: list[Source]


class Option(ApiModel):
    """A value that can be chosen."""

    value: str
    label: str


class QuestionBody(ApiModel):
    """The fact to ask for next, with what it takes."""

    fact: Fact
    text: str
    hint: str
    options: list[Option]


class Otherwise(ApiModel):
    """Another value of what was taken for granted, and where it would lead."""

    fact: Fact
    value: str
    standing: Standing
    outcome: str


class Outcome(_Founded):
    """The outcome: the one there is, or that of the ordinary case.

    ``assumed`` lists what nobody said, ``otherwise`` what of it would lead elsewhere, ``idle`` what was said and does
    not matter; ``question`` is there when an answer to it would change what to do.
    """

    kind: Literal["outcome"]
    assumed: dict[str, str]
    otherwise: list[Otherwise]
    question: QuestionBody | SkipJsonSchema[None] = None
    idle: list[Fact]
    outcome: OutcomeBody
    one_change: list[Change]


class NotConfirmed(_Answer):
    """No rule is confirmed for the day."""

    kind: Literal["not_confirmed"]
    message: str


class PossibleOutcome(ApiModel):
    """An outcome that is still possible."""

    id: str
    standing: Standing


class Question(_Answer):
    """The question that narrows the outcomes most."""

    kind: Literal["question"]
    question: QuestionBody
    possible: list[PossibleOutcome]


class Branch(ApiModel):
    """What follows if it is so."""

    facts: dict[str, str]
    id: str
    standing: Standing
    title: str
    summary: str


class Either(_Answer):
    """What follows one way and another, for who does not know which; ``bring`` helps whichever way it is."""

    kind: Literal["either"]
    missing: list[Fact]
    branches: list[Branch]
    bring: list[Item]
    hints: list[str]
    say: Say


class CheckAnswer(RootModel[Outcome | Question | Either | NotConfirmed]):
    """What happens at the counter."""


class RuleRow(ApiModel):
    """One row of a table."""

    model_config = ConfigDict(populate_by_name=True)
    rule: str
    when: dict[str, list[str]]
    first: dt.date = Field(alias="from")
    until: dt.date | None
    result: str
    basis: list[str]
    confidence: Confidence | None
    note: dict[str, str]


class RuleTable(ApiModel):
    """Every row in force on a day; ``confirmed`` says whether anybody stands by that day."""

    on: dt.date
    confirmed: bool
    rows: list[RuleRow]
    sources: list[Source]
    rules_version: str


class ShiftEnd(ApiModel):
    """Where a situation led, or leads."""

    id: str
    standing: Standing
    title: str


class Moved(ApiModel):
    """A situation that moves."""

    presented: list[Item]
    facts: dict[str, str]
    text: str


class ShiftBody(ApiModel):
    """The situations that move from one outcome to another on a morning."""

    day: dt.date
    old: ShiftEnd
    new: ShiftEnd
    situations: list[Moved]


class Changes(ApiModel):
    """What the desk does differently from which day."""

    model_config = ConfigDict(populate_by_name=True)
    first: dt.date = Field(alias="from")
    to: dt.date
    changes: list[ShiftBody]
    rules_version: str


class Health(ApiModel):
    """That the site answers, and with which rules."""

    status: Literal["ok"]
    rules_version: str
    refused: bool
