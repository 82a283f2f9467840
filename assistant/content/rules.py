"""Load ``calendar.toml`` and ``rules/*.toml`` into a checked rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.content.toml_file import TomlFile, read_toml, validate
from assistant.domain.decision_table import Row, Table
from assistant.domain.faults import Fault
from assistant.domain.printed_dates import Grace
from assistant.domain.rule_set import GOAL, Gap, Rules, Span, compile_rules, domains_of

#: Tables whose result is a note beside the outcome.
NOTES = ("subsidy", "beside")

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """The same words in both languages."""

    ja: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def __getitem__(self, lang: str) -> str:
        return self.ja if lang == "ja" else self.en


class RowFile(_Strict):
    """One row as an editor writes it."""

    id: Code
    when: dict[str, str | list[str]]
    first: Annotated[date, Field(alias="from")]
    until: date | Literal["open"]
    result: Code
    basis: list[str] = []
    confidence: Literal["official", "secondary", "inferred"] | None = None
    map: list[str] = []
    note: Words | None = None


class TableFile(_Strict):
    """One file of ``rules/`` as an editor writes it."""

    table: Code
    about: Words
    columns: list[str]
    results: list[Code]
    routing: bool = False
    neutral: list[Code] = []
    row: list[RowFile]


class GraceFile(_Strict):
    """How long a lapsed electronic certificate is borne with."""

    months: Annotated[int, Field(ge=0, le=24)]
    basis: Annotated[list[str], Field(min_length=1)]
    note: str = ""


class CalendarFile(_Strict):
    """``calendar.toml``: the days the editors stand by."""

    first_day: date
    horizon: date
    review_by: date
    grace: GraceFile


class RuleBook(_Strict):
    """The compiled rules with what pages and checks need to know of their files."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    rules: Rules
    about: Mapping[str, Words]
    calendar: CalendarFile
    gaps: tuple[Gap, ...]


def load_rules(root: Path, faults: list[Fault], folder: str = "rules", goal: str = GOAL) -> RuleBook | None:
    """Load the tables of ``folder`` that end in ``goal``; append every fault, return ``None`` when they do not compile.

    Gaps are returned with the book: their words need the labels of facts, which the caller has.
    """
    before = len(faults)
    calendar = _calendar(root, faults)
    files = [file for path in sorted((root / folder).glob("*.toml")) if (file := read_toml(root, path, faults))]
    parsed = [(file, table) for file in files if (table := validate(TableFile, file.data, file, faults))]
    if calendar is None or len(faults) > before:
        return None
    span = Span(calendar.first_day, calendar.horizon)
    tables = [_table(file, table, span, faults) for file, table in parsed]
    _check_columns(tables, {table.table: file for file, table in parsed}, faults, folder, goal)
    if len(faults) > before:
        return None
    grace = Grace(calendar.grace.months, tuple(calendar.grace.basis))
    notes = tuple(name for name in NOTES if name in {table.name for table in tables})
    rules, gaps = compile_rules(span, grace, tables, notes, goal)
    return RuleBook(rules=rules, about={t.table: t.about for _, t in parsed}, calendar=calendar, gaps=gaps)


def _calendar(root: Path, faults: list[Fault]) -> CalendarFile | None:
    file = read_toml(root, root / "calendar.toml", faults)
    return validate(CalendarFile, file.data, file, faults) if file else None


def _table(file: TomlFile, table: TableFile, span: Span, faults: list[Fault]) -> Table:
    ids = [row.id for row in table.row]
    rows = []
    lines = file.headers("row")
    for number, row in enumerate(table.row):
        if ids.index(row.id) != number:
            faults.append(file.fault(f"row {row.id!r} is there twice", "give each row its own id", "row", number))
        faults.extend(_row_faults(file, table, row, number, span))
        rows.append(_row(table, row, lines[number]))
    for result in set(table.results) - {row.result for row in table.row}:
        faults.append(file.fault(f"no row leads to the result {result!r}", "add a row or drop the result", "results"))
    return Table(
        table.table,
        tuple(table.columns),
        tuple(table.results),
        tuple(rows),
        table.routing,
        frozenset(table.neutral),
        file.path,
    )


def _row(table: TableFile, row: RowFile, line: int) -> Row:
    return Row(
        row.id,
        table.table,
        {column: frozenset(_values(wanted)) for column, wanted in row.when.items()},
        row.first,
        None if row.until == "open" else row.until,
        row.result,
        tuple(row.basis),
        row.confidence or "official",
        {"ja": row.note.ja, "en": row.note.en} if row.note else {},
        tuple(row.map),
        line,
    )


def _values(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _row_faults(file: TomlFile, table: TableFile, row: RowFile, number: int, span: Span) -> Iterable[Fault]:
    def fault(what: str, do: str) -> Fault:
        return file.fault(f"row {row.id!r}: {what}", do, "row", number)

    last = span.horizon if row.until == "open" else row.until
    if row.first > last:
        yield fault("it ends before it begins", "correct from or until")
    if row.first not in span or last not in span:
        yield fault(f"its dates leave {span.first} to {span.horizon}", "keep from and until inside the calendar")
    if row.result not in table.results:
        yield fault(f"{row.result!r} is not a result of this table", f"use one of {', '.join(table.results)}")
    if bool(row.basis) != (row.confidence is not None):
        yield fault("basis and confidence go together", "give both or neither")
    if not row.basis and not table.routing and row.result not in table.neutral:
        yield fault("no source is named", "add basis and confidence")
    for column in row.when:
        if column not in table.columns:
            yield fault(f"{column!r} is not a column of this table", f"use one of {', '.join(table.columns)}")


def _check_columns(
    tables: list[Table], files: Mapping[str, TomlFile], faults: list[Fault], folder: str, goal: str
) -> None:
    domains = domains_of(tables)
    for index, table in enumerate(tables):
        file = files[table.name]
        for column in table.columns:
            if column not in domains:
                faults.append(file.fault(f"column {column!r} is neither a fact nor a table", "correct it", "columns"))
        rows = tuple(_within(row, domains, file, number, faults) for number, row in enumerate(table.rows))
        tables[index] = Table(table.name, table.columns, table.results, rows, table.routing, table.neutral, table.path)
    if goal not in files:
        faults.append(Fault(folder, 1, f"there is no table {goal!r}", "put its file back"))
    try:
        TopologicalSorter({t.name: [c for c in t.columns if c in files] for t in tables}).prepare()
    except CycleError as error:
        names = [str(name) for name in error.args[1]]
        faults.append(files[names[0]].fault(f"tables ask each other in a circle: {' → '.join(names)}", "break it"))


def _within(row: Row, domains: Mapping[str, tuple[str, ...]], file: TomlFile, number: int, faults: list[Fault]) -> Row:
    when: dict[str, frozenset[str]] = {}
    for column, wanted in row.when.items():
        domain = domains.get(column, ())
        values: set[str] = set()
        for value in wanted:
            positive = value.removeprefix("not ")
            if positive not in domain:
                what = f"row {row.id!r}: {column} has no value {positive!r}"
                faults.append(file.fault(what, f"use one of {', '.join(domain)}", "row", number))
            values |= {positive} if value == positive else set(domain) - {positive}
        when[column] = frozenset(values)
    return Row(
        row.id,
        row.table,
        when,
        row.first,
        row.last,
        row.result,
        row.basis,
        row.confidence,
        row.note,
        row.map,
        row.line,
    )
