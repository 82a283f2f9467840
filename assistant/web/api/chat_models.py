"""What the API answers to a turn of the conversation, as models for its OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic.json_schema import SkipJsonSchema

from assistant.domain.people import PEOPLE
from assistant.domain.vocabulary import INTENTS
from assistant.web.api.entry_models import Hit
from assistant.web.api.request_models import ApiModel, City, Fact, Facts, among
from assistant.web.api.response_models import Contact, Either, NotConfirmed, Outcome, Question


class OtherReply(ApiModel):
    """A reply that is no decision: entries, a word, whom to call, not understood, or not for us."""

    kind: Literal["faq", "decline", "out_of_scope", "social", "contact", "urgent"]
    message: str | SkipJsonSchema[None] = None
    contact: Contact


class UrgentOutcome(Outcome):
    """An emergency: care first (``message``), then what follows at the desk."""

    kind: Literal["urgent"]  # type: ignore[assignment]
    message: str


class UrgentUnsettled(NotConfirmed):
    """An emergency on a day without a confirmed rule."""

    kind: Literal["urgent"]  # type: ignore[assignment]


class UrgentEither(Either):
    """An emergency: care first (``message``), then what follows one way and another."""

    kind: Literal["urgent"]  # type: ignore[assignment]
    message: str


class Doubt(ApiModel):
    """Something read with less certainty: it decides nothing until it is confirmed."""

    fact: Fact
    value: str
    confidence: float


class Person(ApiModel):
    """Somebody else's facts, set aside."""

    who: Annotated[str, among(PEOPLE)]
    facts: Facts  # type: ignore[valid-type]


class DialogueBody(ApiModel):
    """What to send back unchanged with the next sentence."""

    asked: Fact | None
    options: list[str]
    topic: str | None
    about: Literal["self", "other"]
    who: Annotated[str, among(PEOPLE)]
    aside: list[Person]
    city: City | SkipJsonSchema[None] = None


class ChatReply(ApiModel):
    """One turn: what was understood, the reply, and the facts and the dialogue to send with the next sentence."""

    intent: Annotated[str, among(INTENTS)]
    understood: Facts  # type: ignore[valid-type]
    doubtful: list[Doubt]
    reply: Outcome | Question | Either | NotConfirmed | UrgentOutcome | UrgentEither | UrgentUnsettled | OtherReply
    faq: list[Hit]
    also: str | None
    facts: Facts  # type: ignore[valid-type]
    dialogue: DialogueBody
    contact: Contact
