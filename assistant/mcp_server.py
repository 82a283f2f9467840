"""`madoguchi-mcp`: the same answers for language models, by the Model Context Protocol over standard streams."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from assistant.content.sources import cited
from assistant.conversation.answer import answer
from assistant.conversation.finding import find
from assistant.conversation.holding import holding
from assistant.conversation.snapshot import Snapshot
from assistant.domain.facts import BadFact, Facts, parse
from assistant.domain.faults import Faulty
from assistant.domain.vocabulary import CHOICES, ITEMS, PRINTED_DATES, UNKNOWN, Voice
from assistant.settings import BadSetting, Settings
from assistant.store import Shelf, open_shelf
from assistant.web.clock import day_in_japan, now
from assistant.web.serial import answer_json, entry_json, holding_json

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

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
Words = Annotated[str, Field(description="words to look for, without names or numbers of a person", max_length=300)]

_NOTHING: Final[dict[str, str]] = {}
_ABOUT: Final = (
    "Dated, sourced answers on what happens when a health-insurance card or paper is shown at a clinic or pharmacy in "
    "Japan. Rules decide, nothing is guessed: a reply of kind `question` asks for one more fact, `not_confirmed` names "
    "whom to ask. Cite `sources`, and say the days in `dates`. Send no names, numbers or illnesses."
)


def main() -> None:
    """Serve on standard input and output until it is closed; ends with 1 and one line when it cannot start."""
    if find_spec("mcp") is None:
        sys.exit("the MCP server needs the package mcp; run pip install 'madoguchi[mcp]'")
    try:
        settings = Settings.from_environment()
        shelf = open_shelf(settings.content, settings.store, _to_the_log, now)
    except Faulty as error:
        sys.exit("\n".join(map(str, error.faults)))
    except BadSetting as error:
        sys.exit(str(error))
    build_server(settings, shelf).run()


def _to_the_log(line: str) -> None:
    """Report on standard error: standard output belongs to the protocol."""
    sys.stderr.write(f"{line}\n")


def build_server(settings: Settings, shelf: Shelf) -> MCPServer[Any]:
    """Return a server whose tools answer from what ``shelf`` holds."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError

    server: MCPServer[Any] = MCPServer("madoguchi", instructions=_ABOUT, log_level="CRITICAL")

    def facts_of(presented: list[str], facts: dict[str, str], visit_date: str) -> Facts:
        codes: dict[str, str | list[str]] = dict(facts)
        if presented:
            codes["presented"] = presented
        if visit_date:
            codes["visit_date"] = visit_date
        try:
            return parse(codes, settings.as_of or day_in_japan())
        except BadFact as error:
            raise ToolError(str(error)) from None

    def snapshot() -> Snapshot:
        shelf.refresh()
        return shelf.snapshot

    @server.tool()
    def check_card(
        presented: Items, facts: Stated = _NOTHING, visit_date: Day = "", lang: Lang = "ja", voice: Voice = "patient"
    ) -> dict[str, Any]:
        """Say what happens when these cards or papers are shown on this day, or ask for the fact that decides it."""
        asked = facts_of(presented, facts, visit_date)
        return dated(answer_json(answer(snapshot(), asked, voice, lang)), settings.site)

    @server.tool()
    def what_should_i_hold(facts: Stated = _NOTHING, visit_date: Day = "", lang: Lang = "ja") -> dict[str, Any]:
        """Say which card or paper somebody should hold on this day, or ask for the fact that decides it."""
        return dated(holding_json(holding(snapshot(), facts_of([], facts, visit_date), lang)), settings.site)

    @server.tool()
    def search_faq(query: Words, lang: Lang = "ja", limit: Annotated[int, Field(ge=1, le=10)] = 3) -> dict[str, Any]:
        """Find entries of the FAQ, best first, with text, sources, dates; `scope` is the one insurer it holds for."""
        found, visit = snapshot(), (settings.as_of or day_in_japan()).isoformat()
        entries = [found.entries[hit.id, lang] for hit in find(found, query, lang, limit)]
        bodies = []
        for entry in entries:
            body = entry_json(entry, cited(found.sources, entry.front.sources))
            more = {"facts": {"visit_date": visit}, "text": entry.text, "scope": entry.front.scope, "page": body["url"]}
            bodies.append(dated(body | more, settings.site))
        return {"entries": bodies, "rules_version": found.version}

    return server


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
