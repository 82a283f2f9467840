"""The snapshot: rules, outcomes, entries, words and index, validated together, immutable, named by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.content.checks.cross_references import (
    followup_faults,
    gap_faults,
    paper_faults,
    reference_faults,
    reminder_faults,
)
from assistant.content.checks.gate import known, text_faults
from assistant.content.checks.reader_texts import reader_texts
from assistant.content.contacts.entry_contacts import EntryContacts, load_entry_contacts
from assistant.content.contacts.insurers import Insurer, load_insurers
from assistant.content.contacts.municipalities import Municipality, load_municipalities
from assistant.content.declaration_form import Declaration, load_declaration
from assistant.content.entries import Entries, Entry, load_entries
from assistant.content.fact_words import (
    Contact,
    FactWords,
    Note,
    Term,
    load_contacts,
    load_fact_words,
    load_glossary,
    load_notes,
    load_phrases,
)
from assistant.content.followups import FollowUps, load_followups
from assistant.content.further_languages import Tongues, load_tongues
from assistant.content.outcomes import Outcome, Paper, load_outcomes, load_papers
from assistant.content.paper_looks import Look, load_looks, look_faults
from assistant.content.policy_weights import PolicyWeights, load_weights
from assistant.content.prose.easy_texts import easy_faults
from assistant.content.prose.furigana import Furigana, load_furigana
from assistant.content.reminders import Reminder, load_reminders
from assistant.content.rules import RuleBook, Words, load_rules
from assistant.content.sources import Source, load_sources
from assistant.domain.faults import Fault, Faulty
from assistant.language.facets import insurer_facet, intent_facet
from assistant.language.lexicon.loader import Lexicon, LexiconError, load_lexicon
from assistant.language.models.sentence_encoder import Encoder
from assistant.language.models.statement_model import STATEMENTS, StatementModel
from assistant.language.models.tracking_model import TalkModels
from assistant.language.pipeline import LexiconMatch, by_rule
from assistant.language.text.label_forms import typed_back
from assistant.language.utterance import read
from assistant.search import DESK, PATIENT, Document, Searcher, build, open_index, packed

#: The table that says which paper somebody should hold.
HOLDING = "paper"

_AT_THE_DESK = frozenset({"front-desk", "pharmacy"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything an answer is made of. Nothing in it changes after it was built."""

    version: str
    book: RuleBook
    outcomes: Mapping[str, Outcome]
    holding: RuleBook
    papers: Mapping[str, Paper]
    sources: Mapping[str, Source]
    entries: Entries
    words: Mapping[str, FactWords]
    labels: Mapping[str, Mapping[str, str]]
    notes: Mapping[str, Note]
    contacts: Mapping[str, Contact]
    phrases: Mapping[str, Words]
    followups: FollowUps
    weights: PolicyWeights
    tracking: TalkModels
    statements: StatementModel
    glossary: tuple[Term, ...]
    furigana: Furigana
    insurers: Mapping[str, Insurer]
    municipalities: Mapping[str, Municipality]
    entry_contacts: EntryContacts
    looks: tuple[Look, ...]
    declaration: Declaration
    tongues: Tongues
    reminders: Mapping[str, Reminder]
    lexicon: Lexicon
    searcher: Searcher

    def entry_ids(self) -> tuple[str, ...]:
        """Return the topics of the FAQ in their order."""
        return tuple(dict.fromkeys(id for id, _ in self.entries))


