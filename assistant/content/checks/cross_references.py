"""Checks across files: everything that is named exists, and both languages say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from assistant.content.checks.entry_checks import entry_faults, row_faults
from assistant.content.contacts.insurers import Insurer
from assistant.content.entries import LANGS, Entries
from assistant.content.fact_words import Contact, FactWords
from assistant.content.followups import FollowUps
from assistant.content.outcomes import Outcome, Paper
from assistant.content.reminders import Reminder
from assistant.content.rules import RuleBook
from assistant.content.sources import Source
from assistant.domain.faults import Fault
from assistant.domain.rule_set import GOAL, Gap
from assistant.domain.survey.gap_witness import visitor_at


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


def followup_faults(followups: FollowUps, entries: Entries) -> Iterator[Fault]:
    """Name every entry that a line of ``followups.toml`` shows and that does not exist."""
    named = [(line.act, line.entry) for line in followups.followup]
    named += [(line.cause, entry) for line in followups.former for entry in (line.entry, line.desk)]
    named += [(line.item, line.entry) for line in followups.lost]
    for when, entry in named:
        if (entry, LANGS[0]) not in entries:
            yield Fault("followups.toml", 1, f"{when}: there is no entry {entry!r}", "name one of content/faq")


def reminder_faults(reminders: Mapping[str, Reminder], entries: Entries) -> Iterator[Fault]:
    """Name every entry that is to state a limit and does not exist."""
    for kind, reminder in reminders.items():
        for id in reminder.entries:
            if (id, LANGS[0]) not in entries:
                yield Fault("reminders.toml", 1, f"{kind}: there is no entry {id!r}", "name one of content/faq")


def _facts_in_words(given: Mapping[str, str], words: Mapping[str, FactWords], lang: str) -> Iterator[str]:
    for fact, value in given.items():
        if fact in words:
            yield f"{words[fact].label[lang]}: {words[fact].values[value][lang]}"


def reference_faults(
    book: RuleBook,
    outcomes: Mapping[str, Outcome],
    sources: Mapping[str, Source],
    entries: Entries,
    contacts: Mapping[str, Contact],
    insurers: Mapping[str, Insurer],
) -> Iterator[Fault]:
    """Name every id that is used and does not exist, and every place where the languages of an entry differ."""
    for id in set(book.rules.tables[GOAL].results) - outcomes.keys():
        yield Fault(f"outcomes/{id}.toml", 1, "the rules lead here and there are no words", "write the outcome")
    for id in outcomes.keys() - set(book.rules.tables[GOAL].results):
        yield Fault(f"outcomes/{id}.toml", 1, "no rule leads to this outcome", "remove it or add it to the table")
    for key, contact in contacts.items():
        if contact.phone and not contact.sources:
            yield Fault("contacts.toml", 1, f"contact {key}: the phone number has no source", "add sources")
    rows = {row.key: row for row in book.rules.rows()}
    for entry in entries.values():
        yield from entry_faults(entry, entries, sources, insurers)
        yield from row_faults(entry, rows)


def paper_faults(book: RuleBook, papers: Mapping[str, Paper]) -> Iterator[Fault]:
    """Name what is missing between the holding tables and their words."""
    for id in sorted(set(book.rules.tables[book.rules.goal].results) ^ papers.keys()):
        yield Fault("papers.toml", 1, f"rules and words differ at {id!r}", "write the words, or drop them")


def dated_faults(today: dt.date, sources: Mapping[str, Source], entries: Entries, book: RuleBook) -> Iterator[Fault]:
    """Name what is past its review day on ``today``."""
    if today > book.calendar.review_by:
        yield Fault("calendar.toml", 1, f"the rules were to be reviewed by {book.calendar.review_by}", "review them")
    for source in sources.values():
        if today > source.review_by:
            yield Fault("sources.toml", 1, f"source {source.id} was to be read again by {source.review_by}", "read it")
    for entry in entries.values():
        if entry.stale(today):
            yield Fault(entry.path, 2, f"the entry was to be reviewed by {entry.front.review_by}", "review it")
