"""A reader's text made ready, once, for understanding and for search: folded, righted, cut into sentences and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.text.negatives import plain_negatives
from assistant.language.text.normalize import fold, hiragana
from assistant.language.text.numerals import with_digits
from assistant.language.text.romaji import in_kana
from assistant.language.text.tokenizer import Token, query_tokens

MAX_TEXT: Final = 1500
"""Characters of a text that are looked at."""

_JA: Final = "ぁ-ゖァ-ヺー一-鿿々〆、。「」『』()・0-9"
_SPACE_IN_JAPANESE: Final = re.compile(f"(?<=[{_JA}])(?<![0-9]) (?=[{_JA}])|(?<=[0-9]) (?=[{_JA}])(?![0-9])")
_QUOTES: Final = re.compile("[「」『』“”\"]|(?<![a-z])'|'(?![a-z])")
_HAS_JAPANESE: Final = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_MONTH_COUNTER: Final = re.compile("[ヶケヵカゖゕヵ箇](?=月)")
_KANA_DATE: Final = re.compile(r"(?<=[0-9])\s*(?:ねん|がつ|にち|ネン|ガツ|ニチ)")
_KANA_DAY: Final = re.compile(r"(?<=月[0-9])か(?=[にのはで。、]|$)|(?<=月[0-9]{2})か(?=[にのはで。、]|$)")
_DATE_KANJI: Final = {"ねん": "年", "がつ": "月", "にち": "日", "ネン": "年", "ガツ": "月", "ニチ": "日"}
_SENTENCE: Final = re.compile(r"(?:[^。!?.\n]|\.(?! |$))+(?:[。!?.]+|$)?")


@dataclass(frozen=True, slots=True)
class Utterance:
    """``written`` is the text folded and righted, its negatives plain; ``plain`` is that in hiragana, for patterns.

    ``words`` are its words as search and the model count them.
    """

    lang: str
    written: str
    words: tuple[Token, ...]
    plain: MatchText
    sentences: tuple[tuple[int, int], ...]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Return where the sentence around ``position`` starts and ends."""
        for start, end in self.sentences:
            if start <= position < end:
                return start, end
        return (0, len(self.plain))


def read(text: str, lang: str, lexicon: Lexicon) -> Utterance:
    """Prepare at most ``MAX_TEXT`` characters of ``text``, typed on a page in ``lang``."""
    folded = with_digits(_MONTH_COUNTER.sub("か", in_kana(fold(text, MAX_TEXT)[:MAX_TEXT])))
    folded = _KANA_DATE.sub(lambda match: _DATE_KANJI[match[0].strip()], _QUOTES.sub("", folded))
    folded = _KANA_DAY.sub("日", folded)
    if _HAS_JAPANESE.search(folded):
        folded = _SPACE_IN_JAPANESE.sub("", folded)
    written, plain = _righted(plain_negatives(folded)[:MAX_TEXT], lexicon)
    lexicon.gate.open(plain)
    sentences = tuple(match.span() for match in _SENTENCE.finditer(plain))
    return Utterance(lang, written, query_tokens(written, lang), plain, sentences)


def _righted(text: str, lexicon: Lexicon) -> tuple[str, MatchText]:
    """Replace each misspelling by the right word, in whichever kana; return the text and the text in hiragana."""
    plain = MatchText(hiragana(text))
    pieces, last = [], 0
    for match in lexicon.spelling.wrong.finditer(plain):
        pieces += [text[last : match.start()], lexicon.spelling.right[match.re]]
        last = match.end()
    if not pieces:
        return text, plain
    righted = "".join((*pieces, text[last:]))
    return righted, MatchText(hiragana(righted))
