"""The conversation in an address: facts and dialogue as closed codes, so that a reload or the other language keeps it.

What the reader wrote is in no address; it stands in the open page only.
"""

from __future__ import annotations

from typing import Final

from flask import g, request

from assistant.conversation.reply import Reply
from assistant.conversation.state import Dialogue, read_short, write_short
from assistant.conversation.turn import by_rules
from assistant.domain.facts import BadFact, Facts
from assistant.domain.vocabulary import Voice
from assistant.search import Hit
from assistant.snapshot.snapshot import Snapshot
from assistant.web.http import request_facts
from assistant.web.http.request_day import today

#: The name in the address.
NAME: Final = "talk"


def keep(reply: Reply | None) -> None:
    """Let the links of this page that lead back to it carry the conversation."""
    if reply is not None:
        g.talk = write_short(reply.facts, reply.dialogue)


def kept() -> str:
    """Return the codes of the conversation on this page; nothing where there is none."""
    code: str = g.get("talk", "")
    return code


def told(voice: Voice, lang: str) -> Reply | None:
    """Return the reply that the address of this request stands for; codes that are not ours stand for none."""
    try:
        facts, dialogue = read_short(request.args.get(NAME, ""), today())
    except BadFact:
        return None
    return last_shown(request_facts.snapshot(), facts, dialogue, voice, lang)


def last_shown(snapshot: Snapshot, facts: Facts, dialogue: Dialogue, voice: Voice, lang: str) -> Reply | None:
    """Return what was shown last, as far as facts and dialogue tell: an entry, or what the rules say."""
    topic, choosing = dialogue.topic or "", len(dialogue.options) > 1
    if (topic, lang) in snapshot.entries and not choosing:
        hit = Hit(topic, 0.0, (), confident=True, forms=(), text="")
        return Reply(kind="faq", facts=facts, dialogue=dialogue, hits=(hit,))
    if choosing or facts.presented or facts.stated or facts.printed:
        return by_rules(snapshot, facts, voice, lang, dialogue)
    return None
