"""Paper as chromium prints it: one A4 page for every outcome and every day's table, nothing small or to click."""

from __future__ import annotations

import re
from datetime import date

import pytest
from click.testing import CliRunner

from assistant.answers.kinds import address
from assistant.cli.main import main
from assistant.content.further_languages import TONGUES
from assistant.domain.decide import Decision, decide
from assistant.domain.facts import parse
from assistant.domain.survey.situations import situations
from assistant.domain.vocabulary import CHOICES
from assistant.presentation.desk_table import SITUATIONS, situation
from tests.browser.conftest import appears, gone, picture

FACTS = "presented=notice&scheme=kouki&facility=online&known_patient=no&visit_date=2026-11-23"
A4 = {(595, 842), (842, 595)}
#: What the margins leave of A4, in px.
INSIDE = {"width": 726, "height": 1062}
SMALL = """() => [...document.querySelectorAll('.sheet *')]
  .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75 < 15.99).map((e) => e.outerHTML.slice(0, 80))"""
CLICKABLE = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))"""


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Return the sizes of the pages of a PDF in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    return {(round(float(width)), round(float(height))) for width, height in boxes}


@pytest.fixture(scope="module")
def every_outcome(rules):
    """One situation for each outcome, the one with most answers: as walked, or one answer away from that."""
    found: dict[str, tuple[int, object]] = {}

    def keep(facts, outcome):
        weight = len(facts.stated) + len(facts.presented)
        if outcome not in found or found[outcome][0] < weight:
            found[outcome] = weight, facts

    for day in rules.epochs:
        if day > rules.span.horizon:
            continue
        for it in situations(rules, day, "desk"):
            facts = parse({"insurance_change": "none", "presented": it.presented, **it.given}, day)
            keep(facts, it.decision.outcome)
            for fact in it.decision.assumed:
                for value in CHOICES[fact].values:
                    other = decide(rules, facts.having(fact, value), "desk")
                    if isinstance(other, Decision):
                        keep(facts.having(fact, value), other.outcome)
    return {outcome: facts for outcome, (_, facts) in found.items()}


def test_the_walk_reaches_nearly_every_outcome(every_outcome, snapshot):
    """So that the next test means something."""
    assert len(snapshot.outcomes.keys() - every_outcome.keys()) <= 2, snapshot.outcomes.keys() - every_outcome.keys()


@pytest.mark.parametrize("voice", ["patient", "desk"])
def test_every_outcome_prints_on_one_page(page, every_outcome, voice):
    """In either voice, with the preview's banner on top, which readers never have; the tallest are really printed."""
    page.emulate_media(media="print")
    page.set_viewport_size(INSIDE)
    heights = {}
    for outcome, facts in every_outcome.items():
        where = address("ja" if voice == "desk" else "en", facts, voice, "sheet")
        page.goto(where)
        heights[where] = page.locator(".sheet").evaluate("(e) => e.getBoundingClientRect().bottom"), outcome
    tallest = sorted(heights, key=heights.get, reverse=True)
    assert heights[tallest[0]][0] <= INSIDE["height"], [heights[it] for it in tallest[:6]]
    for where in tallest[:3]:
        page.goto(where)
        pdf = page.pdf(prefer_css_page_size=True)
        assert (pages(pdf), sizes(pdf) <= A4) == (1, True), where


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_prints_the_answer_to_a_common_situation_on_one_page(page, lang):
    """Steps unfolded, words to say, whom to ask; the three tallest are really printed, and nothing is tiny."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1046})
    heights = {}
    for name in SITUATIONS:
        page.goto(address(lang, situation(name, "kouki", date(2026, 11, 23))))
        heights[page.url] = page.locator(".foot").evaluate("(e) => e.getBoundingClientRect().bottom")
    for where in sorted(heights, key=heights.get, reverse=True)[:3]:
        page.goto(where)
        appears(page.locator(".steps li").last)
        pdf = page.pdf(prefer_css_page_size=True)
        assert (pages(pdf), sizes(pdf) <= A4) == (1, True), (where, heights[where])
    small = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && e.textContent.trim()
             && parseFloat(getComputedStyle(e).fontSize) < 13.9).map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


@pytest.mark.parametrize("reading", ["easy=1", "furigana=1"])
def test_somebody_prints_an_answer_with_readings_on_one_page(page, reading):
    """Easy words, or readings over the usual ones: what stands over a line needs room."""
    page.set_viewport_size({"width": 718, "height": 1046})
    for name in SITUATIONS:
        page.goto(f"{address('ja', situation(name, 'kouki', date(2026, 11, 23)))}&{reading}")
        assert page.locator("main rt").count() > 30
        assert pages(page.pdf(prefer_css_page_size=True)) == 1, page.url


def test_a_sheet_prints_on_one_page_whatever_the_reader_has_chosen(page):
    """Large text, furigana, and a print dialogue that brings its own page size and margins."""
    page.goto("/ja/aids?size=150&back=/ja/")
    page.goto(f"/ja/sheet?{FACTS}&furigana=1")
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    assert pages(page.pdf(format="A4")) == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_paper_holds_nothing_small_and_nothing_to_click(page, lang):
    """16 pt and more; no link, button or navigation; no columns lost."""
    page.goto(f"/{lang}/sheet?{FACTS}")
    page.emulate_media(media="print")
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CLICKABLE) == []
    gone(page.locator("header, nav").first)
    left, right = page.locator(".sheet .pair").nth(1).locator("p").all()
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    page.set_viewport_size(INSIDE)
    picture(page, f"sheet-paper-{lang}")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "facts", ["", "?presented=mynumber_card&check_result=inactive&scheme=kouki&visit_date=2026-11-23"]
)
def test_the_declaration_prints_on_one_page_with_room_to_write(page, lang, facts):
    """With the preview's banner on top; a line is 12 mm high at least, and nothing can be typed or pressed."""
    page.goto(f"/{lang}/form{facts}")
    pdf = page.pdf(prefer_css_page_size=True)
    assert (pages(pdf), sizes(pdf) <= A4) == (1, True)
    page.set_viewport_size(INSIDE)
    page.emulate_media(media="print")
    assert page.evaluate(CLICKABLE) == []
    rows = page.locator(".declaration dd").all()
    assert min(row.bounding_box()["height"] for row in rows) >= 12 / 25.4 * 96
    picture(page, f"declaration-paper-{lang}")


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_sheet_in_a_further_language_is_drawn_with_a_face_of_its_script(page, tongue):
    """On one page; boxes and a face of another script fail no other test."""
    page.goto(f"/ja/sheet?{FACTS}&tongue={tongue}")
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    picture(page, f"sheet-{tongue}")
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    where = {"nodeId": root, "selector": f".verdict [lang={tongue}]"}
    node = client.send("DOM.querySelector", where)["nodeId"]
    faces = {font["familyName"] for font in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}
    wanted = {"zh-Hans": "CJK SC", "zh-Hant": "CJK TC", "ko": "CJK KR", "ne": "Devanagari"}.get(tongue, "Noto Sans")
    assert all(wanted in face for face in faces), faces


