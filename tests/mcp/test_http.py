"""The MCP server over streamable HTTP: by plain requests as the protocol has them, and by the real client library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import anyio
import pytest
import uvicorn
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.mcp.server import PATH, build_server, over_http
from assistant.settings import Settings
from tests.conftest import TODAY

PROTOCOL = "2025-03-26"
CALL = {"name": "check_card", "arguments": {"presented": ["old_card"], "facts": {"scheme": "kouki"}, "lang": "en"}}


@pytest.fixture(scope="module")
def address(snapshot):
    """A server on a free port of this host."""
    live_snapshot = SimpleNamespace(snapshot=snapshot, refresh=lambda: None)
    options = over_http(["madoguchi.example"])
    app = build_server(Settings(as_of=TODAY), live_snapshot).streamable_http_app(**options)
    served = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        assert thread.is_alive()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{served.servers[0].sockets[0].getsockname()[1]}{PATH}"
    served.should_exit = True
    thread.join(timeout=10)


def post(address, method, params=None, **headers):
    """Send one message as the protocol asks; return status and JSON."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    try:
        with urlopen(Request(address, json.dumps(message).encode(), sent)) as response:
            return response.status, json.loads(response.read())
    except HTTPError as error:
        with error:
            return error.code, None


def test_it_names_itself_its_version_and_the_protocol(address):
    """No session is opened."""
    asked = {"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    status, body = post(address, "initialize", asked)
    assert status == 200
    assert body["result"]["protocolVersion"] == PROTOCOL
    assert body["result"]["serverInfo"]["name"] == "madoguchi"
    assert body["result"]["serverInfo"]["version"] == version("madoguchi")


def test_a_call_stands_by_itself_and_gives_the_apis_answer(address, client):
    """By plain JSON, without a session before it."""
    status, body = post(address, "tools/call", CALL, **{"MCP-Protocol-Version": PROTOCOL})
    assert status == 200
    api = client.get("/api/v1/check?presented=old_card&scheme=kouki&lang=en").json
    assert body["result"]["structuredContent"]["outcome"] == api["outcome"]


def test_another_host_or_origin_is_refused(address):
    """A page that a browser was led to cannot ask; a host of the settings can."""
    assert post(address, "tools/list", Host="evil.example")[0] == 421
    assert post(address, "tools/list", Origin="https://evil.example")[0] == 403
    assert post(address, "tools/list", Host="madoguchi.example")[0] == 200


def test_the_client_library_speaks_with_it(address):
    """The same tools as over standard streams."""

    async def talk():
        async with streamable_http_client(address) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            return tools, await session.call_tool(CALL["name"], CALL["arguments"])

    tools, result = anyio.run(talk)
    assert tools == ["check_card", "chat", "what_should_i_hold", "search_faq"]
    assert result.structured_content["outcome"]["standing"] == "full_payment"


@pytest.mark.parametrize("where", ["8001", "127.0.0.1:", "127.0.0.1:eighty", "127.0.0.1:99999"])
def test_an_address_that_cannot_be_served_is_named(where):
    """Before anything is loaded."""
    script = "from assistant.mcp.server import main; main()"
    command = [sys.executable, "-c", script, "--http", where]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert ended.returncode == 2
    assert "write HOST:PORT" in ended.stderr
