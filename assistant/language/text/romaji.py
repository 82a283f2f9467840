"""Japanese in Latin letters, as people type it: «shikaku kakuninsho», «sikaku kakuninsyo»."""

from __future__ import annotations

import re
from typing import Final

_VOWELS: Final = "aiueo"
_ROWS: Final = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ", "t": "たちつてと",
    "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "r": "らりるれろ",
}  # fmt: skip
_GLIDES: Final = {"a": "ゃ", "u": "ゅ", "o": "ょ"}
_OTHERS: Final = {
    "ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を", "shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ",
    "ji": "じ", "n": "ん", "n'": "ん", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ",
    "che": "ちぇ", "she": "しぇ", "je": "じぇ", "ti": "てぃ",
}  # fmt: skip


def _syllables() -> dict[str, str]:
    known = {onset + vowel: kana for onset, row in _ROWS.items() for vowel, kana in zip(_VOWELS, row, strict=True)}
    for onset, row in _ROWS.items():
        known |= {f"{onset}y{vowel}": row[1] + glide for vowel, glide in _GLIDES.items() if onset}
    for onset, kana in (("sh", "し"), ("ch", "ち"), ("j", "じ")):
        known |= {onset + vowel: kana + glide for vowel, glide in _GLIDES.items()}
    return known | _OTHERS


_SYLLABLES: Final = _syllables()
_SYLLABLE: Final = re.compile("|".join(sorted(_SYLLABLES, key=lambda written: -len(written))))
_DOUBLED: Final = re.compile(r"([kstcpgdbz])(?=\1)|t(?=ch)")
_BEFORE_LIPS: Final = re.compile("m(?=[bpm])")


def as_kana(word: str) -> str | None:
    """Return lower-case ``word`` in hiragana; None when it is no Japanese."""
    rest = _BEFORE_LIPS.sub("n", word)
    kana: list[str] = []
    at = 0
    while at < len(rest):
        doubled = _DOUBLED.match(rest, at)
        found = None if doubled else _SYLLABLE.match(rest, at)
        if not doubled and not found:
            return None
        kana.append("っ" if doubled else _SYLLABLES[rest[at : found.end()]] if found else "")
        at = found.end() if found else at + 1
    return "".join(kana)


#: Particles and endings of Japanese that are no words of English.
_MARKERS: Final = re.compile(
    r"\b(?:wa|ga|wo|ni|kara|dake|shika|desu|desuka|deshita|desho|deshou|nai|nakute|toka|demo|kedo"
    r"|\w+(?:masu|masuka|masen|masenka|mashita|masendeshita|shita|tte|tai|kata)|ka(?=\s*[?.]|$))\b"
)
_FEWEST_MARKERS: Final = 2
#: So many of the words have to be Japanese.
_MOSTLY: Final = 0.6
_WORD: Final = re.compile(r"[a-z']+")
_PARTICLES: Final = {"wa": "は", "o": "を", "e": "へ"}
#: Long vowels of words from abroad: «kaado», «nanbaa».
_LONG: Final = re.compile(r"(?<=a)(?<!oba)(?<!oka)a|(?<=e)e")


def in_kana(text: str) -> str:
    """Return lower-case ``text`` with its words in hiragana when it is Japanese in Latin letters, else as it is."""
    words = _WORD.findall(text)
    if len(_MARKERS.findall(text)) < _FEWEST_MARKERS:
        return text
    japanese = sum(_as_written(word) is not None for word in words)
    if japanese < _MOSTLY * len(words):
        return text
    return _WORD.sub(lambda word: _as_written(word[0]) or word[0], text)


def _as_written(word: str) -> str | None:
    """Return a word as it is written in kana: particles by their use, long vowels with a bar."""
    if word in _PARTICLES:
        return _PARTICLES[word]
    parts = [part for part in map(as_kana, _LONG.split(word)) if part is not None]
    kana = "ー".join(parts)
    if len(parts) <= len(_LONG.findall(word)):
        return None
    return kana + "う" if kana.endswith("ほけんしょ") else kana
