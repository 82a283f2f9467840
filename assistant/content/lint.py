"""Checks across files: everything that is named exists, and both languages say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assistant.content.entries import LANGS, Entries
from assistant.content.entry_checks import avoided_faults, entry_faults, row_faults, wording_faults
from assistant.content.followups import FollowUp
from assistant.content.insurers import Insurer, InsurerContact
from assistant.content.outcomes import Outcome, Paper, Telling
from assistant.content.rules import RuleBook
from assistant.content.sources import Source
from assistant.content.wording import Contact, FactWords, Note, Term
from assistant.domain.faults import Fault
from assistant.domain.rules import GOAL, Gap
from assistant.domain.verify import visitor_at


def gap_faults(book: RuleBook, words: Mapping[str, FactWords]) -> Iterator[Fault]:
    """Describe holes and overlaps as visitors at the counter, in both languages: the first of each table."""
    by_table: dict[str, list[Gap]] = {}
    for gap in book.gaps:
        by_table.setdefault(gap.hole.table, []).append(gap)
    for name, gaps in by_table.items():
        more = f" (and {len(gaps) - 1} more in this table)" if len(gaps) > 1 else ""
        yield _gap_fault(gaps[0], book.rules.tables[name].path, _visitor(gaps[0], book, words) + more)


def _gap_fault(gap: Gap, path: str, visitor: str) -> Fault:
    if gap.hole.rows:
        names = " and ".join(repr(row.id) for row in gap.hole.rows[:3])
        what = f"rows {names} both answer {visitor}"
        return Fault(path, gap.hole.rows[-1].line, what, "change a date or a condition so that one row answers")
    return Fault(path, 1, f"no row of this table answers {visitor}", "add a row, or widen the one that should answer")


def _visitor(gap: Gap, book: RuleBook, words: Mapping[str, FactWords]) -> str:
    days = f"{gap.first}" if gap.first == gap.last else f"{gap.first} to {gap.last}"
    met = visitor_at(book.rules, gap)
    if met is None or "presented" not in words:
        cell = "; ".join(f"{column} = {value}" for column, value in gap.hole.cell) or "anybody"
        return f"a visitor on {days}: {cell}"
    items, given = met
    shown = {lang: " + ".join(words["presented"].values[item][lang] for item in items) for lang in LANGS}
    rest = {lang: "; ".join(_facts_in_words(given, words, lang)) for lang in LANGS}
    brings = f" who brings {shown['en']}" if items else ""
    ja = f"{days}に{shown['ja']}を見せる人：{rest['ja']}" if items else f"{days}の人：{rest['ja']}"
    return f"a visitor on {days}{brings}; {rest['en'] or 'nothing else matters'} [{ja}]"


def followup_faults(followups: Iterable[FollowUp], entries: Entries) -> Iterator[Fault]:
    """Name every follow-up whose entry does not exist."""
    for line in followups:
        if (line.entry, LANGS[0]) not in entries:
            yield Fault("followups.toml", 1, f"{line.act}: there is no entry {line.entry!r}", "name one of content/faq")


def _facts_in_words(given: Mapping[str, str], words: Mapping[str, FactWords], lang: str) -> Iterator[str]:
    for fact, value in given.items():
        if fact in words:
            yield f"{words[fact].label[lang]}: {words[fact].values[value][lang]}"


def reference_faults(
    book: RuleBook,
    outcomes: Mapping[str, Outcome],
    sources: Mapping[str, Source],
    entries: Entries,
    notes: Mapping[str, Note],
    contacts: Mapping[str, Contact],
    insurers: Mapping[str, Insurer],
) -> Iterator[Fault]:
    """Name every id that is used and does not exist, and every place where the languages differ in shape."""
    yield from _basis_faults(book, sources)
    for id in set(book.rules.tables[GOAL].results) - outcomes.keys():
        yield Fault(f"outcomes/{id}.toml", 1, "the rules lead here and there are no words", "write the outcome")
    for id, outcome in outcomes.items():
        yield from _outcome_faults(id, outcome, book, sources)
    for key, note in notes.items():
        yield from _unknown_sources("notes.toml", 1, f"note {key}", note.sources, sources)
    for key, contact in contacts.items():
        yield from _unknown_sources("contacts.toml", 1, f"contact {key}", contact.sources, sources)
        if contact.phone and not contact.sources:
            yield Fault("contacts.toml", 1, f"contact {key}: the phone number has no source", "add sources")
    for entry in entries.values():
        yield from entry_faults(entry, entries, sources, insurers)
        yield from row_faults(entry, book.rules)
    for insurer in insurers.values():
        ids = [*insurer.sources, *(fact.source for fact in insurer.fact)]
        ids += [contact.source for contact in insurer.contact if contact.source]
        yield from _unknown_sources(f"insurers/{insurer.id}.toml", 1, "sources", ids, sources)


def _basis_faults(book: RuleBook, sources: Mapping[str, Source]) -> Iterator[Fault]:
    for row in book.rules.rows():
        for id in row.basis:
            if id not in sources:
                what = f"row {row.id!r}: there is no source {id!r}"
                yield Fault(book.rules.tables[row.table].path, row.line, what, "add it to sources.toml")


def text_faults(root: Path, contacts: Mapping[str, Contact], insurers: Mapping[str, Insurer]) -> Iterator[Fault]:
    """Name phone numbers and machine paths in any text of the content that readers see."""
    known: list[Contact | InsurerContact] = [*contacts.values()]
    known += [contact for insurer in insurers.values() for contact in insurer.contact]
    for folder, pattern in (("faq", "*/*.md"), ("outcomes", "*.toml")):
        for path in sorted((root / folder).glob(pattern)):
            text = path.read_text(encoding="utf-8", errors="replace")  # who loads the file names what is not UTF-8
            yield from wording_faults(path.relative_to(root).as_posix(), text, known)


def paper_faults(book: RuleBook, papers: Mapping[str, Paper], sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Name what is missing between the holding tables, their words and the sources."""
    yield from _basis_faults(book, sources)
    for id in sorted(set(book.rules.tables[book.rules.goal].results) ^ papers.keys()):
        yield Fault("papers.toml", 1, f"rules and words differ at {id!r}", "write the words, or drop them")
    for id, paper in papers.items():
        yield from _unknown_sources("papers.toml", 1, id, paper.sources, sources)


