"""What is typed back to a question: one written form and one sound for a label and for who repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assistant.language.text.normalize import fold, hiragana, is_kana, kana_skeleton
from assistant.language.text.numerals import with_digits
from assistant.language.text.tokenizer import tokens

_MARKS: Final = re.compile(r"[\s。、,.!?「」『』()・:;'\"…~-]+")
_FILLER: Final = re.compile(
    r"^(?:(?:えーと|えっと|ええと|あの|うーん|んー|多分|たぶん|おそらく|それは|じゃあ|では|はい、?)(?=.)"
    r"|(?:it's|its|it is|that's|i think|i guess|maybe|probably|yes,?|well,?|the|a|an)(?= )[ ]?)+"
)
_ENDING: Final = re.compile(
    r"(?:です(?:ね|よ)?|でした|だよ?|(?:だ|か)?と思います|だと思う|かな|だった|の方|のほう|を選びます|"
    r"にします|っす|や|じゃ|なん|please|i think|i guess)+$"
)
_IN_BRACKETS: Final = re.compile(r"[（(]([^()（）]*)[)）]")


def bare(text: str) -> str:
    """Return ``text`` in one written form, without marks, fillers and polite endings."""
    plain = hiragana(with_digits(fold(text))).strip(" 。.!?")
    plain = _ENDING.sub("", plain) or plain
    plain = _FILLER.sub("", plain) or plain
    plain = _MARKS.sub("", plain) or plain
    return _ENDING.sub("", plain) or plain


def sound(text: str) -> str:
    """Return how ``text`` is read, in hiragana with lengthened vowels written once."""
    bare_text = _MARKS.sub("", text)
    if is_kana(bare_text):
        return kana_skeleton(bare_text)
    return kana_skeleton("".join(token.reading for token in tokens(bare_text, "ja")))


def typed_back(labels: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """Return every writing and sound by which the value of a label may be typed back; earlier values win."""
    found: dict[str, str] = {}
    for value, texts in labels.items():
        for text in texts:
            for way in _ways(text):
                found.setdefault(way, value)
    return found


def _ways(label: str) -> Iterator[str]:
    """Yield a label whole, without its brackets, and what stands in them; each as written and as it sounds."""
    for part in (label, _IN_BRACKETS.sub("", label), *_IN_BRACKETS.findall(label)):
        if written := bare(part):
            yield written
            if not written.isascii():
                yield sound(written)
