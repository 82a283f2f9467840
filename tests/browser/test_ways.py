"""How a person finds the way: head, foot, the list of questions, mistakes that can be mended."""

from __future__ import annotations

import re

import pytest

from assistant.domain.vocabulary import STANDINGS
from tests.browser.conftest import appears, at, gone

DOORS = {"ja": ["調べる", "よくある質問", "受付用"], "en": ["Check", "FAQ", "Desk"]}
SIZE = "() => parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_sees_three_doors_and_the_sizes_in_two_lines(page, lang):
    """On a phone the head is two lines, and a button for larger text is one of the things in it."""
    page.goto(f"/{lang}/")
    assert page.locator(".top .pages a").all_inner_texts() == DOORS[lang]
    assert page.locator(".top").bounding_box()["height"] <= 110
    before = page.evaluate(SIZE)
    for button, times in ((".larger", 1.25), (".larger", 1.5), (":not(.larger)", 1)):
        page.locator(f".aids a{button}").first.click()
        page.wait_for_load_state("load")
        assert page.evaluate(SIZE) == pytest.approx(before * times)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_enlarges_the_text_and_keeps_the_conversation(page, lang):
    """The link comes back to the codes of the conversation."""
    page.goto(f"/{lang}/")
    page.fill(
        "#text", "後期高齢者です。期限切れの保険証です" if lang == "ja" else "I am 80, my insurance card has expired"
    )
    page.press("#text", "Enter")
    page.locator(".reply").wait_for()
    page.click(".aids .larger")
    appears(page.locator(".reply .understood"))


@pytest.mark.parametrize(
    "path", ["", "check?presented=old_card&scheme=kouki", "faq", "faq/refund", "changes", "papers"]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_who_is_no_editor_meets_no_hash_and_no_feed(page, served, lang, path):
    """They are on the page for professionals, which the foot leads to."""
    page.goto(f"/{lang}/{path}")
    version = served.extensions["served"].snapshot.version
    words = page.locator("body").inner_text()
    assert version not in words
    assert not re.search(r"\bAtom\b", words)
    assert not set(re.findall(r"\b[a-z]+_[a-z]+\b", words)) & set(STANDINGS)
    page.click(".foot a[href$='/professionals']")
    assert version in page.locator("main").inner_text()
    appears(page.locator("main a[href$='/rules']"))


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_finds_the_box_first_and_the_topics_in_two_windows(page, served, lang, width):
    """Each topic says how much is in it and opens; entries that desks ask first of all stand apart, at the end."""
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 768})
    page.goto(f"/{lang}/faq")
    assert page.locator("#q").bounding_box()["y"] < page.locator(".topic").first.bounding_box()["y"]
    assert page.evaluate("() => document.body.scrollHeight") <= 2 * page.viewport_size["height"] + 900
    entries = [it for (_, of), it in served.extensions["served"].snapshot.entries.items() if of == lang]
    for topic in page.locator(".topic").all():
        count = topic.locator("li").count()
        assert re.search(rf"\b{count}\b|{count}問", topic.locator("summary").inner_text())
    assert page.locator(".topic li").count() == len(entries)
    assert page.locator("#for-desks li").count() == sum(it.front.audience[0] == "front-desk" for it in entries) > 0
    gone(page.locator("#refund a").first)
    page.locator(".topic", has=page.locator("#refund")).locator("summary").click()
    appears(page.locator("#refund a").first)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_without_javascript_searches_from_the_list(browser, site, lang):
    """The box posts, the topics open."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{lang}/faq")
    page.locator(".topic summary").first.click()
    appears(page.locator(".topic a").first)
    page.fill("#q", {"ja": "療養費 期限", "en": "refund deadline"}[lang])
    page.press("#q", "Enter")
    appears(page.locator(f".hits a[href='/{lang}/faq/refund-deadline']"))
    at(page, "/search")
    context.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_lost_on_a_missing_page_can_search(page, lang):
    """And go home."""
    page.goto(f"/{lang}/no-such-page")
    appears(page.locator(f"main a[href='/{lang}/search']"))
    appears(page.locator(f"main a[href='/{lang}/']"))
