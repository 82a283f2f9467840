"""The LINE webhook: signed requests to our server, replies caught by a server that stands for LINE's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest

from assistant.domain.vocabulary import FACT_IDS, ITEMS
from assistant.settings import BadSetting, LineChannel, Settings
from tests.loopback import running

SECRET, TOKEN = "channel-secret", "channel-token"
SITE = "https://madoguchi.example"
TYPED = "山田花子 123456789012 の期限切れの保険証で病院に行けますか"


class FakeLine(BaseHTTPRequestHandler):
    """Takes replies as LINE does; ``status`` is what it answers, with the words that it was sent."""

    def do_POST(self):
        """Keep path, token and body."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers["Authorization"], json.loads(body)))
        answer = b'{"sentMessages": [{"id": "1"}]}' if self.server.status == 200 else body
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture(scope="module")
def line():
    """LINE's reply endpoint, on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeLine)
    server.taken, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(line, create):
    """The address of a webhook whose channel is the fake one."""
    channel = LineChannel(SECRET, TOKEN, f"http://127.0.0.1:{line.server_port}")
    with running(create(site=SITE, line=channel)) as address:
        yield f"{address}/line/webhook"


@pytest.fixture
def say(line, site):
    """Send events as LINE does; return the replies that came to its endpoint."""

    def send(*events, secret=SECRET, status=200):
        line.taken.clear()
        line.status = status
        body = json.dumps({"destination": "U1", "events": list(events)}, ensure_ascii=False).encode()
        assert post(site, body, secret) == 200
        return list(line.taken)

    return send


def post(site, body, secret=SECRET, signature=None):
    """Return the status of a signed request."""
    signed = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    headers = {"Content-Type": "application/json", "X-Line-Signature": signed if signature is None else signature}
    try:
        with urlopen(Request(site, body, headers)) as response:
            return response.status
    except HTTPError as error:
        error.close()
        return error.code


def event(type, **members):
    """An event as LINE sends it."""
    return {
        "type": type,
        "mode": "active",
        "timestamp": 1763866800000,
        "source": {"type": "user", "userId": "U0123456789"},
        "webhookEventId": "01FZ74A0TDDPYRVKNK77XKC3ZR",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "reply-token",
        **members,
    }


def words(text, **members):
    """A message of text."""
    message = {"type": "text", "id": "444573844083572737", "text": text, "quoteToken": "q"}
    return event("message", message=message, **members)


def press(data):
    """A pressed button."""
    return event("postback", postback={"data": data})


def test_a_question_in_the_chat_is_answered_by_buttons(say, client):
    """Sentence, question with our options, pressed button, verdict; the last is the page's."""
    ((path, authorization, body),) = say(words(TYPED))
    assert (path, authorization, body["replyToken"]) == ("/v2/bot/message/reply", f"Bearer {TOKEN}", "reply-token")
    (asked,) = body["messages"]
    buttons = [item["action"] for item in asked["quickReply"]["items"]]
    options = client.get("/api/v1/check?presented=old_card&old_card=expired").json["question"]["options"]
    assert [button["displayText"] for button in buttons] == [*(option["label"] for option in options), "わからない"]
    assert all(len(button["label"]) <= 20 for button in buttons)
    ((_, _, body),) = say(press(buttons[0]["data"]))
    (told,) = body["messages"]
    api = client.get("/api/v1/check?presented=old_card&old_card=expired&scheme=kouki").json
    assert api["outcome"]["title"] in told["text"]
    assert all(step in told["text"] for step in api["outcome"]["steps"])
    assert "2026年11月23日" in told["text"]
    assert SITE + api["page"] in told["text"]
    assert "quickReply" not in told


def test_buttons_hold_codes_and_nothing_typed(say):
    """Facts travel in them; names and numbers do not."""
    ((_, _, body),) = say(words(TYPED))
    for item in body["messages"][0]["quickReply"]["items"]:
        codes = parse_qs(item["action"]["data"])
        assert set(codes) <= {"lang", *FACT_IDS}
        assert codes["presented"] == ["old_card"]
    assert "山田" not in json.dumps(body, ensure_ascii=False)
    assert "123456789012" not in json.dumps(body)


def test_the_language_of_the_sentence_is_the_answers(say):
    """And of what follows from its buttons."""
    ((_, _, body),) = say(words("I only have my expired insurance card"))
    assert "Which" in body["messages"][0]["text"] or "?" in body["messages"][0]["text"]
    data = body["messages"][0]["quickReply"]["items"][0]["action"]["data"]
    assert parse_qs(data)["lang"] == ["en"]
    ((_, _, body),) = say(press(data))
    assert "What you pay today" in body["messages"][0]["text"]


