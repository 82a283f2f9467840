"""What a person reads on the page of an answer, in the order in which it is needed."""

from __future__ import annotations

import pytest

from tests.browser.conftest import gone

CARD = "/{lang}/check?presented=old_card&scheme=kouki&visit_date=2026-11-23"
ORDER = {
    "ja": ("いったん全額です", "今日の支払い", "10割（全額）", "すること", "窓口で言うことば", "聞くところ",
           "日付・理由・資料・どこまで確かか"),
    "en": ("Full cost first", "What you pay today", "The full cost (10割)", "What to do",
           "What you can say at the desk", "Whom to ask", "Days, reasons, sources, and how sure we are"),
}  # fmt: skip


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_reads_verdict_payment_steps_words_and_phone_in_that_order(page, lang, width):
    """And what it costs stands in the first window."""
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 768})
    page.goto(CARD.format(lang=lang))
    text = page.locator("main").inner_text()
    places = [text.index(words) for words in ORDER[lang]]
    assert places == sorted(places)
    assert page.locator(".sum").bounding_box()["y"] < page.viewport_size["height"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_is_told_the_standing_once_and_three_steps_at_most(page, lang):
    """The rest is folded, and there when it is opened."""
    page.goto(CARD.format(lang=lang))
    assert page.locator("main").inner_text().count(ORDER[lang][0]) == 1
    assert page.locator("main .steps li:visible").count() <= 3
    gone(page.locator(".sources li").first)
    page.click("main details.rest summary")
    assert page.locator("main .steps li:visible").count() > 3


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_reads_out_words_of_their_own_and_not_the_clerks(page, served, lang):
    """In both languages, since the desk may read only one."""
    page.goto(CARD.format(lang=lang))
    said = page.locator("blockquote.say").all_inner_texts()
    clerk = served.extensions["served"].snapshot.outcomes["full-old-card"]
    assert len(said) == 2
    assert "領収書" in said[0]
    assert "receipt" in said[1]
    assert not {clerk.ja.say, clerk.en.say} & set(said)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_sees_no_ids_of_rules(page, lang):
    """Not even unfolded: the reasons are words, and lead to the table."""
    page.goto(CARD.format(lang=lang))
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert "tolerance/ended" not in page.locator("main").inner_text()
    assert page.locator("main a[href*='/rules?on=']").count() > 0
