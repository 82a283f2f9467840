"""Every page in both languages: axe, targets, narrow and enlarged, colours, fonts, transfer, one picture each."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.conftest import appears, picture

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FACTS = "presented=old_card&old_card=expired&scheme=kouki&visit_date=2026-11-23"
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
PAGES = {
    "home": "/{lang}/",
    "check-question": "/{lang}/check",
    "check-outcome": "/{lang}/check?" + FACTS,
    "check-change": "/{lang}/check?" + FACTS + "&change=scheme",
    "check-mistakes": "/{lang}/check?presented=passport",
    "receipt": "/{lang}/receipt",
    "holding": "/{lang}/holding",
    "holding-outcome": "/{lang}/holding?scheme=public_assistance&visit_date=2026-11-23",
    "desk": "/{lang}/desk",
    "desk-outcome": "/{lang}/desk?" + FACTS,
    "desk-show": "/{lang}/desk?" + FACTS + "&known_patient=no&show=both",
    "faq": "/{lang}/faq",
    "entry": "/{lang}/faq/refund",
    "entry-table": "/{lang}/faq/copay-rate-75",
    "search": "/{lang}/search",
    "rules": "/{lang}/rules",
    "changes": "/{lang}/changes",
    "share": "/{lang}/share?" + FACTS,
    "sheet": "/{lang}/sheet?" + FACTS,
    "sheet-tongue": "/{lang}/sheet?" + FACTS + "&tongue=ne",
    "desk-tongue": "/{lang}/desk?" + FACTS + "&known_patient=no&show=zh-Hant",
    "sheets": "/{lang}/sheet",
    "sheet-table": "/{lang}/sheet/table",
    "form": "/{lang}/form?presented=mynumber_card&check_result=inactive&known_patient=no&visit_date=2026-11-23",
    "papers": "/{lang}/papers",
    "insurers": "/{lang}/insurers",
    "sources": "/{lang}/sources",
    "about": "/{lang}/about",
    "accessibility": "/{lang}/accessibility",
    "privacy": "/{lang}/privacy",
    "professionals": "/{lang}/professionals",
    "thanks": "/{lang}/helpful?entry=refund",
    "missing": "/{lang}/no-such-page",
}
EVERY = [(name, lang) for name in PAGES for lang in ("ja", "en")]
#: Controls that stand alone: buttons, fields, and links that are an item of a list or of a navigation.
SMALL = """() => [...document.querySelectorAll(
    'button, summary, select, textarea, input:not([type=hidden]):not([type=checkbox]):not([type=radio]),'
    + ' label.choice, label.tile,'
    + ' a.button, nav a, .doors a, .ways a, .topics a, .switch a, .change a')]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
  .map((e) => e.outerHTML.slice(0, 90) + ' ' + e.getBoundingClientRect().height)"""
#: What is said in the conversation, and what then stands in its last turn: every kind of reply.
SAID = {
    "question": ("資格確認書を持っています", "I have an eligibility certificate", "form.question"),
    "outcome": ("後期高齢者です。期限切れの保険証を見せます", "I am 80 and show my expired insurance card", ".verdict"),
    "entry": ("高額療養費の払い戻しはいつですか", "How do I get a refund of what I paid?", ".prose, .contact"),
    "declined": ("ええとあのその", "qwrt zxcvb", ".contact"),
}
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def address(name: str, lang: str) -> str:
    return PAGES[name].format(lang=lang)


def violations(page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_axe_finds_nothing_targets_can_be_hit_and_a_picture_is_left(page, name, lang, width):
    """All rules of axe, and 44 px: axe would pass a 20 px button that has space around it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(name, lang))
    picture(page, f"{name}-{lang}-{width}")
    assert violations(page) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", SAID)
