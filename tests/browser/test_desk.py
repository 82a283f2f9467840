"""The desk in a browser: keys, one screen, no request for a verdict, and a day without a connection."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.serving import make_server

from assistant.snapshot.snapshot import Snapshot
from tests.browser.conftest import address, appears, at, gone

#: What the desk sees most: the keys, and the standing that they lead to.
COMMON = {
    "valid certificate": ("2 1", "insured"),
    "expired certificate": ("3 1", "full_payment"),
    "old card": ("4 1", "full_payment"),
    "notice alone": ("5 1", "full_payment"),
    "card with the reader down": ("w z", "insured"),
    "phone without a phone reader": ("6 1 2", "insured"),
    "nothing, known patient this month": ("7 3 1", "discretion"),
}
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (const path of ['/ja/desk', '/en/desk', '/ja/desk.json', '/en/desk.json']) {
    if (!(await caches.match(path))) return false;
  }
  return navigator.serviceWorker.controller !== null;
}"""


@pytest.fixture
def desk(page):
    """The desk in English at the size of an old monitor, its graph there."""
    page.set_viewport_size({"width": 1366, "height": 768})
    opened(page, "/en/desk")
    return page


def opened(page, path: str) -> None:
    """Go to a page of the desk and wait until its module listens."""
    page.goto(path)
    page.wait_for_selector("form.ready")


def press(page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def word(page) -> str:
    return page.locator("[data-slot=word]").inner_text()


def standing(page) -> str:
    return page.locator("#verdict").get_attribute("class").split()[1]


def focused(page) -> str:
    return page.evaluate("document.activeElement.dataset.slot ?? document.activeElement.textContent.trim()")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", COMMON)
def test_the_common_situations_take_three_keys_at_most_and_fit_one_screen(desk, name, lang):
    """Word, class, and nothing to scroll, the foot of the page included."""
    opened(desk, f"/{lang}/desk")
    keys, expected = COMMON[name]
    assert len(keys.split()) <= 3
    press(desk, keys)
    assert standing(desk) == expected
    height = desk.evaluate("document.querySelector('.desk').getBoundingClientRect().bottom")
    assert height <= 768
    size = desk.evaluate("parseFloat(getComputedStyle(document.querySelector('[data-slot=word]')).fontSize)")
    assert 32 <= size <= 40


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_outcome_fits_one_screen(desk, snapshot: Snapshot, lang):
    """Whatever the words: the last line before the basis stands on the screen, and no text is under 16 px."""
    opened(desk, f"/{lang}/desk?presented=old_card&known_patient=no")
    tall = desk.evaluate(
        """async () => {
          const { fill, viewOf } = await import('/static/js/deskview.js');
          const graph = await (await fetch(document.getElementById('desk').dataset.graph)).json();
          const facts = {day: graph.made, presented: ['old_card'], stated: {...graph.prechosen, known_patient: 'no'}};
          const base = graph.outcomes['full-old-card'], found = [];
          for (const [id, outcome] of Object.entries(graph.outcomes)) {
            graph.outcomes['full-old-card'] = outcome;
            fill(viewOf(graph, facts), '#');
            const bottom = document.querySelector('.dates-line').getBoundingClientRect().bottom;
            if (bottom > 768) found.push([id, bottom]);
          }
          return found;
        }"""
    )
    assert tall == []
    small = desk.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility()
             && !e.closest('svg') && e.childNodes.length
             && parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.outerHTML)"""
    )
    assert small == []


def test_a_choice_makes_no_request_and_the_address_follows(desk):
    """Codes only; a reload shows the same."""
    desk.wait_for_load_state("networkidle")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    press(desk, "3 1")
    # chromium looks for the icon again when the address changes; that is no question about a patient
    assert [url for url in asked if not url.endswith("/icon.svg")] == []
    assert address(desk).endswith(
        "/en/desk?presented=certificate&scheme=unknown&facility=online&certificate=expired&known_patient=no"
    )
    before = word(desk)
    desk.reload()
    desk.wait_for_selector("form.ready")
    assert (word(desk), standing(desk)) == (before, "full_payment")
    assert desk.locator("header a[hreflang=ja]").first.get_attribute("href").endswith("known_patient=no")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "query",
    [
        "presented=mynumber_card",
        "presented=mynumber_card&check_result=unknown&registration=unknown&known_patient=unknown",
        "presented=mynumber_card&facility=reader_down&registration=registered",
        "presented=smartphone&registration=unknown&smartphone_reader=unknown&check_result=unknown",
        "presented=certificate&certificate=unknown&check_result=unknown&scheme=kouki",
        "presented=certificate&certificate=expired&known_patient=no",
        "presented=subsidy_certificate&presented=mynumber_card&registration=registered&check_result=active",
        "presented=mynumber_card&scheme=public_assistance&registration=registered&check_result=inactive",
        "presented=old_card&visit_date=2027-07-31",
        "presented=old_card&visit_date=2027-08-01",
        "",
    ],
)
def test_browser_and_server_write_the_same_screen(browser, site, desk, lang, query):
    """Word for word, with JavaScript and without."""
    texts = """() => [...document.querySelectorAll('[data-slot]')].filter((e) => e.checkVisibility())
      .map((e) => [e.dataset.slot, e.innerText])"""
    opened(desk, f"/{lang}/desk?{query}")
    desk.evaluate("document.querySelectorAll('kbd').forEach((it) => it.remove())")
    ours = desk.evaluate(texts)
    plain = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = plain.new_page()
    page.goto(f"/{lang}/desk?{query}")
    page.evaluate("document.querySelectorAll('kbd').forEach((it) => it.remove())")
    theirs = page.evaluate(texts)
    plain.close()
    assert ours == theirs


def test_without_javascript_the_button_decides(browser, site):
    """Tiles, button, answer by button, verdict."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/en/desk")
    page.get_by_label("Notice").check(force=True)
    page.get_by_role("button", name="Decide").click()
    at(page, "presented=notice")
    page.locator("#ask button", has_text="first visit").click()
    at(page, "known_patient=no")
    assert standing(page) == "full_payment"
    context.close()


