"""What is said of a thing that is either so or not: that a card is registered, that there is a machine for phones.

People say it in too many ways to list the sentences; what is listed is what they speak of, and what makes it so or not
(`content/lexicon/predicates.toml`). Nothing is stated where it is asked about or wanted.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.domain.vocabulary import UNKNOWN
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.parts import Predicate
from assistant.language.lexicon.phrase_set import PhraseSet
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

#: Where a clause ends: what is said of the thing is said before.
_CLAUSE: Final = re.compile(r"、|けど|けれど|のに|ので|(?<=[たるい])が")
#: Where the sentence turns to something else: «登録済みですが、暗証番号は覚えていません».
_TURN: Final = re.compile(r"けど|けれど|のに|ので|(?<=[たるいす])が")
_CLAUSE_BEFORE: Final = re.compile(r",|\b(?:but|and|so|because)\b")
#: Letters behind the thing within which it is denied, affirmed and asked about.
_DENIED: Final = 16
_AFFIRMED: Final = 26
_ASKED: Final = 26
#: «覚えてません» may follow as a sentence of its own.
_NEXT: Final = 26
_SHORT: Final = 12


def stated_predicates(reading: Utterance, lexicon: Lexicon, findings: Slots) -> None:
    """Note the facts that the text affirms or denies, whatever patterns of sentences said of them."""
    for predicate in lexicon.predicates:
        if predicate.unless and predicate.unless.found_in(reading.plain):
            continue
        for match in predicate.about.finditer(reading.plain):
            value = _value(predicate, reading, *match.span())
            if value:
                findings.replace(predicate.fact, value, match.span())
                findings.plainly.add(predicate.fact)


def _value(predicate: Predicate, reading: Utterance, start: int, end: int) -> str | None:
    """Return what the words around the thing at ``[start:end]`` make of it, ``None`` when they state nothing."""
    plain = reading.plain
    first, last = reading.sentence_at(start)
    last = max(last, end)
    is_question = plain[first:last].rstrip().endswith("?")

    def behind(words: PhraseSet | None, reach: int, stop: int = last) -> bool:
        return words is not None and words.found_in(plain, end, min(stop, end + reach))

    turn = _TURN.search(plain, end, last)
    if behind(predicate.not_known, last, turn.start() if turn else last) or (
        last - end < _SHORT and behind(predicate.not_known, _NEXT, len(plain))
    ):
        return UNKNOWN
    breaks = [match.end() for match in _CLAUSE_BEFORE.finditer(plain, first, start)]
    clause = breaks[-1] if breaks else first
    break_ = _CLAUSE.search(plain, end + 1, last)
    if _before(predicate.not_known, reading, clause, start):
        return UNKNOWN
    if _before(predicate.no_before, reading, clause, start, touching=not plain.isascii()) and not is_question:
        return predicate.no
    if is_question or behind(predicate.asks, _ASKED) or _before(predicate.asks, reading, clause, start):
        return None
    if behind(predicate.no_behind, _DENIED, break_.start() if break_ else last):
        return predicate.no
    if behind(predicate.yes_behind, _AFFIRMED) or _before(predicate.yes_before, reading, clause, start):
        return predicate.yes
    return None


def _before(words: PhraseSet | None, reading: Utterance, start: int, end: int, *, touching: bool = False) -> bool:
    """Tell whether some of ``words`` stand in ``[start:end]``; with ``touching`` right before its end."""
    if words is None or start >= end:
        return False
    found = words.finditer(reading.plain, start, end)
    return any(match.end() >= end - 1 for match in found) if touching else next(found, None) is not None
