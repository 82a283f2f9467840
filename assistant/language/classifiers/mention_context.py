"""What stands around a thing that is named, as what a linear model weighs to tell whether the thing is shown.

The words behind and before it, up to the next thing; how the sentence ends; and what both sides mean. What the thing
is weighs little, so that what is learnt of one paper holds for another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from assistant.language.classifiers.features import hashed
from assistant.language.models.reading_model import AROUND_BITS, Surroundings
from assistant.language.models.word_vectors import WordVectors
from assistant.language.slots.item_roles import ItemInRole

#: The things named after so many others decide nothing; reading them would cost time.
MOST: Final = 8

_BEHIND: Final = 40
_BEFORE: Final = 30
_EDGES: Final = range(1, 9)
_GRAMS: Final = (2, 3, 4, 5)
_ENDINGS: Final = (2, 3, 4, 5, 6, 8)
_WORDS_BEHIND: Final = 12
_WORDS_BEFORE: Final = 10
_SEVERAL: Final = 4
_LENGTHS: Final = 20
_LONGEST: Final = 6
_TEXT: Final = 200
_LETTERS_WEIGH: Final = 4.0
_MEANING_WEIGHS: Final = 2.0
_BESIDE_WEIGHS: Final = 0.5
_WORD: Final = re.compile(r"[a-z0-9']+")
_STOPS: Final = re.compile(r"[。.!?\n]")


def surroundings(
    plain: str, items: Sequence[ItemInRole], acts: Collection[str], vectors: WordVectors
) -> list[Surroundings]:
    """Return what stands around each of the first `MOST` ``items``, which are named in ``plain`` in this order.

    What the rules say of each counts as well, and the ``acts`` of the sentence.
    """
    around, sentence = vectors.mean(plain), {f"act {act}" for act in acts}
    text = {
        f"length {min(len(plain) // _LENGTHS, _LONGEST)}",
        *(f"t{plain[it : it + 3]}" for it in range(min(_TEXT, len(plain)) - 2)),
    }
    found = []
    for number, item in enumerate(items[:MOST]):
        start = items[number - 1].end if number else 0
        end = items[number + 1].start if number + 1 < len(items) else len(plain)
        before = plain[min(start, item.start) : item.start]
        behind = plain[item.end : max(item.end, end)]
        sides = (vectors.mean(behind[:_BEHIND]), vectors.mean(before[-_BEHIND:]), around)
        names = {*text, *_place(items, number), *_edges(plain, item), *_grams(before, behind), *_ends(plain, item)}
        if plain.isascii():
            names |= {*_words(plain, item)}
        letters, beside = hashed(names, AROUND_BITS), hashed({*_beside(items, number), *sentence}, AROUND_BITS)
        places = np.concatenate((letters, hashed([f"told {item.told}"], AROUND_BITS), beside))
        weights = np.full(len(places), _BESIDE_WEIGHS, np.float32)
        weights[: len(letters)] = _LETTERS_WEIGH / np.sqrt(len(letters))
        weights[len(letters)] = 1.0
        found.append(Surroundings(item.item, places, weights, np.concatenate(sides) * np.float32(_MEANING_WEIGHS)))
    return found


def _place(items: Sequence[ItemInRole], number: int) -> Iterator[str]:
    yield from (f"item {items[number].item}", f"among {min(len(items), _SEVERAL)}")
    yield f"next {items[number + 1].item}" if number + 1 < len(items) else "last"
    yield f"previous {items[number - 1].item}" if number else "first"


def _beside(items: Sequence[ItemInRole], number: int) -> Iterator[str]:
    """Yield the parts that the rules give to the other things."""
    yield from (f"beside {other.item} {other.told}" for other in items if other.item != items[number].item)


def _edges(plain: str, item: ItemInRole) -> Iterator[str]:
    for size in _EDGES:
        yield f">{plain[item.end : item.end + size]}"
        yield f"<{plain[max(0, item.start - size) : item.start]}"


def _grams(before: str, behind: str) -> Iterator[str]:
    for side, text in (("behind", behind[:_BEHIND]), ("before", before[-_BEFORE:])):
        for size in _GRAMS:
            for start in range(len(text) - size + 1):
                yield f"{side} {text[start : start + size]}"


def _ends(plain: str, item: ItemInRole) -> Iterator[str]:
    """Yield how the text ends, and how the sentence does in which the thing is named."""
    stop = _STOPS.search(plain, item.end)
    sentence = plain[: stop.end()] if stop else plain
    for size in _ENDINGS:
        yield f"${plain[-size:]}"
        yield f"/{sentence[-size:]}"


def _words(plain: str, item: ItemInRole) -> Iterator[str]:
    behind = _WORD.findall(plain[item.end :])[:_WORDS_BEHIND]
    before = _WORD.findall(plain[: item.start])[-_WORDS_BEFORE:]
    for size in (1, 2, 3, 4):
        yield f">> {' '.join(behind[:size])}"
        yield f"<< {' '.join(before[-size:])}"
    for side, words in ((">", behind), ("<", before)):
        yield from (f"{side} {word}" for word in words)
        yield from (f"{side} {word} {then}" for word, then in pairwise(words))
