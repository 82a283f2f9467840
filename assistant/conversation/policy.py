"""The policy: which kind of reply a sentence gets. One table, read from above; the first line that holds decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.domain.facts import Facts
from assistant.language.understand import Understanding

#: Below this an intent rests on hardly anything: «out of scope» then only means «not understood».
SURE: Final = 0.25
#: From here an intent is what a sentence is about, though it asks nothing.
SUBJECT: Final = 0.5
#: From here an intent is plain, whatever else was spoken of.
PLAIN: Final = 0.8
#: Under this no entry is shown as the answer, only as one that lies near.
FLOOR: Final = 3.0
#: From here an entry fits a question asked in the middle of a conversation.
FITS: Final = 4.5
#: From here an entry is what a short question means, whatever was shown before.
OWN: Final = 5.0
#: From here it stands out by itself.
STANDS_OUT: Final = 10.0
#: Intents that the rules answer as soon as it is known what is shown.
DECIDED: Final = frozenset(
    {"card_outcome", "reader_failure", "smartphone", "pin_or_cert_expiry", "registration", "children"}
)
#: Intents that only an entry answers, however much is known of the visit.
EXPLAINED: Final = frozenset(
    {
        "refund",
        "deregistration",
        "cert_issue_renewal",
        "privacy_safety_scam",
        "copay_rate",
        "cost_difference",
        "lost_damaged",
    }
)
#: Intents of somebody who needs help now, whether or not they ask for it.
TROUBLE: Final = frozenset({"lost_damaged", "privacy_safety_scam"})
#: What people say that is no question of ours.
SMALL_TALK: Final = ("thanks", "annoyed", "not_helped", "sorry", "heard", "greeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What the policy looks at: the sentence, the facts before and after it, and what was found for it."""

    read: Understanding
    before: Facts
    after: Facts
    #: A question is open.
    open: bool
    #: The question that was open was answered.
    answered: bool
    #: Nothing is in the sentence but the answer, or a short question about what was shown.
    short: bool
    #: The sentence asks something.
    asks: bool
    #: An entry that answers the follow-up, if it is one.
    followup: str | None
    #: The best entry stands out.
    confident: bool
    #: How well the best entry fits the words (see `assistant.search`), 0.0 without one.
    score: float
    #: The best entry is on the very intent.
    on_intent: bool
    #: What was shown last was about a fraud, a loss or a theft.
    troubled: bool
    #: Somebody at the desk asks.
    desk: bool
    #: The only paper is a certificate, and the sentence tells that the insurance has changed.
    former: bool
    #: There is an entry at all.
    found: bool
    #: The best entry says enough of what was asked.
    answers: bool

    @property
    def changed(self) -> bool:
        """Whether the sentence changed a fact of the situation."""
        return self.after != self.before

    @property
    def begun(self) -> bool:
        """Whether it was known before what is shown."""
        return bool(self.before.presented)

    @property
    def states(self) -> bool:
        """Whether the sentence says anything of cards, papers or the situation."""
        return bool(self.read.facts or self.read.items or self.changed)

    @property
    def known(self) -> bool:
        """Whether it is known what is shown."""
        return bool(self.after.presented)

    @property
    def urgent(self) -> bool:
        """Whether it is known that this is an emergency."""
        return self.after.stated.get("urgent") == "yes"

    @property
    def sure(self) -> bool:
        """Whether the intent rests on something."""
        return self.read.intent_score >= SURE

    def does(self, *acts: str) -> bool:
        """Tell whether the sentence does one of ``acts``."""
        return not self.read.acts.isdisjoint(acts)


class Line(NamedTuple):
    """One line of the policy: the kind of reply, and when it is given."""

    kind: str
    when: str
    holds: Callable[[Moment], bool]


def _only_a_number(m: Moment) -> bool:
    by_itself = m.short or m.read.intent in ("contact", "out_of_scope", "other") or not m.confident
    return not m.changed or (not m.read.items and by_itself)


def _knows_nothing(m: Moment) -> bool:
    return m.does("unknown") and m.short and not m.read.items and not m.read.facts


def _own_subject(m: Moment) -> bool:
    """An entry on the very intent, and more than what happens at the desk is asked; there it must stand out."""
    if m.desk and m.known and m.changed:
        return False
    return m.on_intent and m.sure and (m.confident or (m.score >= FLOOR and m.read.intent != "card_outcome"))


def _goes_on(m: Moment) -> bool:
    """Tell whether a sentence after a fraud or a loss tells more of it, instead of asking something else."""
    return m.short and not (m.asks or m.changed or m.confident or m.does(*SMALL_TALK))


def _trouble(m: Moment) -> bool:
    return m.read.intent in TROUBLE and m.read.intent_score >= PLAIN and m.found and not (m.changed or m.troubled)


def _follows(m: Moment) -> bool:
    """A follow-up that no entry of its own answers better."""
    own = m.confident and m.on_intent and m.sure
    return m.followup is not None and not (m.changed or own or _elsewhere(m)) and m.score < OWN


