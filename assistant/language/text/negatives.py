"""Polite and dialect negatives in their plain form, so that one pattern covers 届きません, 届かへん and 届かない.

The form need not be good Japanese, only the same for texts and patterns: 出しません becomes 出しない in both.
"""

from __future__ import annotations

import re
from typing import Final

_A_ROW: Final = str.maketrans("りきちびぎに", "らかたばがな")
_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"ませんでした", "ませんだった"),
        (r"(?:ござい|(?<=[がはもでり])あり)ません", "ない"),
        (r"おりません", "いない"),
        (r"(?<=[足借降で])([りき])ません", r"\1ない"),
        (r"(?<=て)きません", "こない"),
        (r"(?<=[一-鿿])みません", "まない"),
        (r"(?<=[一-鿿らま])いません", "わない"),
        (r"(?<=[してけえれせめねべげ])(?:へん|ひん)", "ない"),
        (r"(?<=で)[きけ](?:へん|ひん)", "きない"),
        (r"あらへん", "ない"),
        (r"(?<=[一-鿿ぁ-ん])と(?:らん|らへん|りません)(?!ばかり)", "てない"),
        (r"(?<=[一-鿿ぁ-ん])て(?:は)?おら(?:ん|へん)", "てない"),
    )
)
_GODAN: Final = re.compile("([りきちびぎに])ません")
_REST: Final = re.compile("ません")
_PAST: Final = re.compile("ないだった")


def plain_negatives(text: str) -> str:
    """Return ``text`` (folded Japanese) with its polite and dialect negatives written as ない."""
    if "ん" not in text:
        return text
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    text = _GODAN.sub(lambda match: match[1].translate(_A_ROW) + "ない", text)
    return _PAST.sub("なかった", _REST.sub("ない", text))
