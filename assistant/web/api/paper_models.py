"""What the API answers to «which paper should I hold», as models for its OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import RootModel

from assistant.web.api.request_models import ApiModel
from assistant.web.api.response_models import NotConfirmed, QuestionBody, _Answer, _Founded


class Paper(ApiModel):
    """The paper that somebody should hold."""

    id: str
    holds: str
    title: str
    summary: str
    until: str
    missing: str


class PaperFound(_Founded):
    """Exactly one paper."""

    kind: str
    paper: Paper


class PossiblePaper(ApiModel):
    """A paper that is still possible."""

    id: str
    holds: str


class PaperQuestion(_Answer):
    """The question that decides which paper."""

    kind: Literal["question"]
    question: QuestionBody
    possible: list[PossiblePaper]


class HoldingAnswer(RootModel[PaperFound | PaperQuestion | NotConfirmed]):
    """Which paper somebody should hold."""
