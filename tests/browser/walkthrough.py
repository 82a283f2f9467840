"""The pictures of docs/walkthrough.md: three people walk through the real site in chromium. Run: make walkthrough"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from assistant import create_app
from assistant.settings import Settings
from tests.loopback import running

DAY = date(2026, 11, 24)
FOLDER = Path(__file__).parents[2] / "docs" / "walkthrough"
PHONE = {"width": 390, "height": 844}
MONITOR = {"width": 1366, "height": 768}
LAPTOP = {"width": 1024, "height": 768}


def grandson(page: Page) -> None:
    """A grandson asks on his phone about what his grandmother of 78 has in her bag."""
    page.goto("/ja/")
    page.fill("#text", "78歳の祖母が明日病院に行きます。期限切れの保険証しかありません")
    picture(page, "grandson-1-asks")
    page.click("#chat button[type=submit]")
    to_the_top(page, ".reply:last-child .verdict")
    picture(page, "grandson-2-answer")
    page.click(".chips button[value=presented]")
    page.wait_for_selector("form.question input[value=mynumber_card]")
    page.uncheck("form.question input[value=old_card]")
    page.check("form.question input[value=certificate]")
    page.locator("form.question").scroll_into_view_if_needed()
    picture(page, "grandson-3-changes-the-paper")
    page.click("form.question button[type=submit]")
    page.wait_for_selector("form.question input[name=certificate_until], form.question input[name=certificate]")
    page.locator("form.question").scroll_into_view_if_needed()
    picture(page, "grandson-4-is-asked-for-the-date")
    page.check("form.question input[value=valid]")
    page.click("form.question button[type=submit]")
    to_the_top(page, ".reply:last-child .verdict.insured")
    picture(page, "grandson-5-answer")


def clerk(page: Page) -> None:
    """A clerk has a certificate in her hand whose last day is over."""
    page.goto("/ja/desk")
    page.wait_for_selector("form.ready")
    for key in "31":
        page.keyboard.press(key)
    picture(page, "clerk-1-two-keys")
    page.keyboard.press("p")
    page.wait_for_selector("#show:visible")
    picture(page, "clerk-2-for-the-patient")


def resident(page: Page) -> None:
    """A resident who reads English holds the notice and nothing else."""
    page.goto("/en/papers")
    picture(page, "resident-1-which-paper")
    page.goto("/en/")
    page.fill("#text", "I am on National Health Insurance and only have the notice of eligibility information")
    page.click("#chat button[type=submit]")
    to_the_top(page, ".reply:last-child .verdict")
    picture(page, "resident-2-answer")
    page.goto("/en/sheet?presented=notice&scheme=kokuho")
    picture(page, "resident-3-sheet", whole=True)


STORIES: tuple[tuple[Callable[[Page], None], dict[str, int], str], ...] = (
    (grandson, PHONE, "ja-JP"),
    (clerk, MONITOR, "ja-JP"),
    (resident, LAPTOP, "en-GB"),
)


def to_the_top(page: Page, verdict: str) -> None:
    """Wait for a verdict and scroll the turn that it stands in to the top, what was understood first."""
    page.wait_for_selector(verdict)
    page.locator(verdict).evaluate("(e) => e.closest('.reply').scrollIntoView()")


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Leave what the window shows, or the whole page, under ``name``."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def main() -> None:
    """Walk all three and leave the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running(create_app(Settings(as_of=DAY))) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for story, size, locale in STORIES:
            context = chromium.new_context(base_url=address, viewport=size, locale=locale, reduced_motion="reduce")
            story(context.new_page())
            context.close()


if __name__ == "__main__":
    main()
