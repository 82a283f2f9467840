"""What readers of 80 and 34 did in the conversation, on phone and laptop: back and forth, by the bar, for two."""

from __future__ import annotations

import pytest

from tests.browser.conftest import address, appears, at, gone
from tests.browser.test_chat import SAID
from tests.browser.test_conversation import OLD_CARD, PAIRS, SEEN, WHOSE, say, settled

PHONE, LAPTOP = {"width": 390, "height": 780}, {"width": 1366, "height": 768}
ASK = "#chat button[type=submit]"
BOTH = pytest.mark.parametrize("lang", ["ja", "en"])
#: What the page shows, holds and would go on from.
STANDS = """() => [document.getElementById('turns').innerText, document.title, location.href,
  [...document.querySelectorAll('#facts input')].map((it) => it.value).join(),
  document.querySelector('a[hreflang]').href]"""
DATED = {"ja": "資格確認書の期限は2027年7月31日です", "en": "My eligibility certificate is valid until 31 July 2027"}
DATES = {
    "ja": ("2026年12月2日に資格確認書を見せます。期限は2027年7月31日です",
           ["受診する日： 2026年12月2日（令和8年）", "資格確認書の有効期限： 2027年7月31日（令和9年）"]),
    "en": ("I will visit on 2 December 2026 with my eligibility certificate, valid until 31 July 2027",
           ["Day of the visit: 2 December 2026", "Certificate valid until: 31 July 2027"]),
}  # fmt: skip


