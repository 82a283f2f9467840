"""`madoguchi-mcp`: the same answers for language models, by the Model Context Protocol: standard streams or HTTP."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from pydantic import Field

from assistant.answers.answer import answer
from assistant.answers.paper_to_hold import holding
from assistant.answers.whom_to_call import entry_contact
from assistant.clock import day_in_japan, now
from assistant.content.sources import cited
from assistant.conversation.retrieval import look_up
from assistant.conversation.state import fact_codes, read_dialogue
from assistant.conversation.turn import take_turn
from assistant.domain.facts import BadFact, Facts, iso_date, parse
from assistant.domain.faults import Faulty
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN, Voice
from assistant.language.models.sentence_encoder import encoder_if
from assistant.language.text.normalize import MAX_QUERY
from assistant.language.utterance import MAX_TEXT
from assistant.presentation.serializers import answer_json, entry_json, found_json, holding_json, turn_json
from assistant.settings import BadSetting, Settings
from assistant.snapshot.live import LiveSnapshot, open_live
from assistant.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Read = TypeVar("Read")
Lang = Literal["ja", "en"]
Items = Annotated[list[str], Field(description=f"what is shown at the counter, one or more of: {', '.join(ITEMS)}")]
Stated = Annotated[
    dict[str, str],
    Field(
        description="what else is known, by fact: "
        + "; ".join(f"{id}: {', '.join((*choice.values, UNKNOWN))}" for id, choice in CHOICES.items())
        + f"; dates printed on a paper (YYYY-MM-DD): {', '.join(PRINTED_DATES)}. Leave out what nobody said."
    ),
]
Day = Annotated[str, Field(description="day of the visit, YYYY-MM-DD; today in Japan when it is left out")]
Told = Annotated[dict[str, Any] | None, Field(description="as the last reply gave it; leave it out at the beginning")]
Words = Annotated[
    str, Field(description="words to look for, without names or numbers of a person", max_length=MAX_QUERY)
]

#: Where HTTP is served.
PATH: Final = "/mcp"
_NOTHING: Final[dict[str, str]] = {}
_ABOUT: Final = (
    "Dated, sourced answers on what happens when a health-insurance card or paper is shown at a clinic or pharmacy in "
    "Japan. Rules decide, nothing is guessed: a reply of kind `question` asks for one more fact, `either` says what "
    "follows both ways, `not_confirmed` names whom to ask. "
    "Cite `sources`, and say the days in `dates`. Send no names, numbers or illnesses."
)


def main() -> None:
    """Serve on standard streams, or by HTTP, until it is closed; ends with 1 and one line when it cannot start."""
    parser = argparse.ArgumentParser(prog="madoguchi-mcp", description="the answers of Madoguchi for language models")
    told = f"serve streamable HTTP at {PATH} instead of standard streams"
    parser.add_argument("--http", metavar="HOST:PORT", type=_host_and_port, help=told)
    where: tuple[str, int] | None = parser.parse_args().http
    if find_spec("mcp") is None:
        sys.exit("the MCP server needs the package mcp; run pip install 'madoguchi[mcp]'")
    try:
        settings = Settings.from_environment()
        served = open_live(settings.content, settings.store, _to_the_log, now, encoder_if(settings.encoder))
    except Faulty as error:
        sys.exit("\n".join(map(str, error.faults)))
    except BadSetting as error:
        sys.exit(str(error))
    server = build_server(settings, served)
    if where is None:
        server.run()
    else:
        server.run("streamable-http", host=where[0], port=where[1], **over_http(settings.hosts))


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (host and port.isdecimal() and int(port) < 2**16):
        raise argparse.ArgumentTypeError("write HOST:PORT, for example 127.0.0.1:8001")
    return host.strip("[]"), int(port)


def over_http(hosts: Collection[str]) -> dict[str, Any]:
    """Return how HTTP is served: each request by itself and answered by JSON, as the server keeps no conversation.

    A request that names another host than this one or one of ``hosts`` is refused: a page in a browser may send it.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    ours = ["127.0.0.1:*", "localhost:*", "[::1]:*", *hosts, *(f"{host}:*" for host in hosts)]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in ours]
    safe = TransportSecuritySettings(allowed_hosts=ours, allowed_origins=origins)
    return {"streamable_http_path": PATH, "stateless_http": True, "json_response": True, "transport_security": safe}


def _to_the_log(line: str) -> None:
    """Report on standard error: standard output belongs to the protocol."""
    sys.stderr.write(f"{line}\n")


