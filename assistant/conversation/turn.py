"""One turn of the conversation: a sentence, the facts and the dialogue in; a reply and what is known after it out.

The sentence becomes codes and is dropped here: nothing returned holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.answers.answer import answer
from assistant.answers.kinds import Answer, OutcomeAnswer, QuestionAnswer
from assistant.answers.settling import settle
from assistant.conversation.former_paper import counts_no_longer, may_be_former
from assistant.conversation.open_question import hear
from assistant.conversation.policy import SMALL_TALK, Moment, choose
from assistant.conversation.reply import Reply, Turn, opened, troubled, whom_to_call
from assistant.conversation.retrieval import answers, find_read
from assistant.conversation.state import Dialogue
from assistant.conversation.state_edits import changed_facts, shown_by, without_an_unmade_card
from assistant.conversation.statements import ruled_after, statements_of, weighed
from assistant.conversation.whose_papers import turned_to
from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, ITEMS, UNKNOWN, Voice, values_of
from assistant.language.classifiers.fact_acceptance import Doubt
from assistant.language.pipeline import Understanding, understand
from assistant.language.question_form import asks, is_short
from assistant.language.utterance import Utterance, read
from assistant.search import Hit
from assistant.snapshot.snapshot import Snapshot

_ENTRIES = 5
_LOOKED_THROUGH = 12
_CONFIDENT = 1.15
_ON_THE_INTENT = 1.3
_ENGLISH: Final = re.compile(r"英語|えいご|\benglish\b")
_IN_ENGLISH: Final = "contact-in-english-tokyo"


def take_turn(
    snapshot: Snapshot,
    text: str,
    lang: str,
    voice: Voice,
    facts: Facts,
    asked_on: date,
    dialogue: Dialogue | None = None,
) -> Turn:
    """Understand ``text`` and choose the reply; relative days are resolved against ``asked_on``.

    Without a ``dialogue`` the open question is the one that ``facts`` leave.
    """
    reading = read(text, lang, snapshot.lexicon)
    dialogue = dialogue or _derived(snapshot, facts, voice)
    dialogue = _in_a_town(snapshot, dialogue, reading, lang)
    on_subject = bool(dialogue.asked or dialogue.topic or facts.presented)
    understood = understand(reading, asked_on, snapshot.lexicon, on_subject=on_subject)
    heard = hear(snapshot, text, reading, understood, dialogue, asked_on)
    who = dialogue.who
    if heard is None or not heard.whole:
        facts, dialogue = turned_to(facts, dialogue, understood, reading, asked_on, voice)
        heard = heard if dialogue.who == who else None  # the question that was open was about somebody else
    back = dialogue.who != who and bool(facts.presented)  # turns to somebody known are not among those learnt from
    after = ruled_after(facts, heard, understood, reading, dialogue, None if back else snapshot.tracking)
    if heard is None or not heard.whole:
        said = statements_of(facts, after, understood, heard, dialogue.asked)
        after = weighed(snapshot.statements, facts, after, said, understood.signs.features)
        after = without_an_unmade_card(after, facts, understood)
    found = find_read(snapshot, reading, understood, _LOOKED_THROUGH, voice)
    hits = _fitting(snapshot, found, understood.intent, after, lang)[:_ENTRIES]
    moment = _moment(
        snapshot, understood, reading, facts, after, dialogue, hits, lang, answered=heard is not None, voice=voice
    )
    reply = _reply(snapshot, choose(moment, snapshot.weights), moment, reading, hits, lang, voice, dialogue)
    doubtful = tuple(_doubts(moment))
    if doubtful and reply.dialogue.asked in (None, "presented") and reply.kind in ("faq", "decline"):
        reply = replace(reply, dialogue=replace(reply.dialogue, asked="presented", options=(doubtful[0].value,)))
    return Turn(
        **{name: getattr(reply, name) for name in ("kind", "facts", "dialogue", "answer", "hits", "act", "contact")},
        also=_also(snapshot, found, understood, reply, lang),
        moment=moment,
        understood=_acted_upon(facts, after, {*understood.facts, *(heard.facts if heard else ())}, understood),
        doubtful=doubtful,
    )


def _acted_upon(before: Facts, after: Facts, told: set[str], read: Understanding) -> Mapping[str, str | list[str]]:
    """Return, as codes, what of a sentence holds ``after`` it: what it ``told``, and what it changed."""
    told |= set(changed_facts(before, after))
    codes = {fact: code for fact, code in after.as_codes().items() if fact in told}
    here = (after.presented - before.presented) | (after.presented & {*shown_by(read)})
    if after.presented:
        codes["presented"] = [item for item in ITEMS if item in here]
    return {fact: code for fact, code in codes.items() if code}


def _in_a_town(snapshot: Snapshot, dialogue: Dialogue, reading: Utterance, lang: str) -> Dialogue:
    """Note the municipality that a sentence names, when it is one alone: its office is called."""
    places = snapshot.municipalities.items()
    named = {code for code, place in places if place.named_in(reading.written, lang)}
    return replace(dialogue, city=named.pop()) if len(named) == 1 else dialogue


def _doubts(moment: Moment) -> Iterator[Doubt]:
    """Yield what may be shown, where the words leave it open."""
    for doubt in moment.read.doubtful:
        if doubt.fact == "presented" and doubt.value not in moment.after.presented:
            yield doubt


def _moment(
    snapshot: Snapshot,
    read: Understanding,
    reading: Utterance,
    before: Facts,
    after: Facts,
    dialogue: Dialogue,
    hits: tuple[Hit, ...],
    lang: str,
    *,
    answered: bool,
    voice: Voice,
) -> Moment:
    return Moment(
        read=read,
        before=before,
        after=after,
        open=dialogue.asked is not None,
        answered=answered,
        short=is_short(reading),
        asks=asks(reading),
        followup=_followup(snapshot, read, after, dialogue, lang),
        confident=bool(hits) and hits[0].confident,
        score=hits[0].score if hits else 0.0,
        on_intent=bool(hits) and snapshot.entries[hits[0].id, lang].front.intent == read.intent,
        troubled=troubled(snapshot, dialogue, lang),
        desk=voice == "desk",
        former=may_be_former(read, after),
        void=counts_no_longer(snapshot.followups, read, reading, before, after, dialogue, desk=voice == "desk"),
        lead=hits[0].score - hits[1].score if len(hits) > 1 else hits[0].score if hits else 0.0,
        said=hits[0].said if hits else 0.0,
        alike=hits[0].alike if hits else 0.0,
        found=bool(hits),
        answers=bool(hits) and answers(hits[0], read.facets),
        ruled=dialogue.topic in snapshot.outcomes,
    )


def by_rules(snapshot: Snapshot, facts: Facts, voice: Voice, lang: str, dialogue: Dialogue) -> Reply:
    """Return what the rules say of ``facts``, after a button was pressed instead of a sentence written."""
    found = answer(snapshot, facts, voice, lang, dialogue.city)
    return opened(Reply(kind=found.kind, facts=facts, answer=found, dialogue=dialogue))


def _derived(snapshot: Snapshot, facts: Facts, voice: Voice) -> Dialogue:
    """Return the dialogue that facts alone leave: nothing is open before anything was said."""
    if not (facts.presented or facts.stated or facts.printed):
        return Dialogue()
    settled = settle(snapshot, facts, voice)
    topic = settled.leaf.decision.outcome if settled.leaf else None
    return Dialogue(asked=settled.ask or None, options=values_of(settled.ask), topic=topic)


def _followup(snapshot: Snapshot, read: Understanding, facts: Facts, dialogue: Dialogue, lang: str) -> str | None:
    topic = dialogue.topic or ""
    entry, outcome = snapshot.entries.get((topic, lang)), snapshot.outcomes.get(topic)
    intent = entry.front.intent if entry else None if outcome else read.intent
    kind = outcome.standing if outcome else None
    acts = read.acts - {"unknown"}
    scheme = facts.stated.get("scheme")
    lines = (line for line in snapshot.followups.followup if line.fits(acts, intent, kind, facts.presented, scheme))
    return next((line.entry for line in lines), None)


def _reply(
    snapshot: Snapshot,
    kind: str,
    moment: Moment,
    reading: Utterance,
    hits: tuple[Hit, ...],
    lang: str,
    voice: Voice,
    dialogue: Dialogue,
) -> Reply:
    facts, read = moment.after, moment.read
    base = Reply(kind=kind, facts=facts, dialogue=dialogue, hits=hits)
    if kind == "rules":
        ruled = replace(by_rules(snapshot, facts, voice, lang, dialogue), hits=hits)
        again = ruled.kind == "question" and ruled.dialogue.asked == dialogue.asked
        return opened(replace(base, kind="faq")) if again and moment.answers else ruled
    if kind == "urgent":
        return opened(replace(base, answer=_settled_only(snapshot, facts, voice, lang, dialogue.city)))
    if kind == "void" and moment.void:
        return opened(_entry_first(snapshot, base, moment.void, lang))
    if kind == "papers":
        return opened(_entry_first(snapshot, base, _unknown_papers(snapshot), lang))
    if kind == "followup" and moment.followup:
        return opened(_entry_first(snapshot, base, moment.followup, lang))
    if kind == "contact" and _ENGLISH.search(reading.plain) and (_IN_ENGLISH, lang) in snapshot.entries:
        return opened(_entry_first(snapshot, base, _IN_ENGLISH, lang))
    if kind == "contact":
        return replace(base, contact=whom_to_call(snapshot, facts, dialogue, lang))
    if kind == "social":
        act = next((act for act in SMALL_TALK if act in read.acts), "told")
        contact = whom_to_call(snapshot, facts, dialogue, lang) if act in ("annoyed", "not_helped", "told") else None
        return replace(base, act=act, contact=contact)
    if kind == "faq" and moment.former:
        return opened(replace(base, hits=_of_the_change(snapshot, hits, lang)))
    return opened(base) if kind == "faq" else base


def _of_the_change(snapshot: Snapshot, hits: tuple[Hit, ...], lang: str) -> tuple[Hit, ...]:
    """Bring entries on a change of insurance forward: the paper that is spoken of is that of the insurer before."""
    return tuple(sorted(hits, key=lambda hit: snapshot.entries[hit.id, lang].front.intent != "life_event"))


def _settled_only(snapshot: Snapshot, facts: Facts, voice: Voice, lang: str, city: str | None) -> Answer | None:
    """Return what the rules say in an emergency, without a question."""
    found = answer(snapshot, facts, voice, lang, city) if facts.presented else None
    if isinstance(found, QuestionAnswer):
        unknown = {
            fact: UNKNOWN
            for fact in CHOICES
            if fact not in facts.stated and DATE_OF_CHOICE.get(fact) not in facts.printed
        }
        found = answer(snapshot, replace(facts, stated={**unknown, **facts.stated}), voice, lang, city)
    return replace(found, further=None) if isinstance(found, OutcomeAnswer) else found


def _unknown_papers(snapshot: Snapshot) -> str:
    return next(line.entry for line in snapshot.followups.followup if line.act == "unknown")


def _entry_first(snapshot: Snapshot, reply: Reply, entry: str, lang: str) -> Reply:
    found = next((hit for hit in reply.hits if hit.id == entry), Hit(entry, 0.0, (), confident=True, forms=(), text=""))
    rest = tuple(hit for hit in reply.hits if hit.id != entry)
    return replace(reply, kind="faq", hits=(found, *rest)[:_ENTRIES])


def _fitting(snapshot: Snapshot, hits: tuple[Hit, ...], intent: str, facts: Facts, lang: str) -> tuple[Hit, ...]:
    """Bring entries on the intent forward, and behind all others those for people of another age.

    The words of a question are found in its neighbours too.
    """
    age = facts.stated.get("age_band", UNKNOWN)

    def worth(hit: Hit) -> tuple[bool, float]:
        front = snapshot.entries[hit.id, lang].front
        on_it = intent == front.intent != "other"
        for_others = age != UNKNOWN and bool(front.ages) and age not in front.ages
        forward = (_ON_THE_INTENT if on_it else 1.0) * (_CONFIDENT if hit.confident else 1.0)
        return for_others, -hit.score * forward

    return tuple(sorted(hits, key=worth))


def _also(snapshot: Snapshot, hits: tuple[Hit, ...], read: Understanding, reply: Reply, lang: str) -> str | None:
    """Return the best entry on the second intent, if there is one that is not the reply itself."""
    on_it = (hit.id for hit in hits if snapshot.entries[hit.id, lang].front.intent == read.second_intent)
    best = next(on_it, None)
    return None if reply.kind == "faq" and reply.hits[:1] and best == reply.hits[0].id else best
