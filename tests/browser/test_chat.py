"""The conversation in a browser: by keys only, focus after each turn, without JavaScript, when the line is cut."""

from __future__ import annotations

import pytest

from tests.browser.conftest import appears, gone

SAID = {"ja": "資格確認書しか持っていません", "en": "I only have the eligibility certificate"}
FOCUSED = "() => document.activeElement.textContent.trim()"


def tab_to(page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_conversation_by_keys_alone(page, lang):
    """Sentence, question, answer, verdict; after each turn the focus is on what is new."""
    page.goto(f"/{lang}/")
    tab_to(page, "#text")
    page.keyboard.type(SAID[lang])
    tab_to(page, "#chat button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turns form.question")
    assert page.evaluate(FOCUSED) == page.locator(".turns legend h2").inner_text().strip()
    assert page.locator(".said").inner_text() == SAID[lang]
    tab_to(page, ".turns form.question input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, ".turns form.question button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict.insured")
    assert page.evaluate(FOCUSED) == page.locator(".verdict-title").inner_text().strip()
    assert page.locator(".turns > li").count() == 4
    assert page.locator(".turns form.question").count() == 0
    assert page.locator(".asked").count() == 1
    assert page.locator(".verdict-title").inner_text().strip() in page.title()


def test_the_log_is_in_the_page_before_anything_is_added(page):
    """A live region that comes with its first words is not announced."""
    page.goto("/ja/")
    assert page.get_attribute("#log", "role") == "log"
    assert page.evaluate(
        "() => document.getElementById(document.getElementById('log').getAttribute('aria-labelledby')) !== null"
    )


def test_an_answer_can_be_changed_from_its_chip(page):
    """The chip's button asks again; the new answer leads elsewhere and the other facts stay."""
    page.goto("/ja/")
    page.fill("#text", "後期高齢者です。期限切れの保険証を見せます")
    page.click("#chat button[type=submit]")
    page.wait_for_selector(".verdict.full_payment")
    page.click(".chips button[value=presented]")
    page.wait_for_selector("form.question input[value=mynumber_card]")
    page.uncheck("form.question input[value=old_card]")
    page.check("form.question input[value=mynumber_card]")
    page.click("form.question button[type=submit]")
    page.wait_for_selector(".reply ~ .reply ~ .reply :is(.verdict, form.question)")
    facts = page.eval_on_selector_all("#facts input", "all => all.map((e) => [e.name, e.value])")
    assert ["presented", "mynumber_card"] in facts
    assert ["scheme", "kouki"] in facts


def test_the_link_can_be_copied_and_gives_the_same_answer(browser, site):
    """Codes and dates only."""
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/ja/")
    page.fill("#text", "後期高齢者です。期限切れの保険証を見せます")
    page.click("#chat button[type=submit]")
    page.wait_for_selector("[data-copy]:visible")
    title = page.locator(".verdict-title").inner_text()
    page.click("[data-copy]")
    page.wait_for_function("() => document.getElementById('copied').textContent !== ''")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"{site}/ja/check?")
    assert "presented=old_card" in copied
    page.goto(copied)
    assert page.locator(".verdict-title").inner_text() == title
    context.close()


def test_a_cut_line_loses_nothing(page):
    """The words stay in the box and a message says what to do."""
    page.goto("/en/")
    page.fill("#text", SAID["en"])
    page.context.set_offline(True)
    page.click("#chat button[type=submit]")
    page.wait_for_selector("#trouble:visible")
    assert page.input_value("#text") == SAID["en"]
    page.context.set_offline(False)
    page.troubles.clear()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_same_conversation_without_javascript(browser, site, lang):
    """Full pages: sentence, question, answer, verdict."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{lang}/")
    page.fill("#text", SAID[lang])
    page.click("#chat button[type=submit]")
    page.check("form.question input[value=valid]")
    page.click("form.question button[type=submit]")
    appears(page.locator(".verdict.insured"))
    gone(page.locator("[data-copy]"))
    context.close()


def test_the_size_of_the_text_is_kept(page):
    """125 %, on the next page too."""
    page.goto("/ja/")
    before = page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
    page.click(".aids .larger")
    page.goto("/ja/faq")
    assert page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(before * 1.25)


def test_an_opinion_leaves_the_conversation_where_it_is(page):
    """The buttons give way to a line that is announced; everything said before stays."""
    page.goto("/en/")
    page.fill("#text", "I only have the notice, I am 80")
    page.click("#chat button[type=submit]")
    tab_to(page, ".helpful button[value=no]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turns [role=status]")
    assert page.evaluate(FOCUSED) == "Thank you. It was recorded."
    assert page.locator(".helpful").count() == 0
    assert page.locator(".turns > li").count() == 2
