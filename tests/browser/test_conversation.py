"""What a person does in the conversation: each test is named after it and mends a finding of somebody who watched."""

from __future__ import annotations

import re

import pytest

from assistant.conversation.state import Dialogue, write_short
from assistant.presentation.desk_table import SITUATIONS, situation
from tests.browser.conftest import appears, at
from tests.browser.test_chat import SAID
from tests.browser.test_sheet import pages
from tests.conftest import TODAY

OLD_CARD = {
    "ja": "母は78歳です。期限切れの保険証しかありません",
    "en": "My mother is 78 and has only her expired insurance card",
}
#: What stands on paper besides the words of the outcome: whose it is, what was understood, whom to call, the dates.
PAPER = {
    "ja": ("お母さまの場合", "健康保険証（以前の保険証）", "いったん全額です", "後期高齢者医療の窓口", "2028年11月23日",
           "受診する日"),
    "en": ("Mother’s papers", "Old health insurance card", "Full cost first", "Late-Stage Elderly", "23 November 2028",
           "Asked for a visit on"),
}  # fmt: skip
VALID = {"ja": "期限内の資格確認書を見せます", "en": "I have a valid eligibility certificate"}
WHOSE = {
    "ja": (("妻は期限切れの保険証しかありません", "妻の方の場合"), ("私のほうに戻ります", "ご自分の場合")),
    "en": (("My wife has only the old card", "Wife’s papers"), ("back to me", "Your own papers")),
}
#: Whether the middle of an element's first line can be seen: in the window, and nothing lies over it.
SEEN = """(selector) => {
  const all = [...document.querySelectorAll(selector)];
  const it = all.at(-1), box = it.getClientRects()[0];
  const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 40) / 2];
  return it.contains(document.elementFromPoint(x, y));
}"""
PAIRS = "() => [...document.querySelectorAll('#facts input')].map((it) => [it.name, it.value])"


def say(page, words: str) -> None:
    """Write and press Enter; wait until the reply is there and nothing moves any more."""
    before = page.locator(".turns > .reply").count()
    page.fill("#text", words)
    page.press("#text", "Enter")
    settled(page, before + 1)


def settled(page, replies: int) -> None:
    page.locator(".turns > .reply").nth(replies - 1).wait_for()
    page.wait_for_timeout(100)
    before = None
    while before != (before := page.evaluate("() => scrollY")):
        page.wait_for_timeout(150)


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_asks_and_sees_words_facts_verdict_and_box_together(page, lang, width):
    """In one window, without scrolling: what was said, what was understood, the verdict, and where to go on."""
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 768})
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    for selector in (".said", ".understood button", ".standing", ".verdict-title", "#text", "#chat button"):
        assert page.evaluate(SEEN, selector), selector
    assert page.locator(".said").inner_text() == OLD_CARD[lang]


