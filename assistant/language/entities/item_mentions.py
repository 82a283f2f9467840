"""The things that a text speaks of, and what it says happened to each: shown, forgotten, lost, wanted …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.domain.vocabulary import ITEMS
from assistant.language.entities.bare_names import is_bare_name
from assistant.language.entities.demonstratives import points_back
from assistant.language.entities.mention import BESIDE, Mention
from assistant.language.entities.reproductions import is_of, likeness_after, with_its_place
from assistant.language.entities.state_cues import find_cues, inside, of_a_thing, overlaps, stated, target_of, within
from assistant.language.lexicon.loader import Lexicon
from assistant.language.lexicon.phrase_set import MatchText
from assistant.language.lexicon.schema import NO_ITEM, UNNAMED_CARD, UNNAMED_PAPER
from assistant.language.utterance import Utterance

_CONNECTOR: Final = re.compile(
    r"\s*(?:と|も|や|か|ど|、|,|・|/|\+|&|又は|または|および|及び|とか"
    r"|それと|あと|それから|並びに|に加えて|,? ?(?:and|or|nor|plus))"
    r"(?:、|それと|あと|それから)?"
    r"\s*(?:(?:my|the|a|an|both|old|her|his|their|one|only|just|自分の|本人の|ご本人の|うちの|下の子の|子の|子どもの|こどもの)\s*)*"
)

#: What may stand between a thing and the words about it: «（後期）», 類, など, っていう紙.
_SUFFIX: Final = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,24}[)\]]|類|等|など|なんか|とか(?!いう|ー)|自体|本体|そのもの|様|さん"
    r"|(?:の|っていう|って|という|とかいう|とやらの?|みたいな)(?:紙|かみ|やつ|やづ|もの|もん|の)(?!ほう|方)|の(?:ほう|方))"
)

#: What somebody outside the household does with a thing, told as news or set against what the speaker does.
_OTHERS: Final = re.compile(
    r"(?:隣|となり|近所|友だち|友達|友人|知り合い|知人|同僚|同級生|まわり|周り|よその|ほかの患者|他の患者|ママ友)"
    r"(?:の[^。、!?のはがも]{1,6})?(?:さん|たち)?(?:は|が|も)[^。!?]{0,12}$"
    r"|\b(?:friends?|neighbou?rs?|co-?workers?|colleagues?|classmates?|room ?mates?|people)\b[^.?!,]{0,24}$"
)
_TOLD_OF_OTHERS: Final = re.compile(
    r"[^。!?]{0,20}?(?:(?:って|と)(?:言|い[いうっ]|聞|きい|話)|らし|そう(?:だ|で|や|な)|てた|てる(?:けど|のに|が)|だけど|ですが|だが|ですけど)"
    r"|[^.?!]{0,40}?\b(?:and (?:they|it)|but (?:i|we|my|me)|who said|said|told|charged|was fine|worked|got in)\b"
)

#: «先週…», "last week …": what was shown then need not be here now.
_EARLIER: Final = re.compile(
    r"(?:先月|先週|前回|この前|こないだ|以前|昨日|きのう|おととい|前は|前に|その時|そのとき|昔|(?:今月|先月)(?:の)?(?:[0-9]+日|頭|初め|もう?1回|1度)"
    r"|[0-9]+日に|前の[0-9]回|毎回)[^。!?]{0,24}$"
    r"|\b(?:already|last (?:time|month|week|visit)|earlier|previously|yesterday)\b[^.?!]{0,24}$"
)
_EARLIER_AFTER: Final = re.compile(
    r"[^.?!]{0,24}\b(?:on the [0-9]+(?:st|nd|rd|th)|last (?:time|month|week|visit)|earlier this month)\b"
)

#: «先週は見せたけど、今日は…»: what is the case today stands against what was.
_TODAY: Final = re.compile(r"(?:今日|きょう|今回|本日|今度)(?:は|の|、)|\b(?:today|this time)\b")

#: What was done then is not done any more.
_LONG_AGO: Final = re.compile(
    r"(?:昔|以前|前|去年まで|若い頃)は[^。!?]{0,16}$"
    r"|\b(?:used to|years ago|back then|in those days|last year,? (?:i|we|he|she))\b[^.?!]{0,16}$"
)

#: «かばん盗まれた。資格確認書も入ってた»: what was in a bag that is gone is gone.
_BAG_GONE: Final = re.compile(
    r"(?:袋|かばん|財布|ばっぐ|鞄|りゅっく|荷物|ぽーち)(?:ごと|を|が|も|、)?[^。!?]{0,6}"
    r"(?:盗|落と|なくし|なくされ|無くし|無くされ|失くし|失くされ|紛失|すられ|ひったく|流され|燃え)"
    r"|\b(?:bag|wallet|purse|backpack)\b[^.?!]{0,12}\b(?:stolen|lost|snatched|gone|missing)\b"
    r"|\b(?:lost|stole|dropped) (?:my|his|her|the) (?:bag|wallet|purse)\b"
)
_WITHIN: Final = re.compile(r"入って|入れて|入れた|中に|\b(?:in (?:it|there)|inside)\b")

#: «カード忘れた»: nothing is set against it, as «カードは…» would.
_FORGOT: Final = re.compile(r"を?(?:忘れ|わすれ)(?:た|まし|ちゃ|て(?:き|しま))")

#: States that may turn out to be what others did.
_OF_OTHERS: Final = frozenset({None, "shown", "only", "held"})

_SHORT: Final = 64
#: Marks and endings of a question or a wish.
_QUESTION: Final = re.compile(
    r"\?|(?:です|ます|だろう|でしょう|もの|ある|いる|ない|の)か(?:ね|な|い)?(?:[。、!]|$)|かしら|たい(?:です|の|ん|わ|$)|ください|ほしい|って本当|なん?で(?:す)?(?:の)?$"
    r"|なのに$|得な|教え|どう(?:すれ|違|な)|どれ|どうし|差額|名前|(?:入れ|調べ|見分け)方|らしい$|べ$|じゃあかん|いるん|よろしか"
    r"|^(?:can|could|do|does|did|is|are|will|would|should|how|what|where|when|which|who|why|may|whose)\b"
)

#: What is asked about a thing rather than with it: what it is, where, how much, how to get, change or give it back.
_ASKED_ABOUT: Final = re.compile(
    r"いつ(?!も)|どこ(?!か|で受|も)|何(?:点|年|月)|いくら(?:安|違|かかる)?|なんぼ|再発行|再交付|交換|作り?(?:直|替|変)|書き換|違い(?!ます|まし)|違う(?![、。!])|手続|やり方|仕方|方法"
    r"|手順|こつ|一覧|検索|対応(?!して)"
    r"|1つになる|ひび(?:が)?入|紛失|盗まれ|忘れ物|切れる前|なかった頃|仕組み|意味|見分け|説明|とは\?|ってなに|って何|同意|バレ|ばれ|悪用|詐欺|警察|交番|書類|加算|割高"
    r"|安(?:い|く)|同じ\?|利用率|勧め|入れたい|入れてみ|入れ直|移行|引き継|引っ越|変わ(?:る|った)(?:って|て|の)?|機種|次のが|次の(?:は|を)|届けて|届(?:く|き)"
    r"|送(?:ら|って)|くれる(?:ん|の)|もらえる(?:の|ん)"
    r"|返(?:却|す|して|納)|回収|預か|簡易書留|代わりに(?:登録|受け|手続)|廃止|無うなる|なくなる|の話|にゅーす|てれび|掲示|べつの|別の|必要\?|要る|いる(?:の)?\?|義務"
    r"|要りま|枝番|記号番号が|載って|書いてある\?|書いたある|更新(?:の|は|を|し)|切れそう|期限が(?:来年|今月|20)"
    r"|\b(?:where|when|which|how (?:do|to|can|long|many|much)|what (?:is|are|changed|does)|why|who|renew"
    r"|replace|cheaper|difference|help ?line|police|mail|give (?:it )?back|hand back|take back|takes back"
    r"|new one|pick up|collect|unlink|print|pharmacy see|link(?:ed)? the card|call center|ward office"
    r"|insurer send|next month|expires|passed away|register|add|delete|remove|stay with|send)\b"
)

#: What happens at the desk: words that make a thing named in their sentence one that is shown.
_AT_THE_DESK: Final = re.compile(
    r"いけ(?:る|ます|ん)|行け|通(?:る|り|って|じ|らな|用)|診て|見てもら|みてもら|かかれ|受診|診療|会計|請求|3割|10割|全額|保険(?:で|扱い|が?き(?:く|き)"
    r"|に?な(?:る|り))|大丈夫|だいじょうぶ|平気|だめ|あかん|駄目"
    r"|患者|印字|かすれ|判読|券面|来(?:院|局|られ|はっ|た方)|の(?:方|人)(?:が|は|、|。|$)|りーだー|読み取|機械(?:に|で|さ)|受付|診察|うけられ|科(?:で|に|へ)"
    r"|病院(?:に|へ|で|行)|窓口|待合|本人|抜いて|裏向き|差し|置い|使え|使っ"
    r"|\b(?:ok(?:ay)?|accept|allowed|valid|enough|free|insured|dispense|bill|full price|see (?:me|him"
    r"|her)|waiting room|tray|slot|counter|desk|reader|machine|patient|at the (?:clinic|hospital|dentist)"
    r"|count|check)\b"
)

#: Words of a «shown» that say outright that somebody carries the thing or hands it over.
_FIRM: Final = re.compile(
    r"持|もって|もっち|見せ|みせ|出(?:し|す|さ|せ)(?!と)|提示|差し?出|手元|手に|渡|預か|かざ|読ま|読ん|通し|財布|ばっぐ|かばん|鞄|ぽけっと|とれー|使(?:っ|う|い)"
    r"|出て(?:き|来)|届けて|ならあ|しか|だけ|のみ|で行|差し|さし[てた]|挿|[乗の]せ|入れ[たてで]"
    r"|\b(?:show|bring|brought|taking|take (?:it|that)|carry|carri|hand|present|hold"
    r"|insert|tap|only|just|here|on (?:me|him|her)|in (?:my|his|her|the)|with (?:me|him|her))"
)

#: The same for a thing that is not at hand: left behind or forgotten, not merely «no paper».
_LEFT: Final = re.compile(r"置|おい|忘|家|うち|自宅|実家|\b(?:left|leave|forg\w+|at home)\b")
_UNNAMED: Final = frozenset({UNNAMED_CARD, UNNAMED_PAPER})
_ONLY: Final = re.compile(r"しか(?!なかっ)")


#: Nobody names more things in one text; what comes after is noise, and reading it would cost others their turn.
_MOST_THINGS = 60


def find_mentions(reading: Utterance, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions in order, each with the states that the words around it give."""
    mentions = list(_things(reading.plain, lexicon))
    cues = [cue for cue in find_cues(reading.plain, mentions, lexicon.states) if not inside(cue, mentions)]
    cues = [cue for cue in cues if not of_a_thing(cue, reading.plain)]
    dates = [cue for cue in cues if cue.id in ("in_date", "expired")]
    cues = [cue for cue in cues if cue.id in BESIDE or not within(cue, dates)]
    in_date = [cue for cue in dates if cue.id == "in_date"]
    cues = [cue for cue in cues if cue.id != "expired" or not overlaps(cue, in_date)]
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        index = target_of(cue, mentions, reading)
        if index is not None:
            mentions[index] = stated(mentions[index], cue, reading.plain)
    shared = _shared([_only(mention, reading.plain) for mention in mentions], reading)
    return tuple(_pointed_at([_weighed(mention, reading) for mention in shared], reading.plain))