def test_two_things_can_be_shown_by_keys(desk):
    """While a question is open, Shift adds the next item."""
    press(desk, "1 Shift+5")
    assert "presented=mynumber_card&presented=notice" in address(desk)
    press(desk, "Shift+5")
    assert "notice" not in address(desk)


def test_the_remaining_items_are_behind_the_ninth_key(desk):
    """Nine, then the item; the fold closes again."""
    press(desk, "9 4")
    assert "presented=consultation_card" in address(desk)
    assert desk.locator("#others").get_attribute("open") is None


def test_nothing_and_an_item_exclude_each_other(desk):
    """The last one chosen counts."""
    press(desk, "7 Shift+1")
    assert "presented=mynumber_card&scheme" in address(desk)
    press(desk, "Shift+7")
    assert "presented=none&scheme" in address(desk)


def test_enter_goes_on_escape_clears_and_answers_keep_the_focus_in_place(desk):
    """The question's heading, then the verdict's; after an answer by mouse or Tab the focus is not lost."""
    press(desk, "3 Enter")
    assert focused(desk).startswith("Still needed:")
    press(desk, "Tab Enter")
    assert focused(desk) == "title"
    press(desk, "Escape")
    assert word(desk) == "Choose what was shown"
    assert address(desk).endswith("/en/desk?scheme=unknown&facility=online")


def test_the_next_patient_finds_the_outage_as_it_is_and_nothing_of_the_last(desk):
    """Escape and its button clear the patient; how the facility stands holds until it is switched off by hand."""
    press(desk, "e k 4 1 Escape")
    assert address(desk).endswith("/en/desk?scheme=unknown&facility=outage")
    assert desk.locator("#place").inner_text() == (
        "For every patient, until you choose “Online check works”: Network or system outage"
    )
    press(desk, "1")
    desk.locator("#clear").click()
    assert address(desk).endswith("/en/desk?scheme=unknown&facility=outage")
    press(desk, "q")
    gone(desk.locator("#place"))
    assert desk.locator("#clear").get_attribute("href") == "/en/desk?facility=online"


def test_after_a_final_verdict_the_next_thing_shown_is_the_next_patients(desk):
    """By a digit or by the reader; Shift adds to what is there, and so does a reading after a paper alone."""
    press(desk, "w z 2")
    assert address(desk).endswith("?presented=certificate&scheme=unknown&facility=reader_down&certificate=valid")
    press(desk, "1 z 1")
    assert address(desk).endswith("?presented=mynumber_card&scheme=unknown&facility=reader_down"), "the same again"
    press(desk, "q Escape 5 1 z")
    assert "presented=mynumber_card&presented=notice" in address(desk)
    press(desk, "x")
    assert "notice" not in address(desk)
    assert "known_patient" not in address(desk)
    press(desk, "1 3")
    assert "check_result=not_found" not in address(desk), "a question is open: the digits answer it"
    press(desk, "Escape z Shift+8")
    assert "presented=mynumber_card&presented=subsidy_certificate" in address(desk)


