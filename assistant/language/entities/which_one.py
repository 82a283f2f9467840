"""«マイナ保険証の方»: who has it in «…の方が来た», which of two things in «…の方を忘れた»."""

from __future__ import annotations

import re
from typing import Final

_WHO_OR_WHICH: Final = re.compile(r"の(?:ほう|方|人)(?:さん|様|の)?")
#: What may stand between it and the words on what became of the thing.
_BETWEEN: Final = re.compile(r"[をはもがの、]?(?:もう)?[^をはがも、。!?]{0,6}(?:のを)?")
#: What follows a thing and hardly a person.
_OF_A_THING: Final = re.compile(r"[とやか]|より|の?(?:代わり|かわり|持参|提示|再発行|話|違い|期限|番号)")


def who_or_which(plain: str, start: int, end: int) -> bool:
    """Tell whether ``[start:end]`` are words that mean a person as well as a thing."""
    return _WHO_OR_WHICH.fullmatch(plain, start, end) is not None


def is_which(plain: str, end: int, said: int) -> bool:
    """Tell whether such words that end at ``end`` mean a thing, by words at ``said`` on what became of it."""
    return _BETWEEN.fullmatch(plain, end, said) is not None


def is_a_thing(plain: str, end: int) -> bool:
    """Tell whether they mean a thing by what follows at once: «…の方と», «…の方の代わり»."""
    return _OF_A_THING.match(plain, end) is not None
