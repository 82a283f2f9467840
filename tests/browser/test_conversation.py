"""What a person does in the conversation: each test is named after it and mends a finding of somebody who watched."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_chat import SAID

OLD_CARD = {
    "ja": "母は78歳です。期限切れの保険証しかありません",
    "en": "My mother is 78 and has only her expired insurance card",
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
    assert page.locator("#trouble").is_visible()
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
    assert page.locator(".error-summary").is_visible()
    assert page.locator(".verdict.full_payment").is_visible()
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
    assert re.fullmatch(r"/en/\?talk=[\w.:-]+", page.url.removeprefix(site))
    assert page.locator(".verdict.full_payment").is_visible()
    assert "Full cost first" in page.locator(".reply").inner_text()
    page.reload()
    assert page.locator(".verdict.full_payment").is_visible()
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
