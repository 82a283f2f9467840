"""The part of a text that holds most of the words looked for, cut into marked and plain pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from assistant.search.documents import Piece

_LENGTH: Final = 140
_LOOKED_AT: Final = 8_000
_LEAD_IN: Final = 30
_MOST_SPANS: Final = 40
_MOST_INSIDE: Final = 12
_ENDS: Final = ("。", "！", "？", "!", "?", "\n", ". ")
_PAUSES: Final = ("、", "，", "；", "）", "」", ";", ")")
_STOPS: Final = ("。", "！", "？", "!", "?", ".")
_CLOSERS: Final = "」』）)”"
_LONGEST_WORD: Final = 12
ELLIPSIS: Final = Piece("…", False)
_WORDS: Final = re.compile("[ァ-ヺー]+|[々㐀-鿿]+|[A-Za-z0-9]+")
"""Runs that are not cut; kana between them may be cut anywhere."""

Span = tuple[int, int]


def highlight(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Return the whole of ``text`` in pieces, with every one of ``words`` (lower case) marked."""
    return tuple(_pieces(text, _spans(text, words), 0, len(text)))


def excerpt(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Return up to 140 characters of ``text`` around the most of ``words``, in pieces.

    It begins and ends with a sentence where it can; where it cannot, with a word and an ellipsis.
    """
    looked_at = text[:_LOOKED_AT]
    spans = _spans(looked_at, words)
    start = _start(looked_at, spans)
    end = _end(looked_at, start)
    found = list(_pieces(looked_at, spans, start, end))
    if start > _sentence(looked_at, start):
        found.insert(0, ELLIPSIS)
    if end < len(text) and not looked_at[:end].rstrip(_CLOSERS + " ").endswith(_STOPS):
        found.append(ELLIPSIS)
    return tuple(found)


def _spans(text: str, words: Iterable[str]) -> list[Span]:
    """Return where ``words`` stand in ``text``, in order, the longer of two that overlap."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter such as İ grows, and positions would no longer agree
        lowered = text
    found = [span for word in words if word for span in _places(lowered, word)]
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _places(lowered: str, word: str) -> Iterator[Span]:
    at = lowered.find(word)
    while at >= 0:
        end = at + len(word)
        if not word.isascii() or not (_is_latin(lowered[at - 1 : at]) or _is_latin(lowered[end : end + 1])):
            yield at, end
        at = lowered.find(word, end)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _start(text: str, spans: list[Span]) -> int:
    """Return where the excerpt begins: at the sentence with most of the words, if its beginning is not too far off."""
    best, most = 0, 0
    words = [(a, b, text[a:b].lower()) for a, b in spans[:_MOST_SPANS]]
    for at, (start, _, _) in enumerate(words):
        end = start + _LENGTH - _LEAD_IN
        inside = len({word for _, b, word in words[at : at + _MOST_INSIDE] if b <= end})
        if inside > most:
            best, most = start, inside
    sentence = _sentence(text, best)
    if best - sentence <= _LENGTH // 2:
        return sentence
    before = text[best - _LEAD_IN : best]
    pause = max(before.rfind(mark) for mark in _PAUSES)
    begins = next((at + 1 for at in (pause, before.find(" ")) if at >= 0), _LEAD_IN)
    start = best - _LEAD_IN + begins
    return start + len(text[start:best]) - len(text[start:best].lstrip())


def _sentence(text: str, at: int) -> int:
    """Return where the sentence begins that ``at`` lies in."""
    start = max(text.rfind(mark, 0, at) + len(mark) if mark in text[:at] else 0 for mark in _ENDS)
    while start < at and text[start] in _CLOSERS + " \n":
        start += 1
    return start


def _end(text: str, start: int) -> int:
    """Return where the excerpt ends: with a sentence in its second half, else a clause, else a word."""
    end = start + _LENGTH
    if end >= len(text):
        return len(text)
    for marks in (_ENDS, _PAUSES, (" ",)):
        at = max(text.rfind(mark, start + _LENGTH // 2, end) for mark in marks)
        if at >= 0:
            return at + (marks != (" ",))
    cut = (it.start() for it in _WORDS.finditer(text, start, end + _LONGEST_WORD) if it.start() < end < it.end())
    return next((at for at in cut if at > start), end)


def _pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for begin, stop in spans:
        if begin < at or stop > end:
            continue
        if begin > at:
            yield Piece(text[at:begin], False)
        yield Piece(text[begin:stop], True)
        at = stop
    if at < end:
        yield Piece(text[at:end], False)
