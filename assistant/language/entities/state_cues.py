"""Words that say what happened to a thing, and which of the things named they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.language.entities.mention import BESIDE, OVERRIDING, WEAK, Mention
from assistant.language.entities.which_one import is_a_thing, is_which, who_or_which
from assistant.language.lexicon.parts import Cue
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.lexicon.schema import NO_ITEM
from assistant.language.utterance import Utterance

REACH: Final = 34
"""How many characters may lie between a thing and the words after it that say what happened to it."""


ADJACENT: Final = 5
"""The same for an adjective: in «期限切れ、カードは無事» the card is not the expired thing."""


REACH_AHEAD: Final = 26
"""The same for words that stand before it."""


#: «カードは登録済み、番号は忘れた»: what was forgotten is not the card.
_OF_SOMETHING_ELSE: Final = re.compile(
    r"[、,。][^、,。]{0,6}(?:番号|暗証|ぴん|数字|[4四](?:けた|桁)|顔|機械|りーだー|予約|処方(?:箋|せん)|他|ほか|それ以外)(?:の(?:もの|物))?(?:に)?(?:は|を|が|も)?\Z"
)


#: «カードは、東京じゃなくても使えますか»: what is not needed is Tokyo.
_NOT_OF_IT: Final = re.compile(r"[はも][、,]?[^はも、,。]{1,8}(?:じゃ|では)\Z")
_NEXT_TO_IT: Final = 4
#: «the PIN of my card»: something of the thing, not the thing.
_OF_IT: Final = re.compile(r"\b(?:pin|pass(?:word|code)|number|code|photo|date)s? (?:of|for|to|on) ")


@dataclass(frozen=True, slots=True)
class StateCue:
    """Cue words at ``[start:end]`` that look back (``after`` a thing) or ahead (``before`` one)."""

    id: str
    start: int
    end: int
    looks_back: bool


def find_cues(plain: MatchText, mentions: list[Mention], cues: Iterable[Cue]) -> Iterator[StateCue]:
    """Yield every place where cue words stand: right behind a thing, or anywhere."""
    ends = [*{end for mention in mentions for end in (mention.end, mention.tail)}]
    for cue in cues:
        for match in cue.next.matches(plain, ends) if cue.next else ():
            yield StateCue(cue.id, match.start(), match.end(), looks_back=True)
        for pattern, looks_back in ((cue.after, True), (cue.before, False)):
            for match in pattern.finditer(plain) if pattern else ():
                yield StateCue(cue.id, match.start(), match.end(), looks_back)


def inside(cue: StateCue, mentions: Iterable[Mention]) -> bool:
    """Tell whether words are part of the name of a thing."""
    return any(mention.start <= cue.start and cue.end <= mention.end for mention in mentions)


def of_a_thing(cue: StateCue, plain: MatchText) -> bool:
    """Tell whether words are part of a name: «…の方と» is no person, «期限切れの…が来ていない» no date to come."""
    if cue.id == "in_date":
        return plain.startswith("期限切れの", cue.start)
    return cue.id == "shown" and who_or_which(plain, cue.start, cue.end) and is_a_thing(plain, cue.end)


def within(cue: StateCue, dates: Iterable[StateCue]) -> bool:
    """Tell whether words belong to those about a date: in «期限はまだ来ていない» nothing is waited for."""
    return any(date.start < cue.start and cue.end <= date.end + 1 for date in dates)


def overlaps(cue: StateCue, others: Iterable[StateCue]) -> bool:
    """Tell whether words share letters with others: «not expired» is not «expired»."""
    return any(cue.start < other.end and other.start < cue.end for other in others)


def target_of(cue: StateCue, mentions: list[Mention], reading: Utterance) -> int | None:
    """Return the index of the thing that a cue speaks about.

    Looking back, a thing that already has its state leaves the cue to an earlier one that has none:
    in «AはBがあれば出さなくていい» the second cue belongs to A.
    """
    start, end = reading.sentence_at(cue.start)
    if not cue.looks_back:
        reach = ADJACENT if cue.id in BESIDE - {"unsure"} else REACH_AHEAD
        ahead = [i for i, m in enumerate(mentions) if _ahead(cue, m, reading) and m.start < min(end, cue.end + reach)]
        return ahead[0] if ahead else None
    behind = [i for i, m in enumerate(mentions) if m.end <= cue.start and m.start >= start]
    behind = [i for i in reversed(behind) if cue.start - mentions[i].end <= REACH]
    if cue.id == "unsure":
        behind = [i for i in behind if mentions[i].item != NO_ITEM]
    if cue.id in BESIDE | OVERRIDING:
        return behind[0] if behind else None
    if _NOT_OF_IT.search(reading.plain, 0, cue.start):
        behind = [i for i in behind if mentions[i].end + _NEXT_TO_IT >= cue.start]
    behind = [i for i in behind if not _OF_SOMETHING_ELSE.search(reading.plain, mentions[i].end, cue.start)]
    topics = [i for i in behind[1:] if reading.plain[mentions[i].end] in "はも"]
    return next((i for i in (*behind[:1], *topics) if _gives_way(mentions[i], cue, reading.plain)), None)


def _gives_way(mention: Mention, cue: StateCue, plain: MatchText) -> bool:
    """Tell whether a thing has no state yet, or one that further words outdo."""
    if mention.state == "only" and cue.id == "talked_about":
        return False
    if mention.state in WEAK or mention.said is None:
        return mention.state in WEAK
    either = mention.said[0] == mention.end and who_or_which(plain, *mention.said)
    return either and cue.id != "shown" and is_which(plain, mention.said[1], cue.start)


def _ahead(cue: StateCue, mention: Mention, reading: Utterance) -> bool:
    """Tell whether a thing stands after the words; in "forgot my number card" both may have taken the «my»."""
    between = reading.plain[cue.end : mention.start]
    if "," in between or _OF_IT.search(between):
        return False  # «No, I meant the certificate», «forgot the PIN of my card»
    return cue.end <= mention.start or (cue.start < mention.start and reading.plain[mention.start : cue.end] == "my")


def stated(mention: Mention, cue: StateCue, plain: MatchText) -> Mention:
    """Return ``mention`` with the state that a cue gives it, where it takes one."""
    if cue.id in BESIDE:
        return replace(mention, beside=mention.beside | {cue.id})
    same_words = mention.said is not None and cue.start < mention.said[1] and cue.end > mention.said[0]
    if same_words or not (_gives_way(mention, cue, plain) or cue.id in OVERRIDING):
        return mention
    return replace(mention, state=cue.id, said=(cue.start, cue.end))
