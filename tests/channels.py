"""Every way into the conversation as one thing to talk to: a sentence goes in, what the channel tells comes out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from flask.testing import FlaskClient

from assistant.answers.kinds import EitherAnswer, OutcomeAnswer
from assistant.conversation.reply import Turn, doubted, question_of, words_of
from assistant.conversation.state import read_short
from assistant.domain.vocabulary import Voice
from assistant.snapshot.snapshot import Snapshot
from assistant.web.http.locale import CATALOGS
from assistant.web.jinja.helpers import spoken_of
from tests.api.test_line import SECRET, words
from tests.page import Page

#: What stands over a reply that has no words of its own.
_HEADINGS: Final = {
    "Not confirmed for that day": "not_confirmed",
    "This is outside what this site answers": "out_of_scope",
    "Whom to call": "contact",
    "That was not understood well enough": "decline",
    "It depends on what you do not know now": "either",
}
_READ_ON: Final = "Sources, and where to read on"
_ALSO: Final = "You also asked about something else:"
_FURTHER: Final = "One more question, which only changes what to do:"


class Told(NamedTuple):
    """A reply in codes, however it came: what it is, and what goes back with the next sentence.

    ``branches`` are the titles of either/or, ``message`` the words in an emergency and to small talk, ``called`` whom a
    reply of kind ``contact`` names, ``confirms`` the item of which it asks whether it is meant.
    """

    kind: str
    outcome: str
    branches: tuple[str, ...]
    entry: str
    also: str
    asked: str
    message: str
    called: str
    confirms: str
    facts: dict[str, Any]
    dialogue: dict[str, Any]


class Talk(NamedTuple):
    """What a way in needs to know: a browser or program, the content, and in which language and voice it is used."""

    client: FlaskClient
    snapshot: Snapshot
    lang: str
    voice: Voice
    day: date

    def words(self, message: str) -> str:
        """Return a message of the pages in the language of the talk."""
        return CATALOGS.of(self.lang).gettext(message)

    @property
    def headings(self) -> dict[str, str]:
        """The kind of reply that stands under a heading."""
        return {self.words(words): kind for words, kind in _HEADINGS.items()}


def told_by(turn: Turn, snapshot: Snapshot, lang: str) -> Told:
    """Return what a turn tells."""
    found, asked = turn.answer, question_of(turn.answer)
    return Told(
        kind=turn.kind,
        outcome=found.outcome.id if isinstance(found, OutcomeAnswer) else "",
        branches=tuple(it.outcome.version(lang).title for it in found.branches)
        if isinstance(found, EitherAnswer)
        else (),
        entry=turn.hits[0].id if turn.kind in ("faq", "decline") and turn.hits else "",
        also=turn.also or "",
        asked=asked.fact if asked else "",
        message=words_of(turn, snapshot, lang),
        called=turn.contact.name[lang] if turn.contact and turn.kind == "contact" else "",
        confirms=doubted(turn),
        facts=turn.facts.as_codes(),
        dialogue=turn.dialogue.as_codes(),
    )


def told_in_json(body: dict[str, Any]) -> Told:
    """Return what the JSON of a turn tells."""
    reply = body["reply"]
    kind, options = reply["kind"], body["dialogue"]["options"]
    return Told(
        kind=kind,
        outcome=reply.get("outcome", {}).get("id", ""),
        branches=tuple(branch["title"] for branch in reply.get("branches", ())),
        entry=body["faq"][0]["id"] if kind in ("faq", "decline") and body["faq"] else "",
        also=body["also"] or "",
        asked=reply.get("question", {}).get("fact", ""),
        message=reply["message"] if kind in ("urgent", "social") else "",
        called=reply["contact"]["name"] if kind == "contact" else "",
        confirms=options[0] if body["doubtful"] and len(options) == 1 else "",
        facts=body["facts"],
        dialogue=body["dialogue"],
    )


class InJson:
    """A program that sends ``facts`` and ``dialogue`` back as they came: to the API, or to the tool of a model."""

    def __init__(self, talk: Talk, ask: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._ask = ask
        self._sent: dict[str, Any] = {"lang": talk.lang, "voice": talk.voice}

    def say(self, text: str) -> Told:
        """Send a sentence."""
        body = self._ask({**self._sent, "text": text})
        self._sent |= {"facts": body["facts"], "dialogue": body["dialogue"]}
        return told_in_json(body)


def by_api(talk: Talk) -> InJson:
    """Talk to the API."""

    def ask(sent: dict[str, Any]) -> dict[str, Any]:
        response = talk.client.post("/api/v1/chat", json=sent)
        assert response.status_code == 200, response.text
        body: dict[str, Any] = json.loads(response.text)
        return body

    return InJson(talk, ask)


class OnPages:
    """A reader without JavaScript, who fills in the box of the page that came back; or the module that asks for turns
    alone."""

    def __init__(self, talk: Talk, page: str, *, alone: bool = False) -> None:
        self._talk, self._alone = talk, alone
        self._address = f"/{talk.lang}/{page}"
        voice = f"?{urlencode({'voice': talk.voice})}" if talk.voice == "desk" else ""
        self._fields = _fields(talk.client.get(self._address + voice).text, "chat")

    def say(self, text: str) -> Told:
        """Fill in the box and send the form."""
        headers = {"X-Turn": "1"} if self._alone else {}
        fields = {name: values for name, values in self._fields.items() if name != "text"}
        response = self._talk.client.post(self._address, data={**fields, "text": text}, headers=headers)
        assert response.status_code == 200, response.text
        self._fields = _fields(response.text, "" if self._alone else "chat")
        return self._told(response.text)

    def _told(self, html: str) -> Told:
        reply = html if self._alone else html.partition('id="turns"')[2].partition('id="chat"')[0]
        facts: dict[str, Any] = {name: values[-1] for name, values in self._fields.items()}
        dialogue = json.loads(facts.pop("dialogue"))
        facts.pop("voice", None)
        if "presented" in facts:
            facts["presented"] = self._fields["presented"]
        kind, lang = self._kind(reply), self._talk.lang
        read_on, entry = re.escape(self._talk.words(_READ_ON)), rf'<a href="/{lang}/faq/([\w-]+)">'
        first = {"faq": rf"{entry}{read_on}</a>", "decline": rf'class="hits">\s*<li>{entry}'}.get(kind, "(?!)")
        said = {"urgent": r'class="summary">(.*?)</p>', "social": r'class="spoken">(.*?)</h2>'}.get(kind, "(?!)")
        return Told(
            kind=kind,
            outcome=_outcome(self._talk, _plain(reply)) if '<p class="standing' in reply else "",
            branches=tuple(
                map(_plain, re.findall(r"→ [^<]*<a [^>]*>(.*?)</a>", _first(r'discretion either">(.*?)</ul>', reply)))
            ),
            entry=_first(first, reply),
            also=_first(rf'<p class="also">.*?{entry}', reply),
            asked=_first(r'class="question".*?name="step" value="(\w+)"', reply),
            message=_plain(_first(said, reply)),
            called=_plain(_first(r"<strong>(.*?)</strong>", reply.partition('part contact"')[2]))
            if kind == "contact"
            else "",
            confirms=_first(r'chips doubt".*?<button type="submit" name="presented" value="(\w+)"', reply),
            facts=facts,
            dialogue=dialogue,
        )

    def _kind(self, reply: str) -> str:
        signs = {
            "full_payment urgent": "urgent",
            'discretion either"': "either",
            'class="standing': "outcome",
            '"spoken"': "social",
        }
        found = next((kind for sign, kind in signs.items() if sign in reply), "")
        heading = _plain(_first(r'<h2 tabindex="-1"[^>]*>(.*?)</h2>', reply))
        other = "question" if 'class="question"' in reply else "faq"
        return found or self._talk.headings.get(heading, other)


class OnLine:
    """Somebody at LINE, who presses «write on» and types behind the line of codes with which the keyboard opens."""

    def __init__(self, talk: Talk, replies: list[Any]) -> None:
        self._talk, self._replies, self._line = talk, replies, ""

    def say(self, text: str) -> Told:
        """Send a signed message."""
        self._replies.clear()
        body = json.dumps({"destination": "U1", "events": [words(self._line + text)]}).encode()
        signed = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
        response = self._talk.client.post("/line/webhook", data=body, headers={"X-Line-Signature": signed})
        assert response.status_code == 200, response.text
        ((_, _, sent),) = self._replies
        (reply,) = sent["messages"]
        buttons = [item["action"] for item in reply["quickReply"]["items"]]
        self._line = next(button["fillInText"] for button in buttons if "fillInText" in button)
        return self._told(reply["text"])

    def _told(self, text: str) -> Told:
        talk, lines = self._talk, [line for line in text.split("\n") if line]
        facts, dialogue = read_short(self._line.strip().strip("[]").removeprefix(f"{talk.lang}."), talk.day)
        said = {words[talk.lang]: name for name, words in talk.snapshot.phrases.items()}
        lines = lines[bool(spoken_of(dialogue, talk.voice)) :]  # the first says whose papers it is about
        kind = self._kind(lines, said)
        address = rf"https?://\S+/{talk.lang}/faq/([\w-]+)"
        first = {
            "faq": rf"(?m)^{re.escape(talk.words(_READ_ON))}: {address}",
            "decline": rf"(?m)^・[^\n]* {address}",
        }.get(kind, "(?!)")
        branches = [line for line in lines if kind in ("either", "urgent") and line.startswith("・") and " → " in line]
        whom = re.escape(talk.words("Whom to ask"))
        doubts = {talk.snapshot.phrases["doubt"][talk.lang].format(item=words[talk.lang]): item
                  for item, words in talk.snapshot.words["presented"].values.items()}  # fmt: skip
        return Told(
            kind=kind,
            outcome=_outcome(talk, text) if "【" in text and kind in ("outcome", "urgent") else "",
            branches=tuple(line.partition(" → ")[2].partition(": ")[2] for line in branches),
            entry=_first(first, text),
            also=_first(rf"(?m)^{re.escape(talk.words(_ALSO))} [^\n]*{address}", text),
            asked=next(filter(None, map(self._fact, lines)), ""),
            message=lines[0] if kind in ("urgent", "social") else "",
            called=next((name for name in self._names() if re.search(f"^{whom}: {re.escape(name)} ", text, re.M)), "")
            if kind == "contact" else "",
            confirms=next((doubts[line] for line in lines if line in doubts), ""),
            facts=facts.as_codes(),
            dialogue=dialogue.as_codes(),
        )  # fmt: skip

    def _names(self) -> list[str]:
        names = {contact.name[self._talk.lang] for contact in self._talk.snapshot.contacts.values()}
        return sorted(names, key=len, reverse=True)

    def _fact(self, line: str) -> str:
        """Return the fact that a line asks for."""
        asked = line.removeprefix(self._talk.words(_FURTHER)).strip()
        words = self._talk.snapshot.words
        return next((fact for fact, it in words.items() if it.question("patient", self._talk.lang) == asked), "")

    def _kind(self, lines: list[str], said: dict[str, str]) -> str:
        if (name := said.get(lines[0], "")) == "urgent" or name.startswith("social_"):
            return name.partition("_")[0]
        if any(line.startswith(self._talk.words(_READ_ON)) for line in lines):
            return "faq"
        return self._talk.headings.get(lines[0], "question" if self._fact(lines[0]) else "outcome")


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    return found[1] if found else ""


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _outcome(talk: Talk, text: str) -> str:
    """Return the one outcome whose title, summary and payment stand in ``text``; titles are shared by several."""
    found = []
    for outcome in talk.snapshot.outcomes.values():
        words = outcome.version(talk.lang)
        told = words.told_to(talk.voice)
        if all(_plain(part) in text for part in (words.title, told.summary, told.pay)):
            found.append(outcome.id)
    return found[0] if len(found) == 1 else f"one of {found}"


def _fields(html: str, form: str) -> dict[str, list[str]]:
    """Return the hidden fields of a form, or those of a turn that came alone."""
    begins = f'id="{form}"' if form else "<div data-facts"
    fields: dict[str, list[str]] = {}
    for field in Page(html.partition(begins)[2].partition("</form>")[0]).all("input"):
        fields.setdefault(field["name"], []).append(field["value"])
    return fields
