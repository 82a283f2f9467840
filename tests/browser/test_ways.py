"""How a person finds the way: head, foot, the list of questions, mistakes that can be mended."""

from __future__ import annotations

import re

import pytest

from assistant.domain.vocabulary import STANDINGS

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
    assert page.locator(".reply .understood").is_visible()


@pytest.mark.parametrize(
    "path", ["", "check?presented=old_card&scheme=kouki", "faq", "faq/refund", "changes", "papers"]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_who_is_no_editor_meets_no_hash_and_no_feed(page, served, lang, path):
    """They are on the page for professionals, which the foot leads to."""
    page.goto(f"/{lang}/{path}")
    version = served.extensions["shelf"].snapshot.version
    words = page.locator("body").inner_text()
    assert version not in words
    assert not re.search(r"\bAtom\b", words)
    assert not set(re.findall(r"\b[a-z]+_[a-z]+\b", words)) & set(STANDINGS)
    page.click(".foot a[href$='/professionals']")
    assert version in page.locator("main").inner_text()
    assert page.locator("main a[href$='/rules']").is_visible()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_jumps_to_a_topic_and_is_not_among_the_desks(page, served, lang):
    """Entries that desks ask first of all stand in a part of their own, at the end."""
    page.goto(f"/{lang}/faq")
    page.click(".jump a[href='#refund']")
    page.wait_for_function("() => Math.abs(document.getElementById('refund').getBoundingClientRect().top) < 60")
    apart = page.locator("#for-desks li").count()
    entries = served.extensions["shelf"].snapshot.entries
    only = [it for (_, of), it in entries.items() if of == lang and it.front.audience[0] == "front-desk"]
    assert apart == len(only) > 0
    assert page.locator("section:not(#for-desks) a", has_text=re.compile(r"【窓口向け】|\[For the desk\]")).count() == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_lost_on_a_missing_page_can_search(page, lang):
    """And go home."""
    page.goto(f"/{lang}/no-such-page")
    assert page.locator(f"main a[href='/{lang}/search']").is_visible()
    assert page.locator(f"main a[href='/{lang}/']").is_visible()
