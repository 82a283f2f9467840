"""What a clerk does around the verdict: prints it, reads it unbroken, leaves the desk and comes back to it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation.state import Dialogue, write_short
from assistant.domain.facts import parse
from assistant.snapshot.snapshot import Snapshot
from tests.browser.conftest import address, appears, at, gone
from tests.browser.test_desk import opened, press, standing, word
from tests.browser.test_sheet import A4, INSIDE, pages, sizes

VISITOR = "presented=none&scheme=not_enrolled&facility=online"
DECLARED = "presented=mynumber_card&registration=registered&check_result=inactive&insurance_change=joined_new"
#: What was found printed over something else, and other states that differ in their blocks.
STATES = [
    "",
    "presented=none&check_result=unknown&known_patient=this_month",
    "presented=none&scheme=public_assistance",
    "presented=mynumber_card",
    "presented=mynumber_card&registration=registered&check_result=active",
    "presented=old_card&known_patient=no",
    "presented=certificate&certificate=expired&facility=outage",
    "presented=smartphone&registration=unknown&smartphone_reader=unknown&check_result=unknown",
    "presented=mynumber_card&presented=notice&facility=reader_down",
    f"{DECLARED}&known_patient=no",
    VISITOR,
]
#: Pieces of text of which one lies on another. What only readers hear, and what is cut off by design, is left out.
OVERLAPPING = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const seen = holder.checkVisibility({visibilityProperty: true}) && !holder.closest('.unseen, .skip, svg');
    if (!node.data.trim() || !seen) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) found.push([node.data.trim(), box]);
  }
  const over = [];
  for (const [at, [one, a]] of found.entries()) {
    for (const [other, b] of found.slice(at + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const covered = wide > 2 && high > Math.min(a.height, b.height) / 4;
      if (one !== other && covered) over.push(`${one} / ${other}: ${wide} x ${high}`);
    }
  }
  return over;
}"""
#: Blocks of the right side of which one lies on another, and what lies on the left side's next block.
BLOCKS = """() => {
  const blocks = document.querySelectorAll('.result > *, .desk > *, .ends > *, #chips > *');
  const all = [...blocks].filter((it) => it.checkVisibility()
    && it.getBoundingClientRect().height > 1 && !it.matches('.unseen, [role=status]'));
  const named = (it) => it.textContent.trim().slice(0, 30);
  return all.flatMap((one, at) => all.slice(at + 1).filter((other) => {
    if (one.contains(other) || other.contains(one)) return false;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    return wide > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  }).map((other) => `${named(one)} / ${named(other)}`));
}"""
TALL = """async () => {
  const { fill, viewOf } = await import('/static/js/deskview.js');
  const graph = await (await fetch(document.getElementById('desk').dataset.graph)).json();
  const facts = {day: graph.made, presented: ['old_card'], stated: {...graph.prechosen, known_patient: 'no'}};
  const heights = [];
  for (const [id, outcome] of Object.entries(graph.outcomes)) {
    graph.outcomes['full-old-card'] = outcome;
    fill(viewOf(graph, facts), '#');
    heights.push([id, document.querySelector('.foot').getBoundingClientRect().bottom]);
  }
  return heights;
}"""


@pytest.fixture
def desk(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    return page


@pytest.mark.parametrize("query", [VISITOR, f"{DECLARED}&known_patient=no", "presented=old_card&known_patient=no"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_prints_the_verdict_and_hands_it_over(desk, snapshot: Snapshot, lang, query):
    """Verdict, steps and what the patient is told in both languages, on one A4 page; nothing small, cut or to press."""
    opened(desk, f"/{lang}/desk?{query}")
    told = desk.evaluate(
        "() => ['title-ja', 'say-ja', 'title-en', 'say-en', 'word', 'title'].map("
        "(it) => document.querySelector(`[data-slot=${it}]`).textContent)"
    )
    assert all(told)
    pdf = desk.pdf(prefer_css_page_size=True)
    assert (pages(pdf), sizes(pdf) <= A4) == (1, True)
    desk.emulate_media(media="print")
    desk.set_viewport_size(INSIDE)
    shown = desk.locator("body").inner_text()
    assert [it for it in told if it not in shown] == []
    assert desk.locator(".steps li:visible").count() == desk.locator(".steps li").count() > 0
    gone(desk.locator(".inputs").first)
    gone(desk.locator("main a, main button, main summary").first)
    small = desk.evaluate(
        """() => [...document.querySelectorAll('#verdict *, .pay *, .steps li, .told *')]
             .filter((e) => e.checkVisibility() && e.textContent.trim())
             .filter((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75 < 13.4).map((e) => e.outerHTML)"""
    )
    assert small == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= INSIDE["width"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_prints_any_verdict_on_one_page(desk, lang):
    """Whatever the words, with large text chosen and with the preview's banner on top."""
    desk.goto(f"/{lang}/aids?size=150&back=/{lang}/")
    opened(desk, f"/{lang}/desk?presented=old_card&known_patient=no")
    desk.emulate_media(media="print")
    desk.set_viewport_size(INSIDE)
    heights = desk.evaluate(TALL)
    assert len(heights) > 50
    assert [it for it in heights if it[1] > INSIDE["height"]] == []
    for query in STATES:
        opened(desk, f"/{lang}/desk?{query}")
        assert pages(desk.pdf(prefer_css_page_size=True)) == 1, query


def test_a_clerk_prints_while_the_patient_reads(desk):
    """The open dialogue is not on top of the page; without JavaScript the same page prints."""
    opened(desk, f"/ja/desk?{VISITOR}")
    press(desk, "p")
    appears(desk.locator("#show"))
    assert pages(desk.pdf(prefer_css_page_size=True)) == 1
    desk.emulate_media(media="print")
    gone(desk.locator("#show"))
    appears(desk.locator(".told"))


def test_a_clerk_without_javascript_prints_the_verdict(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/ja/desk?{VISITOR}")
    gone(page.locator(".told"))
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    appears(page.locator(".told [lang=en] >> nth=1"))
    appears(page.locator(".steps li").last)
    context.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_goes_from_the_verdict_to_the_sheet_and_back(desk, lang):
    """With the same facts and voice, also after a key; while something is open there is no sheet."""
    opened(desk, f"/{lang}/desk?facility=outage")
    gone(desk.locator("#sheet-link"))
    press(desk, "7 l")
    here = address(desk)
    desk.locator("#sheet-link").click()
    at(desk, f"/{lang}/sheet?")
    assert address(desk) == here.replace("/desk?", "/sheet?") + "&voice=desk"
    desk.locator("main .screen-only a").first.click()
    at(desk, f"/{lang}/desk?")
    assert address(desk) == here


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1366, 768)])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_reads_every_line_of_the_desk(page, lang, width, height):
    """No text lies on another and no block on the next, the basis open or closed."""
    page.set_viewport_size({"width": width, "height": height})
    for query in STATES:
        opened(page, f"/{lang}/desk?{query}")
        assert (page.evaluate(OVERLAPPING), page.evaluate(BLOCKS)) == ([], []), query
    page.locator("#basis summary").click()
    assert (page.evaluate(OVERLAPPING), page.evaluate(BLOCKS)) == ([], [])


def test_a_clerk_reads_every_line_without_javascript(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    plain = [f"/{lang}/desk?{query}" for lang in ("ja", "en") for query in STATES]
    for path in plain:
        page.goto(path)
        assert (page.evaluate(OVERLAPPING), page.evaluate(BLOCKS)) == ([], []), path
    context.close()


@pytest.mark.parametrize("aid", ["larger", "furigana"])
def test_a_clerk_takes_larger_text_or_readings_and_keeps_the_outage(desk, aid):
    """Whatever was chosen since the page came: the facts, the facility, the day."""
    opened(desk, "/ja/desk")
    press(desk, "e k 4 1")
    here = address(desk)
    assert "facility=outage" in here
    desk.locator("header .larger" if aid == "larger" else "header .over-words a").click()
    at(desk, "/ja/desk?")
    desk.wait_for_selector("form.ready")
    assert address(desk).startswith(here)
    appears(desk.locator("#place"))


def test_a_clerk_returns_by_the_head_and_keeps_the_outage_alone(desk, browser, site):
    """The desk's own name in the head is the next patient, with a script and without; the usual needs no word."""
    opened(desk, "/ja/desk")
    press(desk, "e k 4 1")
    desk.locator("header .pages [aria-current]").click()
    at(desk, "facility=outage")
    desk.wait_for_selector("form.ready")
    assert "presented" not in address(desk)
    appears(desk.locator("#place"))
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/desk?presented=old_card&facility=reader_down")
    assert page.locator("header .pages [aria-current]").get_attribute("href") == "/en/desk?facility=reader_down"
    page.goto("/en/check")
    assert page.locator("header .pages a").last.get_attribute("href") == "/en/desk"
    context.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_clerk_comes_back_from_the_declaration_to_the_same_patient(desk, lang):
    """And a patient to the answer of the check."""
    opened(desk, f"/{lang}/desk?{DECLARED}&known_patient=no&facility=online&scheme=kouki")
    press(desk, "j")
    here = address(desk)
    desk.locator("#form-link").click()
    at(desk, f"/{lang}/form?")
    desk.locator("main .screen-only a").first.click()
    at(desk, f"/{lang}/desk?")
    assert address(desk) == here
    desk.goto(f"/{lang}/form?{DECLARED}&known_patient=no")
    assert f"/{lang}/check?" in desk.locator("main .screen-only a").first.get_attribute("href")


FOR_DESKS = [("ja", "資格無効", "desk-status-inactive"), ("en", "expired certificate", "desk-expired-certificate")]


@pytest.mark.parametrize(("lang", "words", "first"), FOR_DESKS)
def test_a_clerk_searches_by_one_key_and_escapes_back(desk, lang, words, first):
    """The field has the focus; what is written for desks comes first; Escape leads back to the same patient."""
    opened(desk, f"/{lang}/desk")
    press(desk, "e 4")
    here = address(desk)
    desk.keyboard.press("/")
    at(desk, f"/{lang}/search?")
    assert "voice=desk" in address(desk)
    desk.wait_for_function("document.activeElement.id === 'q'")
    desk.keyboard.type(words)
    press(desk, "Enter")
    hit = desk.locator(".hits a").first
    appears(hit)
    assert hit.get_attribute("href") == f"/{lang}/faq/{first}?voice=desk"
    assert "voice=desk" in address(desk)
    assert "voice=desk" in desk.locator("header a[hreflang]").first.get_attribute("href")
    press(desk, "Escape")
    at(desk, f"/{lang}/desk?")
    assert address(desk) == here


def test_a_patient_searches_as_before(page):
    """No way to a desk that they never saw, and nothing in the address."""
    page.goto("/ja/search")
    page.fill("#q", "資格無効")
    page.press("#q", "Enter")
    assert page.locator(".hits a").first.get_attribute("href") == "/ja/faq/status-inactive"
    gone(page.locator("#back"))
    assert address(page).endswith("/ja/search")


def test_a_clerk_tells_a_visitor_that_nothing_comes_back(desk):
    """In full and for good; who pays in full for want of a paper is still told that it is for now."""
    for lang, never, still in (
        ("ja", "払い戻しはありません", "いったん全額"),
        ("en", "nothing is paid back", "for now"),
    ):
        opened(desk, f"/{lang}/desk?{VISITOR}")
        share = desk.locator("[data-slot=share]").inner_text()
        assert never in share
        assert still not in share
        opened(desk, f"/{lang}/desk?presented=old_card&known_patient=no")
        assert still in desk.locator("[data-slot=share]").inner_text()


ENDS = {
    "ja": (
        "払い戻しの申請の期限（2028年11月20日）をカレンダーに入れる",
        "資格確認書の期限（2027年7月31日）をカレンダーに入れる",
    ),
    "en": (
        "Put into a calendar: last day to claim the refund (20 November 2028)",
        "Put into a calendar: last day of the Eligibility Certificate (資格確認書) (31 July 2027)",
    ),
}


@pytest.mark.parametrize("lang", ENDS)
def test_somebody_is_told_what_ends_before_it_goes_into_the_calendar(page, lang):
    """The limit of the claim, or the day of the paper by its name."""
    nothing = {"presented": ["none"], "facility": "online", "known_patient": "no"}
    valid = {"presented": ["certificate"], "certificate_until": "2027-07-31", "scheme": "kouki", "facility": "online"}
    for codes, words in zip((nothing, valid), ENDS[lang], strict=True):
        facts = parse(codes, date(2026, 11, 20))
        page.goto(f"/{lang}/?talk={write_short(facts, Dialogue())}")
        assert page.locator(".actions a[href*='days.ics']").inner_text() == words


def test_a_clerk_who_began_a_new_patient_by_mistake_goes_back_once(desk):
    """Said where a reader hears it; one press brings the patient before back, a second one nothing."""
    opened(desk, "/ja/desk")
    press(desk, "z")
    last = address(desk)
    gone(desk.locator("#begun"))
    press(desk, "4")
    assert "新しい患者さんとして始めました" in desk.locator("[role=status]:has(#begun)").inner_text()
    press(desk, "Backspace")
    assert (address(desk), standing(desk)) == (last, "insured")
    gone(desk.locator("#begun"))
    press(desk, "Backspace")
    assert address(desk) == last
    press(desk, "x")
    desk.locator("#undo").click()
    assert address(desk) == last


def test_a_clerk_who_goes_on_is_asked_no_longer(desk):
    """The offer ends by itself, with Escape at once, and is not made while a patient is being completed."""
    desk.clock.install()
    opened(desk, "/en/desk")
    press(desk, "z 4")
    appears(desk.locator("#begun"))
    desk.clock.run_for(11_000)
    gone(desk.locator("#begun"))
    press(desk, "Escape z 4 Escape")
    gone(desk.locator("#begun"))
    press(desk, "Backspace")
    assert word(desk) == "Choose what was shown"
    press(desk, "z Shift+8")
    gone(desk.locator("#begun"))