def test_axe_finds_nothing_in_a_conversation(page, kind, lang, width):
    """After a turn that a script appended, whatever it is."""
    ja, en, found = SAID[kind]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address("home", lang))
    page.fill("#text", ja if lang == "ja" else en)
    page.click("#chat button[type=submit]")
    page.wait_for_selector(f".reply:last-child :is({found})")
    picture(page, f"chat-{kind}-{lang}-{width}")
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("words", "found"), [("資格確認書", ".hits li"), ("qwrtzxcvb", "main h2")])
def test_axe_finds_nothing_in_what_was_searched(page, words, found, lang, width):
    """Hits, and none."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address("search", lang))
    page.fill("#q", words)
    page.click("main button[type=submit]")
    page.wait_for_selector(found)
    picture(page, f"search-{found.split()[0].strip('.')}-{lang}-{width}")
    assert violations(page) == []


def elements(html: str) -> set[tuple[str, ...]]:
    """Return what a page is made of: each element in the two around it, with its class, role and language."""
    made, around = set(), ["", ""]

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            named = [f"{name}={value}" for name, value in attrs if name in ("class", "role", "lang", "type", "scope")]
            made.add((*around[-2:], tag, *sorted(named)))
            if tag not in VOID:
                around.append(tag)

        def handle_endtag(self, tag):
            if tag in around[2:]:
                del around[len(around) - 1 - around[::-1].index(tag) :]

    Reader().feed(html)
    return made


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_nothing_in_any_entry(page, served, lang):
    """What editors write: tables, lists, words in the other language. Pages made of the same elements are one case."""
    client, known, told = served.test_client(), set(), []
    for entry_id in served.extensions["served"].snapshot.entry_ids():
        made = elements(client.get(f"/{lang}/faq/{entry_id}").text)
        if made <= known:
            continue
        known |= made
        page.goto(f"/{lang}/faq/{entry_id}")
        for width in (390, 1366):
            page.set_viewport_size({"width": width, "height": 900})
            told += [f"{entry_id} {width}: {violation}" for violation in violations(page)]
    assert told == []


def test_every_page_of_the_site_is_among_those_looked_at(served):
    """A route that a reader opens in a browser is named above; feeds, data and redirects have no page.

    The widget lies in a frame of another site: test_widget.py looks at it there.
    """
    routes = served.url_map.bind("localhost")
    looked_at = {routes.match(urlsplit(address(name, "ja")).path)[0] for name in PAGES if name != "missing"}
    asked_for = {
        rule.endpoint for rule in served.url_map.iter_rules() if "GET" in rule.methods and "lang" in rule.arguments
    }
    others = {"aids.choose", "offline.rules_graph", "changes.feed", "discovery.faq_feed", "widget.page",
              "share.days", "share.limits"}  # fmt: skip
    assert asked_for - looked_at == others


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_nothing_scrolls_sideways_when_narrow_or_enlarged(page, name, lang):
    """320 px wide; and text at 200 % in a window of 640 px."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address(name, lang))
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("name", ["home", "check-outcome", "desk-outcome", "entry"])
def test_forced_colours_keep_the_borders_that_tell_things_apart(browser, site, name):
    """The verdict keeps a border of the system's colours, and its word."""
    context = browser.new_context(base_url=site, forced_colors="active", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address(name, "ja"))
    picture(page, f"{name}-forced")
    verdict = page.query_selector(".verdict")
    if "outcome" in name:
        assert verdict is not None
        width = page.evaluate("e => getComputedStyle(e).borderLeftWidth", verdict)
        assert float(width.removesuffix("px")) >= 3
        assert page.evaluate("e => getComputedStyle(e).borderLeftColor === getComputedStyle(e).color", verdict)
    context.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_heading_is_drawn_with_a_japanese_face(page, lang):
    """Boxes in DejaVu Sans fail no other test."""
    page.goto(f"/{lang}/faq/certificate-or-notice")
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    heading = client.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    faces = {font["familyName"] for font in fonts}
    assert not any("DejaVu" in face for face in faces), faces
    assert any("CJK" in face or "Gothic" in face for face in faces), faces


@pytest.mark.parametrize(
    ("name", "limit"), [("home", 25_000), ("check-question", 25_000), ("check-outcome", 27_000), ("desk", 80_000)]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_is_light_and_asks_no_other_host(page, site, name, limit, lang):
    """Bytes of every body over the wire, what scripts fetch included."""
    answers = {}
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto(address(name, lang))
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(site) for url in answers)
    bodies = {url: answer.request.sizes()["responseBodySize"] for url, answer in answers.items()}
    assert sum(bodies.values()) <= limit, bodies


@pytest.mark.parametrize("name", ["home", "check-outcome", "desk-outcome", "entry"])
def test_nothing_jumps_and_the_html_alone_paints(browser, site, name):
    """Layout shift is nil; with JavaScript off the first paint shows the heading."""
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => {"
        " for (const e of list.getEntries()) window.shift += e.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(address(name, "ja"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.shift") < 0.01
    context.close()
    plain = browser.new_context(base_url=site, java_script_enabled=False)
    page = plain.new_page()
    page.goto(address(name, "ja"))
    appears(page.locator("h1"))
    plain.close()


def told(address: str) -> tuple[str, set[tuple[str, str]]]:
    """Return the page and the facts of an address of the desk, without what the desk takes for granted."""
    found = urlsplit(address)
    usual = {("facility", "online"), ("scheme", "unknown"), ("visit_date", "2026-11-23")}
    return found.path, set(parse_qsl(found.query)) - usual


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_the_language_switch_keeps_page_and_answers(page, name, lang):
    """The link names the other language in itself and leads to the same page."""
    page.goto(address(name, lang))
    other = "en" if lang == "ja" else "ja"
    link = page.locator(f".languages a[hreflang={other}]")
    assert link.get_attribute("lang") == other
    if name in ("desk", "desk-outcome"):  # its script keeps the link in step, the usual said or not
        assert told(link.get_attribute("href")) == told(address(name, other))
    elif name != "missing":
        assert link.get_attribute("href") == address(name, other)
