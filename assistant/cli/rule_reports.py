"""Commands about the rules themselves: what changes when, what an edit moves, how the tables hang together."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from assistant import paths
from assistant.answers.changes_in_words import in_words, put_together, what_is_shown
from assistant.content.entries import LANGS
from assistant.content.rules import RuleBook, load_rules
from assistant.content.sources import Source
from assistant.domain.facts import BadFact, iso_date
from assistant.domain.faults import Fault
from assistant.domain.rule_set import Rules
from assistant.domain.survey.coverage import coverage
from assistant.domain.survey.rule_changes import Move, moves_between, moves_of_an_edit, rows_that_differ, rows_that_move
from assistant.domain.survey.situations import effort
from assistant.evaluation.proof import counterexamples
from assistant.snapshot.snapshot import Snapshot

_SHOWN = 4


def coverage_lines(book: RuleBook, sources: dict[str, Source], on: date) -> Iterator[str]:
    """Report what the check of ``book`` has covered, one line for each finding."""
    rules = book.rules
    found = coverage(rules, on)
    yield (
        f"{rules.goal}: {len(rules.tables)} tables, {found.rows} rows; {found.combinations:,} combinations x "
        f"{found.days} days ({rules.span.first} to {rules.span.horizon}) covered exactly once: 100 %"
    )
    yield f"  rows reached: {found.rows - len(found.unreached)} of {found.rows}"
    yield from (f"  never reached: {row.key}" for row in found.unreached)
    yield from (f"  column that never matters: {table}.{column}" for table, column in found.idle)
    yield from (f"  window ends within 120 days: {row.key} on {row.last}" for row in found.ending)
    for table in rules.tables.values():
        ids = {id for row in table.rows for id in row.basis}
        if due := sorted(id for id in ids if id in sources and sources[id].review_by <= on):
            yield f"  sources due for review: {table.name}: {', '.join(due)}"
    if rules.needs_items:
        measured = effort(rules, min(max(on, rules.span.first), rules.span.horizon))
        yield f"  questions to an answer (patient, main items): {measured.ours:.2f}, best tree {measured.best:.2f}"


def deep_lines(rules: Rules) -> Iterator[str]:
    """Report the second proof; raises `click.ClickException` when it finds something or z3 is not installed."""
    try:
        found = list(counterexamples(rules))
    except ImportError:
        raise click.ClickException(
            "--deep needs z3-solver, a development dependency: run it from the source tree"
        ) from None
    for it in found:
        raise click.ClickException(
            f"z3: table {it.table}: rows {it.rows or 'none'} on {date.fromordinal(it.day)}: {it.cell}"
        )
    yield f"  z3: no hole and no overlap in {len(rules.tables)} tables"


def change_lines(snapshot: Snapshot, first: str, last: str, lang: str) -> Iterator[str]:
    """List what moves between two days or between two revisions; raises `click.ClickException` on bad input."""
    days = _days(first, last)
    if days is not None:
        moves = list(moves_between(snapshot.book.rules, *days))
        nothing = f"no situation changes from {days[0]} to {days[1]}"
        touched = rows_that_move(snapshot.book.rules, *days)
    else:
        before, after = rules_at(first), rules_at(last)
        moves = list(moves_of_an_edit(before, after))
        nothing = f"the edit from {first} to {last} moves no situation"
        touched = rows_that_differ(before, after)
    if not moves:
        yield nothing
    for move in put_together(moves, lambda move: _standings(snapshot, move)):
        yield from _move_lines(snapshot, move, lang)
    yield from _reread_lines(snapshot, touched)


def _reread_lines(snapshot: Snapshot, touched: frozenset[str]) -> Iterator[str]:
    """Name the entries that state a rule which changes."""
    for id in snapshot.entry_ids():
        named = sorted(touched.intersection(snapshot.entries[id, LANGS[0]].front.rules))
        if named:
            yield f"reread faq/{id}: it states {', '.join(named)}"


def _days(first: str, last: str) -> tuple[date, date] | None:
    try:
        return iso_date("--from", first), iso_date("--to", last)
    except BadFact:
        return None


def rules_at(revision: str) -> Rules:
    """Load the rules as they stand in a git revision; raises `click.ClickException` when that cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        archive = ["git", "-C", str(paths.SITE), "archive", "--format=tar", revision, "--", "content"]
        try:
            if revision.startswith("-"):
                raise OSError(revision)
            tar = subprocess.run(archive, check=True, capture_output=True).stdout  # noqa: S603 - fixed command, no shell
        except (OSError, subprocess.CalledProcessError):
            raise click.ClickException(f"{revision!r} is neither a day (YYYY-MM-DD) nor a revision of git") from None
        subprocess.run(["tar", "-x", "-C", folder], input=tar, check=True)  # noqa: S603, S607 - the system's own tar
        faults: list[Fault] = []
        book = load_rules(Path(folder) / "content", faults)
        if book is None or book.gaps:
            raise click.ClickException(
                f"the rules of {revision} do not load: {faults[0] if faults else 'they have gaps'}"
            )
        return book.rules


def _told(snapshot: Snapshot, id: str, lang: str) -> str:
    outcome = snapshot.outcomes.get(id)
    return f"{outcome.standing} ({outcome.version(lang).title})" if outcome else id


def _standings(snapshot: Snapshot, move: Move) -> tuple[str, str]:
    old, new = (snapshot.outcomes[id].standing if id in snapshot.outcomes else id for id in (move.old, move.new))
    return old, new


def _move_lines(snapshot: Snapshot, move: Move, lang: str) -> Iterator[str]:
    shown = what_is_shown(snapshot, move.situations, lang)
    told = f"{_told(snapshot, move.old, lang)} -> {_told(snapshot, move.new, lang)}"
    yield f"{move.day}: {shown}: {told}: {len(move.situations)} situations"
    for situation in move.situations[:_SHOWN]:
        yield f"    {in_words(snapshot, situation, lang)}"
    if len(move.situations) > _SHOWN:
        yield f"    … and {len(move.situations) - _SHOWN} more"


def graph_lines(rules: Rules) -> Iterator[str]:
    """Draw how the tables ask each other, in the DOT language: facts are ovals, tables are boxes."""
    yield "digraph rules {"
    yield '  rankdir=LR; node [fontname="sans-serif"]; edge [color=gray40];'
    facts = {column for table in rules.tables.values() for column in table.columns if column not in rules.tables}
    yield from (f'  "{fact}" [shape=oval];' for fact in sorted(facts))
    for table in rules.tables.values():
        yield f'  "{table.name}" [shape=box, label="{table.name}\\n{len(table.rows)} rows"];'
        yield from (f'  "{column}" -> "{table.name}";' for column in table.columns)
    yield "}"
