"""Whose papers a sentence speaks of: persons as closed codes, and the part they play in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from assistant.language.lexicon.loader import Lexicon
    from assistant.language.utterance import Utterance


_TOPIC: Final = re.compile(
    r"(?:(?:さん|様|ちゃん)?(?:自身)?(?:の(?:ほう|方|話|場合|分|件|こと|紙)?)?(?:は|も|には|にも|って|なら|だと|なん(?:です|だ|や)|です(?:が|けど)|(?:だ|や)けど|(?:だ|じゃ|や)が|[、,:?(]|$))"
)
_OWNER: Final = re.compile(r"(?:さん|様|ちゃん)?(?:自身)?の")
_SUBJECT: Final = re.compile(r"(?:さん|様|ちゃん)?(?:自身)?が")
_BACK: Final = re.compile(
    r"(?:さん|様|ちゃん)?(?:自身)?(?:の)?(?:ほう|方|話|件|こと|場合|分|紙|カード|かーど)?(?:に|へ)?(?:話を)?(?:戻|もど)"
)
_EN_BEFORE: Final = re.compile(
    r"(?:^|[.,;:!?] ?|\band |\bbut |\bfor |\babout |\bwhat about |\bhow about |\bas for |\bok,? |\bso |\bnow )$"
)
_EN_BACK: Final = re.compile(r"\b(?:back|return(?:ing)?) to $")
_EN_AFTER: Final = re.compile(
    r"(?: (?:himself|herself))?(?! (?:is |was |will |can |has )?(?:bring|brought|fetch|drop|carr|driv|coming with))"
    r"(?! (?:got|put|added|signed|enrolled|registered|gave|sent) (?:me|us|him|her) )(?:'s\b|,? \(?(?:aged? )?[0-9]|,? "
    r"(?:i|she|he|they|is|has|have|had|was|who|still|only|will|"
    r"would|can|does|got|needs|wants|shows|brings|turned)\b|[:,?.]|$| and\b)"
)


class PersonMention(NamedTuple):
    """A person at ``[start:end]``; ``part`` is ``back``, ``topic``, ``owner``, ``subject`` or ``other``."""

    who: str
    start: int
    end: int
    part: str


#: «お隣の奥さん»: somebody whose papers nobody asks about; «連れていくのはわたしです»: who does something for another.
_OF_OTHERS: Final = re.compile(r"(?:隣|近所|となり|きんじょ|よそ|知り合い|友達|友人|同僚|職場)の\Z|[くるすた]のは\Z")
#: «暗証番号は夫しか知らない»: who knows something of papers that are another's.
_KNOWS: Final = re.compile(
    r"(?:しか|だけが?|が|に|は|も)(?:知ら?|しら|わか|分か|覚え|おぼえ|聞か|きか|見て(?:い?な|おら)|確認して(?:い?な|おら))"
)
#: «奥さん到着»: who comes to somebody ill; who comes to be seen is a patient.
_COMES: Final = re.compile(r"(?:さん|様)?(?:が|も)?(?:、)?(?:先ほど|今|いま|さっき)?(?:到着|駆けつけ|かけつけ)")
_KANJI: Final = re.compile("[一-鿿]")


def find_people(reading: Utterance, lexicon: Lexicon) -> tuple[PersonMention, ...]:
    """Return the persons in order, the longest of those that begin together, none inside another."""
    found = sorted(_all(reading, lexicon), key=lambda mention: (mention.start, -mention.end))
    kept: list[PersonMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _all(reading: Utterance, lexicon: Lexicon) -> Iterator[PersonMention]:
    for person in lexicon.people:
        for match in person.pattern.finditer(reading.plain):
            start, end = match.span()
            others = _OF_OTHERS.search(reading.plain, 0, start) or any(
                does.match(reading.plain, end) for does in (_KNOWS, _COMES)
            )
            if not others and not _inside_a_word(reading.plain, start, end):
                yield PersonMention(person.id, start, end, _part(reading.plain, start, end))


def _inside_a_word(plain: str, start: int, end: int) -> bool:
    """Tell whether this is only a part of a word: the 夫 of 大丈夫, the 子 of 子宮, the 子ども of 子ども医療証."""
    around = (plain[start - 1 : start], plain[end : end + 1])
    return plain.startswith("医療証", end) or (end - start == 1 and any(map(_KANJI.match, around)))


def _part(plain: str, start: int, end: int) -> str:
    if plain[start:end].isascii():
        before = plain[:start]
        if _EN_BACK.search(before):
            return "back"
        return "topic" if _EN_BEFORE.search(before) and _EN_AFTER.match(plain, end) else "other"
    if _BACK.match(plain, end):
        return "back"
    if _TOPIC.match(plain, end):
        return "topic"
    if _OWNER.match(plain, end):
        return "owner"
    return "subject" if _SUBJECT.match(plain, end) else "other"
