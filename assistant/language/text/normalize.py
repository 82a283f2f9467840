"""One written form for what readers type: width, case, kana and invisible characters.

Folding is for comparing, never for showing: it changes lengths and drops marks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_QUERY: Final = 300
"""Characters of a reader's text that are looked at; normalising more could be made expensive on purpose."""

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_TOWER: Final = re.compile(f"([{_MARKS}])[{_MARKS}]+")
_LEFT_OVER: Final = re.compile(f"[{_MARKS}]+")
_SPACES: Final = re.compile(r"\s+")
_LOOKALIKES: Final = str.maketrans({
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‛", "'"),
    **dict.fromkeys("“”„", '"'),
    "〜": "~",
})  # fmt: skip

_KANA: Final = re.compile("[ぁ-ゖァ-ヺー]")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_ぁ-ヺー]")
_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_SMALL_TO_FULL: Final = str.maketrans("ぁぃぅぇぉゃゅょゎゕゖ", "あいうえおやゆよわかけ")
_ROWS: Final = (
    ("あ", "あかさたなはまやらわがざだばぱ"),
    ("い", "いきしちにひみりぎじぢびぴ"),
    ("う", "うくすつぬふむゆるぐずづぶぷゔ"),
    ("え", "えけせてねへめれげぜでべぺ"),
    ("お", "おこそとのほもよろをごぞどぼぽ"),
)
_VOWEL: Final = {kana: vowel for vowel, row in _ROWS for kana in row}
_LENGTHENING: Final = {"あ": "あ", "い": "い", "う": "う", "え": "いえ", "お": "うお"}


def fold(text: str, cap: int | None = MAX_QUERY) -> str:
    """Return ``text`` in lower case and NFKC, without control, invisible and stacked characters.

    Only the first ``cap`` characters count; ``None`` is for our own pages, never for a reader's text.
    """
    kept = _INVISIBLE.sub("", _CONTROL.sub(" ", text[:cap]))
    if not kept.isascii():
        kept = _compose(kept)
    return _SPACES.sub(" ", kept.lower()).strip()[:cap]


def _compose(text: str) -> str:
    """Normalise after cutting towers of marks, whose sorting is what makes NFKC slow."""
    composed = unicodedata.normalize("NFKC", _TOWER.sub(r"\1", text)).lower()
    composed = unicodedata.normalize("NFKC", _LEFT_OVER.sub("", composed))
    return _INVISIBLE.sub("", _LEFT_OVER.sub("", composed)).translate(_LOOKALIKES)


def hiragana(text: str) -> str:
    """Return ``text`` with every katakana letter as its hiragana; other characters stay."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def kana_skeleton(text: str) -> str:
    """Return hiragana in which small kana are full size and lengthened vowels are written once.

    ``こーれいしゃ`` and ``こうれいしや`` give one skeleton, so spellings of one sound compare equal.
    """
    if text.isascii():
        return text
    full = hiragana(text).translate(_SMALL_TO_FULL)
    kept: list[str] = []
    for kana in full:
        if kana == "ー" or (kept and kana in _LENGTHENING.get(_VOWEL.get(kept[-1], ""), "")):
            continue
        kept.append(kana)
    return "".join(kept)


def is_kana(text: str) -> bool:
    """Tell whether ``text`` holds kana and no other letters; digits and marks do not count."""
    return _KANA.search(text) is not None and _OTHER_LETTER.search(text) is None
