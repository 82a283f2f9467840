"""Script, invisible signs and long rows of signs in every box; requests that pretend to come from LINE or a widget."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from urllib.parse import quote, urlencode

from tests.faults.input_faults import _FORM, _JSON, _quick, _settled, chat, look_up, say
from tests.faults.lab import Lab
from tests.faults.registry import fault
from tests.faults.site import Reply, Site

_MARK = "x7391"
_SCRIPTS = (
    f"<script>{_MARK}</script>", f"<img src=x onerror={_MARK}>", f'"><svg onload={_MARK}>', f"'-{_MARK}-'<b>",
    f"</title><script>{_MARK}</script>", f"<a href=javascript:{_MARK}>", f"{{{{ {_MARK} * 7 }}}}<i>",
    f"<!--{_MARK}--><script>", f"＜script＞{_MARK}＜/script＞<u>", f"]]><script>{_MARK}</script>",
)  # fmt: skip
#: Marks of direction, of no width, of variation, tags, one for private use, a soft hyphen.
_INVISIBLE = "\u202e\u2066\u200b\u200f\ufeff\ufe0f\U000e0041\U000e007f\ue000\u00ad"
_KEY = "the key of a channel of the campaign"


def _message(text: str) -> dict[str, str]:
    return {"type": "text", "id": "1", "quoteToken": "q", "text": text}


def _webhook(**members: object) -> str:
    event = {"mode": "active", "timestamp": 1, "source": {"type": "user", "userId": "U1"}, "replyToken": "r"}
    event |= {"webhookEventId": "w", "deliveryContext": {"isRedelivery": False}, **members}
    return json.dumps({"destination": "U1", "events": [event]})


def _posted(site: Site, path: str, **fields: str) -> Reply:
    return site.ask("POST", path, urlencode(fields).encode(), content_type=_FORM)


@fault("F32", "signs that turn the direction, or that nobody sees")
def f32(lab: Lab) -> str:
    """Understood as if they were not there; shown in the reader's own box only, which has a direction of its own."""
    plain = json.loads(chat(lab.site, "期限切れの保険証は使えますか").body)
    for sign in _INVISIBLE[:6]:
        text = sign.join("期限切れの保険証は使えますか")
        assert json.loads(chat(lab.site, text).body)["facts"] == plain["facts"], f"{sign!r} changes what is understood"
    for sign in _INVISIBLE:
        for reply in (say(lab.site, f"{sign}資格確認書{sign}"), _posted(lab.site, "/ja/search", q=f"{sign}資格確認書")):
            _settled(reply, repr(sign))
            shown = re.sub(r'value="[^"]*"', "", reply.body.decode())
            assert sign not in shown, f"{sign!r} is shown"
    return f"{len(_INVISIBLE)} signs"


@fault("F35", "rows of signs that make patterns slow")
def f35(lab: Lab) -> str:
    """Each reader of dates, ages, numbers and words is quick with them."""
    pumps = ["令和8年", "75歳", "1/", "令和", "0-", "a ", "@a.", *"1８一十のーアa<&\t。年"]
    worst = 0.0
    for pump in pumps:
        for end in ("", "!", "月32日"):
            text = (pump * 1500)[: 290 - len(end)] + end
            for ask in (chat, say, look_up):
                worst = max(worst, _quick(lambda ask=ask, text=text: ask(lab.site, text), text))
    return f"{3 * len(pumps)} rows, {worst * 1000:.0f} ms at most"


@fault("F42", "script in every box, address and header")
def f42(lab: Lab) -> str:
    """It stays text."""
    for script in _SCRIPTS:
        at = quote(script, safe="")
        replies = [say(lab.site, script), _posted(lab.site, "/ja/search", q=script), chat(lab.site, script)]
        replies += [
            _posted(lab.site, "/en/widget", text=script),
            _posted(lab.site, "/ja/helpful", entry=script, helpful="yes"),
        ]
        replies += [
            lab.site.get(path + at, referer=f"https://{_MARK}/", user_agent=script.encode().decode("latin-1"))
            for path in (
                "/ja/check?presented=",
                "/ja/check?visit_date=",
                "/ja/check?x=",
                "/ja/faq/",
                "/api/v1/search?q=",
                "/api/v1/check?scheme=",
                "/ja/search?q=",
                "/ja/rules?on=",
                "/",
            )
        ]
        for reply in replies:
            _settled(reply, script)
            page = "html" in reply.headers.get("content-type", "")
            assert not page or script not in reply.body.decode(), f"{script} is a part of the page"
            assert not page or "'unsafe" not in reply.headers["content-security-policy"]
    return f"{len(_SCRIPTS)} scripts at {len(replies)} places"


@fault("F67", "requests that pretend to come from LINE, a widget, or a button")
def f67(lab: Lab) -> str:
    """Refused without the signature; with it, whatever they hold is no failure; other sites' buttons count nothing."""
    line = {"MADOGUCHI_LINE_SECRET": _KEY, "MADOGUCHI_LINE_TOKEN": "t", "MADOGUCHI_LINE_API": "http://127.0.0.1:9"}
    texts = ("資格確認書", "", "\0", "﷽" * 300, "<script>", "x" * 5000, "\U0001f600" * 100)
    pressed = ("visit_date=2026-02-30", "presented=notice&" * 100, "a" * 300, "%00", "lang=xx&scheme=[]")
    bodies = [_webhook(type="message", message=_message(text)) for text in texts]
    bodies += [_webhook(type="postback", postback={"data": data}) for data in pressed]
    bodies += [
        "",
        "[]",
        "null",
        "{",
        "[" * 8000,
        *(f'{{"events": {some}}}' for some in ("1", "[1]", "[{}]", '{"a": 1}')),
    ]
    with lab.another(line) as site:
        for body in bodies:
            raw = body.encode()
            good = base64.b64encode(hmac.new(_KEY.encode(), raw, hashlib.sha256).digest()).decode()
            for signature in ("", "AAAA", good[::-1], "x" * 5000):
                reply = site.ask("POST", "/line/webhook", raw, content_type=_JSON, x_line_signature=signature)
                assert reply.status == 400, f"{body[:60]} with a false signature: {reply.status}"
            reply = site.ask("POST", "/line/webhook", raw, content_type=_JSON, x_line_signature=good)
            assert reply.status in (200, 400), f"{body[:60]}: {reply.status}"
    for said in ("=perhaps&entry=refund", "=yes&entry=..%2f..%2fx", "=yes", "", "=yes&presented=x"):
        reply = lab.site.ask("POST", "/ja/helpful", f"helpful{said}".encode(), content_type=_FORM)
        assert reply.status == 400, f"{said}: {reply.status}"
    for where in ("cross-site", "same-site"):
        sent = b"helpful=yes&entry=refund"
        reply = lab.site.ask("POST", "/ja/helpful", sent, content_type=_FORM, sec_fetch_site=where)
        assert reply.status == 403, f"from {where}: {reply.status}"
    for text in (*texts, "a" * 16_000):
        _settled(_posted(lab.site, "/ja/widget", text=text), text)
    return f"{len(bodies)} webhooks with 5 signatures each, 7 buttons, {len(texts) + 1} sentences in the widget"
