"""The lexicon: content files with words and patterns, checked and compiled once, then never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from assistant.language.lexicon import schema as entries
from assistant.language.lexicon.entry_file import EntryFile, Fault, Words
from assistant.language.lexicon.parts import (
    Cue,
    Example,
    FactRule,
    IntentCue,
    ItemWords,
    Predicate,
    ShortAnswer,
    Spelling,
    Wording,
)
from assistant.language.lexicon.pattern_notation import compile_patterns
from assistant.language.lexicon.phrase_set import Alternative, MatchText, PhraseSet, Prefilter
from assistant.language.models.feature_set import EVERY_FEATURE, FeatureSet, Known
from assistant.language.models.reading_model import FEATURES, READER, READER_WITH_ENCODER, SENSES, ReadingModel
from assistant.language.models.sentence_encoder import Encoder
from assistant.language.models.sentence_sense import NO_SENSE, Encoded, Estimated, Sense
from assistant.language.models.word_vectors import NO_VECTORS, WordVectors

_Loaded = TypeVar("_Loaded")


class LexiconError(Exception):
    """The lexicon cannot be used; ``faults`` lists path, line and what to do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Final = tuple(faults)
        super().__init__("\n".join(f"{path}:{line}: {message}" for path, line, message in self.faults))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that understanding needs to know about words."""

    spelling: Spelling
    items: tuple[ItemWords, ...]
    states: tuple[Cue, ...]
    date_roles: tuple[Cue, ...]
    facts: tuple[FactRule, ...]
    predicates: tuple[Predicate, ...]
    intents: tuple[IntentCue, ...]
    people: tuple[Wording, ...]
    acts: tuple[Wording, ...]
    answers: tuple[ShortAnswer, ...]
    synonyms: tuple[tuple[str, ...], ...]
    examples: tuple[Example, ...]
    words: Words
    subject: PhraseSet
    gate: Prefilter = Prefilter(())  # noqa: RUF009 - immutable
    vectors: WordVectors = NO_VECTORS
    sense: Sense = NO_SENSE
    features: Known = EVERY_FEATURE
    model: ReadingModel | None = None

    def short_answer(self, plain: MatchText, fact: str) -> str | None:
        """Return the value that ``plain`` means while ``fact`` is asked."""
        for answer in self.answers:
            refused = answer.unless and answer.unless.found_in(plain)
            if answer.fact == fact and answer.pattern.found_in(plain) and not refused:
                return answer.value
        return None


def load_lexicon(
    folder: Path, encoder: Encoder | None = None, *, learnt: bool = True, checking: bool = True
) -> Lexicon:
    """Read ``folder/*.toml``, the vectors and the model beside it (not the model, when it is not ``learnt`` yet).

    With an ``encoder`` the model is the one that was learnt with it.
    Raise ``LexiconError`` with every fault that was found. Without ``checking``, for files that were checked before,
    each pattern is compiled when it is first needed.
    """
    faults: list[Fault] = []
    names = (
        "words",
        "items",
        "states",
        "dates",
        "spelling",
        "facts",
        "predicates",
        "intents",
        "synonyms",
        "people",
        "acts",
        "answers",
    )
    files = {name: EntryFile(folder, name, faults, checking=checking) for name in names}
    words, items = _words_and_items(files["words"], files["items"])
    lexicon = Lexicon(
        spelling=_spelling(files["spelling"]),
        items=items,
        states=_cues(files["states"], "state", words),
        date_roles=_cues(files["dates"], "date", words),
        facts=_facts(files["facts"], words),
        predicates=_predicates(files["predicates"], words),
        intents=_intents(files["intents"], words),
        people=_people(files["people"], words),
        acts=_acts(files["acts"], words),
        answers=_answers(files["answers"], words),
        synonyms=tuple(entry.words for _, entry in files["synonyms"].table("group", entries.GroupEntry)),
        words=words,
        subject=compile_patterns(words.get("subject", ()), words, at_once=checking),
        examples=tuple(example for file in files.values() for example in file.examples),
    )
    vectors = _read(WordVectors.load, folder.parent / "model" / "words.npz", faults)
    lexicon = replace(lexicon, gate=Prefilter(_phrases(lexicon)), vectors=vectors or lexicon.vectors)
    if learnt:
        lexicon = _taught(lexicon, folder.parent / "model", encoder, faults)
    if faults:
        raise LexiconError(faults)
    return lexicon


def _taught(lexicon: Lexicon, folder: Path, encoder: Encoder | None, faults: list[Fault]) -> Lexicon:
    """Return ``lexicon`` with the model, and with what gives the sense of a text for that model."""
    model = _read(ReadingModel.load, folder / (READER if encoder is None else READER_WITH_ENCODER), faults)
    estimated = _read(Estimated.load, folder / SENSES, faults) if encoder is None else None
    sense = Encoded(encoder, model.directions) if encoder and model else estimated
    features = _read(FeatureSet.load, folder / FEATURES, faults)
    return replace(lexicon, sense=sense or NO_SENSE, features=features or EVERY_FEATURE, model=model)


def _read(load: Callable[[Path], _Loaded], path: Path, faults: list[Fault]) -> _Loaded | None:
    try:
        return load(path)
    except (OSError, KeyError, ValueError) as error:
        faults.append((path, 1, f"{error}; run make train"))
        return None


def _phrases(lexicon: Lexicon) -> Iterator[PhraseSet]:
    """Yield everything that is looked for in a text whose misspellings were righted."""
    yield lexicon.subject
    yield from (item.pattern for item in lexicon.items)
    for cue in (*lexicon.states, *lexicon.date_roles):
        yield from filter(None, (cue.next, cue.after, cue.before))
    for rule in lexicon.facts:
        yield from filter(None, (rule.pattern, rule.unless))
    for predicate in lexicon.predicates:
        yield from predicate.phrases
    for asked in lexicon.intents:
        yield from filter(None, (asked.pattern, asked.unless))
    for wording in (*lexicon.people, *lexicon.acts):
        yield from filter(None, (wording.pattern, wording.unless))
    for answer in lexicon.answers:
        yield from filter(None, (answer.pattern, answer.unless))


def _words_and_items(words_file: EntryFile, items_file: EntryFile) -> tuple[Words, tuple[ItemWords, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for line, listed in words_file.table("words", entries.WordsEntry):
        words[listed.name] = listed.words
        words_file.note_examples(line, listed, "words", listed.name)
    found = items_file.table("item", entries.ItemEntry)
    for line, entry in found:
        if entry.name in words:
            items_file.fault(line, f"{entry.name} is also a list in {words_file.path.name}; rename one")
        words[entry.name] = entry.words
        items_file.note_examples(line, entry, "item", entry.name)
    compiled = [(entry, items_file.compiled(entry.words, words, line)) for line, entry in found]
    items = tuple(ItemWords(e.name, e.item, pattern, e.registered) for e, pattern in compiled if pattern)
    return MappingProxyType(words), items


def _spelling(file: EntryFile) -> Spelling:
    right: dict[re.Pattern[str], str] = {}
    ways: list[Alternative] = []
    for line, entry in file.table("spelling", entries.SpellingEntry):
        file.note_examples(line, entry, "spelling", entry.right)
        wrong = file.compiled(entry.wrong, {}, line)
        ways += wrong.ways if wrong else ()
        right |= {way.regex: entry.right for way in (wrong.ways if wrong else ())}
    return Spelling(PhraseSet(ways), MappingProxyType(right))


def _cues(file: EntryFile, table: str, words: Words) -> tuple[Cue, ...]:
    cues = []
    for line, entry in file.table(table, entries.CueEntry):
        file.note_examples(line, entry, table, entry.id)
        sides = (file.compiled(side, words, line) for side in (entry.next, entry.after, entry.before))
        cues.append(Cue(entry.id, *sides))
    return tuple(cues)


def _people(file: EntryFile, words: Words) -> tuple[Wording, ...]:
    found = []
    for line, entry in file.table("person", entries.PersonEntry):
        file.note_examples(line, entry, "person", entry.id)
        pattern = file.compiled(entry.words, words, line)
        found += [Wording(entry.id, pattern)] if pattern else []
    return tuple(found)


def _acts(file: EntryFile, words: Words) -> tuple[Wording, ...]:
    found = []
    for line, entry in file.table("act", entries.ActEntry):
        file.note_examples(line, entry, "act", entry.id)
        pattern, unless = (file.compiled(side, words, line) for side in (entry.say, entry.unless))
        found += [Wording(entry.id, pattern, unless)] if pattern else []
    return tuple(found)


def _answers(file: EntryFile, words: Words) -> tuple[ShortAnswer, ...]:
    found = []
    for line, entry in file.table("answer", entries.AnswerEntry):
        file.note_examples(line, entry, "answer", f"{entry.fact}={entry.value}")
        pattern, unless = (file.compiled(side, words, line) for side in (entry.say, entry.unless))
        found += [ShortAnswer(entry.fact, entry.value, pattern, unless)] if pattern else []
    return tuple(found)


def _facts(file: EntryFile, words: Words) -> tuple[FactRule, ...]:
    rules = []
    for line, entry in file.table("fact", entries.FactEntry):
        file.note_examples(line, entry, "fact", f"{entry.fact}={entry.value}")
        pattern = file.compiled(entry.say, words, line)
        unless = file.compiled(entry.unless, words, line)
        if pattern:
            rules.append(FactRule(entry.fact, entry.value, pattern, unless, MappingProxyType(entry.then)))
    return tuple(rules)


def _predicates(file: EntryFile, words: Words) -> tuple[Predicate, ...]:
    found = []
    for line, entry in file.table("predicate", entries.PredicateEntry):
        file.note_examples(line, entry, "predicate", f"{entry.fact}={entry.yes}")
        about, *around = (file.compiled(side, words, line) for side in entry.words)
        found += [Predicate(entry.fact, entry.yes, entry.no, about, *around)] if about else []
    return tuple(found)


def _intents(file: EntryFile, words: Words) -> tuple[IntentCue, ...]:
    cues = []
    for line, entry in file.table("cue", entries.IntentEntry):
        file.note_examples(line, entry, "cue", f"{entry.intent}.{entry.cue}")
        pattern, unless = (file.compiled(side, words, line) for side in (entry.say, entry.unless))
        all_ = entry.match == "all"
        cues.append(IntentCue(entry.intent, entry.cue, pattern, unless, entry.when, all_))
    return tuple(cues)