@pytest.fixture
def phone(browser, site):
    """A window that is touched."""
    context = browser.new_context(base_url=site, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@BOTH
def test_somebody_goes_back_one_turn_at_a_time_and_forward_again(page, lang):
    """Sentence, question, answer: each step of the browser is one turn, with its facts, its title and its address."""
    page.goto(f"/{lang}/")
    opening = page.evaluate(STANDS)
    say(page, SAID[lang])
    asked = page.evaluate(STANDS)
    page.check("form.question input[value=valid]")
    page.click("form.question button[type=submit]")
    settled(page, 2)
    answered = page.evaluate(STANDS)
    page.go_back()
    gone(page.locator(".verdict"))
    appears(page.locator("form.question"))
    assert page.evaluate(STANDS) == asked
    settled(page, 1)
    assert page.evaluate(SEEN, "form.question h2")
    page.go_back()
    appears(page.locator(".doors"))
    assert page.evaluate(STANDS) == opening
    page.go_forward()
    page.go_forward()
    appears(page.locator(".verdict.insured"))
    assert page.evaluate(STANDS) == answered
    settled(page, 2)
    assert page.evaluate(SEEN, ".verdict-title")


def test_somebody_goes_back_and_answers_otherwise(page):
    """The question is answered anew from where it was; what came after it is gone, and Back leads to it again."""
    page.goto("/ja/")
    say(page, SAID["ja"])
    page.check("form.question input[value=valid]")
    page.click("form.question button[type=submit]")
    settled(page, 2)
    page.go_back()
    appears(page.locator("form.question"))
    page.check("form.question input[value=expired]")
    page.click("form.question button[type=submit]")
    settled(page, 2)
    assert page.locator(".turns > li").count() == 4
    assert ["certificate", "expired"] in page.evaluate(PAIRS)
    page.go_back()
    appears(page.locator("form.question"))
    assert page.locator(".turns > li").count() == 2


def test_somebody_goes_back_while_the_reply_is_on_its_way(page):
    """It does not come any more; the words are in the box again."""
    page.goto("/ja/")
    say(page, SAID["ja"])
    page.route("**/ja/", lambda route: None if route.request.method == "POST" else route.continue_())
    page.fill("#text", OLD_CARD["ja"])
    page.press("#text", "Enter")
    appears(page.locator(".waiting"))
    page.go_back()
    appears(page.locator(".doors"))
    page.wait_for_function("words => document.getElementById('text').value === words", arg=OLD_CARD["ja"])
    assert page.locator(".turns > li").count() == 0
    gone(page.locator("#trouble"))


def test_somebody_reloads_and_goes_back_before_it(page):
    """The page knows of nothing before the reload: the server tells, by the codes of the address."""
    page.goto("/ja/")
    say(page, SAID["ja"])
    before = address(page)
    say(page, OLD_CARD["ja"])
    page.reload()
    appears(page.locator(".verdict.full_payment"))
    page.go_back()
    appears(page.locator("form.question"))
    assert address(page) == before
    page.go_forward()
    appears(page.locator(".verdict.full_payment"))


@BOTH
def test_somebody_ticks_a_choice_and_presses_the_bar_that_is_in_sight(phone, lang):
    """With an empty box it answers the question; with nothing ticked it says what is missing."""
    phone.goto(f"/{lang}/")
    say(phone, SAID[lang])
    phone.click(ASK)
    appears(phone.locator("#trouble"))
    phone.check("form.question input[value=valid]")
    phone.click(ASK)
    appears(phone.locator(".verdict.insured"))
    gone(phone.locator("#trouble"))
    assert phone.locator(".said").count() == 2


@BOTH
def test_somebody_tells_two_dates_apart(page, lang):
    """Each chip of a day bears the name of the day; others say what they are by themselves."""
    page.goto(f"/{lang}/")
    words, chips = DATES[lang]
    say(page, words)
    named = page.locator(".chips li > :first-child:not(:has(.unseen))").all()
    assert [" ".join(it.inner_text().split()[:-1]) for it in named] == chips
    assert page.locator(".chips li > :first-child:has(.unseen)").count() == 1


@BOTH
def test_somebody_does_not_know_and_sees_what_it_was_about(page, lang):
    """«Not sure» stands beside the name of what is not known."""
    page.goto(f"/{lang}/")
    say(page, SAID[lang])
    page.check("form.question input[value=unknown]")
    page.click("form.question button[type=submit]")
    settled(page, 2)
    chip = page.locator(".chips button[name=change][value=certificate]")
    assert chip.locator(".unseen").count() == 0
    assert chip.locator("span").first.inner_text().strip() not in ("", ":", "：")


@BOTH
def test_somebody_types_on_after_enter_and_nothing_is_lost(page, lang):
    """The focus stays in the box, spaces too go there; the reply is announced, and seen with its chips and the box."""
    page.set_viewport_size(LAPTOP)
    page.goto(f"/{lang}/")
    assert page.locator("#announced").inner_text() == ""
    page.fill("#text", SAID[lang])
    for said, first in ((SAID[lang], "legend h2"), (OLD_CARD[lang], ".verdict-title")):
        page.fill("#text", said)
        page.press("#text", "Enter")
        settled(page, 1 if said == SAID[lang] else 2)
        where = page.evaluate("() => scrollY")
        page.keyboard.type("a b  c")
        assert page.input_value("#text") == "a b  c"
        assert page.evaluate("() => scrollY") == where
        assert page.locator(f".reply {first}").last.inner_text() in page.locator("#announced").inner_text()
        for part in (f".reply {first}", ".understood .chips button", "#text", ASK):
            box = page.locator(part).last.bounding_box()
            assert 0 <= box["y"] <= box["y"] + min(box["height"], 30) <= LAPTOP["height"], part
            assert page.evaluate(SEEN, part), part


@BOTH
def test_somebody_without_keys_reads_nothing_of_keys(phone, page, lang):
    """Enter and Shift are told of where there is a keyboard."""
    phone.goto(f"/{lang}/")
    gone(phone.locator(".by-keys"))
    page.goto(f"/{lang}/")
    appears(page.locator(".by-keys"))


@BOTH
def test_somebody_asks_for_two_and_turns_from_one_to_the_other_by_a_button(page, lang):
    """The coloured box names the person; the buttons stand above it and bring back what was known of each."""
    page.goto(f"/{lang}/")
    say(page, DATED[lang])
    assert page.locator(".people, .person").count() == 0
    (words, wife), (_, own) = WHOSE[lang]
    say(page, words)
    reply = page.locator(".reply").last
    assert reply.locator(".verdict .person").inner_text() == wife
    assert reply.locator(".people button").all_inner_texts() == [own, wife]
    assert reply.locator(".people [aria-pressed=true]").inner_text() == wife
    assert reply.locator(".people").bounding_box()["y"] < reply.locator(".verdict").bounding_box()["y"]
    reply.locator(".people button", has_text=own).click()
    settled(page, 3)
    assert page.locator(".said").last.inner_text() == own
    assert page.locator(".reply").last.locator(".verdict.insured .person").inner_text() == own
    page.locator(".people button", has_text=wife).click()
    settled(page, 4)
    assert page.locator(".reply").last.locator(".verdict.full_payment .person").inner_text() == wife
    assert page.locator(".people").count() == 1


@BOTH
def test_somebody_without_javascript_turns_from_one_to_the_other(browser, site, lang):
    """The same buttons, by full pages."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{lang}/")
    for words in (DATED[lang], WHOSE[lang][0][0]):
        page.fill("#text", words)
        page.click(ASK)
        appears(page.locator(".verdict"))
    appears(page.locator(".verdict.full_payment"))
    page.locator(".people button").first.click()
    appears(page.locator(".verdict.insured .person"))
    context.close()


@BOTH
def test_somebody_reloads_and_reads_that_the_messages_are_gone(page, lang):
    """One line, also in the other language; nothing of it while the conversation goes on, or on paper."""
    line = page.locator(
        ".notice-line", has_text={"ja": "前のやりとりは残しません", "en": "Earlier messages are not kept"}[lang]
    )
    page.goto(f"/{lang}/")
    say(page, OLD_CARD[lang])
    gone(line)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(300)
    page.reload()
    appears(line)
    assert page.evaluate("() => scrollY") == 0
    page.click(".languages a")
    at(page, "?talk=")
    assert page.locator(".notice-line").count() == 2
    page.click(".languages a")
    at(page, f"/{lang}/?talk=")
    appears(line)
    say(page, DATED[lang])
    gone(line)
