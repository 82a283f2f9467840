"""The table of counts, in SQLite or PostgreSQL: added to in one transaction, read by the report."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, NullPool, String, Table, create_engine, delete, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from assistant.usage.codes import Count

_log = logging.getLogger(__name__)

#: What a write may wait for, in seconds: another writer's lock, or a server that does not answer.
PATIENCE: Final = 1
#: Rows a week may have before combinations of facts are no longer told apart: somebody is walking every address.
MOST_ROWS: Final = 20_000
_CORRUPT: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_KEY: Final = ("week", "kind", "code", "lang", "voice", "facts")
_counts = Table(
    "usage_counts",
    MetaData(),
    *(Column(name, String, primary_key=True) for name in _KEY),
    Column("n", Integer, nullable=False),
)


class BadStore(ValueError):
    """A setting that names no store; the message says what it takes."""


def store_url(place: str) -> URL:
    """Return the address of the store: ``place`` is a file for SQLite or a ``postgresql://`` URL; raises `BadStore`."""
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place).absolute()))
    try:
        url = make_url(place)
        if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
            url = url.set(drivername="postgresql+psycopg")
            url.get_dialect().import_dbapi()
            return url
    except ImportError:
        raise BadStore("PostgreSQL needs its driver; install madoguchi[postgres]") from None
    except (ArgumentError, NoSuchModuleError):
        pass
    raise BadStore("not a store; give the path of a file or postgresql://USER@HOST/DATABASE")


class UsageStore:
    """Counts that outlive the process. Every method may raise what the driver raises (`SQLAlchemyError`, `OSError`)."""

    def __init__(self, url: URL, *, writing: bool = True) -> None:
        """Connect to nothing yet; with ``writing`` off a missing file stays missing."""
        self._file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        waiting: dict[str, Any] = {"timeout": PATIENCE}
        if self._file is None:
            limits = f"-c lock_timeout={PATIENCE}s -c statement_timeout={PATIENCE}s"
            waiting = {"connect_timeout": 2, "options": limits}
        elif not writing:
            url = url.set(database=self._file.as_uri(), query={"mode": "ro", "uri": "true"})
        # A connection for each write: nothing is shared between forked processes or goes stale.
        self._engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=waiting)
        if self._file is not None and writing:
            event.listen(self._engine, "connect", _set_up_sqlite)
            event.listen(self._engine, "begin", _lock_sqlite)

    def prepare(self) -> None:
        """Make the table if need be. A file of SQLite that is corrupt is put aside, reported and begun anew."""
        if self._file is not None:
            _quarantine_if_corrupt(self._file)
        _counts.metadata.create_all(self._engine)

    def add(self, counts: Mapping[Count, int]) -> None:
        """Add all numbers in one transaction, or none of them."""
        insert = sqlite.insert if self._file is not None else postgresql.insert
        with self._engine.begin() as connection:
            full: dict[str, bool] = {}
            for week in sorted({count.week for count in counts}):
                rows = select(func.count()).select_from(_counts).where(_counts.c.week == week)
                full[week] = (connection.scalar(rows) or 0) >= MOST_ROWS
            sums: dict[Count, int] = {}
            for count, n in counts.items():
                key = replace(count, facts="") if full[count.week] else count
                sums[key] = sums.get(key, 0) + n
            # In one order everywhere, so that two hosts never wait for each other's rows.
            for key in sorted(sums):
                row = insert(_counts).values(**asdict(key), n=sums[key])
                more = {"n": _counts.c.n + row.excluded.n}
                connection.execute(row.on_conflict_do_update(index_elements=_KEY, set_=more))

    def forget_before(self, week: str) -> None:
        """Delete what was counted before ``week``."""
        with self._engine.begin() as connection:
            connection.execute(delete(_counts).where(_counts.c.week < week))

    def read(self, since: str = "") -> Iterator[tuple[Count, int]]:
        """Yield every count from week ``since`` on, in order."""
        rows = select(_counts).where(_counts.c.week >= since).order_by(*(_counts.c[name] for name in _KEY))
        with self._engine.connect() as connection:
            for row in connection.execute(rows):
                yield Count(*(row._mapping[name] for name in _KEY)), row.n


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Overwrite in the file what is deleted; leave it to `_lock_sqlite` when a transaction begins."""
    connection.isolation_level = None
    connection.execute("PRAGMA secure_delete = ON").close()


def _lock_sqlite(connection: Connection) -> None:
    """Take the lock at once: two writers that both began by reading would refuse each other without waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _quarantine_if_corrupt(path: Path) -> None:
    """Move a file that is no sound database out of the way. A locked one is left alone; SQLite clears its journals."""
    if not path.exists():
        return
    seen = path.stat().st_ino
    if not _corrupt(path) or path.stat().st_ino != seen:  # another process has just begun it anew
        return
    aside = next(name for name in _free_names(path) if not name.exists())
    path.replace(aside)
    _log.error("the usage store %s was corrupt: moved to %s, counting begins anew", path, aside)


def _free_names(path: Path) -> Iterable[Path]:
    return (path.with_name(f"{path.name}.corrupt-{number}") for number in range(1, 10_000))


def _corrupt(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT
