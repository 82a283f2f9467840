"""A day is asked as it is printed: year with its era, month, day; and there is a way on for who cannot find it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import appears, at
from tests.browser.test_pages import SIDEWAYS, SMALL, picture, violations

CHECK = "/{lang}/check?presented=certificate&scheme=kouki&visit_date=2026-11-23"
YEAR = {"ja": "令和9年（2027年）", "en": "2027 (令和9年)"}
MONTH = {"ja": "7月", "en": "July"}
DAY = {"ja": "31日", "en": "31"}
UNTIL = {"ja": "2027年7月31日（令和9年）", "en": "31 July 2027"}


def choose(page, lang: str, day: str = "") -> None:
    """Choose the day by the words that a person sees."""
    page.select_option("select[name=year]", label=YEAR[lang])
    page.select_option("select[name=month]", label=MONTH[lang])
    page.select_option("select[name=day]", label=day or DAY[lang])


def asked_in_the_conversation(page, lang: str) -> None:
    page.goto(f"/{lang}/")
    page.fill("#text", "資格確認書を持っています" if lang == "ja" else "I have an eligibility certificate")
    page.click("#chat button[type=submit]")
    page.locator("select[name=year]").wait_for()


@pytest.fixture
def plain(browser, site):
    """A window without JavaScript."""
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation"])
def test_somebody_copies_the_date_from_the_paper(page, where, lang, width):
    """Three fields, three choices, and the answer stands among the others as a date."""
    page.set_viewport_size({"width": width, "height": 844})
    if where == "check":
        page.goto(CHECK.format(lang=lang))
    else:
        asked_in_the_conversation(page, lang)
    assert page.locator(".day select").count() == 3
    picture(page, f"day-{where}-{lang}-{width}")
    assert (violations(page), page.evaluate(SMALL)) == ([], [])
    choose(page, lang)
    page.click("form.question button[type=submit]")
    page.locator(".verdict.insured").wait_for()
    assert UNTIL[lang] in page.locator("main").inner_text()
    at(page, "certificate_until=2027-07-31" if where == "check" else "?talk=")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation"])
def test_somebody_without_javascript_copies_the_date_from_the_paper(plain, where, lang):
    """By full pages."""
    if where == "check":
        plain.goto(CHECK.format(lang=lang))
    else:
        asked_in_the_conversation(plain, lang)
    choose(plain, lang)
    plain.click("form.question button[type=submit]")
    appears(plain.locator(".verdict.insured"))
    assert UNTIL[lang] in plain.locator("main").inner_text()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation"])
def test_somebody_chooses_a_day_that_does_not_exist_and_loses_nothing(plain, where, lang):
    """31 June: a summary that says so and leads to the fields, which still show what was chosen."""
    if where == "check":
        plain.goto(CHECK.format(lang=lang))
    else:
        asked_in_the_conversation(plain, lang)
    choose(plain, lang)
    plain.select_option("select[name=month]", "6")
    plain.click("form.question button[type=submit]")
    assert plain.title().startswith("エラー" if lang == "ja" else "Error")
    plain.click(".error-summary a")
    appears(plain.locator(".has-error .error"))
    assert [plain.input_value(f"select[name={part}]") for part in ("year", "month", "day")] == ["2027", "6", "31"]
    plain.select_option("select[name=month]", "7")
    plain.click("form.question button[type=submit]")
    appears(plain.locator(".verdict.insured"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_chooses_a_wrong_day_in_the_conversation_and_keeps_it(page, lang):
    """The question comes again beneath what was said; nothing is loaded anew."""
    asked_in_the_conversation(page, lang)
    page.select_option("select[name=year]", label=YEAR[lang])
    page.click("form.question button[type=submit]")
    page.locator(".has-error").wait_for()
    assert page.input_value("select[name=year]") == "2027"
    assert page.locator("#turns > .said").count() == 2
    choose(page, lang)
    page.click("form.question button[type=submit]")
    page.locator(".verdict.insured").wait_for()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_cannot_find_the_date_and_is_told_both_ways(page, lang):
    """Unknown leads to an answer, not to the same question."""
    page.goto(CHECK.format(lang=lang))
    page.check("input[name=certificate][value=unknown]")
    page.click("form.question button[type=submit]")
    appears(page.locator(".either"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_changes_the_date_and_the_day_of_the_visit(page, lang):
    """Both fields show what was known; the certificate is over on the new day."""
    page.goto(CHECK.format(lang=lang) + "&certificate_until=2027-07-31")
    page.click("a[href$='change=certificate']")
    assert [page.input_value(f"select[name={part}]") for part in ("year", "month", "day")] == ["2027", "7", "31"]
    page.select_option("select[name=month]", "5")
    page.click("form.question button[type=submit]")
    at(page, "certificate_until=2027-05-31")
    page.click("a[href$='change=visit_date']")
    assert [page.input_value(f"select[name={part}]") for part in ("year", "month", "day")] == ["2026", "11", "23"]
    page.select_option("select[name=year]", "2027")
    page.select_option("select[name=month]", "6")
    page.click("form.question button[type=submit]")
    at(page, "visit_date=2027-06-23")
    appears(page.locator(".verdict.full_payment"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_somebody_doubles_the_text_of_the_day(page, lang):
    """Narrow and enlarged, the fields wrap."""
    page.goto(CHECK.format(lang=lang))
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(SIDEWAYS) <= 0