def test_a_card_waits_for_the_reader_and_its_answer_is_a_digit(desk):
    """Nothing green before; the question is what the reader shows, and who cannot tell is not left alone."""
    press(desk, "1")
    assert (standing(desk), word(desk)) == ("open", "Wait for the result")
    gone(desk.locator("[data-part=pay]"))
    gone(desk.locator(".verdict-title"))
    assert desk.locator("#ask button").all_inner_texts()[0].split() == ["1", "Valid"]
    press(desk, "p")
    assert "on the reader" in desk.locator("#show").inner_text()
    assert "usual share" not in desk.locator("#show").inner_text()
    press(desk, "Escape 1")
    assert standing(desk) == "insured"
    press(desk, "Escape 1 0")
    assert "check_result=unknown" in address(desk)
    assert standing(desk) == "open"


def test_what_changes_is_said_once(desk):
    """A status region that was there before; silent when the focus moves to the words themselves."""
    press(desk, "4 1")
    assert desk.locator("#said[role=status]").text_content().startswith("Full cost first")
    assert desk.locator("main [aria-live], main [role=alert], main [role=log]").count() == 0


def test_an_answer_can_be_changed(desk):
    """Its chip takes it back, and the question is asked again."""
    press(desk, "3 1")
    desk.get_by_role("button", name=re.compile("^Earlier visits here")).click()
    assert "known_patient" not in address(desk)
    appears(desk.locator("#ask"))


def test_keys_rest_in_fields_and_can_be_switched_off(desk):
    """Remembered as a closed code; Enter and Escape stay."""
    desk.locator("#visit_date").focus()
    press(desk, "7")
    assert "presented" not in address(desk)
    desk.locator("#keys").uncheck()
    desk.locator("#keys").blur()
    press(desk, "7")
    assert "presented" not in address(desk)
    desk.reload()
    desk.wait_for_selector("form.ready")
    assert not desk.locator("#keys").is_checked()
    assert desk.evaluate("JSON.stringify({...localStorage})") == '{"desk-keys":"off"}'
    assert desk.context.cookies() == []


def test_help_basis_and_search_are_one_key_away(desk):
    """`?`, `b`, `/`."""
    press(desk, "4 1 ?")
    appears(desk.locator("#keys-list"))
    press(desk, "Escape")
    gone(desk.locator("#keys-list"))
    assert standing(desk) == "full_payment"
    press(desk, "b")
    appears(desk.locator("#basis li").first)
    desk.keyboard.press("/")
    at(desk, "/en/search?")
    assert "voice=desk" in address(desk)


def test_the_patient_reads_it_large(desk, snapshot: Snapshot):
    """Japanese, English or both, at least 32 px."""
    press(desk, "4 1 p")
    say = snapshot.outcomes["full-old-card"]
    shown = desk.locator("#show")
    assert say.ja.say in shown.inner_text()
    assert say.en.say in shown.inner_text()
    shown.get_by_role("button", name="English").click()
    assert say.ja.say not in shown.inner_text()
    size = desk.evaluate("parseFloat(getComputedStyle(document.querySelector('.show-say')).fontSize)")
    assert size >= 32
    press(desk, "Escape")
    gone(shown)


def test_further_languages_are_a_page_of_their_own(desk):
    """With the facts as they stand, by links."""
    press(desk, "4 1 p")
    desk.locator("#tongues-link").click()
    desk.get_by_role("link", name="한국어").click()
    desk.wait_for_url("**show=ko")
    assert "presented=old_card" in address(desk)
    assert "가지고 계십니까?" in desk.locator("[lang=ko].show-title").inner_text(), (
        "asked before the full cost is named"
    )
    assert "오늘은 먼저 전액을 냅니다." in desk.locator("main").inner_text()


def test_the_declaration_follows_the_verdict(desk):
    """Its link is there for an outcome that names one, with the facts as they stand, and goes with it."""
    joined = "insurance_change=joined_new&known_patient=no"
    opened(desk, f"/ja/desk?presented=mynumber_card&registration=registered&check_result=inactive&{joined}")
    appears(desk.locator("#form-link"))
    press(desk, "Escape")
    gone(desk.locator("#form-link"))
    press(desk, "x 2")
    desk.locator("#form-link").click()
    desk.wait_for_url("**/ja/form?*check_result=inactive*")
    appears(desk.locator("article.declaration"))


def test_a_day_before_the_graph_is_decided_by_the_server(desk):
    """Five years of rules are not sent along; past days are rare at a desk."""
    press(desk, "4")
    desk.locator("#visit_date").fill("2025-12-01")
    desk.wait_for_url("**visit_date=2025-12-01**")
    assert desk.locator("[data-slot=today]").inner_text() == "not today"
    appears(desk.locator("#ask"))


@pytest.fixture
def lonely(browser, served) -> Iterator:
    """A page of a server of its own, and the way to shut that server down."""
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 1366, "height": 768})

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    yield context.new_page(), stop
    context.close()
    if thread.is_alive():
        stop()


def test_without_a_connection_the_desk_decides_and_says_how_old_it_is(lonely):
    """Reloaded with the server gone, in both languages, also in one that was never opened; after 30 days no more."""
    page, stop = lonely
    opened(page, "/ja/desk")
    page.wait_for_function(KEPT)
    gone(page.locator("#strip"))
    page.goto("/en/sheet/table")
    stop()
    opened(page, "/en/desk?presented=old_card")
    version = page.evaluate("fetch('/en/desk.json').then((it) => it.json()).then((it) => it.version)")
    assert page.locator("#strip").inner_text() == (f"Offline: as checked on 23 November 2026 (rules version {version})")
    press(page, "1")
    assert standing(page) == "full_payment"
    opened(page, "/ja/desk")
    press(page, "2 1")
    assert standing(page) == "insured"
    page.goto("/en/sheet/table")
    assert page.locator("h1").count() == 1
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=31))
    opened(page, "/en/desk?presented=old_card&known_patient=no")
    assert (standing(page), word(page)) == ("open", "No decision")
    assert "more than 30 days ago" in page.locator("#verdict").inner_text()


def test_nothing_but_the_desk_and_seen_sheets_is_kept(lonely):
    """Pages that hold answers of others stay out of the cache."""
    page, _ = lonely
    opened(page, "/ja/desk?presented=old_card")
    page.wait_for_function(KEPT)
    page.goto("/ja/check?presented=old_card&scheme=kouki")
    kept = page.evaluate(
        """async () => {
          const paths = [];
          for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) paths.push(url.replace(location.origin, ''));
          }
          return paths;
        }"""
    )
    assert "/en/desk" in kept
    assert [path for path in kept if not re.fullmatch(r"/(ja|en)/desk(\.json)?|/static/.+", path)] == []
    assert page.evaluate("indexedDB.databases()") == []


def test_a_copy_is_refused_after_its_horizon_and_after_thirty_days(desk):
    """And not a day earlier."""
    said = desk.evaluate(
        """async () => {
          const { refusal } = await import('/static/js/offline.js');
          const graph = await (await fetch('/en/desk.json')).json();
          const at = (iso) => Date.parse(iso + 'T12:00:00+09:00');
          const facts = { day: '2027-07-31' };
          const copy = (renewed, offline = true) => ({ graph, offline, renewed: at(renewed) });
          return [
            refusal(copy('2027-07-31'), facts, at('2027-07-31')), refusal(copy('2027-07-31'), facts, at('2027-08-01')),
            refusal(copy('2027-01-01'), facts, at('2027-01-31')), refusal(copy('2027-01-01'), facts, at('2027-02-01')),
            refusal(copy('2027-01-01'), { day: '2026-11-22' }, at('2027-01-02')),
          ];
        }""",
    )
    assert [bool(words) for words in said] == [False, True, False, True, True]
    assert "confirmed up to 31 July 2027" in said[1]
    assert "1 January 2027" in said[3]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_desk_with_its_graph_is_light(page, lang):
    """All that the page asks for, as it goes over the wire."""
    asked = {}
    page.on("requestfinished", lambda request: asked.update({request.url: request}))
    opened(page, f"/{lang}/desk")
    page.wait_for_load_state("networkidle")
    bodies = {url: request.sizes()["responseBodySize"] for url, request in asked.items()}
    assert any(url.endswith("desk.json") for url in bodies)
    assert 20_000 < sum(bodies.values()) <= 100_000, bodies
