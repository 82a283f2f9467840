"""Words that point back at the thing just named: «これ出してもいい?», "can I use it?"."""

from __future__ import annotations

import re
from typing import Final

_HANDED: Final = re.compile(r"(?:これ|それ)(?:を|も|だけ(?:を)?)?(?:出し|見せ|持って(?:行|い))")
_USED: Final = re.compile(
    r"これ(?:で|は|だけで|でも|じゃ)(?:もう|ちゃんと)?[^。!?]{0,8}?"
    r"(?:かか|行け|いけ|受け|受診|診て|使|通|だめ|あかん|大丈夫|ええ|いい|ok)"
    r"|\bcan (?:i|he|she|we|they) (?:still )?(?:use|show|bring) (?:it|this|that)\b"
    r"|\b(?:will|does|would) (?:it|this|that) (?:do|work|count)\b"
    r"|\b(?:see|go to|visit) (?:(?:a|the|my|his|her) )?(?:doctor|dentist|hospital|clinic)s? with (?:it|this|that)\b"
)


def points_back(plain: str, start: int, *, may_be_used: bool) -> bool:
    """Tell whether words from ``start`` on hand over what was named, or, where it ``may_be_used``, ask to use it."""
    return _HANDED.search(plain, start) is not None or (may_be_used and _USED.search(plain, start) is not None)
