"""The answer to an open question, in whichever form: label, number, yes or no, «I don't know», date, own words.

What does not answer it is left to the general reading of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from assistant.content.fact_words import FactWords
from assistant.conversation.state import Dialogue
from assistant.domain.columns import DATE_OF_CHOICE
from assistant.domain.vocabulary import UNKNOWN
from assistant.language.entities.dates import find_dates
from assistant.language.lexicon.loader import Lexicon
from assistant.language.pipeline import Understanding, understand
from assistant.language.question_form import acts_in, asks, is_short
from assistant.language.text.label_forms import bare, sound
from assistant.language.text.normalize import fold, hiragana
from assistant.language.text.numerals import with_digits
from assistant.language.utterance import Utterance, read

Value = str | date | tuple[str, ...]

_LONGEST_REST: Final = 5
_MARKS: Final = re.compile(r"[\s。、,.!?「」『』()・:;'\"…~-]+")
_NUMBER: Final = re.compile(
    r"^(?:上から|no\.?|number|option|answer|#|第)?([0-9]{1,2}|[①-⑨])(?:番目?|つ目|個目|つめ|ばん|st|nd|rd|th)?"
    r"(?:の(?:やつ|方|ほう|もの)?)?(?:です|でした|だ|かな|お願いします|one|option|please)?$"
)
#: «三つ目», «二番», «ふたつめ».
_COUNTED: Final = re.compile(r"(?:[一二三四五六七八九](?=[番つ個])|ひとつ|ふたつ|みっつ|よっつ|いつつ)")
_COUNTS: Final = {
    **{sign: str(count) for count, sign in enumerate("一二三四五六七八九", 1)},
    "ひとつ": "1つ", "ふたつ": "2つ", "みっつ": "3つ", "よっつ": "4つ", "いつつ": "5つ",
}  # fmt: skip
_ORDINALS: Final[Mapping[str, int]] = {
    "一番上": 1, "いちばん上": 1, "1番上": 1, "最初": 1, "はじめ": 1, "上": 1, "上の": 1, "first": 1, "top": 1,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "真ん中": 2, "まんなか": 2, "middle": 2,
    "一番下": -1, "いちばん下": -1, "1番下": -1, "最後": -1, "下": -1, "last": -1, "bottom": -1,
    "former": 1, "latter": 2, "前者": 1, "後者": 2,
}  # fmt: skip
_ORDINAL: Final = re.compile(
    rf"^(?:the |その)?({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    r"(?:の(?:やつ|方|ほう|もの)?)?(?: ?(?:one|option|choice))?(?:です|だ|かな|お願いします|please)?"
    r"(?:,? i (?:think|believe|fear|guess|suppose|reckon|hope))?$"
)
#: Where one clause ends and another may begin.
#: «保険が変わったかどうかは、本人もわからない»: what is not known is only said again.
_WHETHER: Final = re.compile(
    r"か(?:どうか)?(?:は|も|が|を|って)?、?[^。!?]{0,14}(?:わか[らん]|分から|知ら|知りま|覚えて|不明|さあ)"
)
_CLAUSE: Final = re.compile(
    r"(?<=[?])\s*|[。.!…\n;:]+\s*|、|,\s+|\s+(?:-|–|but|and)\s+|(?<=けど)|(?<=けん)|(?<=が)(?=[、 ])"
)
_CLAUSES: Final = 3
_ANSWERS: Final = ("yes", "no", "unknown")
#: «Back to the first one» is about somebody else, not a first visit.
_TURNS_AWAY: Final = ("back",)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨"


class AnswerWords(Protocol):
    """What answers are made of: the lexicon, the words of each fact, and the ways in which labels are typed back."""

    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def words(self) -> Mapping[str, FactWords]: ...
    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]: ...


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that is open: the fact, and its values in the order in which they were shown."""

    fact: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer says of the fact that was asked (or of its printed date); ``whole`` when it says nothing else."""

    facts: Mapping[str, Value]
    whole: bool


def hear(
    words: AnswerWords, text: str, reading: Utterance, read: Understanding, dialogue: Dialogue, asked_on: date
) -> Answered | None:
    """Return what ``text`` answers to the open question of ``dialogue``, or ``None`` when it is no answer to one."""
    if dialogue.asked is None or not read.acts.isdisjoint(_TURNS_AWAY):
        return None
    question = OpenQuestion(dialogue.asked, dialogue.options)
    return _hear_whole(words, text, reading, read, question, asked_on) or _hear_clause(
        words, reading, question, asked_on
    )


def _hear_whole(
    words: AnswerWords, text: str, reading: Utterance, read: Understanding, question: OpenQuestion, asked_on: date
) -> Answered | None:
    """Return what ``text`` answers to ``question``, or ``None`` when it is no answer to it."""
    fact = question.fact
    if labelled := _by_label(words, text, fact):
        return Answered({fact: (labelled,) if fact == "presented" else labelled}, whole=True)
    if (place := _place(text, len(question.options))) is not None:
        value = [*question.options, UNKNOWN][place]
        return Answered({fact: (value,) if fact == "presented" and value != UNKNOWN else value}, whole=True)
    day = _date(reading, question, asked_on)
    if day and not (fact in DATE_OF_CHOICE and read.facts.get("visit_date") == day):
        dated = DATE_OF_CHOICE.get(fact, fact)
        more = read.items or read.facts.keys() - {fact, dated}
        return Answered({dated: day}, whole=is_short(reading) and not more)
    if fact == "presented" and len(question.options) == 1 and is_short(reading) and not read.items:
        printed = DATE_OF_CHOICE.get(question.options[0])
        if printed and len(read.days) == 1 and "visit_date" not in read.facts:
            return Answered({fact: question.options, printed: read.days[0]}, whole=True)
        if "yes" in read.acts:
            return Answered({fact: question.options}, whole=True)
        return Answered({}, whole=True) if "no" in read.acts else None
    if fact == "presented":
        return Answered({fact: UNKNOWN}, whole=True) if _only_unknown(reading, read) else None
    return _in_words(words, reading, read, fact)


def _hear_clause(words: AnswerWords, reading: Utterance, question: OpenQuestion, asked_on: date) -> Answered | None:
    """Return what one clause of a longer text answers: «してあるよ。あ、お知らせもあった», "No idea, but …"."""
    if question.fact == "presented":
        return None
    clauses = [it.strip() for it in _CLAUSE.split(reading.written)]
    for clause in clauses[:_CLAUSES] if len(clauses) > 1 else ():
        part = read(clause, reading.lang, words.lexicon)
        if not is_short(part) or asks(part) or "?" in clause or not _may_answer(words, part, question.fact):
            continue
        understood = understand(part, asked_on, words.lexicon, on_subject=True)
        answered = None if understood.items else _hear_whole(words, clause, part, understood, question, asked_on)
        if answered is not None and answered.facts:
            return Answered(answered.facts, whole=False)
    return None


def _may_answer(words: AnswerWords, part: Utterance, fact: str) -> bool:
    """Tell whether a clause is worth a closer look: reading it takes as long as reading the sentence."""
    dated = fact in DATE_OF_CHOICE or fact == "visit_date"
    answers = words.lexicon.short_answer(part.plain, fact) is not None
    return dated or answers or not acts_in(part, words.lexicon).isdisjoint(_ANSWERS)


def _in_words(words: AnswerWords, reading: Utterance, read: Understanding, fact: str) -> Answered | None:
    """Read short words for the fact: its own, then «I don't know», then yes and no."""
    short = is_short(reading)
    said_for = words.words.get(fact)
    if "unknown" in read.acts and short and _WHETHER.search(reading.plain):
        return Answered({fact: UNKNOWN}, whole=not (read.items or read.evidence.keys() - {fact}))
    if fact in read.facts and not _taken_back(reading, read):
        return Answered({fact: read.facts[fact]}, whole=False)
    if _nothing_but_unknown(words, reading):
        return Answered({fact: UNKNOWN}, whole=True)
    tells_more = bool(read.evidence.keys() - {fact})  # in words; what is only proposed may mean what was asked
    if tells_more and {it.item for it in read.items} - {fact}:
        return None  # «母は78歳です。期限切れの保険証しかありません» is about something else
    said = words.lexicon.short_answer(reading.plain, fact) if short else None
    if tells_more and read.acts.isdisjoint(_ANSWERS):
        said = None  # "the dentist hasn't got a card reader"
    if said == UNKNOWN or ("unknown" in read.acts and short and not tells_more and "phone" not in read.acts):
        return Answered({fact: UNKNOWN}, whole=short)
    if said:
        return Answered({fact: said}, whole=short and not read.items)
    if said_for and said_for.yes and "yes" in read.acts:
        return Answered({fact: said_for.yes}, whole=short)
    if said_for and said_for.no and "no" in read.acts:
        return Answered({fact: said_for.no}, whole=short)
    return None


