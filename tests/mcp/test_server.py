"""The MCP server as a program uses it: started by the real client library, over standard input and output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from assistant import paths
from tests.conftest import keep_topics

SITE = "https://madoguchi.example"
OLD_CARD = {"presented": ["old_card"], "facts": {"scheme": "kouki"}, "lang": "en"}
CALLS = {
    "outcome": ("check_card", OLD_CARD),
    "on a day": (
        "check_card",
        {"presented": ["old_card"], "facts": {"scheme": "kouki", "old_card": "valid"}, "visit_date": "2025-07-31"},
    ),
    "question": ("check_card", {"presented": ["certificate"], "lang": "en"}),
    "not confirmed": ("check_card", {**OLD_CARD, "visit_date": "2031-01-01"}),
    "bad fact": ("check_card", {"presented": ["hat-of-Yamada"]}),
    "paper": (
        "what_should_i_hold",
        {"facts": {"scheme": "kouki", "registration": "not_registered", "age_band": "75_84"}, "lang": "en"},
    ),
    "entries": ("search_faq", {"query": "paid the full cost, refund", "lang": "en", "limit": 2}),
    "nothing": ("search_faq", {"query": "qqqq zzzz", "lang": "en"}),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The names of the tools, what each call of `CALLS` returned, and its log. It has few topics, to start fast."""
    folder = tmp_path_factory.mktemp("mcp")
    log, content = folder / "stderr", folder / "content"
    shutil.copytree(paths.CONTENT, content)
    keep_topics(content, "refund", "notice-alone", "certificate-lost")

    async def talk():
        command = str(Path(sys.executable).with_name("madoguchi-mcp"))
        settings = {"MADOGUCHI_SITE": SITE, "MADOGUCHI_AS_OF": "2026-11-23", "MADOGUCHI_CONTENT": str(content)}
        with log.open("w") as errors:
            started = stdio_client(StdioServerParameters(command=command, env=settings), errlog=errors)
            async with started as (reading, writing), ClientSession(reading, writing) as session:
                await session.initialize()
                tools = [tool.name for tool in (await session.list_tools()).tools]
                return tools, {name: await session.call_tool(tool, sent) for name, (tool, sent) in CALLS.items()}

    tools, results = anyio.run(talk)
    return tools, results, log.read_text()


def body_of(server, name):
    """Return the JSON of one call."""
    result = server[1][name]
    assert not result.is_error, result
    return result.structured_content


def test_it_offers_its_tools(server):
    """As documented."""
    assert server[0] == ["check_card", "chat", "what_should_i_hold", "search_faq"]


def test_an_answer_is_the_apis_with_its_days_and_page(server, client):
    """Sources, the three dates side by side, and an address that can be opened."""
    query = "presented=old_card&scheme=kouki&lang=en"
    body, api = body_of(server, "outcome"), client.get(f"/api/v1/check?{query}").json
    ours = {"dates": body["dates"], "rules_version": body["rules_version"]}
    assert {**body, "page": api["page"]} == {**api, **ours}
    assert body["dates"] == {
        "visit_date": "2026-11-23",
        "in_force": api["in_force"],
        "checked_on": min(source["checked_on"] for source in api["sources"]),
    }
    assert body["page"] == SITE + api["page"]
    assert client.get(body["page"].removeprefix(SITE)).status_code == 200


def test_the_day_of_the_visit_decides(server):
    """The same card a year before."""
    assert body_of(server, "outcome")["outcome"]["standing"] == "full_payment"
    assert body_of(server, "on a day")["outcome"]["standing"] == "insured"
    assert body_of(server, "on a day")["dates"]["visit_date"] == "2025-07-31"


def test_what_is_open_is_asked_and_what_is_not_confirmed_is_said(server):
    """Neither claims a rule or a check."""
    asked, later = body_of(server, "question"), body_of(server, "not confirmed")
    assert (asked["kind"], asked["question"]["fact"]) == ("question", "certificate")
    assert later["kind"] == "not_confirmed"
    assert later["contact"]["name"]
    for body in (asked, later):
        assert body["sources"] == []
        assert (body["dates"]["in_force"], body["dates"]["checked_on"]) == (None, None)


def test_a_wrong_fact_is_an_error_that_names_what_it_takes(server):
    """It does not repeat what was sent, and nothing is written to the log."""
    result = server[1]["bad fact"]
    assert result.is_error
    assert "presented does not take this value" in result.content[0].text
    assert "old_card" in result.content[0].text
    assert "Yamada" not in result.content[0].text
    assert server[2] == ""


def test_which_paper_to_hold(server, client):
    """The API's words."""
    body = body_of(server, "paper")
    api = client.get("/api/v1/holding?scheme=kouki&registration=not_registered&age_band=75_84&lang=en").json
    assert body["paper"] == api["paper"]
    assert body["dates"]["checked_on"]


def test_entries_come_with_text_sources_and_dates(server, snapshot):
    """An entry is no rule: it has no window of its own."""
    body = body_of(server, "entries")
    first = body["entries"][0]
    assert len(body["entries"]) == 2
    assert first["id"] == "refund"
    assert snapshot.entries["refund", "en"].lead in first["text"]
    assert first["sources"]
    assert first["dates"] == {"visit_date": "2026-11-23", "in_force": None, "checked_on": first["checked_on"]}
    assert first["page"] == f"{SITE}/en/faq/{first['id']}"
    assert body_of(server, "nothing")["entries"] == []


def test_without_the_extra_it_says_what_to_install():
    """One line and exit 1, no traceback."""
    script = "import sys; sys.modules['mcp'] = None; from assistant.mcp.server import main; main()"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "the MCP server needs the package mcp; run pip install 'madoguchi[mcp]'\n"


def test_a_setting_that_cannot_be_used_is_named():
    """The same."""
    environment = {**os.environ, "MADOGUCHI_AS_OF": "yesterday"}
    command = str(Path(sys.executable).with_name("madoguchi-mcp"))
    ended = subprocess.run([command], capture_output=True, text=True, check=False, env=environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "MADOGUCHI_AS_OF: 'yesterday' is not a day; write YYYY-MM-DD\n"
