"""The LINE webhook: signed requests to our server, replies caught by a server that stands for LINE's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest

from assistant.conversation.state import Dialogue, Person, read_short, write_short
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS, PRINTED_DATES
from assistant.settings import BadSetting, LineChannel, Settings
from assistant.web.channels.seen_events import SeenEvents
from tests.conftest import TODAY
from tests.loopback import running

#: Every event has an id of its own, until a test says that it comes again.
NUMBERS = count()
SECRET, TOKEN = "channel-secret", "channel-token"
SITE = "https://madoguchi.example"
ASKS = "資格確認書で病院に行けますか"
TYPED = "山田花子 123456789012 の期限切れの保険証で病院に行けますか"
DOUBTFUL = "the iphone one maybe"


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
        "webhookEventId": f"01FZ74A0TDDPYRVKNK{next(NUMBERS):08}",
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
    ((path, authorization, body),) = say(words(ASKS))
    assert (path, authorization, body["replyToken"]) == ("/v2/bot/message/reply", f"Bearer {TOKEN}", "reply-token")
    (asked,) = body["messages"]
    buttons = [item["action"] for item in asked["quickReply"]["items"]]
    options = client.get("/api/v1/check?presented=certificate").json["question"]["options"]
    labels = [*(option["label"] for option in options), "わからない"]
    assert [button["displayText"] for button in buttons if "displayText" in button] == labels
    assert all(len(button["label"]) <= 20 for button in buttons)
    ((_, _, body),) = say(press(buttons[1]["data"]))
    (told,) = body["messages"]
    api = client.get("/api/v1/check?presented=certificate&certificate=expired").json
    assert api["outcome"]["title"] in told["text"]
    assert all(step in told["text"] for step in api["outcome"]["steps"])
    assert "2026年11月23日" in told["text"]
    assert SITE + api["page"] in told["text"]


def filled(body):
    """Return the line with which the keyboard opens when «write on» is pressed."""
    actions = [item["action"] for item in body["messages"][0]["quickReply"]["items"]]
    return next(action["fillInText"] for action in actions if "fillInText" in action)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("image", "photo"),
        ("video", "photo"),
        ("file", "photo"),
        ("audio", "audio"),
        ("sticker", "sticker"),
        ("location", "other"),
    ],
)
def test_what_is_no_sentence_gets_one(say, snapshot, kind, told):
    """In both languages, and nothing of it is fetched or named."""
    provider = {"contentProvider": {"type": "line"}}
    members = {
        "image": {**provider, "quoteToken": "q"},
        "video": {**provider, "quoteToken": "q"},
        "audio": provider,
        "file": {"fileName": "yamada.pdf", "fileSize": 9},
        "sticker": {"packageId": "1", "stickerId": "2", "stickerResourceType": "STATIC", "quoteToken": "q"},
        "location": {"title": "home", "address": "Mitaka 1-2-3", "latitude": 35.1, "longitude": 139.1},
    }
    ((path, _, body),) = say(event("message", message={"type": kind, "id": "1", **members[kind]}))
    assert path == "/v2/bot/message/reply"
    words = snapshot.phrases[f"line_{told}"]
    assert [message["text"] for message in body["messages"]] == [f"{words.ja}\n\n{words.en}"]


def test_an_event_that_comes_again_is_answered_once(say):
    """By its id, whether LINE says that it is delivered again or not; ids of another shape are not kept."""
    first = words(ASKS)
    assert len(say(first)) == 1
    assert say({**first, "deliveryContext": {"isRedelivery": True}}) == []
    assert len(say(first, words(ASKS))) == 1
    odd = words(ASKS, webhookEventId="Yamada Hanako")
    assert len(say(odd, odd)) == 2


def test_the_events_seen_are_few_and_one_given_back_is_new():
    """The oldest goes."""
    seen = SeenEvents(most=2)
    ids = [f"01FZ74A0TDDPYRVKNKX{number:07}" for number in range(3)]
    assert [seen.take(id) for id in (*ids, ids[2], ids[0])] == [True, True, True, False, True]
    seen.give_back(ids[0])
    assert seen.take(ids[0])


def test_writing_on_keeps_what_was_said(say):
    """The button puts a line of codes before the next sentence; it holds all that is known, and nothing typed."""
    ((_, _, body),) = say(words(ASKS))
    line = filled(body)
    assert len(line) <= 300
    assert line.isascii()
    ((_, _, body),) = say(words(line + "令和八年七月三十一日"))
    assert "いったん全額" in body["messages"][0]["text"]
    ((_, _, body),) = say(words(filled(body) + "マイナンバーカードも持ってます。登録済みです"))
    assert "【保険で受診" in body["messages"][0]["text"] or "ふだんの負担割合" in body["messages"][0]["text"]
    assert say(press("write=on")) == []
    ((_, _, body),) = say(words("[0123456789ABCDEFGHJK.x.y] こんにちは"))
    assert body["messages"][0]["text"]


def test_buttons_hold_codes_and_nothing_typed(say, snapshot):
    """Facts travel in them; names and numbers do not."""
    ((_, _, body),) = say(words(f"山田花子 123456789012 です。{ASKS}"))
    asked = 0
    for item in body["messages"][0]["quickReply"]["items"]:
        codes = parse_qs(item["action"]["data"])
        assert set(codes) <= {"lang", "state", "write", *FACT_IDS}
        for state in codes.get("state", []):
            facts, dialogue = read_short(state, TODAY)
            assert facts.presented == {"certificate"}
            assert dialogue.asked == "certificate"
            asked += 1
    assert asked
    assert "山田" not in json.dumps(body, ensure_ascii=False)
    assert "123456789012" not in json.dumps(body)


def test_the_language_of_the_sentence_is_the_answers(say):
    """And of what follows from its buttons."""
    ((_, _, body),) = say(words("Can I use my eligibility certificate?"))
    assert "still be in date" in body["messages"][0]["text"]
    data = body["messages"][0]["quickReply"]["items"][0]["action"]["data"]
    assert parse_qs(data)["lang"] == ["en"]
    ((_, _, body),) = say(press(data))
    assert "What you pay today" in body["messages"][0]["text"]


def test_a_number_and_a_paper_named_in_the_other_language_keep_it(say):
    """Half-width kana are Japanese; a name of a paper or a day makes no English sentence Japanese."""
    for first, after in ((ASKS, "今日の支払い"), ("Can I use my eligibility certificate?", "What you pay today")):
        ((_, _, body),) = say(words(first))
        ((_, _, body),) = say(words(filled(body) + "2"))
        assert after in body["messages"][0]["text"]
    ((_, _, body),) = say(words("ｼｶｸｶｸﾆﾝｼｮ ﾃﾞ ﾋﾞｮｳｲﾝ ﾆ ｲｹﾏｽｶ"))
    assert not body["messages"][0]["text"].isascii()
    ((_, _, body),) = say(words("Can I see a doctor with a paper called 資格確認書?"))
    assert "still be in date" in body["messages"][0]["text"]


def test_what_is_doubtful_is_asked_and_a_yes_takes_it(say, snapshot):
    """In words, by its button, and as an answer written on; the question is about that one item."""
    doubt = snapshot.phrases["doubt"]["en"].format(item=snapshot.words["presented"].values["smartphone"]["en"])
    ((_, _, body),) = say(words(DOUBTFUL))
    assert doubt in body["messages"][0]["text"].split("\n")
    pressed = body["messages"][0]["quickReply"]["items"][0]["action"]["data"]
    for sent in (press(pressed), words(filled(body) + "Yes")):
        ((_, _, body),) = say(sent)
        facts, _ = read_short(filled(body).strip().strip("[]").removeprefix("en."), TODAY)
        assert facts.presented == {"smartphone"}


def test_every_item_that_can_be_shown_has_its_number(say):
    """LINE takes thirteen buttons: twelve items and one to write on; the thirteenth item is answered by number."""
    state = write_short(Facts(TODAY), Dialogue())
    ((_, _, body),) = say(press(f"lang=ja&state={state}"))
    items = body["messages"][0]["quickReply"]["items"]
    chosen = [parse_qs(item["action"]["data"]).get("presented", [""])[0] for item in items]
    assert chosen == [*ITEMS[:12], ""]
    ((_, _, body),) = say(words(filled(body) + "13"))
    assert "いったん全額" in body["messages"][0]["text"]


def test_entries_and_what_is_not_understood(say, snapshot):
    """An entry with its page; otherwise nothing is guessed, and a person is named."""
    ((_, _, body),) = say(words("10割払いました。お金は戻りますか"))
    assert f"{SITE}/ja/faq/" in body["messages"][0]["text"]
    ((_, _, body),) = say(words("zxcv qwrt"))
    assert snapshot.contacts["insurer/any"].name["en"] in body["messages"][0]["text"]


def test_all_facts_and_four_other_people_fit_into_a_button(say):
    """What is known is packed: nothing is lost on the way."""
    full = Facts(
        TODAY,
        frozenset(item for item in ITEMS if item != "none"),
        {fact: choice.values[-1] for fact, choice in CHOICES.items() if fact not in PRINTED_DATES.values()},
        dict.fromkeys(PRINTED_DATES, TODAY),
    )
    aside = tuple(Person(who, full) for who in ("mother", "father", "wife", "child"))
    dialogue = Dialogue("certificate", CHOICES["certificate"].values, "certificate-checked", "self", aside)
    state = write_short(full, dialogue)
    assert len(state) <= 280
    assert read_short(state, TODAY) == (full, dialogue)
    assert len(say(press(f"lang=ja&state={state}"))) == 1


def test_a_greeting_in_both_languages_and_silence_for_the_rest(say):
    """A person who left, a channel that a person is answering, and the test that LINE sends without events."""
    ((_, _, body),) = say(event("follow", follow={"isUnblocked": False}))
    assert "窓口で見せるカードや紙" in body["messages"][0]["text"]
    assert "which card or paper" in body["messages"][0]["text"]
    assert say(event("unfollow"), words(TYPED, mode="standby")) == []
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
