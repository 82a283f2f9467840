"""What a sentence does: whether it asks or only tells, whether it is no more than a few words, and its acts."""

from __future__ import annotations

import re
from typing import Final

from assistant.language.lexicon.loader import Lexicon
from assistant.language.utterance import Utterance

_ASKS: Final = re.compile(
    r"[?]|(?:か|かね|かな|かしら|かい|のん|んの|かと|っけ|だべか|かのう?|かいね|かいな|かえ|ずら|とね|いけるけ|いるん|いいの|るの|たの|ないの)[。\s]*$|(?:です|ます|でしょう|だろう|ません|すん)か|のか(?:[。、…]|\.\.)"
    r"|どう(?:す|し|な|や|い|扱|見|で)|なに[がをか]|何[がをかにで割日を]|いつ|どこ|なぜ|なんで|だれに|誰に|どっち|どれ|どない|なんぼ|ますよね|ですよね|教えて(?!もらった|くれた)|ご教[示授]|お教え|知りたい"
    r"|^(?:and |so |but |ok,? |right,? |anyway[.,]? )*"
    r"(?:can|could|do|does|did|is|are|was|what|how|where|when|who|which|why|will|would|should|may)\b"
)


_SHORT: Final = 28
_SHORT_IN_LATIN: Final = 64


def is_short(reading: Utterance) -> bool:
    """Tell whether a text is no more than an answer or a short question."""
    return len(reading.plain) <= (_SHORT_IN_LATIN if reading.plain.isascii() else _SHORT)


def asks(reading: Utterance) -> bool:
    """Tell whether the text asks something, by its sign, its ending or its question words."""
    return bool(_ASKS.search(reading.plain))


def acts_in(reading: Utterance, lexicon: Lexicon) -> frozenset[str]:
    """Return what the words of a sentence do besides stating facts."""
    plain = reading.plain
    return frozenset(
        act.id
        for act in lexicon.acts
        if act.pattern.found_in(plain) and not (act.unless and act.unless.found_in(plain))
    )