def test_somebody_tells_a_long_story_and_sees_the_verdict_anyway(page):
    """The words may run out of the window at the top, the first line of the reply may not."""
    page.goto("/ja/")
    say(page, "昨日のことですが、" * 60 + "期限切れの保険証を見せます。後期高齢者です")
    assert page.evaluate(SEEN, ".reply h2")
    assert page.evaluate(SEEN, "#text")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_breaks_a_line_and_chooses_letters_without_sending(page, lang):
    """Shift and Enter break the line; Enter that ends a choice of letters is the input method's."""
    page.goto(f"/{lang}/")
    page.fill("#text", "a")
    page.press("#text", "Shift+Enter")
    page.locator("#text").press_sequentially("b")
    assert page.input_value("#text") == "a\nb"
    page.evaluate(
        """() => document.getElementById('text').dispatchEvent(
          new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert page.locator(".turns > li").count() == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_presses_twice_and_is_answered_once(page, lang):
    """While the reply is on its way, a sign says so, and a second press does nothing."""
    held, asked = [], []
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    page.goto(f"/{lang}/")
    page.fill("#text", SAID[lang])
    page.press("#text", "Enter")
    page.locator("#chat button[type=submit]").click(force=True)
    page.press("#text", "Enter")
    page.locator(".turns .waiting").wait_for()
    assert page.get_attribute("#log", "aria-busy") == "true"
    assert page.locator(".said").inner_text() == SAID[lang]
    for route in held:
        route.continue_()
    settled(page, 1)
    assert (len(asked), page.locator(".said").count(), page.locator(".waiting").count()) == (1, 1, 0)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_sends_an_empty_box_and_loses_nothing(page, lang):
    """The conversation stays, the box says what is missing."""
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    page.click("#chat button[type=submit]")
    appears(page.locator("#trouble"))
    assert page.locator(".said").inner_text() == OLD_CARD[lang]
    assert page.evaluate("() => document.activeElement.id") == "text"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_without_javascript_sends_an_empty_box_and_loses_nothing(browser, site, lang):
    """The page says what is missing and shows the reply again."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{lang}/")
    page.fill("#text", OLD_CARD[lang])
    page.click("#chat button[type=submit]")
    page.click("#chat button[type=submit]")
    appears(page.locator(".error-summary"))
    appears(page.locator(".verdict.full_payment"))
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_changes_the_language_or_reloads_and_goes_on(browser, site, javascript):
    """The address carries the codes, never the sentence."""
    context = browser.new_context(base_url=site, java_script_enabled=javascript)
    page = context.new_page()
    page.goto("/ja/")
    page.fill("#text", OLD_CARD["ja"])
    page.click("#chat button[type=submit]")
    page.locator(".verdict.full_payment").wait_for()
    page.click(".languages a")
    at(page, "/en/?talk=")
    assert re.fullmatch(r"/en/\?talk=[\w.:-]+", page.url.removeprefix(site))
    appears(page.locator(".verdict.full_payment"))
    assert "Full cost first" in page.locator(".reply").inner_text()
    page.reload()
    appears(page.locator(".verdict.full_payment"))
    assert ["presented", "old_card"] in [
        [it.get_attribute("name"), it.get_attribute("value")] for it in page.locator("#facts input").all()
    ]
    context.close()


def test_somebody_reloads_on_an_entry_and_finds_it_again(page):
    """Also a reply that rests on no rule."""
    page.goto("/en/")
    say(page, "How do I get a refund of what I paid?")
    title = page.locator(".reply h2").first.inner_text()
    page.reload()
    assert page.locator(".reply h2").first.inner_text() == title


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("part", ["pay", "bring", "call", "until"])
def test_somebody_asks_on_by_a_button(page, lang, part):
    """The part by itself, with the facts kept and the other buttons below."""
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    facts = page.evaluate(PAIRS)
    page.click(f".quick button[value={part}]")
    settled(page, 2)
    assert page.evaluate(SEEN, ".reply h2")
    assert page.locator(".quick button").count() == 3
    assert page.locator(".turns > .said").count() == 2
    assert page.evaluate(PAIRS) == facts
    if part == "pay":
        assert ("10割" if lang == "ja" else "full cost") in page.locator(".reply").last.inner_text()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_takes_back_what_was_misunderstood(page, lang):
    """One press beside the chip."""
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    page.click(".chips button[name=undo][value=scheme]")
    settled(page, 2)
    assert "scheme" not in [name for name, _ in page.evaluate(PAIRS)]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_prints_the_conversation_and_gets_the_newest_answer_on_one_page(page, served, lang):
    """Whose it is, verdict, payment, steps, whom to call, dates; neither earlier replies nor what was written."""
    page.goto(f"/{lang}/")
    say(page, VALID[lang])
    say(page, OLD_CARD[lang])
    outcomes = served.extensions["served"].snapshot.outcomes
    version = outcomes["full-old-card"].version(lang)
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    paper = page.locator("body").inner_text()
    told = (version.title, version.patient.pay, *version.patient.steps, version.patient.next_time)
    assert [it for it in told if it not in paper] == []
    assert [it for it in PAPER[lang] if it not in paper] == []
    assert OLD_CARD[lang] not in paper
    assert VALID[lang] not in paper
    assert page.locator(".reply:visible").count() == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_prints_any_common_answer_of_a_conversation_on_one_page(page, lang):
    """The three tallest are really printed."""
    page.set_viewport_size({"width": 718, "height": 1046})
    page.emulate_media(media="print")
    heights = {}
    for name in SITUATIONS:
        page.goto(f"/{lang}/?talk={write_short(situation(name, 'kouki', TODAY), Dialogue())}")
        appears(page.locator(".reply"))
        heights[page.url] = page.locator(".foot").evaluate("(e) => e.getBoundingClientRect().bottom")
    for where in sorted(heights, key=heights.get, reverse=True)[:3]:
        page.goto(where)
        assert pages(page.pdf(prefer_css_page_size=True)) == 1, (where, heights[where])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_writes_on_in_one_line_that_grows(page, lang):
    """On a phone the box takes 64 px of the window, four lines at most, and one again once sent."""
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    height = "() => document.getElementById('chat').offsetHeight"
    assert page.evaluate(height) <= 64
    page.fill("#text", "a\nb\nc\nd\ne\nf")
    assert 100 < page.evaluate(height) <= 190
    page.fill("#text", SAID[lang])
    assert page.evaluate(height) <= 100
    page.press("#text", "Enter")
    settled(page, 2)
    assert page.evaluate(height) <= 64
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    last, box = page.locator(".reply").last.bounding_box(), page.locator("#chat").bounding_box()
    assert last["y"] + last["height"] <= box["y"]


