"""Every way in gives the same facts and the same reply, sentence by sentence: it only carries, the turn decides.

The conversations are those of `tests/data/conversations.yaml`; what is right in them is held elsewhere. What a channel
shows is read as its reader sees it: the page's words and links, LINE's text and buttons, the JSON of API and tool. The
module gets the page's turn alone; the widget is the page at another address.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
import yaml
from anyio.from_thread import start_blocking_portal
from flask import Flask
from mcp import Client

from assistant.conversation.state import Dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import Voice
from assistant.mcp.server import build_server
from assistant.settings import LineChannel, Settings
from assistant.snapshot.snapshot import Snapshot
from tests.api.test_line import SECRET, TOKEN, FakeLine
from tests.channels import InJson, OnLine, OnPages, Talk, Told, by_api, told_by
from tests.conftest import DATA

CONVERSATIONS: list[dict[str, Any]] = yaml.safe_load((DATA / "conversations.yaml").read_text(encoding="utf-8"))
DAYS = sorted({it["day"] for it in CONVERSATIONS})


@dataclass(slots=True)
class Ways:
    """The ways in, each open on every day of the conversations."""

    apps: dict[date, Flask]
    tools: dict[date, Callable[[dict[str, Any]], dict[str, Any]]]
    sent_to_line: list[Any] = field(default_factory=list)

    def start(self, way: str, talk: Talk) -> InJson | OnPages | OnLine:
        """Begin a conversation."""
        match way:
            case "api":
                return by_api(talk)
            case "mcp":
                return InJson(talk, self.tools[talk.day])
            case "line":
                return OnLine(talk, self.sent_to_line)
            case "page":
                return OnPages(talk, "")
            case "module":
                return OnPages(talk, "", alone=True)
        return OnPages(talk, way)


@pytest.fixture(scope="module")
def ways(create: Callable[..., Flask]) -> Iterator[Ways]:
    """A site and a server of tools for each day, and one that stands for LINE's."""
    line = ThreadingHTTPServer(("127.0.0.1", 0), FakeLine)
    line.taken, line.status = [], 200  # type: ignore[attr-defined]
    threading.Thread(target=line.serve_forever, daemon=True).start()
    channel = LineChannel(SECRET, TOKEN, f"http://127.0.0.1:{line.server_port}")
    apps = {day: create(as_of=day, limits="off", line=channel) for day in DAYS}
    with start_blocking_portal() as portal:

        def tool(client: Client) -> Callable[[dict[str, Any]], dict[str, Any]]:
            def ask(sent: dict[str, Any]) -> dict[str, Any]:
                result = portal.call(client.call_tool, "chat", sent)
                assert not result.is_error, result
                body: dict[str, Any] = result.structured_content
                return body

            return ask

        servers = {day: build_server(Settings(as_of=day), app.extensions["served"]) for day, app in apps.items()}
        clients = {day: portal.wrap_async_context_manager(Client(server)) for day, server in servers.items()}
        tools = {day: tool(client.__enter__()) for day, client in clients.items()}
        yield Ways(apps, tools, line.taken)  # type: ignore[attr-defined]
        for client in clients.values():
            client.__exit__(None, None, None)
    line.shutdown()
    line.server_close()


def turns_of(conversation: dict[str, Any], snapshot: Snapshot, voice: Voice) -> Iterator[tuple[str, Told]]:
    """Yield each sentence with what the turn itself tells."""
    day, lang = conversation["day"], conversation["lang"]
    facts, dialogue = Facts(day), Dialogue()
    for said in conversation["turns"]:
        turn = take_turn(snapshot, said["say"], lang, voice, facts, day, dialogue)
        yield said["say"], told_by(turn, snapshot, lang)
        facts, dialogue = turn.facts, turn.dialogue


@pytest.mark.parametrize("way", ["api", "page", "module", "widget", "line", "mcp"])
def test_a_conversation_goes_the_same_way_everywhere(way: str, ways: Ways, snapshot: Snapshot) -> None:
    """Facts, dialogue, kind, outcome, entry, question, whom to call: none may differ in any turn."""
    turns, differing = 0, []
    for conversation in CONVERSATIONS:
        # LINE has one voice: whoever writes there is told what a patient is told.
        voice: Voice = "patient" if way == "line" else conversation["voice"]
        talk = Talk(
            ways.apps[conversation["day"]].test_client(), snapshot, conversation["lang"], voice, conversation["day"]
        )
        there = ways.start(way, talk)
        for number, (text, expected) in enumerate(turns_of(conversation, snapshot, voice), 1):
            told = there.say(text)
            turns += 1
            differing += [
                f"{conversation['id']}.{number} {name}: {found!r}, the turn itself {wanted!r}"
                for name, found, wanted in zip(Told._fields, told, expected, strict=True)
                if found != wanted
            ]
    assert not differing, "\n".join(differing)
    assert turns == sum(len(it["turns"]) for it in CONVERSATIONS)