def _outcome_faults(id: str, outcome: Outcome, book: RuleBook, sources: Mapping[str, Source]) -> Iterator[Fault]:
    path = f"outcomes/{id}.toml"
    if id not in book.rules.tables[GOAL].results:
        yield Fault(path, 1, "no rule leads to this outcome", "remove it or add it to the outcome table")
    yield from _unknown_sources(path, 1, "sources", outcome.sources, sources)
    for voice in ("patient", "desk"):
        ja: Telling = getattr(outcome.ja, voice)
        en: Telling = getattr(outcome.en, voice)
        if len(ja.steps) != len(en.steps):
            what = f"{voice}: {len(ja.steps)} steps in Japanese, {len(en.steps)} in English"
            yield Fault(path, 1, what, "give both languages the same steps")


def _unknown_sources(
    path: str, line: int, where: str, ids: Iterable[str], sources: Mapping[str, Source]
) -> Iterator[Fault]:
    for id in ids:
        if id not in sources:
            yield Fault(path, line, f"{where}: there is no source {id!r}", "add it to sources.toml or correct the id")


def dated_faults(
    today: dt.date, sources: Mapping[str, Source], entries: Entries, book: RuleBook, glossary: Iterable[Term]
) -> Iterator[Fault]:
    """Name what is past its review day on ``today``, and terms on the do-not-use list."""
    if today > book.calendar.review_by:
        yield Fault("calendar.toml", 1, f"the rules were to be reviewed by {book.calendar.review_by}", "review them")
    for source in sources.values():
        if today > source.review_by:
            yield Fault("sources.toml", 1, f"source {source.id} was to be read again by {source.review_by}", "read it")
    terms = tuple(glossary)
    for entry in entries.values():
        if entry.stale(today):
            yield Fault(entry.path, 2, f"the entry was to be reviewed by {entry.front.review_by}", "review it")
        yield from avoided_faults(entry, terms)
