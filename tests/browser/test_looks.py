"""Choosing a paper by its looks, where it is asked: in the check, in the conversation, at the desk."""

from __future__ import annotations

import pytest

from tests.browser.conftest import appears, at
from tests.browser.test_desk import opened
from tests.browser.test_pages import SIDEWAYS, SMALL, picture, violations

COMMON = ["mynumber_card", "smartphone", "certificate", "notice", "old_card"]
PRESENTED = "form.question input[name=presented]"
#: Pictures that stick out of their choice, or are too small to tell a card from a sheet.
LOST = """(least) => [...document.querySelectorAll('.choice, .tile')].flatMap((choice) => {
  const around = choice.getBoundingClientRect();
  return [...choice.querySelectorAll('svg.drawn')].filter((drawn) => drawn.checkVisibility()).map((drawn) => {
    const box = drawn.getBoundingClientRect();
    const inside = box.left >= around.left && box.right <= around.right && box.bottom <= around.bottom;
    return inside && box.height >= least && drawn.querySelector('.look') ? '' : choice.textContent.trim();
  });
}).filter(Boolean)"""


def asked_in_the_conversation(page, lang: str) -> None:
    page.goto(f"/{lang}/")
    page.fill("#text", "資格確認書を持っています" if lang == "ja" else "I have an eligibility certificate")
    page.press("#text", "Enter")
    page.click(".understood button[value=presented]")
    page.locator(PRESENTED).first.wait_for()


def ticked(page) -> list[str]:
    return page.locator(f"{PRESENTED}:checked").evaluate_all("all => all.map((it) => it.value)")


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation"])
def test_somebody_finds_the_paper_by_its_picture_and_taps_it(page, where, lang, width):
    """The five that most people have come first, each drawn with the place to look at; the picture is the button."""
    page.set_viewport_size({"width": width, "height": 844})
    if where == "check":
        page.goto(f"/{lang}/check")
    else:
        asked_in_the_conversation(page, lang)
        page.uncheck(f"{PRESENTED}[value=certificate]")
    shown = [it for it in page.locator(PRESENTED).all() if it.is_visible()]
    assert [it.get_attribute("value") for it in shown] == [*COMMON, "none", "unknown"]
    assert page.locator(".pictured .choice:has(svg.drawn)").count() == len(COMMON)
    assert page.evaluate(LOST, 56) == []
    picture(page, f"looks-{where}-{lang}-{width}")
    assert violations(page) == []
    page.locator(".choice:has([value=notice]) svg").click()
    assert ticked(page) == ["notice"]
    page.click("form.question button[type=submit]")
    page.locator(".verdict.full_payment").wait_for()


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_sees_the_papers_on_the_tiles(page, lang, width):
    """Card, sheet and phone are told apart without reading."""
    page.set_viewport_size({"width": width, "height": 768})
    opened(page, f"/{lang}/desk")
    assert page.locator("#shown .tile:has(svg.drawn)").count() == 7
    assert page.evaluate(LOST, 28) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", ["check", "desk"])
def test_somebody_doubles_the_text_and_still_has_the_pictures(page, path, lang):
    """Nothing sideways, nothing cut off."""
    page.goto(f"/{lang}/{path}")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(LOST, 28) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_who_has_something_else_unfolds_the_rest(page, lang):
    """And comes back to an open fold when the choice is changed later."""
    page.goto(f"/{lang}/check")
    page.click(".other-papers summary")
    page.check(f"{PRESENTED}[value=copy]")
    page.click("form.question button[type=submit]")
    page.locator("a[href$='change=presented']").click()
    assert page.is_visible(f"{PRESENTED}[value=copy]:checked")


@pytest.mark.parametrize("where", ["check", "conversation"])
def test_somebody_ticks_nothing_and_the_other_ticks_go(page, where):
    """And the other way round; not sure stands alone as well."""
    if where == "check":
        page.goto("/ja/check")
        page.check(f"{PRESENTED}[value=certificate]")
    else:
        asked_in_the_conversation(page, "ja")
    for value in ("none", "unknown", "mynumber_card"):
        page.check(f"{PRESENTED}[value={value}]")
        assert ticked(page) == [value]
    page.check(f"{PRESENTED}[value=notice]")
    assert ticked(page) == ["mynumber_card", "notice"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation", "desk"])
def test_somebody_without_javascript_ticks_nothing_and_a_card_and_may_choose_again(browser, site, where, lang):
    """The question comes again in words for a reader, not in the codes it takes, and the ticks are kept."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    if where == "desk":
        page.goto(f"/{lang}/desk?tile=none&tile=notice")
    elif where == "check":
        page.goto(f"/{lang}/check?presented=none&presented=notice")
    else:
        asked_in_the_conversation_by_pages(page, lang)
    told = page.locator(".error-summary").inner_text()
    assert "「何もない」" in told if lang == "ja" else "“Nothing”" in told
    assert "none" not in told
    if where != "desk":
        assert ticked(page) == ["notice", "none"]
        page.uncheck(f"{PRESENTED}[value=none]")
        page.click("form.question button[type=submit]")
        appears(page.locator(".verdict.full_payment"))
    context.close()


def asked_in_the_conversation_by_pages(page, lang: str) -> None:
    page.goto(f"/{lang}/")
    page.fill("#text", "資格確認書を持っています" if lang == "ja" else "I have an eligibility certificate")
    page.click("#chat button[type=submit]")
    page.click(".understood button[value=presented]")
    page.uncheck(f"{PRESENTED}[value=certificate]")
    page.check(f"{PRESENTED}[value=none]")
    page.check(f"{PRESENTED}[value=notice]")
    page.click("form.question button[type=submit]")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_with_a_mistyped_address_reads_which_answer_to_choose_again(page, lang):
    """The summary names the question and leads to it; the other answers are kept."""
    page.goto(f"/{lang}/check?presented=old_card&scheme=moon&visit_date=2026-11-23")
    link = page.locator(".error-summary a")
    assert "kouki" not in page.locator("main").inner_text()
    link.click()
    assert page.locator("form.question input[name=scheme]").count() > 0
    page.check("input[value=kouki]")
    page.click("form.question button[type=submit]")
    at(page, "presented=old_card")
