"""A reply: what is said, what it asks, and whom it leaves its reader to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.answers.kinds import Answer, OutcomeAnswer, QuestionAnswer
from assistant.answers.whom_to_call import entry_contact, whom
from assistant.content.fact_words import Contact
from assistant.conversation.policy import TROUBLE, Moment
from assistant.conversation.state import Dialogue
from assistant.domain.facts import Facts
from assistant.language.classifiers.fact_acceptance import Doubt
from assistant.language.pipeline import Understanding
from assistant.search import Hit
from assistant.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is replied, and what to send back with the next sentence.

    ``kind`` is ``outcome``, ``question``, ``either``, ``not_confirmed``, ``urgent`` (with an answer where one is
    settled), ``faq``, ``contact``, ``social`` (``act`` says to what), ``decline`` or ``out_of_scope``. ``answer`` is
    what the rules say; ``also`` an entry on a second thing that was asked.
    """

    kind: str
    facts: Facts
    dialogue: Dialogue = field(default_factory=Dialogue)
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    also: str | None = None
    act: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Reply):
    """A reply to a sentence, with what was understood of it."""

    moment: Moment
    understood: Mapping[str, str | list[str]]
    doubtful: tuple[Doubt, ...] = ()

    @property
    def understanding(self) -> Understanding:
        """What was read in the sentence."""
        return self.moment.read

    @property
    def before(self) -> Facts:
        """The facts before the sentence, of the person it speaks of."""
        return self.moment.before


def words_of(reply: Reply, snapshot: Snapshot, lang: str) -> str:
    """Return the words of a reply that rests on no rule: what is said in an emergency, and to small talk."""
    key = reply.kind if reply.kind == "urgent" else f"social_{reply.act}" if reply.kind == "social" else ""
    return snapshot.phrases[key][lang] if key else ""


def opened(reply: Reply) -> Reply:
    """Return ``reply`` with the dialogue as it is after it: what it asks, and what it shows."""
    asked, topic = question_of(reply.answer), _topic(reply) or reply.dialogue.topic
    fact, options = (asked.fact, tuple(it.value for it in asked.options)) if asked else (None, ())
    return replace(reply, dialogue=replace(reply.dialogue, asked=fact, options=options, topic=topic))


def question_of(shown: Answer | None) -> QuestionAnswer | None:
    """Return the question that an answer asks, by itself or under an outcome."""
    if isinstance(shown, QuestionAnswer):
        return shown
    return shown.further if isinstance(shown, OutcomeAnswer) else None


def doubted(reply: Reply) -> str:
    """Return the item of which a reply asks, beside what it says, whether it will be shown; empty for other replies."""
    asks = isinstance(reply, Turn) and reply.doubtful and reply.dialogue.asked == "presented"
    return reply.dialogue.options[0] if asks and len(reply.dialogue.options) == 1 else ""


def _topic(reply: Reply) -> str | None:
    if isinstance(reply.answer, OutcomeAnswer):
        return reply.answer.outcome.id
    return reply.hits[0].id if reply.kind == "faq" and reply.hits else None


def whom_to_call(snapshot: Snapshot, facts: Facts, dialogue: Dialogue, lang: str) -> Contact:
    """Return whom to call, as far as scheme and subject are known."""
    scheme = facts.stated.get("scheme")
    if scheme == "public_assistance":
        return whom(snapshot, "welfare_office", scheme, city=dialogue.city)
    if troubled(snapshot, dialogue, lang):
        return whom(snapshot, "card_lost", scheme)
    if shown := snapshot.entries.get((dialogue.topic or "", lang)):
        return entry_contact(snapshot, shown, scheme, dialogue.city)
    return whom(snapshot, "insurer", scheme, city=dialogue.city)


def contact_of(reply: Reply, snapshot: Snapshot, lang: str) -> Contact:
    """Return whom ``reply`` leaves its reader to call; whatever its kind, there is somebody."""
    scheme, city = reply.facts.stated.get("scheme"), reply.dialogue.city
    if reply.contact:
        return reply.contact
    if reply.answer:
        return reply.answer.contact
    if reply.kind == "faq":
        return entry_contact(snapshot, snapshot.entries[reply.hits[0].id, lang], scheme, city)
    return whom(snapshot, "city_hall" if reply.kind == "out_of_scope" else "insurer", scheme, city=city)


def troubled(snapshot: Snapshot, dialogue: Dialogue, lang: str) -> bool:
    """Tell whether the entry shown last is about a fraud, a loss or a theft."""
    entry = snapshot.entries.get((dialogue.topic or "", lang))
    return entry is not None and entry.front.intent in TROUBLE
