"""Words of a Japanese, English or mixed text, each with the key it is found by and how much it says."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from assistant.language.text.normalize import MAX_QUERY, fold, hiragana
from assistant.language.text.stemmer import stem

QUERY_TERMS: Final = 40
"""Terms of a reader's text that are looked up; the cost of a search hangs on their number."""

_CHUNK: Final = 4_000  # characters; Sudachi refuses more than 49,149 bytes at once
_LONGEST_WORD: Final = 40
_MOST_KNOWN: Final = 30_000

_FUNCTION: Final = 0.0
_WEIGHTS: Final = {
    "名詞": 1.0,
    "動詞": 0.7,
    "形容詞": 0.7,
    "形状詞": 0.7,
    "接尾辞": 0.6,
    "接頭辞": 0.4,
    "副詞": 0.3,
    "代名詞": 0.2,
    "連体詞": 0.2,
    "感動詞": 0.2,
    "接続詞": 0.1,
}
_LIGHT: Final = 0.1
_LITTLE: Final = 0.4
_LIGHT_KEYS: Final = frozenset(
    re.findall(
        r"\w+",
        """為る 有る 居る 成る 出来る 言う 良い 御 下さる 頂く 致す 事 物 為 時 所 場合
        知る 教える 何 何処 何時 どう 無い 思う""",
    )
)
_ENGLISH_LIGHT: Final = frozenset(
    re.findall(
        r"[\w']+",
        """a about am an and any anyone are as at be been but by can could did do does doing for from get had
        has have having he her his how i i'm if in into is it it's its just me my myself of on or our please
        she should so some that the their them then there these they this those to u us was way we were what
        when where which who whom why will with would you your yours""",
    )
)
_ENGLISH_LITTLE: Final = frozenset(
    re.findall(
        r"\w+",
        """again all already also always another anything back both come comes each either else even ever every
        everything gave give given gives go goes going gone good happen happened happens here keep keeps kept know
        known least less like look looks made make makes many may might more most much must need needed needs never
        nothing now often ok okay only other possible really right said same say says see seen shall something soon
        still sure take taken takes tell tells thing things though told too took tried try use used uses very want
        wants well went while without work works yet""",
    )
)
_CJK: Final = re.compile("[々〆ぁ-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+")
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE: Final = re.compile(r"[^。\n]*[。\n]?")
_PIECE: Final = re.compile(r"[^。!?]+[。!?]*|[。!?]+")
"""What of a reader's text is cut into words at once: often the first sentences hold as many as are looked up."""


class Token(NamedTuple):
    """One word: as written (folded), key, weight by part of speech, hiragana, groups of synonyms."""

    surface: str
    key: str
    weight: float
    reading: str
    groups: tuple[int, ...] = ()


class _PerThread(threading.local):
    """Sudachi's tokenizer refuses to be shared, so each thread has its own over the one dictionary."""

    def __init__(self) -> None:
        self.tokenizer: Tokenizer = _dictionary().tokenizer(mode=SplitMode.A)


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


@cache
def _per_thread() -> _PerThread:
    return _PerThread()


@cache
def _known() -> dict[int, Token | None]:
    """Return dictionary words that came up, by their number there: asking Sudachi again costs more than finding.

    All threads share them: whichever is late only writes what stands there already.
    """
    return {}


def tokens(text: str, lang: str) -> tuple[Token, ...]:
    """Return all words of our own ``text`` in order; ``lang`` is ``ja`` or ``en``, both may be mixed."""
    return tuple(_analysed(fold(text, cap=None), lang))


def query_tokens(folded: str, lang: str) -> tuple[Token, ...]:
    """Return at most 40 words of a reader's text, ``folded``, those that say something before those that do not."""
    found: list[Token] = []
    spoken: list[Token] = []
    for token in chain.from_iterable(_analysed(piece, lang) for piece in _PIECE.findall(folded[:MAX_QUERY])):
        found.append(token)
        if token.weight > _LIGHT:
            spoken.append(token)
            if len(spoken) == QUERY_TERMS:
                return tuple(spoken)
    return tuple(found if len(found) <= QUERY_TERMS else (spoken or found)[:QUERY_TERMS])


def _analysed(folded: str, lang: str) -> Iterator[Token]:
    if lang == "ja":
        yield from _japanese(folded)
        return
    start = 0
    for run in _CJK.finditer(folded):
        yield from _english(folded[start : run.start()])
        yield from _japanese(run.group())
        start = run.end()
    yield from _english(folded[start:])


def _english(folded: str) -> Iterator[Token]:
    for match in _WORD.finditer(folded):
        word = match.group()[:_LONGEST_WORD]
        key = stem(word.removesuffix("'s"))
        yield Token(word, key, _english_weight(word), word)


def _english_weight(word: str) -> float:
    if word in _ENGLISH_LIGHT:
        return _LIGHT
    return _LITTLE if word in _ENGLISH_LITTLE else 1.0


def _japanese(folded: str) -> Iterator[Token]:
    known = _known()
    for chunk in _chunks(folded):
        for morpheme in _per_thread().tokenizer.tokenize(chunk):
            number = morpheme.word_id()
            token = known[number] if number in known else _token(morpheme)
            if number not in known and not morpheme.is_oov() and len(known) < _MOST_KNOWN:
                known[number] = token
            if token:
                yield token


def _token(morpheme: Morpheme) -> Token | None:
    """Make a token of what Sudachi says, none of a mark; words in Latin letters are keyed as in English text."""
    surface, weight = morpheme.surface(), _weight(morpheme.part_of_speech_id())
    if weight < 0 or surface.isspace():
        return None
    groups = tuple(morpheme.synonym_group_ids())
    if surface.isascii() and surface.isalpha():
        surface = surface[:_LONGEST_WORD]
        return Token(surface, stem(surface), weight, surface, groups)
    key = morpheme.normalized_form().lower().replace(" ", "")
    sound = surface if surface.isdecimal() else hiragana(morpheme.reading_form())
    return Token(surface, key, _LIGHT if key in _LIGHT_KEYS else weight, sound, groups)


@lru_cache(maxsize=4_096)
def _weight(part_of_speech: int) -> float:
    """Return the weight of a part of speech, below zero for what is no word at all."""
    kind, *_ = _dictionary().pos_of(part_of_speech) or ("",)
    if kind in ("空白", "補助記号", "記号"):
        return -1.0
    return _WEIGHTS.get(kind, _FUNCTION)


def _chunks(text: str) -> Iterator[str]:
    """Cut a long text at sentence ends into pieces Sudachi takes; a shorter one is one piece."""
    if len(text) <= _CHUNK:
        yield text
        return
    piece = ""
    for sentence in _SENTENCE.findall(text):
        if len(piece) + len(sentence) > _CHUNK and piece:
            yield piece
            piece = ""
        piece += sentence
        while len(piece) > _CHUNK:
            yield piece[:_CHUNK]
            piece = piece[_CHUNK:]
    if piece:
        yield piece
