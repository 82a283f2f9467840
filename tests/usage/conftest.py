"""Both databases that the counts can be kept in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.usage.store import UsageStore, store_url
from tests.usage import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database in a server that this run has started."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL IS NOT TESTED: it is not installed; run make postgres as root (CI does)")
    with postgres.running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store is, once for each database."""
    if request.param == "sqlite":
        return str(tmp_path / "use.db")
    url: str = request.getfixturevalue("postgres_url")
    engine = create_engine(store_url(url))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS usage_counts"))
    engine.dispose()
    return url


@pytest.fixture
def store(place: str) -> UsageStore:
    """An empty store, ready."""
    found = UsageStore(store_url(place))
    found.prepare()
    return found