def _pointed_at(mentions: list[Mention], plain: MatchText) -> list[Mention]:
    """«これ出してもいい?», "can I use it?": the one thing named is shown, whatever else the sentence tells of it."""
    things = [mention for mention in mentions if mention.item != NO_ITEM]
    if len(things) == 1 and things[0].item in ITEMS:
        may_be_used = things[0].state in _OF_OTHERS | {"talked_about"}
        if points_back(plain, things[0].end, may_be_used=may_be_used):
            return [replace(it, state="shown", firm=True) if it is things[0] else it for it in mentions]
    return mentions


def _weighed(mention: Mention, reading: Utterance) -> Mention:
    """Note how firmly the words say that a thing is here, and whether they speak of another day."""
    plain = reading.plain
    outright = _LEFT if mention.state == "absent" else _FIRM
    firm = mention.said is not None and outright.search(plain, *mention.said) is not None
    start, end = reading.sentence_at(mention.start)
    earlier = _EARLIER.search(plain, start, mention.start) or _EARLIER_AFTER.match(plain, mention.end)
    said = plain[slice(*mention.said)] if mention.said else ""
    if mention.state in _OF_OTHERS and _WITHIN.search(said) and _BAG_GONE.search(plain):
        mention, firm = replace(mention, state="lost"), False
    if mention.state in _OF_OTHERS - {"only"} and _told_of_others(mention, plain, start, end):
        mention, firm = replace(mention, state="talked_about"), False
    if mention.item == "copy" and mention.state == "wanted" and mention.said and plain[mention.said[0]] in "送s":
        mention, firm = replace(mention, state="shown"), True  # a picture that was sent is at hand
    return replace(
        mention,
        firm=firm or mention.state == "only",
        earlier=earlier is not None,
        outdone=(earlier is not None and _TODAY.search(plain, mention.end) is not None)
        or _LONG_AGO.search(plain, start, mention.start) is not None,
        bare=mention.state == "absent" and start == mention.start and _FORGOT.match(plain, mention.tail) is not None,
        answer=is_bare_name(plain, mention.start, mention.tail),
        told=len(plain) <= _SHORT and _QUESTION.search(plain) is None,
        asked_about=_ASKED_ABOUT.search(plain, start, end) is not None,
        at_desk=_AT_THE_DESK.search(plain, *((0, len(plain)) if mention.state == "held" else (start, end))) is not None,
    )


def _told_of_others(mention: Mention, plain: MatchText, start: int, end: int) -> bool:
    """Tell whether the sentence at ``[start:end]`` tells what a neighbour or friend did with the thing."""
    before = _OTHERS.search(plain, start, mention.start)
    return before is not None and _TOLD_OF_OTHERS.match(plain, mention.end, end) is not None


def _only(mention: Mention, plain: MatchText) -> Mention:
    """«お知らせしか来ていない»: what nothing came but is there, whatever the negative after it says."""
    if not _ONLY.match(plain, mention.tail) or mention.item == NO_ITEM:
        return mention
    return replace(mention, state="only", said=(mention.tail, mention.tail + 2))


def _things(plain: MatchText, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the words from left to right, the longest of those that begin together, none inside another."""
    found = [
        Mention(words.name, words.item, match.start(), match.end(), words.registered or "まいな保険証" in match[0])
        for words in lexicon.items
        for match in words.pattern.finditer(plain)
    ]
    found.sort(key=lambda mention: (mention.start, mention.start - mention.end))
    kept: list[Mention] = []
    for mention in found[:_MOST_THINGS]:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(replace(mention, tail=_tail(mention.end, plain)))
    kept = list(_likenesses(sorted(kept, key=lambda mention: mention.start), plain))
    for mention in kept:
        if mention.item not in _UNNAMED or not any(m.end <= mention.start < m.tail for m in kept if m.item in ITEMS):
            yield mention


def _likenesses(mentions: list[Mention], plain: MatchText) -> Iterator[Mention]:
    """Join a thing and the copy of it where other words stand between the two."""
    last: Mention | None = None
    for mention in mentions:
        if last and mention.start < last.end:
            continue
        if last and last.item == "copy" and is_of(plain, last.start, last.end, mention.start):
            end = with_its_place(plain, mention.tail)
            last = replace(last, end=end, tail=end)
            continue
        if last:
            yield last
        last = mention
        of_it = likeness_after(plain, mention.tail) if mention.item in ITEMS else None
        if of_it:
            last = replace(mention, name="copy", item="copy", registered=False, end=of_it, tail=_tail(of_it, plain))
    if last:
        yield last


def _tail(end: int, plain: MatchText) -> int:
    """Return where the additions to a thing end."""
    for _ in range(2):
        suffix = _SUFFIX.match(plain, end)
        if suffix is None:
            break
        end = suffix.end()
    return end


def _shared(mentions: list[Mention], reading: Utterance) -> Iterator[Mention]:
    """Give a thing without a state that of its neighbour in a list: «AもBも忘れた»."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        if shared[index].state is None and _listed(shared[index], shared[index + 1], reading):
            shared[index] = replace(shared[index], state=shared[index + 1].state, said=shared[index + 1].said)
    for index in range(1, len(shared)):
        first = shared[index - 1]
        corrected = first.state == "unwanted" and "," in reading.plain[first.end : shared[index].start]
        if shared[index].state is None and not corrected and _listed(first, shared[index], reading):
            shared[index] = replace(shared[index], state=shared[index - 1].state, said=shared[index - 1].said)
    yield from shared


def _listed(first: Mention, second: Mention, reading: Utterance) -> bool:
    return any(_CONNECTOR.fullmatch(reading.plain[end : second.start]) for end in (first.end, first.tail))
