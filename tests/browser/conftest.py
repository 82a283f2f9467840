"""A real server on a free port and Debian's chromium. Without a browser the tests skip; in CI they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask

from assistant import create_app
from assistant.settings import Settings
from assistant.usage.store import store_url
from tests.conftest import TODAY
from tests.loopback import running

#: Where pictures of every page are left for a person to look at; git ignores it.
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def picture(page, name: str) -> None:
    """Leave a picture of the whole page. It proves nothing: one that chromium cannot draw, tried twice, is missing."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        with suppress(page_errors()):
            page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
            return


def appears(locator) -> None:
    """Wait until what is meant is seen. A page that a click without JavaScript leads to arrives in its own time."""
    locator.wait_for(state="visible")


def at(page, part: str) -> None:
    """Wait until a page has come whose address has ``part`` in it."""
    page.wait_for_url(lambda url: part in url)


def address(page) -> str:
    """Return where a page says that it is: the driver hears of what a script puts there a moment later.

    One that is just being left is asked again when the next has come.
    """
    with suppress(page_errors()):
        return page.evaluate("location.href")
    page.wait_for_load_state()
    return page.evaluate("location.href")


def gone(locator) -> None:
    """Wait until what is meant is not to be seen."""
    locator.wait_for(state="hidden")


def page_errors() -> type[Exception]:
    """What playwright raises; imported late, since a laptop may be without it."""
    from playwright.sync_api import Error

    return Error


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands here; a laptop without chromium skips it, CI does not."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site as of `TODAY`, counting, with its errors as readers see them; built once, since that takes seconds."""
    counts = store_url(str(tmp_path_factory.mktemp("usage") / "use.db"))
    return create_app(Settings(as_of=TODAY, usage=counts, limits="off"))


@pytest.fixture(scope="session")
def site(served: Flask) -> Iterator[str]:
    """The address of the site, served by waitress."""
    with running(served, threads=8) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Chromium as Debian packages it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("there is no chromium: make browser installs it")
        pytest.skip("there is no chromium; make browser installs it")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        # A container's /dev/shm is often 64 MB, too small for a picture of a long page.
        started = playwright.chromium.launch(executable_path=chromium, args=["--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def page(browser, site):
    """A fresh window of a phone's width; anything the page throws or logs as an error fails the test."""
    context = browser.new_context(base_url=site, locale="ja-JP", viewport={"width": 390, "height": 844})
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    opened.troubles = troubles
    yield opened
    context.close()
    unexpected = [trouble for trouble in troubles if "400 (BAD REQUEST)" not in trouble and "404" not in trouble]
    assert unexpected == []