def test_every_item_that_can_be_shown_has_its_button(say):
    """LINE takes thirteen."""
    ((_, _, body),) = say(press("lang=ja"))
    data = [item["action"]["data"] for item in body["messages"][0]["quickReply"]["items"]]
    assert [parse_qs(packed)["presented"][0] for packed in data] == list(ITEMS)


def test_entries_and_what_is_not_understood(say, snapshot):
    """An entry with its page; otherwise nothing is guessed, and a person is named."""
    ((_, _, body),) = say(words("10割払いました。お金は戻りますか"))
    assert f"{SITE}/ja/faq/" in body["messages"][0]["text"]
    ((_, _, body),) = say(words("くぁｗせｄｒｆｔｇｙ"))
    assert snapshot.contacts["insurer/any"].name["ja"] in body["messages"][0]["text"]


def test_more_facts_than_a_button_holds_lead_to_the_page(say):
    """No button that would lose one of them."""
    long = "&".join(f"presented={item}" for item in ITEMS if item != "none") + "&lang=ja"
    ((_, _, body),) = say(press(long))
    assert "quickReply" not in body["messages"][0]
    assert "presented=other_document" in body["messages"][0]["text"]


def test_a_greeting_in_both_languages_and_silence_for_the_rest(say):
    """A picture, a channel that a person is answering, and the test that LINE sends without events."""
    ((_, _, body),) = say(event("follow", follow={"isUnblocked": False}))
    assert "病院や薬局で" in body["messages"][0]["text"]
    assert "clinic or pharmacy" in body["messages"][0]["text"]
    picture = {"type": "image", "id": "1", "quoteToken": "q", "contentProvider": {"type": "line"}}
    assert say(event("message", message=picture), words(TYPED, mode="standby")) == []
    assert say() == []


def test_several_events_get_their_replies(say):
    """In their order."""
    taken = say(words(TYPED, replyToken="a"), words(TYPED, replyToken="b"))
    assert [body["replyToken"] for _, _, body in taken] == ["a", "b"]


def test_only_the_channel_is_heard(line, site):
    """Another secret, an altered body, no signature, no letters of ours; and signed nonsense."""
    line.taken.clear()
    body = json.dumps({"destination": "U1", "events": [words(TYPED)]}).encode()
    assert post(site, body, secret="another") == 400  # noqa: S106 - the point of the test
    good = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    assert post(site, body + b" ", signature=good) == 400
    assert post(site, body, signature="") == 400
    assert post(site, body, signature="é") == 400
    half = (b'{"events": [1]}', b'{"events": [{"type": "message"}]}', b"[" * 8000)
    for nonsense in (b"", b"[]", b"{}", b"\xff\xfe", *half):
        assert post(site, nonsense) == 400, nonsense
    assert line.taken == []


def test_what_was_typed_reaches_no_log(say, caplog, capfd):
    """Not even when LINE refuses a reply and repeats it."""
    caplog.set_level("DEBUG")
    say(words(TYPED))
    say(words(TYPED), status=400)
    said = caplog.text + "".join(capfd.readouterr())
    assert "a reply to LINE failed: ApiException 400" in said
    assert "山田" not in said
    assert "123456789012" not in said
    assert "保険証" not in said


def test_without_the_setting_there_is_no_such_page(client):
    """404, as for any other."""
    assert client.post("/line/webhook", data=b"{}").status_code == 404


def test_the_settings_go_together(monkeypatch):
    """Half a channel, or one without what speaks to LINE, would fail at the first reply."""
    both = {"MADOGUCHI_LINE_SECRET": SECRET, "MADOGUCHI_LINE_TOKEN": TOKEN}
    settings = Settings.from_environment(both)
    assert settings.line == LineChannel(SECRET, TOKEN)
    assert SECRET not in repr(settings)
    assert TOKEN not in repr(settings)
    with pytest.raises(BadSetting, match="set both or neither"):
        Settings.from_environment({"MADOGUCHI_LINE_SECRET": SECRET})
    with pytest.raises(BadSetting, match="MADOGUCHI_LINE_API: not an address"):
        Settings.from_environment({**both, "MADOGUCHI_LINE_API": "api.line.me"})
    with pytest.raises(BadSetting, match="MADOGUCHI_SITE: not an address"):
        Settings.from_environment({"MADOGUCHI_SITE": "https://example.org/?a=1"})
    monkeypatch.setitem(sys.modules, "linebot", None)
    with pytest.raises(BadSetting, match=r"pip install 'madoguchi\[line\]'"):
        Settings.from_environment(both)
