"""What `madoguchi new faq` writes for an editor to fill in. None of it may be published."""

from __future__ import annotations

import re
from typing import Final

TITLE: Final = {"ja": "（題を質問の形で）", "en": "(the title as a question)"}
BODY: Final = {
    "ja": (
        "（最初の文が答えです。）[{source}]\n\n1. （することを書きます。）\n2. （いつまでに、何を、いくらか。）\n\n"
        "（例外と、聞く先。）\n"
    ),
    "en": (
        "(The first sentence is the answer.) [{source}]\n\n1. (What to do.)\n2. (By when, with what, at what cost.)\n\n"
        "(Exceptions, and whom to ask.)\n"
    ),
}
_BRACKETED: Final = re.compile(r"（[^）]+）|\([^)]+\)")
_LEFT: Final = [match for text in (*TITLE.values(), *BODY.values()) for match in _BRACKETED.findall(text)]
#: What is still to be written: a piece of the above, or an editor's own mark.
PLACEHOLDER: Final = re.compile("|".join([*map(re.escape, _LEFT), r"\b(?:TODO|TBD|FIXME)\b", "(?i:lorem ipsum)"]))