def build_snapshot(
    content: Path,
    index: Path | None = None,
    *,
    built: bool = False,
    searching: bool = True,
    encoder: Encoder | None = None,
) -> Snapshot:
    """Read, check and join the files below ``content``; with an ``encoder``, what was learnt with one.

    ``index`` is a directory for the search index: an empty one to write to, or, with ``built``, one that
    an earlier call has written from these very files: they are not checked against each other again. Without it
    the index lives in memory; without ``searching`` it is empty, for callers that only decide. Raises `Faulty` with
    every fault.
    """
    faults: list[Fault] = []
    book = load_rules(content, faults)
    holding = load_rules(content, faults, "holding", HOLDING)
    words = load_fact_words(content, faults)
    papers = load_papers(content, faults)
    outcomes = load_outcomes(content, faults)
    sources = load_sources(content, faults)
    entries = load_entries(content, faults)
    notes = load_notes(content, faults)
    insurers = load_insurers(content, faults)
    municipalities = load_municipalities(content, faults)
    faults += look_faults(looks := load_looks(content, faults))
    declaration, tongues = load_declaration(content, faults), load_tongues(content, faults)
    reminders, contacts = load_reminders(content, faults), load_contacts(content, faults)
    entry_contacts = load_entry_contacts(content, faults, contacts, entries, insurers, outcomes, papers)
    phrases, followups = load_phrases(content, faults), load_followups(content, faults)
    weights, talks = load_weights(content, faults), _learnt_from_talks(content, faults)
    glossary = load_glossary(content, faults)
    furigana = load_furigana(content, glossary, faults)
    lexicon = _lexicon(content, encoder, faults, checking=not built)
    if not built:
        registers = known(sources, contacts, insurers, municipalities, glossary)
        faults += [*easy_faults(outcomes, glossary), *text_faults(list(reader_texts(content, faults)), registers)]
    if book is not None and holding is not None and not built:
        faults += [*gap_faults(book, words), *gap_faults(holding, words), *paper_faults(holding, papers)]
        faults += reference_faults(book, outcomes, sources, entries, contacts, insurers)
        faults += [*(followup_faults(followups, entries) if followups else ()), *reminder_faults(reminders, entries)]
    if faults or not (book and holding and declaration and lexicon and entry_contacts and followups and talks):
        raise Faulty(faults)
    searcher = _searcher(entries if searching else {}, index, lexicon, built=built)
    return Snapshot(
        content_version(content), book, outcomes, holding, papers, sources, entries, words, labels_of(words), notes,
        contacts, phrases, followups, weights, *talks, glossary, furigana, insurers, municipalities,
        entry_contacts, looks, declaration, tongues, reminders, lexicon, searcher,
    )  # fmt: skip


def _searcher(entries: Entries, index: Path | None, lexicon: Lexicon, *, built: bool) -> Searcher:
    if index is not None and built:
        return open_index(index, lexicon.vectors)
    return build(_documents(entries, lexicon), index, synonyms=_synonyms(lexicon), vectors=lexicon.vectors)


def content_files(content: Path) -> list[Path]:
    """Return every file that belongs to the content, in a fixed order."""
    return sorted(path for path in content.rglob("*") if path.is_file() and not path.name.startswith("."))


def content_version(content: Path) -> str:
    """Return the name of a snapshot: twelve digits of the hash over every content file and its path."""
    digest = hashlib.sha256()
    for path in content_files(content):
        digest.update(path.relative_to(content).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _lexicon(content: Path, encoder: Encoder | None, faults: list[Fault], *, checking: bool) -> Lexicon | None:
    try:
        return load_lexicon(content / "lexicon", encoder, checking=checking)
    except LexiconError as error:
        faults += [
            Fault(Path(path).relative_to(content).as_posix(), line, what, "correct the line")
            for path, line, what in error.faults
        ]
        return None


def _learnt_from_talks(content: Path, faults: list[Fault]) -> tuple[TalkModels, StatementModel] | None:
    try:
        return TalkModels.load(content / "model"), StatementModel.load(content / "model" / STATEMENTS)
    except (OSError, KeyError, ValueError) as error:
        faults.append(Fault("model", 1, f"not what was learnt from talks: {error}", "run make train"))
        return None


def labels_of(words: Mapping[str, FactWords]) -> Mapping[str, Mapping[str, str]]:
    """Return for each fact every way in which the label of a value may be typed back."""
    return {
        fact: typed_back({value: (it.ja, it.en) for value, it in said.values.items()}) for fact, said in words.items()
    }


def _synonyms(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    groups = lexicon.synonyms
    return {word: tuple(other for other in group if other != word) for group in groups for word in group}


def _documents(entries: Entries, lexicon: Lexicon) -> Iterable[Document]:
    for (id, lang), entry in entries.items():
        front = entry.front
        lines = [_read(line, entry, lexicon) for line in (front.title, *front.asked)]
        yield Document(
            id, lang, front.title, tuple(front.asked), entry.lead, entry.text,
            related=tuple(front.related), readers=_readers(front.audience),
            facets=tuple(tuple(sorted(line.codes | _own(entry))) for line in lines),
            senses=tuple(packed(line.features.sense) for line in lines),
        )  # fmt: skip


def _read(line: str, entry: Entry, lexicon: Lexicon) -> LexiconMatch:
    """Return what the rules find in one way to ask the question of ``entry``."""
    return by_rule(read(line, entry.front.lang, lexicon), entry.front.checked_on, lexicon)


def _own(entry: Entry) -> frozenset[str]:
    """Return what all ways to ask ``entry`` have in common: its intent, and the one insurer it holds for."""
    front = entry.front
    return frozenset({intent_facet(front.intent)} | ({insurer_facet(front.scope)} if front.scope else set()))


def _readers(audience: Iterable[str]) -> tuple[str, ...]:
    """Return which of the two voices an entry for ``audience`` speaks to."""
    return tuple(dict.fromkeys(DESK if who in _AT_THE_DESK else PATIENT for who in audience))