def _taken_back(reading: Utterance, read: Understanding) -> bool:
    """Tell whether the question is only said again: «Registered? I don't know»."""
    return "unknown" in read.acts and "?" in reading.plain.rstrip("? ")


def _nothing_but_unknown(words: AnswerWords, reading: Utterance) -> bool:
    """Tell whether «I don't know» is all there is."""
    pattern = next(act.pattern for act in words.lexicon.acts if act.id == "unknown")
    rest, found = str(reading.plain), False
    for match in pattern.finditer(reading.plain):
        rest, found = rest.replace(match[0], ""), True
    return found and len(_MARKS.sub("", rest)) <= _LONGEST_REST


def _only_unknown(reading: Utterance, read: Understanding) -> bool:
    """Tell whether somebody says that they do not know, and hardly anything else."""
    if "unknown" not in read.acts or read.items or "phone" in read.acts:
        return False
    return is_short(reading)


def _by_label(words: AnswerWords, text: str, fact: str) -> str | None:
    """Return the value whose label was typed back, as written or as it sounds."""
    written = bare(text)
    if not written:
        return None
    ways = words.labels[fact]
    return ways.get(written) or (ways.get(sound(written)) if not written.isascii() else None)


def _place(text: str, options: int) -> int | None:
    """Return the place in the list that a text names; the one after the last is «not sure»."""
    plain = _MARKS.sub("", hiragana(with_digits(fold(text)))) if options else ""
    plain = _COUNTED.sub(lambda it: _COUNTS[it[0]], plain, 1)
    spaced = hiragana(with_digits(fold(text))).strip(" 。.!")
    number = _NUMBER.match(plain)
    if number:
        place = _CIRCLED.index(number[1]) + 1 if number[1] in _CIRCLED else int(number[1])
        return place - 1 if 1 <= place <= options + 1 else None
    ordinal = _ORDINAL.match(spaced)
    if ordinal and options:
        place = _ORDINALS[ordinal[1]]
        return options - 1 if place < 0 else place - 1 if place <= options else None
    return None


def _date(reading: Utterance, question: OpenQuestion, asked_on: date) -> date | None:
    """Return the one day that a text names, when the fact that was asked has a day."""
    if question.fact != "visit_date" and question.fact not in DATE_OF_CHOICE:
        return None
    found = [it.day for it in find_dates(reading.written, asked_on) if it.precision in ("day", "month")]
    return found[0] if len(found) == 1 else None
