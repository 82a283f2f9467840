"""A text that is little more than the name of a thing, as given at the counter."""

from __future__ import annotations

import re
from typing import Final

#: A text that is little more than the name of a thing, as given at the counter: «はい、資格確認書です».
_ANSWER_BEFORE: Final = re.compile(
    r"(?:はい|ええ|うん|えっ?と|えーと|あの|あ|じゃあ?|では|それなら|(?:oh|yes|yeah|well|um|uh|ok|the|my|a|an|it's))*"
    r"[、,. ー-]*(?:the |my |a |an |it's )?"
)
_ANSWER_AFTER: Final = re.compile(
    r"(?:の(?:ほう|方))?(?:です|だ|や|でした|だった|で|どす|じゃ|っす)(?:ね|よ|わ|な)?[。、.! ]*"
    r"|の(?:ほう|方)[。、.! ]*"
)
#: «札入れに資格確認書», «紙の方で、資格確認書»: where it is, or which, and then its name alone.
_PLACED_BEFORE: Final = re.compile(
    r"(?:財布|札入れ|かばん|鞄|ばっぐ|ぽけっと|手提げ|巾着|手元|車|ここ)(?:の(?:中|底|奥))?に(?:は|、)?|紙の(?:ほう|方)(?:で|です|だ)?、"
)


def is_bare_name(plain: str, start: int, end: int) -> bool:
    """Tell whether the text is little more than the name at ``[start:end]``."""
    if _PLACED_BEFORE.fullmatch(plain, 0, start):
        return plain[end:].strip("。、.! ") == ""
    before = _ANSWER_BEFORE.fullmatch(plain, 0, start)
    return before is not None and _ANSWER_AFTER.fullmatch(plain, end) is not None
