"""The policy: which kind of reply a sentence gets. One table, read from above; the first line that holds decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.content.policy_weights import PolicyWeights
from assistant.conversation.state_edits import merge
from assistant.domain.facts import Facts
from assistant.language.pipeline import Understanding

#: Below this an intent rests on hardly anything: «out of scope» then only means «not understood».
SURE: Final = 0.25
#: From here an intent is what a sentence is about, though it asks nothing.
SUBJECT: Final = 0.5
#: From here an intent is plain, whatever else was spoken of.
PLAIN: Final = 0.8
#: Under this no entry is shown as the answer, only as one that lies near.
FLOOR: Final = 3.0
#: From here an entry is what a short question means, whatever was shown before.
OWN: Final = 5.0
#: From here it stands out by itself.
STANDS_OUT: Final = 10.0
#: Intents that the rules answer as soon as it is known what is shown.
DECIDED: Final = frozenset(
    {"card_outcome", "reader_failure", "smartphone", "pin_or_cert_expiry", "registration", "children"}
)
_NO_SUBJECT: Final = ("other", "out_of_scope")
#: Intents of somebody who needs help now, whether or not they ask for it.
TROUBLE: Final = frozenset({"lost_damaged", "privacy_safety_scam"})
#: An entry is shown where it is as likely what is asked as not.
EVEN: Final = 0.5
_TOLD_APART: Final = (
    "open", "short", "asks", "followup", "confident", "on_intent", "troubled", "desk", "former", "answers", "changed",
    "begun", "states", "known", "sure", "again",
)  # fmt: skip
_MOST_SCORE: Final = 15.0
_MOST_LEAD: Final = 8.0
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
    #: The entry that tells why the only paper spoken of counts no longer, or what to do when it is lost.
    void: str | None
    #: By how much the best entry fits better than the next one.
    lead: float
    #: How much of what was asked the best entry says, by its words and by what they ask for (0 to 1 each).
    said: float
    alike: float
    #: There is an entry at all.
    found: bool
    #: The best entry says enough of what was asked.
    answers: bool
    #: What was shown last is what the rules said.
    ruled: bool

    @property
    def changed(self) -> bool:
        """Whether the sentence changed a fact of the situation."""
        return self.after != self.before

    @property
    def turned(self) -> bool:
        """Whether it changed one that a short question on what was shown may well tell: «初めての病院は？»."""
        on_the_way = ("known_patient", "registration") if self.does("no_card") else ("known_patient",)
        told = {fact: self.after.stated[fact] for fact in on_the_way if fact in self.after.stated}
        return merge(self.before, told) != self.after

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

    @property
    def again(self) -> bool:
        """Whether more is asked of a situation of which the rules have just spoken: they would say the same again."""
        return self.ruled and self.asks and not self.changed

    def does(self, *acts: str) -> bool:
        """Tell whether the sentence does one of ``acts``."""
        return not self.read.acts.isdisjoint(acts)


def evidence(moment: Moment) -> Iterator[tuple[str, float]]:
    """Yield what speaks for an entry, or for what the rules say of the situation, by name; each lies in 0 to 1."""
    for name in _TOLD_APART:
        yield name, float(bool(getattr(moment, name)))
    read = moment.read
    yield from (
        ("score", min(moment.score, _MOST_SCORE) / _MOST_SCORE),
        ("lead", min(moment.lead, _MOST_LEAD) / _MOST_LEAD),
    )
    yield from (("said", moment.said), ("alike", moment.alike), ("sureness", read.intent_score))
    yield from (("facts", min(len(read.facts), 3) / 3), ("things", min(len(read.items), 2) / 2))
    yield "words", min(len(read.known_words), 4) / 4
    yield from ((f"intent {read.intent}", 1.0), (f"sure of {read.intent}", read.intent_score))
    if moment.again:
        yield f"again {read.intent}", 1.0
    yield from ((f"act {act}", 1.0) for act in sorted(read.acts))


class PolicyRule(NamedTuple):
    """One line of the policy: the kind of reply, and when it is given."""

    kind: str
    when: str
    holds: Callable[[Moment], bool]


def _only_a_number(m: Moment) -> bool:
    by_itself = m.short or m.read.intent in ("contact", "out_of_scope", "other") or not m.confident
    return not m.changed or (not m.read.items and by_itself)


def _knows_nothing(m: Moment) -> bool:
    return m.does("unknown") and m.short and not m.read.items and not m.read.facts


def _goes_on(m: Moment) -> bool:
    """Tell whether a sentence after a fraud or a loss tells more of it, instead of asking something else."""
    return m.short and not (m.asks or m.changed or m.confident or m.does(*SMALL_TALK))


def _trouble(m: Moment) -> bool:
    return m.read.intent in TROUBLE and m.read.intent_score >= PLAIN and m.found and not (m.changed or m.troubled)


def _follows(m: Moment) -> bool:
    """A follow-up that no entry of its own answers better; who is hurt at work or by another is told who pays."""
    if m.followup is not None and m.does("work_injury", "accident"):
        return True
    own = m.confident and m.on_intent and m.sure
    return m.followup is not None and not (m.turned or own or _elsewhere(m)) and m.score < OWN


def _told_on_the_way(m: Moment) -> bool:
    """Tell whether a sentence asks nothing and says nothing of the situation; a plain subject asks by itself."""
    subject = m.on_intent and m.read.intent not in ("other", "card_outcome") and m.read.intent_score >= SUBJECT
    own = m.score >= (FLOOR if subject else OWN)
    return m.begun and not (m.asks or m.states or m.read.acts or own or _trouble(m) or m.read.unclear_paper)


def _elsewhere(m: Moment) -> bool:
    """Tell whether a sentence has another subject; «how much?» on the way is about what was spoken of."""
    if m.begun and m.short and m.does("cost"):
        return False
    return m.read.intent == "out_of_scope" and m.sure and not m.read.items and not (m.confident and m.on_intent)


def _decided(m: Moment) -> bool:
    if m.read.intent in DECIDED:
        return m.states or m.short
    return (m.sure or m.states or m.does("what_if", "cost", "back", "correction")) and not m.read.known_words


def _answerable(m: Moment) -> bool:
    """Tell whether the rules or an entry have something to say to a sentence."""
    states = bool(m.read.facts) or m.read.unclear_paper or (m.changed and m.known)
    asks_on = m.known and (_decided(m) or (m.does("cost") and m.short))
    costs = m.does("cost") and m.short and bool(m.after.stated)
    return states or asks_on or costs or _trouble(m) or _answered(m)


def _answered(m: Moment) -> bool:
    """An entry that stands out, or on what the sentence is about: «資格確認書 いつ届く» are words of many entries."""
    plain = m.read.intent != "card_outcome" and (m.read.intent != "other" or m.asks)
    subject = m.answers and m.on_intent and plain
    stands_out = m.confident or m.score >= STANDS_OUT or (m.asks and m.score >= OWN)
    return m.found and (stands_out or (m.sure and (m.score >= FLOOR or subject)))


def _asks_else(m: Moment) -> bool:
    """Tell whether more is asked that the rules do not answer: they would only say again what they said."""
    return m.again and m.found and m.read.intent_score >= SUBJECT and m.read.intent not in (*DECIDED, *_NO_SUBJECT)


def _tells_an_emergency(m: Moment) -> bool:
    """The first word of one is answered by care; what is asked on after that is answered as asked."""
    return m.read.facts.get("urgent") == "yes" and m.before.stated.get("urgent") != "yes"


#: ``rules`` stands for what the rules say: an outcome, a question, either/or, or no confirmed rule; ``answer`` for that
#: or an entry, whichever is likelier what is asked.
POLICY: Final = (
    PolicyRule("urgent", "an emergency is told", _tells_an_emergency),
    PolicyRule("rules", "the open question is answered", lambda m: m.answered and m.known),
    PolicyRule("papers", "nobody knows what they have", lambda m: not m.known and (m.answered or _knows_nothing(m))),
    PolicyRule(
        "contact", "a number or a person is asked for", lambda m: m.does("phone", "person") and _only_a_number(m)
    ),
    PolicyRule("social", "small talk and nothing else", lambda m: m.does(*SMALL_TALK) and not m.states and not m.asks),
    PolicyRule(
        "social", "anger, and no question", lambda m: m.does("annoyed", "not_helped") and not (m.changed or m.asks)
    ),
    PolicyRule(
        "contact",
        "help, after a fraud or a loss",
        lambda m: m.does("help") and m.short and m.troubled and not m.changed,
    ),
    PolicyRule("contact", "more of a fraud or a loss", lambda m: m.troubled and _goes_on(m)),
    PolicyRule("followup", "a short question on what was shown", _follows),
    PolicyRule(
        "rules",
        "what if one fact of the situation were another",
        lambda m: m.does("what_if") and m.short and m.changed and m.known,
    ),
    PolicyRule("out_of_scope", "another subject", _elsewhere),
    PolicyRule("social", "something told on the way", _told_on_the_way),
    PolicyRule(
        "rules", "a paper that nobody can name", lambda m: m.read.unclear_paper and m.does("unknown") and not m.known
    ),
    PolicyRule("answer", "something is stated or asked", _answerable),
    PolicyRule("social", "small talk beside what was not understood", lambda m: m.does(*SMALL_TALK)),
    PolicyRule("faq", "something else is asked of what was ruled", _asks_else),
    PolicyRule("rules", "hardly understood; what is known is said again", lambda m: m.known and m.asks and not m.open),
    PolicyRule("decline", "not understood", lambda m: True),
)


def choose(moment: Moment, weights: PolicyWeights) -> str:
    """Return the kind of reply: that of the first line of `POLICY` that holds, with ``weights`` where it is open."""
    kind = next(line.kind for line in POLICY if line.holds(moment))
    if kind != "answer":
        return kind
    entry = moment.found and weights.chance(evidence(moment)) >= EVEN
    asks_else = entry and moment.on_intent and moment.read.intent not in ("card_outcome", "life_event")
    if moment.void and not asks_else:
        return "void"
    return "faq" if entry else "rules"
