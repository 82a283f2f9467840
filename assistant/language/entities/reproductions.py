"""A photo, copy or print of a thing is a thing of its own, whatever stands between the two words."""

from __future__ import annotations

import re
from typing import Final

#: «資格確認書（後期）のコピー», «マイナンバーカード（本人）をスマホで撮った写真».
_AFTER: Final = re.compile(
    r"の(?:すまほ|携帯)?(?:からー|縮小|紙の)?(?:こぴー|写し|うつし|写真|写め|画像|すきゃん|すくしょ|でーた|ふぁっくす|fax)"
    r"|(?:を|は|が)?(?:(?:すまほ|携帯)(?:で|の))?(?:写真に?)?(?:撮|と)(?:った|って(?:ある|おいた|きた))(?:写真|画像|もの|やつ|の)?"
    r"|を(?:こぴー|撮影|すきゃん)し(?:た|て(?:ある|おいた|きた))(?:紙|写真|画像|もの|やつ|の)?"
)
_OF: Final = re.compile(r"\bof(?: (?:my|the|her|his|their|our|an?))?$")
_WORDS_BETWEEN: Final = re.compile(
    r"\s*(?:of )?(?:(?:my|the|her|his|their|our|an?) )?(?:(?!and\b|or\b|with\b|plus\b|but\b)[a-z]+(?:'s)? ){0,2}"
)
_ON_A_PHONE: Final = re.compile(r" (?:on|in) (?:my|the|her|his|their|a) (?:i?phone|smartphone|mobile)\b")


def likeness_after(plain: str, end: int) -> int | None:
    """Return where the words end that make a copy of the thing that ends at ``end``, if they follow."""
    found = _AFTER.match(plain, end)
    return found.end() if found else None


def is_of(plain: str, start: int, end: int, thing: int) -> bool:
    """Tell whether the copy at ``[start:end]`` is one of what begins at ``thing``: "a photo of my old card"."""
    between = plain[end:thing]
    said = _OF.search(plain[start:end]) is not None or between.startswith(" of ")
    return said and _WORDS_BETWEEN.fullmatch(between) is not None


def with_its_place(plain: str, end: int) -> int:
    """Return where a copy that ends at ``end`` ends together with «on my phone»."""
    place = _ON_A_PHONE.match(plain, end)
    return place.end() if place else end