def build_server(settings: Settings, served: LiveSnapshot) -> MCPServer[Any]:
    """Return a server whose tools answer from what ``served`` holds."""
    from mcp.server.mcpserver import MCPServer

    server: MCPServer[Any] = MCPServer(
        "madoguchi", version=version("madoguchi"), instructions=_ABOUT, log_level="CRITICAL"
    )
    tools = _Tools(settings, served)
    for tool in (tools.check_card, tools.chat, tools.what_should_i_hold, tools.search_faq):
        server.tool()(tool)
    return server


class _Tools:
    """The tools, over one served; their docstrings and parameters are what a model reads."""

    def __init__(self, settings: Settings, served: LiveSnapshot) -> None:
        self._settings = settings
        self._served = served

    def check_card(
        self,
        presented: Items,
        facts: Stated = _NOTHING,
        visit_date: Day = "",
        lang: Lang = "ja",
        voice: Voice = "patient",
    ) -> dict[str, Any]:
        """Say what happens when these cards or papers are shown on this day, or ask for the fact that decides it."""
        asked = self._facts(presented, facts, visit_date)
        return dated(answer_json(answer(self._snapshot(), asked, voice, lang)), self._settings.site)

    def chat(
        self,
        text: Annotated[str, Field(description="what somebody says, without names or numbers", max_length=MAX_TEXT)],
        facts: Told = None,
        dialogue: Told = None,
        visit_date: Day = "",
        lang: Lang = "ja",
        voice: Voice = "patient",
    ) -> dict[str, Any]:
        """Take one turn of the conversation; send `facts` and `dialogue` of the reply back with the next sentence."""
        asked_on = self._read(lambda: iso_date("visit_date", visit_date)) if visit_date else self._today()
        known = self._read(lambda: parse(fact_codes(facts or {}), asked_on))
        state = self._read(lambda: read_dialogue(dialogue, asked_on)) if dialogue is not None else None
        found = self._snapshot()
        return turn_json(take_turn(found, text, lang, voice, known, asked_on, state), found, lang)

    def what_should_i_hold(self, facts: Stated = _NOTHING, visit_date: Day = "", lang: Lang = "ja") -> dict[str, Any]:
        """Say which card or paper somebody should hold on this day, or ask for the fact that decides it."""
        asked = self._facts([], facts, visit_date)
        return dated(holding_json(holding(self._snapshot(), asked, lang)), self._settings.site)

    def search_faq(
        self,
        query: Words,
        lang: Lang = "ja",
        limit: Annotated[int, Field(ge=1, le=10)] = 3,
        voice: Voice = "patient",
    ) -> dict[str, Any]:
        """Find entries of the FAQ, best first, with text, sources, dates; `scope` is the one insurer it holds for.

        No entry when none answers: then `contact` is whom to ask, `meant` the query with its misspellings righted.
        """
        found, asked_on = self._snapshot(), self._today()
        looked_up = look_up(found, query, lang, limit, asked_on, voice)
        bodies = []
        for entry in (found.entries[hit.id, lang] for hit in looked_up.hits):
            body = entry_json(entry, cited(found.sources, entry.front.sources), entry_contact(found, entry))
            more = {
                "facts": {"visit_date": asked_on.isoformat()},
                "text": entry.text,
                "scope": entry.front.scope,
                "page": body["url"],
            }
            bodies.append(dated(body | more, self._settings.site))
        said = {"meant": looked_up.meant, "contact": found_json(looked_up, found, lang)["contact"]}
        return {"entries": bodies, "rules_version": found.version} | said

    def _facts(self, presented: list[str], facts: dict[str, str], visit_date: str) -> Facts:
        codes: dict[str, str | list[str]] = dict(facts)
        if presented:
            codes["presented"] = presented
        if visit_date:
            codes["visit_date"] = visit_date
        return self._read(lambda: parse(codes, self._today()))

    def _read(self, reading: Callable[[], Read]) -> Read:
        """Return what ``reading`` reads; a mistake in what was sent becomes an error that a model can act upon."""
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return reading()
        except BadFact as error:
            raise ToolError(str(error)) from None

    def _today(self) -> date:
        return self._settings.as_of or day_in_japan()

    def _snapshot(self) -> Snapshot:
        self._served.refresh()
        return self._served.snapshot


def dated(body: dict[str, Any], site: str) -> dict[str, Any]:
    """Return an answer's JSON with its days side by side and the whole address of its page.

    ``in_force`` is null for what is no rule (an entry, a question); ``checked_on`` is the oldest check of its sources.
    """
    checks = [source["checked_on"] for source in body.get("sources", ())]
    days = {
        "visit_date": body["facts"]["visit_date"],
        "in_force": body.get("in_force"),
        "checked_on": body.get("checked_on") or min(checks, default=None),
    }
    left_out = {"html", "url"}
    return {name: value for name, value in body.items() if name not in left_out} | {
        "sources": body.get("sources", []),
        "dates": days,
        "page": site + body["page"],
    }
