"""The part that each thing named plays: here, not here, or only spoken of; and whether it comes on top or instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from assistant.domain.vocabulary import ITEMS
from assistant.language.entities.mention import Mention
from assistant.language.lexicon.schema import ORIGINAL, UNNAMED_PAPER
from assistant.language.slots.presented_items import resolved
from assistant.language.slots.slot_values import Slots
from assistant.language.utterance import Utterance

HERE: Final = "here"
GONE: Final = "gone"
SPOKEN_OF: Final = "spoken_of"
BARELY: Final = "barely"

_HERE: Final = frozenset({"shown", "only", "held"})
_SHOWN: Final = frozenset({"shown", "only"})
_GONE: Final = frozenset({"absent", "lost", "unwanted", "unmade", "elsewhere"})
_TAKEN: Final = frozenset({"unwanted", "lost"})
_ALSO: Final = re.compile(
    r"\s*(?:だけ)?(?:も(?!な|無|要(?:る|り)|い(?:る|り)(?:の|ん|ま|\?|か)|必要)(?!う)|と?一緒|を?(?:足|加え|追加)|までも|(?:が|は|を|の)?……?(?:出て(?:き|来)|見つか|みつか))"
    r"|\s*(?:を|は|が|も)?(?:届け|届いた|持って(?:き|来)(?:て(?:くれ|もら)|た|まし))"
    r"|[^.?!]{0,30}?\b(?:too|as well|also|along|turned up|came up|(?:has|have) (?:just )?arrived)\b"
)
_ALSO_BEFORE: Final = re.compile(
    r"(?:あと(?:は)?|それと|それから|加えて|ほかに|他に|さらに|プラス|および|並びに)[、 ]?(?:[^。、!?]{0,6})$"
    r"|\b(?:also(?: got| have| has| had| found| show)?|plus|found|and (?:the|my|his|her|a)|in addition|together with|"
    r"additionally|brought|fetched|dropped off)\b[^.?!,]{0,14}$"
)
_INSTEAD: Final = re.compile(
    r"\s*(?:の(?:ほう|方)|の(?:間違い|まちがい|誤り)|)?(?:でし(?:た|て)|だった|だけ|のみ|しか|オンリー|(?:なら|だと|で(?:行|い|は|も|良|よ|受|き|大|すま|ok))|じゃ(?:だめ|駄目))"
)
_INSTEAD_BEFORE: Final = re.compile(
    r"(?:代わり|かわり|代り)(?:に|として|で)[、 ]?[^。!?]{0,12}$|\b(?:instead|rather)[, ]+(?:[^.?!]{0,20})$"
)
#: «カードと資格確認書、両方», "both": all that was named.
_BOTH: Final = re.compile(r"両方|りょうほう|[2二](?:つ|枚)とも|\bboth\b")
#: «届くから、両方出すわ»: whatever else is said of them.
_BOTH_SHOWN: Final = re.compile(
    r"(?:両方|りょうほう|[2二](?:つ|枚)とも)(?:とも)?(?:出(?:す|し|せ)|見せ|持って|もって|提示)"
    r"|\b(?:show|bring|take|hand over)(?:ing)? (?:them )?both\b"
)
_ALONE: Final = re.compile(r"\s*(?:だけ|のみ|しか|オンリー)")
#: «スマホのみ»: the name of a thing may hold that there is no other.
_ONLY_NAMED: Final = re.compile(r"(?:だけ|のみ|しか)\Z")
_HAD: Final = re.compile(
    r"\s*(?:が|は|も|なら|を)?(?:[^。、!?]{0,6})?(?:あ(?:り|る|っ)|残って(?:い|お)?(?:る|ます|まし|た)|もらい(?:まし|ます)|もらった(?!ら|の|人)|もらって(?:い|き|あ)|持って(?:い|お)?(?:る|ます|た)|持っと|もって(?:る|ま))"
)
_PAST: Final = re.compile(
    r"\s*(?:で|を|は)?(?:[^。!?]{0,8})?(?:(?:通|見せ|出|確認|読み取|提示|使っ|診ても|かかっ|受診し)(?:して|せ|って)?(?:もらっ|もらい|くれ|い)?(?:た|てた|てもらった|済み|ずみ|まし|とる|てる|とります|てます))"
)
_WHEN_BEFORE: Final = re.compile(
    r"(?:今月|先月|先週|前回|この前|こないだ|以前|(?:辞め|退職し|抜け|切れ)た?(?:あと|後)|昨日|きのう|おととい|前に|さっきまで|その時|そのとき|[0-9]+日に)[^。!?]{0,24}$"
    r"|\b(?:last (?:time|month|week|visit)|before|earlier|previously|yesterday|already)\b[^.?!]{0,24}$"
)
#: «they did read my card on the 10th»: at another visit.
_READ_BEFORE: Final = re.compile(r"\b(?:read|scanned|checked|saw|swiped|took) (?:my|his|her|the|their) $")
_BEFORE_NOW: Final = re.compile(
    r"[^.?!]{0,12}?\b(?:on the [0-9]|on [a-z]+ [0-9]|last (?:week|month|time|visit)|earlier this|before|this month|"
    r"yesterday)"
)
_AT_THAT_TIME: Final = re.compile(
    r"\s*(?:は|を|も)?\s*(?:そのとき|その時|そん時|前回|この前|こないだ|以前)[^。!?]{0,12}(?:た|まし)"
)
#: «母子手帳にお知らせが挟まって»: where another thing lay.
_HOLDS: Final = re.compile(r"\s*の?(?:中|間|裏|ケース)?に(?:は)?[^。、!?]{0,20}?(?:挟|はさ|まぎれ|紛れ)")
_AS_A_TOOL: Final = re.compile(r"\s*(?:で|から)\s*(?:登録|申し?込|申請|調べ|検索|見て|やっ|手続|し(?:た|まし|て))")
#: «カードのほかに何を見せたら»: what another thing is to stand for.
_BESIDES: Final = re.compile(
    r"\s*(?:の)?(?:ほか|他|以外|代わり|かわり)(?:に|で|は)?[^。、]{0,4}(?:何|なに|なん|どれ|どんな)"
)
_AWAY: Final = re.compile(
    r"\s*(?:は|を|なら|も)?[^。、!?]{0,10}?(?:返(?:した|しま|却し|納し|してあ)|置いて(?:い|行|ゆ)?(?:く|き|こ)|家に置|(?:の|が)(?:財布|かばん|カバン|バッグ|鞄|部屋|引き出し|机|ところ|職場|会社)(?:の中)?(?:で|に(?!入れて(?:き|来|持)))|持って(?:い|出)(?:っ|かけ)|やめ(?:て|る|とく|ます|た))"
    r"|[^.?!,]{0,12}?\b(?:(?:is|'s) (?:in|at|with) (?:my|his|her|the) "
    r"(?:wife|husband|mum|mom|dad|son|daughter|brother|sister|office|dorm|hotel|room|home))"
)


#: Words that put a thing aside, whatever else is said of it: «カードは置いて、これだけ».
_PUT_ASIDE: Final = re.compile(
    r"\s*(?:の(?:ほう|方))?(?:は|を|なら)[^。、!?にでへ]{0,8}?(?:置いて(?:い|行|ゆ)?(?:く|き|こ|[、。])|やめ(?:て|る|とく|ます|と)[、くこ])"
)


#: «not the old card, it's the notice»: in a sentence this short what comes after a thing taken back takes its place.
_CORRECTION: Final = 90


class ItemInRole(NamedTuple):
    """One thing of the contract that was named, at ``[start:end]``, and the part it plays.

    ``also`` when words say that it comes on top, ``instead`` when it takes the place of what was there, ``held`` when
    somebody has it, ``described`` when only its condition is told, ``asked`` when it is only asked about; ``certain``
    is false where no word says what becomes of it, ``alone`` when words say that there is nothing else.
    """

    item: str
    part: str
    also: bool
    instead: bool
    held: bool
    described: bool
    asked: bool
    certain: bool
    alone: bool
    start: int
    end: int

    @property
    def told(self) -> str:
        """Return the part with how plainly it is said, as one code."""
        ways = ("also", "instead", "held", "described", "asked")
        said = [way for way in ways if getattr(self, way)] or ["plainly" if self.certain else BARELY]
        return " ".join((self.part, *said))


def spoken_items(reading: Utterance, mentions: tuple[Mention, ...], findings: Slots) -> Iterator[ItemInRole]:
    """Yield the things named in their order."""
    taken_back, both = False, _BOTH.search(reading.plain) is not None
    both_shown = _BOTH_SHOWN.search(reading.plain) is not None
    for mention in mentions:
        item = ORIGINAL if mention.item == ORIGINAL else resolved(mention, mentions, findings)
        if item == UNNAMED_PAPER and mention.state in _TAKEN:
            item = ORIGINAL  # «会社の紙じゃなくて», "I can't find the paper": the one that was spoken of
        if item not in ITEMS and item != ORIGINAL:
            continue
        part = (
            SPOKEN_OF if item == "portal_login" and "phone_login" in findings.facts else _part(reading.plain, mention)
        )
        also = (part == HERE and both_shown) or bool(
            _ALSO.match(reading.plain, mention.tail or mention.end)
            or _ALSO_BEFORE.search(reading.plain[: mention.start])
        )
        only = mention.state == "only" or _ONLY_NAMED.search(reading.plain, mention.start, mention.end) is not None
        corrects = taken_back and part == HERE and mention.state is None and len(reading.plain) <= _CORRECTION
        taken_back = mention.state == "unwanted"
        in_its_place = part == HERE and _INSTEAD_BEFORE.search(reading.plain[: mention.start]) is not None
        also = also and not in_its_place
        instead = in_its_place or (
            not also and (only or corrects or _INSTEAD.match(reading.plain, mention.tail or mention.end) is not None)
        )
        held = mention.state == "held" or bool(_HAD.match(reading.plain, mention.tail or mention.end))
        described = mention.state is None and bool(mention.beside) and not (also or instead or held)
        asked = mention.asked_about and not (mention.firm or mention.at_desk)
        certain = held or mention.state is not None or also or instead or (both and not asked)
        alone = only or _ALONE.match(reading.plain, mention.tail or mention.end) is not None
        ends = (mention.start, mention.end)
        yield ItemInRole(item, part, also, instead and not held, held, described, asked, certain, alone, *ends)


def _part(plain: str, mention: Mention) -> str:
    if _PUT_ASIDE.match(plain, mention.end):
        return GONE
    if mention.state in _GONE or (mention.state not in _SHOWN and _AWAY.match(plain, mention.tail or mention.end)):
        return GONE
    if _WHEN_BEFORE.search(plain[: mention.start]) and _PAST.match(plain, mention.end):
        return SPOKEN_OF
    if _READ_BEFORE.search(plain[: mention.start]) and _BEFORE_NOW.match(plain, mention.end):
        return SPOKEN_OF
    spoken_of = (_AT_THAT_TIME, _HOLDS, _BESIDES)
    if any(it.match(plain, mention.end) for it in spoken_of):
        return SPOKEN_OF
    if (mention.name == "phone" or mention.item == "portal_login") and _AS_A_TOOL.match(plain, mention.end):
        return SPOKEN_OF
    if mention.state in _HERE or mention.state is None:
        return HERE
    return SPOKEN_OF