def _of_its_own(m: Moment) -> bool:
    return m.confident if not m.changed else m.begun and _explained(m)


def _on_the_way(m: Moment) -> bool:
    return not m.changed and m.score >= FITS and not m.does("what_if", "cost", "back")


def _told_on_the_way(m: Moment) -> bool:
    """Tell whether a sentence asks nothing and says nothing of the situation; a plain subject asks by itself."""
    subject = m.on_intent and m.read.intent not in ("other", "card_outcome") and m.read.intent_score >= SUBJECT
    own = m.score >= (FLOOR if subject else OWN)
    return m.begun and not (m.asks or m.states or m.read.acts or own)


def _elsewhere(m: Moment) -> bool:
    return m.read.intent == "out_of_scope" and m.sure and not m.read.items and not (m.confident and m.on_intent)


def _explained(m: Moment) -> bool:
    if m.read.intent in EXPLAINED:
        return m.sure and m.found
    own = (
        m.on_intent
        and (m.confident or m.score >= STANDS_OUT)
        and m.read.intent not in ("card_outcome", "reader_failure")
    )
    return m.begun and m.sure and own


def _decided(m: Moment) -> bool:
    if m.read.intent in DECIDED:
        return m.states or m.short
    return (m.sure or m.states or m.does("what_if", "cost", "back", "correction")) and not m.read.known_words


def _told(m: Moment) -> bool:
    return m.read.intent == "card_outcome" and m.sure and bool(m.read.facts)


def _better_explained(m: Moment) -> bool:
    """An entry that stands out answers what a question of the rules would only lead to."""
    return not m.known and (m.confident or m.score >= STANDS_OUT)


def _answered(m: Moment) -> bool:
    """An entry that stands out, or on what the sentence is about: «資格確認書 いつ届く» are words of many entries."""
    plain = m.read.intent != "card_outcome" and (m.read.intent != "other" or m.asks)
    subject = m.answers and m.on_intent and plain
    stands_out = m.confident or m.score >= STANDS_OUT or (m.asks and m.score >= OWN)
    return m.found and (stands_out or (m.sure and (m.score >= FLOOR or subject)))


#: ``rules`` stands for what the rules say: an outcome, a question, either/or, or no confirmed rule.
POLICY: Final = (
    Line("urgent", "an emergency is told", lambda m: m.read.facts.get("urgent") == "yes"),
    Line("rules", "the open question is answered", lambda m: m.answered and m.known),
    Line("papers", "nobody knows what they have", lambda m: not m.known and (m.answered or _knows_nothing(m))),
    Line("contact", "a number or a person is asked for", lambda m: m.does("phone", "person") and _only_a_number(m)),
    Line("social", "small talk and nothing else", lambda m: m.does(*SMALL_TALK) and not m.states and not m.asks),
    Line("social", "anger, and no question", lambda m: m.does("annoyed", "not_helped") and not (m.changed or m.asks)),
    Line(
        "contact",
        "help, after a fraud or a loss",
        lambda m: m.does("help") and m.short and m.troubled and not m.changed,
    ),
    Line("contact", "more of a fraud or a loss", lambda m: m.troubled and _goes_on(m)),
    Line("followup", "a short question on what was shown", _follows),
    Line(
        "rules",
        "what it costs, of an answer shown",
        lambda m: m.does("cost") and (m.known or m.urgent) and m.short and not m.changed,
    ),
    Line("out_of_scope", "another subject", _elsewhere),
    Line("faq", "a paper of the insurer before", lambda m: m.former and m.found),
    Line("faq", "a first question on its very subject", lambda m: not m.begun and m.asks and _own_subject(m)),
    Line("faq", "a fraud or a loss is told", _trouble),
    Line("rules", "facts are stated or corrected", lambda m: m.changed and m.known and not (m.asks and _explained(m))),
    Line("rules", "a paper is meant that the words do not name", lambda m: m.read.unclear_paper),
    Line("faq", "a question of its own, and an entry that stands out", lambda m: m.asks and _of_its_own(m)),
    Line("faq", "a question on the way, and an entry that fits", lambda m: m.begun and m.asks and _on_the_way(m)),
    Line("social", "something told on the way", _told_on_the_way),
    Line("rules", "the situation at the desk, known", lambda m: m.known and _decided(m)),
    Line("rules", "the situation at the desk, told", lambda m: _told(m) and not _better_explained(m)),
    Line("rules", "what is known is said again", lambda m: m.known and bool(m.read.facts) and not m.asks),
    Line("faq", "an entry answers", _answered),
    Line("rules", "facts, and no question that an entry answers", lambda m: bool(m.read.facts)),
    Line("social", "small talk beside what was not understood", lambda m: m.does(*SMALL_TALK)),
    Line("rules", "hardly understood; what is known is said again", lambda m: m.known and m.asks and not m.open),
    Line("decline", "not understood", lambda m: True),
)


def choose(moment: Moment) -> Line:
    """Return the first line of `POLICY` that holds."""
    return next(line for line in POLICY if line.holds(moment))
