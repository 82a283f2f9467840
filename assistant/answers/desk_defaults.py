"""How the desk's screen starts: what is chosen there before anybody chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.domain.facts import Facts
from assistant.domain.vocabulary import UNKNOWN

#: The usual equipment, and a scheme that nobody asked about.
PRECHOSEN: Final = {"facility": "online", "scheme": UNKNOWN}


def with_prechosen(facts: Facts) -> Facts:
    """Return ``facts`` as the screen starts: what is prechosen there is stated."""
    return replace(facts, stated={**PRECHOSEN, **facts.stated})
