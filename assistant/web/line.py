"""LINE: the same conversation in a chat. Facts travel in the buttons as codes; no sentence and no user is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.datastructures import MultiDict

from assistant.content.entries import LANGS
from assistant.conversation.answer import QuestionAnswer, answer
from assistant.conversation.turn import Reply, take_turn
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import UNKNOWN
from assistant.settings import LineChannel
from assistant.web import phrases, requests
from assistant.web.clock import today
from assistant.web.home import MAX_TEXT
from assistant.web.locale import speaking
from assistant.web.rendering import render_template
from assistant.web.templating import hidden_facts

if TYPE_CHECKING:
    from linebot.v3.messaging import QuickReplyItem, TextMessage

bp = Blueprint("line", __name__)

# What LINE takes: several events a request, so more than our own forms; lengths in characters.
_MAX_BODY: Final = 256 * 1024
_MAX_BUTTONS, _MAX_LABEL, _MAX_DATA, _MAX_MESSAGE, _MAX_SHOWN = 13, 20, 300, 5_000, 300
_PATIENCE: Final = (3, 5)
_JAPANESE: Final = re.compile("[ぁ-ヿ一-鿿]")


@bp.post("/line/webhook")
def webhook() -> Response:
    """Answer the events of a signed request; without a channel in the settings there is no such page."""
    channel: LineChannel | None = current_app.extensions["settings"].line
    if channel is None:
        abort(404)
    request.max_content_length = _MAX_BODY
    for event in _events(channel):
        said = _reply_to(event)
        if said is not None:
            _send(channel, event.reply_token, said)
    return Response("", content_type="text/plain")


def _events(channel: LineChannel) -> list[Any]:
    from linebot.v3 import WebhookParser
    from linebot.v3.exceptions import InvalidSignatureError

    try:
        body = request.get_data().decode()
        found: list[Any] = WebhookParser(channel.secret).parse(body, request.headers.get("X-Line-Signature", ""))
    except InvalidSignatureError:
        abort(400, "The signature is not that of the channel.")
    except (ValueError, KeyError, TypeError, RecursionError):
        abort(400, "The body is not a webhook of LINE.")
    return found


def _reply_to(event: Any) -> TextMessage | None:
    """Return the message for a sentence, a pressed button or a greeting; ``None`` for everything else."""
    from linebot.v3.webhooks import FollowEvent, MessageEvent, PostbackEvent, TextMessageContent

    if event.mode != "active":
        return None
    if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
        text = event.message.text[:MAX_TEXT]
        lang = "ja" if _JAPANESE.search(text) else "en"
        return _message(take_turn(requests.snapshot(), text, lang, "patient", Facts(today()), today()), lang)
    if isinstance(event, PostbackEvent):
        codes = MultiDict(parse_qsl(event.postback.data))
        facts = requests.lenient(codes, today()).facts
        lang = "en" if codes.get("lang") == "en" else "ja"
        found = answer(requests.snapshot(), facts, "patient", lang)
        return _message(Reply(kind=found.kind, facts=facts, answer=found), lang)
    if isinstance(event, FollowEvent):
        return _message(Reply(kind="greeting", facts=Facts(today())), *LANGS)
    return None


def _message(turn: Reply, lang: str, *others: str) -> TextMessage:
    """Return a reply as LINE takes it; a greeting, which knows no language yet, in several."""
    from linebot.v3.messaging import QuickReply, TextMessage

    with speaking(lang):
        text = _words(turn, lang)
        buttons = list(_buttons(turn.answer, lang)) if isinstance(turn.answer, QuestionAnswer) else []
    for other in others:
        with speaking(other):
            text += "\n\n" + _words(turn, other)
    return TextMessage(text=text, quickReply=QuickReply(items=buttons) if buttons else None)


def _words(turn: Reply, lang: str) -> str:
    text = render_template("line/reply.txt", turn=turn, lang=lang, entries=requests.snapshot().entries).strip()
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"


def _buttons(question: QuestionAnswer, lang: str) -> Iterator[QuickReplyItem]:
    """Yield a button for each option; none when the facts do not fit into one, the page in the text holds them all."""
    from linebot.v3.messaging import PostbackAction, QuickReplyItem

    pairs = [("lang", lang), *hidden_facts(question.asked.facts, "patient", question.fact)]
    chosen = [(option.value, option.label) for option in question.options]
    if question.fact != "presented":
        chosen.append((UNKNOWN, str(phrases.NOT_SURE)))
    data = [urlencode([*pairs, (question.fact, value)]) for value, _ in chosen]
    if max(map(len, data)) > _MAX_DATA or len(chosen) > _MAX_BUTTONS:
        return
    for number, (packed, (_, label)) in enumerate(zip(data, chosen, strict=True), 1):
        short = f"{number} {label}"
        short = short if len(short) <= _MAX_LABEL else short[: _MAX_LABEL - 1] + "…"
        yield QuickReplyItem(action=PostbackAction(label=short, data=packed, displayText=label[:_MAX_SHOWN]))


def _send(channel: LineChannel, token: str, message: TextMessage) -> None:
    """Send a reply. A failure is logged by its kind alone: LINE's own words may repeat what was said."""
    from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest
    from linebot.v3.messaging.exceptions import OpenApiException
    from urllib3.exceptions import HTTPError

    configuration = Configuration(access_token=channel.token)
    configuration.retries = 0
    with ApiClient(configuration) as client:
        api = MessagingApi(client)
        api.line_base_path = channel.api
        try:
            sent = ReplyMessageRequest(replyToken=token, messages=[message])
            api.reply_message(sent, _request_timeout=_PATIENCE)
        except (OpenApiException, HTTPError, ValueError) as error:
            current_app.logger.error(
                "a reply to LINE failed: %s %s", type(error).__name__, getattr(error, "status", "")
            )