@pytest.mark.parametrize("written", ["", "a\nb\nc\nd\ne"])
def test_somebody_tabs_through_the_reply_and_the_focus_is_never_behind_the_box(page, written):
    """WCAG 2.4.11, also while the box has grown."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/ja/")
    say(page, OLD_CARD["ja"])
    page.fill("#text", written)
    page.evaluate("() => { scrollTo(0, 0); document.getElementById('main').focus(); }")
    seen = 0
    while page.evaluate("() => document.activeElement.id") != "text":
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        assert page.evaluate(
            """() => {
              const it = document.activeElement, box = document.getElementById('chat');
              return box.contains(it) || it.getBoundingClientRect().bottom <= box.getBoundingClientRect().top + 1;
            }"""
        ), page.evaluate("() => document.activeElement.outerHTML")
        seen += 1
    assert seen > 10


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_asks_for_another_person_and_sees_whose_answer_it_is(page, lang):
    """The wife first, then the reader; nothing is said while there is the reader alone."""
    page.goto(f"/{lang}/")
    say(page, VALID[lang])
    assert page.locator(".whose").count() == 0
    for words, whose in WHOSE[lang]:
        say(page, words)
        assert page.locator(".reply").last.locator(".whose").inner_text() == whose
    page.reload()
    assert page.locator(".whose").inner_text() == WHOSE[lang][-1][1]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_who_pays_in_full_asks_until_when_and_gets_the_last_day_of_the_claim(page, lang):
    """With its day, a calendar file and the entry about it; the same file is offered beside the answer."""
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    file = page.locator(".reply .actions a[href*='days.ics']").get_attribute("href")
    assert page.locator(".reply .actions a[href*='/share?']").count() == 1
    page.click(".quick button[value=until]")
    settled(page, 2)
    reply = page.locator(".reply").last
    assert reply.locator("h2").inner_text() == {"ja": "あなたの期限の日", "en": "Your last day"}[lang]
    assert "療養費" in reply.locator(".due dt").inner_text()
    assert {"ja": "2028年11月23日", "en": "23 November 2028"}[lang] in reply.inner_text()
    assert reply.locator("a[href*='days.ics']").get_attribute("href") == file
    assert reply.locator(f"a[href='/{lang}/faq/refund-deadline']").count() == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_reads_the_same_of_what_was_assumed_wherever_it_stands(page, lang):
    """No scheme of the ordinary ones is named in one line and left open in another."""
    page.goto(f"/{lang}/check?presented=old_card&visit_date=2026-11-23")
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    words = {"ja": "ふつうの医療保険", "en": "an ordinary health insurance"}[lang]
    assert words in page.locator(".granted").inner_text()
    assumed = page.locator("details .facts").inner_text()
    assert words in assumed
    assert page.locator(".granted").inner_text().count(words) == 1
