"""The widget in somebody else's page, on another port: by frame and by script, by keys alone, without cookies."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.test_chat import SAID
from tests.browser.test_pages import AXE

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A clinic</title>
<link rel="icon" href="data:,"></head><body><h1>A clinic</h1><p><a href="#">Before</a></p>{embedded}</body></html>"""
EMBEDDED = {
    "frame": '<iframe src="{site}/{lang}/widget" title="Madoguchi" width="100%" height="640"></iframe>',
    "script": '<script src="{site}/embed.js" data-lang="{lang}"></script>',
}
#: As strict as a hospital's may be: nothing but what the documents ask for.
POLICY = "default-src 'none'; img-src data:; frame-src {site}; script-src {site}"


@pytest.fixture(scope="module")
def clinic(site):
    """The address of a page that embeds the widget: ``/frame/ja`` or ``/script/en``."""

    class Clinic(BaseHTTPRequestHandler):
        def do_GET(self):
            _, way, lang = self.path.split("/")
            body = PAGE.format(lang=lang, embedded=EMBEDDED[way].format(site=site, lang=lang)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(site=site))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Clinic)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def tab_into(page, selector):
    """Press Tab until the element inside the frame has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.frames[1].evaluate("s => document.hasFocus() && document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("way", list(EMBEDDED))
def test_a_question_is_asked_and_answered_by_keys(page, clinic, way, lang):
    """From the page around it into the frame, to the verdict; no cookie, nothing stored, nothing on the console.

    Back stays that of the page around it.
    """
    page.goto(f"{clinic}/{way}/{lang}")
    before = page.evaluate("history.length")
    page.frame_locator("iframe").locator("#text").wait_for()
    assert page.get_attribute("iframe", "title")
    widget = page.frames[1]
    tab_into(page, "#text")
    page.keyboard.type(SAID[lang])
    tab_into(page, "#chat button[type=submit]")
    page.keyboard.press("Enter")
    widget.wait_for_selector(".turns form.question")
    assert widget.evaluate("document.activeElement.textContent.trim()") == widget.inner_text(".turns legend h2").strip()
    tab_into(page, ".turns form.question input[type=radio]")
    page.keyboard.press("Space")
    tab_into(page, ".turns form.question button[type=submit]")
    page.keyboard.press("Enter")
    widget.wait_for_selector(".verdict.insured")
    assert page.evaluate("history.length") == before
    assert page.context.cookies() == []
    assert widget.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_the_script_fits_the_height(page, clinic):
    """The verdict makes the frame higher; a message from elsewhere does not."""
    page.goto(f"{clinic}/script/ja")
    widget = page.frame_locator("iframe")
    widget.locator("#text").fill(SAID["ja"])
    before = page.locator("iframe").bounding_box()["height"]
    widget.locator("#chat button[type=submit]").click()
    widget.locator(".turns form.question").wait_for()
    page.wait_for_function("before => document.querySelector('iframe').offsetHeight > before", arg=before)
    height = page.evaluate("document.querySelector('iframe').height")
    page.evaluate("postMessage({ madoguchi: { height: 2000 } }, '*')")
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('iframe').height") == height


def test_without_javascript_the_frame_works_by_full_pages(browser, clinic):
    """Sentence, question, verdict."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{clinic}/frame/en")
    widget = page.frame_locator("iframe")
    widget.locator("#text").fill(SAID["en"])
    widget.locator("#chat button[type=submit]").click()
    widget.locator("form.question input[value=valid]").check()
    widget.locator("form.question button[type=submit]").click()
    widget.locator(".verdict.insured").wait_for()
    context.close()


def test_other_pages_refuse_the_frame(page, clinic, site):
    """The browser shows none of them."""
    page.goto(f"{clinic}/frame/ja")
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.evaluate("address => { document.querySelector('iframe').src = address }", f"{site}/ja/check")
    page.troubles.clear()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_widget_has_no_barrier(page, lang):
    """Axe finds nothing; 320 px need no sideways scrolling."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/{lang}/widget")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    assert [(it["id"], it["nodes"][0]["html"]) for it in found["violations"]] == []


def test_a_data_block_is_no_script(page):
    """The policy lets it stand, and the browser does not complain."""
    page.goto("/en/faq/refund")
    assert '"FAQPage"' in page.locator("script[type='application/ld+json']").text_content()
