"""LINE: the same conversation in a chat. Facts and dialogue travel in the buttons as codes; no sentence and no user is
kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, abort, current_app, request

from assistant.content.entries import LANGS
from assistant.conversation.reply import Reply, doubted, question_of
from assistant.conversation.state import Dialogue, read_short, write_short
from assistant.conversation.state_edits import answered_by
from assistant.conversation.turn import by_rules, take_turn
from assistant.domain.facts import BadFact, Facts
from assistant.domain.vocabulary import FACT_IDS, UNKNOWN
from assistant.language.utterance import MAX_TEXT
from assistant.settings import LineChannel
from assistant.web.channels.seen_events import SeenEvents
from assistant.web.http import request_facts
from assistant.web.http.locale import speaking
from assistant.web.http.request_day import today
from assistant.web.jinja.environment import render_template
from assistant.web.words import labels

if TYPE_CHECKING:
    from linebot.v3.messaging import QuickReplyItem, TextMessage

bp = Blueprint("line", __name__)

# What LINE takes: several events a request, so more than our own forms; lengths in characters.
_MAX_BODY: Final = 256 * 1024
_MAX_BUTTONS, _MAX_LABEL, _MAX_DATA, _MAX_MESSAGE, _MAX_SHOWN = 13, 20, 300, 5_000, 300
_PATIENCE: Final = (3, 5)
_MAX_FILLED: Final = 300
_STATE: Final = "state"
#: The line of codes with which a message begins that was written by the button for it; its language, then the state.
_STATE_LINE: Final = re.compile(r"\s*\[(?:(ja|en)\.)?([0-9A-Za-z_.:-]{20,300})\]\s*")
_JAPANESE: Final = re.compile("[ぁ-ヿ一-鿿ｦ-ﾟ]")
_LATIN: Final = re.compile("[A-Za-z]")
#: What a message can be besides words, and the phrase for it.
_WORDLESS: Final = {"image": "photo", "video": "photo", "file": "photo", "audio": "audio", "sticker": "sticker"}
#: A Japanese letter says as much as some three Latin ones.
_WEIGHT: Final = 3


@bp.post("/line/webhook")
def webhook() -> Response:
    """Answer the events of a signed request; without a channel in the settings there is no such page."""
    channel: LineChannel | None = current_app.extensions["settings"].line
    if channel is None:
        abort(404)
    request.max_content_length = _MAX_BODY
    seen: SeenEvents = current_app.extensions.setdefault("line_events", SeenEvents())
    for event in _events(channel):
        if not seen.take(event.webhook_event_id):
            continue
        try:
            said = _reply_to(event)
        except Exception:
            seen.give_back(event.webhook_event_id)
            raise
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
    """Return the message for a message, a pressed button or a greeting; ``None`` for everything else."""
    from linebot.v3.webhooks import FollowEvent, MessageEvent, PostbackEvent, TextMessageContent

    if event.mode != "active":
        return None
    snapshot = request_facts.snapshot()
    if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
        facts, dialogue, lang, text = _said(event.message.text)
        return _message(take_turn(snapshot, text[:MAX_TEXT], lang, "patient", facts, today(), dialogue), lang)
    if isinstance(event, PostbackEvent):
        pressed = dict(parse_qsl(event.postback.data))
        if _STATE not in pressed:
            return None
        facts, dialogue = _state(pressed[_STATE])
        lang = "en" if pressed.get("lang") == "en" else "ja"
        answered = {fact: value for fact, value in pressed.items() if fact in FACT_IDS}
        return _message(by_rules(snapshot, answered_by(facts, answered), "patient", lang, dialogue), lang)
    if isinstance(event, FollowEvent):
        return _message(Reply(kind="social", act="greeting", facts=Facts(today())), *LANGS)
    if isinstance(event, MessageEvent):
        return _wordless(event.message.type)
    return None


def _wordless(kind: str) -> TextMessage:
    """Return one sentence on what is no sentence, in every language as it has none; nothing of it is fetched."""
    from linebot.v3.messaging import TextMessage

    words = request_facts.snapshot().phrases[f"line_{_WORDLESS.get(kind, 'other')}"]
    return TextMessage(text="\n\n".join(words[lang] for lang in LANGS))


def _said(text: str) -> tuple[Facts, Dialogue, str, str]:
    """Return what stands in the first line of a message, then the language and the words of the sentence after it."""
    line = _STATE_LINE.match(text)
    if line is None:
        return Facts(today()), Dialogue(), _lang_of(text), text
    facts, dialogue = _state(line[2])
    text = text[line.end() :]
    return facts, dialogue, _lang_of(text, line[1] or ""), text


def _lang_of(text: str, before: str = "") -> str:
    """Return the language of a sentence, where it leaves that open the one of the talk ``before``.

    A number has no language, and papers and days are named in the other one too.
    """
    japanese, latin = len(_JAPANESE.findall(text)), len(_LATIN.findall(text))
    if before and bool(japanese) == bool(latin):
        return before
    return "ja" if japanese and japanese * _WEIGHT >= latin else "en"


def _state(written: str) -> tuple[Facts, Dialogue]:
    try:
        return read_short(written, today())
    except BadFact:
        return Facts(today()), Dialogue()


def _message(turn: Reply, lang: str, *others: str) -> TextMessage:
    """Return a reply as LINE takes it; a greeting, which knows no language yet, in several."""
    from linebot.v3.messaging import QuickReply, TextMessage

    with speaking(lang):
        text = _words(turn, lang)
        buttons = list(_buttons(turn, lang)) if not others else []
    for other in others:
        with speaking(other):
            text += "\n\n" + _words(turn, other)
    return TextMessage(text=text, quickReply=QuickReply(items=buttons) if buttons else None)


def _words(turn: Reply, lang: str) -> str:
    entries, doubt = request_facts.snapshot().entries, doubted(turn)
    text = render_template("line/reply.txt", turn=turn, lang=lang, entries=entries, doubt=doubt).strip()
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"


def _buttons(turn: Reply, lang: str) -> Iterator[QuickReplyItem]:
    """Yield a button for each option, and one that opens the keyboard with the state in its first line.

    The state of the conversation travels in them; where it does not fit, the page in the text holds it.
    """
    from linebot.v3.messaging import PostbackAction, QuickReplyItem

    state = write_short(turn.facts, turn.dialogue)
    asked, doubt = question_of(turn.answer), doubted(turn)
    chosen = [(option.value, option.label) for option in asked.options] if asked else []
    if doubt:
        chosen = [(doubt, request_facts.snapshot().words["presented"].values[doubt][lang])]
    if asked and len(chosen) <= _MAX_BUTTONS - 2:
        chosen.append((UNKNOWN, str(labels.NOT_SURE)))
    for number, (value, label) in enumerate(chosen[: _MAX_BUTTONS - 1], 1):
        packed = urlencode([(_STATE, state), ("lang", lang), (asked.fact if asked else "presented", value)])
        if len(packed) > _MAX_DATA:
            break
        short = f"{number} {label}"
        short = short if len(short) <= _MAX_LABEL else short[: _MAX_LABEL - 1] + "…"
        yield QuickReplyItem(action=PostbackAction(label=short, data=packed, displayText=label[:_MAX_SHOWN]))
    line = f"[{lang}.{state}]\n"
    if len(line) <= _MAX_FILLED:
        write = PostbackAction(label=str(labels.WRITE_ON), data="write=on", inputOption="openKeyboard", fillInText=line)
        yield QuickReplyItem(action=write)


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
