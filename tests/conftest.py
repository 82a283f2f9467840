"""Fixtures: the snapshot of the project's own content, the site, and a page that knows the house rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant import create_app, paths
from assistant.domain.rule_set import Rules
from assistant.settings import Settings
from assistant.snapshot.snapshot import Snapshot, build_snapshot
from tests.page import Page

#: The day on which every test lives that does not name its own.
TODAY = date(2026, 11, 23)
DATA = Path(__file__).parent / "data"
#: The topics of a small content.
FEW = ("notice-alone", "refund", "certificate-lost")


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The project's own content, checked and joined once."""
    return build_snapshot(paths.CONTENT)


@pytest.fixture(scope="session")
def rules(snapshot: Snapshot) -> Rules:
    """The compiled rule set."""
    return snapshot.book.rules


@pytest.fixture(scope="session")
def create(snapshot: Snapshot) -> Callable[..., Flask]:
    """Make a site with settings of its own, over the content that is read already."""

    def make(**settings: object) -> Flask:
        with patch("assistant.snapshot.live.build_snapshot", return_value=snapshot):
            return create_app(Settings(**{"as_of": TODAY, **settings}))

    return make


@pytest.fixture(scope="session")
def app(create: Callable[..., Flask]) -> Flask:
    """The site as of `TODAY`."""
    app = create(limits="off")
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[..., Page]:
    """Fetch a page, expect a status, check the house rules."""

    def get(path: str, status: int = 200, data: dict[str, str] | None = None) -> Page:
        response = client.get(path) if data is None else client.post(path, data=data)
        assert response.status_code == status, response.text[:2000]
        found = Page(response.text)
        found.keeps_house_rules()
        return found

    return get


@pytest.fixture
def small_content(content: Path) -> Path:
    """The same with three topics only, which builds faster."""
    keep_topics(content, *FEW)
    return content


def keep_topics(content: Path, *ids: str) -> None:
    """Remove every other topic from a copy of the content, the links to them and what else names them."""
    for folder in (content / "faq").iterdir():
        if folder.name not in ids:
            shutil.rmtree(folder)
    followup = f'[[followup]]\nact = "unknown"\nentry = "{ids[0]}"\n'
    (content / "followups.toml").write_text(followup, encoding="utf-8")
    contacts = content / "entry-contacts.toml"
    contacts.write_text(contacts.read_text(encoding="utf-8").partition("[entry]")[0], encoding="utf-8")
    reminders = content / "reminders.toml"
    named = re.sub(
        r"^entries = .*$", f'entries = ["{ids[0]}"]', reminders.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    reminders.write_text(named, encoding="utf-8")
    for path in (content / "faq").rglob("*.md"):
        text = re.sub(r"^related: .*$", "related: []", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(re.sub(r"\]\(faq:[a-z0-9-]+\)", "](https://example.org)", text), encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    return copy_content(tmp_path)


def copy_content(folder: Path) -> Path:
    """Copy the content into ``folder``; return where it lies."""
    copy = folder / "content"
    shutil.copytree(paths.CONTENT, copy)
    (copy / "reviews.toml").unlink(missing_ok=True)  # what a test spoils is no change that needs a record
    return copy
