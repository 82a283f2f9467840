"""The sixty entries that people ask for most have an easy text; easy texts are short and each kanji has its reading."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Final

import pytest
import yaml

from assistant import paths
from assistant.content.entries import Entry, load_entries

DATA: Final = Path(__file__).parents[1] / "data"

ASKED: Final = 50
"""So many come from the labels of tests/data: the entries that are named most often as the right answer."""

BY_SENSE: Final = (
    "card-or-certificate-which",
    "certificate-valid-until",
    "deregister",
    "help-at-the-reader",
    "newborn",
    "no-smartphone",
    "register-how",
    "scam-refund-atm",
    "traffic-accident",
    "work-injury",
)
"""Asked for by people who are not in the data: somebody frightened, a parent of a baby, somebody hurt."""

LONGEST: Final = 40
MEAN: Final = 24

_READ: Final = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_APART: Final = re.compile(r"\[S\w+\]|\]\(faq:[^)]*\)|\[|（[^（）]*）|^(?:\d\.|-) ", re.MULTILINE)
_KANJI: Final = re.compile("[一-鿿々]")


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    """The Japanese entries by id."""
    return {id: entry for (id, lang), entry in load_entries(paths.CONTENT, []).items() if lang == "ja"}


def labels() -> Iterator[str]:
    """Name the entries that the labelled questions, searches and conversations expect, once for each time."""
    for name, key in (("answers", "entries"), *((f"entries-{it}", "first") for it in ("learn", "own", "unseen"))):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield from json.loads(line)[key]
    for name in ("conversations", "conversations-own", "first-replies"):
        for conversation in yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader):
            for turn in conversation["turns"]:
                for reply in turn.get("reply") or ():
                    yield from reply.get("first", ())


def sentences(entry: Entry) -> list[str]:
    """Split an easy text; what stands in brackets, marks and numbers of a list are left out."""
    assert entry.easy
    plain = _APART.sub("", _READ.sub(r"\1", entry.easy.body))
    return [it.strip() for it in re.split(r"[。\n]", plain) if it.strip()]


def test_the_sixty_entries_that_are_asked_for_most_have_an_easy_text(entries: dict[str, Entry]) -> None:
    """Entries for the staff alone are left out: they read the other text."""
    read = {id for id, entry in entries.items() if {"enrollee", "family"} & set(entry.front.audience)}
    most = [id for id, _ in Counter(labels()).most_common() if id in read][:ASKED]
    sixty = dict.fromkeys((*most, *BY_SENSE))
    assert len(sixty) == ASKED + len(BY_SENSE), sorted(set(most) & set(BY_SENSE))
    assert [id for id in sixty if entries[id].easy is None] == []


def test_an_easy_text_is_short(entries: dict[str, Entry]) -> None:
    """One thing a sentence."""
    easy = {id: sentences(entry) for id, entry in entries.items() if entry.easy}
    assert [(id, it) for id, text in easy.items() for it in text if len(it) > LONGEST] == []
    assert mean(len(it) for text in easy.values() for it in text) <= MEAN


def test_every_kanji_of_an_easy_text_has_its_reading_and_the_reading_is_kana(entries: dict[str, Entry]) -> None:
    """The text is for those who read kana alone."""
    for id, entry in entries.items():
        if entry.easy:
            text = f"{entry.easy.title}\n{entry.easy.body}"
            assert not _KANJI.findall(re.sub(r"\]\(faq:[^)]*\)", "", _READ.sub("", text))), id
            assert [it for it in _READ.findall(text) if not re.fullmatch("[ぁ-んァ-ヴー]+", it[1])] == [], id


@pytest.mark.parametrize(
    "wrong",
    [
        r"\{出\|だ\}[るたてま]",
        r"\{出\|で\}[さしすせ]",
        r"\{来\|き\}[るれ]",
        r"か\{月\|がつ\}",
        r"\{分\|ぶん\}[かけ]",
        r"\d\{\d",
    ],
)
def test_a_word_with_two_readings_has_the_one_of_its_ending(entries: dict[str, Entry], wrong: str) -> None:
    """«出る» is でる, «出す» is だす; no day is the first because a 1 stands last."""
    assert [id for id, entry in entries.items() if entry.easy and re.search(wrong, entry.easy.body)] == []