def test_dark_screens_print_black_on_white(browser, site):
    """Ink on paper, not the colours of the night."""
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto(f"/ja/sheet?{FACTS}")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("() => getComputedStyle(document.querySelector('.sheet h1')).color") == "rgb(0, 0, 0)"
    context.close()


def test_the_code_can_be_told_from_its_ground_in_the_dark(browser, site):
    """A reader scans it from a screen too: black on white there as well."""
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto(f"/ja/sheet?{FACTS}")
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.qr')).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert page.evaluate("() => getComputedStyle(document.querySelector('.qr path')).stroke") == "rgb(0, 0, 0)"
    context.close()


def test_the_table_of_every_day_of_change_prints_on_one_page(page, rules):
    """Also on days on which schemes differed and rows are split."""
    wrong = []
    for day in (day for day in rules.epochs if day <= rules.span.horizon):
        page.goto(f"/ja/sheet/table?on={day}")
        pdf = page.pdf(prefer_css_page_size=True)
        if pages(pdf) != 1 or not sizes(pdf) <= A4:
            wrong.append((day, pages(pdf), sizes(pdf)))
    assert wrong == []


def test_the_print_button_shows_with_javascript_only(page, browser, site):
    """Without a script nothing could answer it."""
    page.goto(f"/ja/sheet?{FACTS}")
    appears(page.locator("[data-print]"))
    context = browser.new_context(base_url=site, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/ja/sheet?{FACTS}")
    gone(plain.locator("[data-print]"))
    context.close()


def test_the_command_makes_one_page_pdfs(browser, tmp_path):
    """Every common situation and the table, as files of chromium's own."""
    done = CliRunner().invoke(
        main, ["sheets", "--out", str(tmp_path), "--on", str(date(2026, 11, 23)), "--lang", "ja", "--address", "https://madoguchi.example"]
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    files = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert files.keys() == {f"{name}-ja.pdf" for name in (*SITUATIONS, "table")}
    assert {name: (pages(pdf), sizes(pdf) <= A4) for name, pdf in files.items()} == dict.fromkeys(files, (1, True))
