"""What a clerk does at the desk: each test is named after it and mends a finding of somebody who watched."""

from __future__ import annotations

import pytest

from tests.browser.conftest import address, appears, at, gone
from tests.browser.test_desk import opened, press, standing
from tests.browser.test_pages import SIDEWAYS

SIZES = [(390, 844), (683, 768), (820, 1180), (1024, 768), (1366, 768)]
#: The key of each reading, and the standing that follows for a card; all that speaks against it leaves a question.
READINGS = {
    "active": ("z", "insured"), "inactive": ("x", "open"), "not_found": ("c", "open"),
    "not_registered": ("v", "insured"), "unreadable": ("n", "open"),
}  # fmt: skip
IN_VIEW = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return scrollY === 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("code", READINGS)
def test_a_clerk_presses_what_the_reader_shows_and_is_done(page, lang, code):
    """One press or one key, for a card that nobody ticked before."""
    page.set_viewport_size({"width": 1366, "height": 768})
    key, expected = READINGS[code]
    opened(page, f"/{lang}/desk")
    page.click(f"#reader button[value={code}]")
    assert standing(page) == expected
    assert "presented=mynumber_card" in address(page)
    assert page.get_attribute(f"#reader button[value={code}]", "aria-pressed") == "true"
    read = address(page)
    press(page, "Escape")
    press(page, key)
    assert address(page) == read
    if code == "active":
        gone(page.locator("#ask"))


def test_a_clerk_without_javascript_presses_what_the_reader_shows(browser, site):
    """The same address, by a full page."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/ja/desk")
    page.click("#reader button[value=active]")
    at(
        page,
        "/ja/desk?presented=mynumber_card&scheme=unknown&registration=registered&facility=online&check_result=active",
    )
    page.click("#reader button[value=inactive]")
    at(page, "check_result=inactive")
    appears(page.locator("#verdict.open"))
    page.click("#ask button[name=insurance_change][value=lost]")
    appears(page.locator("#verdict.full_payment"))
    context.close()


def test_a_clerk_who_asks_by_the_number_on_a_certificate_states_the_enquiry_alone(page):
    """Its result says nothing of a My Number card."""
    opened(page, "/en/desk?presented=certificate&certificate=valid")
    page.click("#reader button[value=active]")
    assert "check_result=active" in address(page)
    assert "mynumber_card" not in address(page)
    assert "registration" not in address(page)


@pytest.mark.parametrize("before", ["old_card", "notice", "none", "certificate&certificate=expired"])
def test_a_clerk_who_reads_a_card_after_another_paper_counts_it(page, before):
    """The row of the reader is for the card: somebody has found it, and what lay there first does not decide."""
    opened(page, f"/ja/desk?presented={before}")
    page.click("#reader button[value=active]")
    assert "presented=mynumber_card" in address(page)
    appears(page.locator("#verdict.insured"))


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("result", ["inactive", "not_found"])
@pytest.mark.parametrize(
    "query",
    ["presented=mynumber_card", "presented=certificate&certificate=valid", "presented=mynumber_card&presented=notice"],
)
def test_a_clerk_reads_a_result_against_the_patient_and_asks_first(page, query, result, lang, width):
    """Nobody is let in before it is known whether the insurance changed; unknown, it stays open; lost is full cost."""
    page.set_viewport_size({"width": width, "height": 768})
    for answer, expected in (("unknown", "open"), ("lost", "full_payment")):
        opened(page, f"/{lang}/desk?{query}")
        page.click(f"#reader button[value={result}]")
        assert standing(page) == "open"
        page.click(f"#ask button[name=insurance_change][value={answer}]")
        assert standing(page) == expected


#: What a clerk has before them, the keys for it, and how many they are at most.
PRESSES = {
    "the card is read as valid": ("z", 1),
    "a certificate in date": ("2 1", 2),
    "an expired certificate": ("3 1", 2),
    "an old card": ("4 1", 2),
    "the notice alone": ("5 1", 2),
    "a card read by another way, and the reader is broken": ("w z", 3),
    "nothing, but checked this month": ("7 3 1", 3),
    "the card is read as invalid, and there is no insurance": ("x 3", 2),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("case", PRESSES)
def test_a_clerk_counts_the_presses_to_a_final_verdict(page, case, lang):
    """And nothing is left to ask."""
    page.set_viewport_size({"width": 1366, "height": 768})
    keys, most = PRESSES[case]
    opened(page, f"/{lang}/desk")
    press(page, keys)
    assert len(keys.split()) <= most
    assert standing(page) != "open"
    gone(page.locator("#ask"))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("query", ["presented=mynumber_card&registration=registered&check_result=active",
                                   "presented=old_card", "presented=certificate&certificate=expired",
                                   "presented=notice&facility=outage"])  # fmt: skip
def test_a_clerk_sees_the_verdict_without_scrolling(page, lang, width, height, query):
    """Word and title, below what was pressed."""
    page.set_viewport_size({"width": width, "height": height})
    opened(page, f"/{lang}/desk?{query}")
    assert page.evaluate(IN_VIEW, "#verdict .standing strong")
    assert page.evaluate(IN_VIEW, "#verdict .verdict-title")


@pytest.mark.parametrize("width", [390, 683, 820, 1024, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_with_large_text_is_brought_to_what_follows(page, lang, width):
    """On a small screen at twice the size the verdict stands below the tiles; one press still shows its word."""
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, f"/{lang}/desk")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    for code, selector in (("active", "#verdict .standing strong"), ("inactive", "#ask h2")):
        page.evaluate("scrollTo(0, 0)")
        page.click(f"#reader button[value={code}]")
        box = page.locator(selector).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 844
        assert box["width"] > 160, "a line holds a word"


@pytest.mark.parametrize("width", [390, 683, 820, 1024, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_doubles_the_text_and_can_read_the_tiles(page, lang, width):
    """Four letters in a line at least, nothing cut, nothing sideways."""
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, f"/{lang}/desk")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    narrow = page.eval_on_selector_all(
        ".tile > span",
        """all => all.filter((it) => it.checkVisibility() && it.textContent.trim().length > 4
             && it.getBoundingClientRect().width < 4 * parseFloat(getComputedStyle(it).fontSize)
             && it.getClientRects()[0].height > 1.6 * 1.2 * parseFloat(getComputedStyle(it).fontSize))
           .map((it) => it.textContent)""",
    )
    assert narrow == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_clerk_on_a_phone_is_shown_no_keys(browser, site):
    """Shift, Esc and ? are nowhere on a screen that is touched."""
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    opened(page, "/ja/desk?presented=old_card")
    assert page.locator("form kbd:visible, #help:visible, .key:visible").count() == 0
    context.close()
