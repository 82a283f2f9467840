"""Outcomes: what follows (codes) and what each reader is told (words), one file for each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.content.toml_file import read_toml, validate
from assistant.domain.faults import Fault
from assistant.domain.vocabulary import CLAIMS, ITEMS, PROCEDURES, SHARES, STANDINGS, Voice


def _among(values: tuple[str, ...], value: str) -> str:
    if value not in values:
        raise ValueError(f"{value!r} is not one of {', '.join(values)}")
    return value


Text = Annotated[str, Field(min_length=1)]
Standing = Annotated[str, AfterValidator(partial(_among, STANDINGS))]
Share = Annotated[str, AfterValidator(partial(_among, SHARES))]
Claim = Annotated[str, AfterValidator(partial(_among, CLAIMS))]
Procedure = Annotated[str, AfterValidator(partial(_among, PROCEDURES))]
Item = Annotated[str, AfterValidator(partial(_among, ITEMS))]
Contact = Literal["none", "insurer", "municipality", "welfare_office", "facility"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telling(_Strict):
    """The words for one reader: what happens, what to pay, what to do, what comes next time."""

    summary: Text
    pay: Text
    steps: Annotated[list[Text], Field(min_length=1, max_length=6)]
    next_time: Text


class Version(_Strict):
    """One language of an outcome."""

    title: Text
    say: Text
    patient: Telling
    desk: Telling

    def told_to(self, voice: Voice) -> Telling:
        """Return the words for the patient or for the desk."""
        return self.desk if voice == "desk" else self.patient


class EasyTelling(Telling):
    """The Japanese words for the patient once more, in easy Japanese, with readings as ``{word|reading}``."""

    title: Text


class Outcome(_Strict):
    """A decision in the contract's terms and its words in both languages and voices.

    ``counted`` lists the items on which it rests, as far as they were shown. ``promised`` is false where the standing
    is what we expect and no source settles it: then the banner must not say more than the title. ``refund`` is false
    where no source tells how much of a full payment comes back. ``ask_first`` is what the steps have the
    patient asked for before anything is paid.
    """

    id: str
    standing: Standing
    promised: bool = True
    refund: bool = True
    share_from: Share
    procedures: list[Procedure]
    claim: list[Claim]
    contact: Contact
    counted: list[Item]
    ask_first: list[Item] = []
    sources: Annotated[list[str], Field(min_length=1)]
    ja: Version
    en: Version
    easy: EasyTelling | None = None

    @property
    def banner(self) -> str:
        """The code of the word above the title: the standing, or that it is only expected."""
        return self.standing if self.promised else "expected"

    @property
    def declares(self) -> bool:
        """Whether a declaration of insured status is among what is done."""
        return "declaration" in self.procedures

    def version(self, lang: str) -> Version:
        """Return the words in ``lang`` (``ja`` or ``en``)."""
        return self.ja if lang == "ja" else self.en

    def in_easy(self) -> Outcome:
        """Return the outcome with its easy words in the place of the Japanese ones for the patient, if it has any."""
        if self.easy is None:
            return self
        words = {"title": self.easy.title, "patient": self.easy}
        return self.model_copy(update={"ja": self.ja.model_copy(update=words)})


class PaperWords(_Strict):
    """One language of a paper that somebody should hold."""

    title: Text
    summary: Text
    until: Text
    missing: Text


class Paper(_Strict):
    """Which paper somebody should hold, until when, and what to do when it has not come."""

    id: str
    holds: Literal["certificate", "notice", "old_card", "ticket", "none"]
    contact: Contact
    sources: Annotated[list[str], Field(min_length=1)]
    ja: PaperWords
    en: PaperWords

    def version(self, lang: str) -> PaperWords:
        """Return the words in ``lang`` (``ja`` or ``en``)."""
        return self.ja if lang == "ja" else self.en


def load_papers(root: Path, faults: list[Fault]) -> dict[str, Paper]:
    """Load ``papers.toml``; append a fault for each mistake and leave that paper out."""
    file = read_toml(root, root / "papers.toml", faults)
    found: dict[str, Paper] = {}
    for id, data in (file.data if file else {}).items():
        body = {**data, "id": id} if isinstance(data, dict) else data
        if file and (paper := validate(Paper, body, file, faults, id)):
            found[id] = paper
    return found


def load_outcomes(root: Path, faults: list[Fault]) -> dict[str, Outcome]:
    """Load ``outcomes/*.toml``; append a fault for each mistake and leave that outcome out."""
    found: dict[str, Outcome] = {}
    for path in sorted((root / "outcomes").glob("*.toml")):
        file = read_toml(root, path, faults)
        outcome = validate(Outcome, file.data, file, faults) if file else None
        if file and outcome and outcome.id != path.stem:
            faults.append(file.fault(f"id is {outcome.id!r}", f"name it {path.stem!r} like its file", "id"))
        elif outcome:
            found[outcome.id] = outcome
    return found
