"""«Was this helpful?»: two buttons on every answer; honest when the store fails, gone when there is none."""

from __future__ import annotations

import sqlite3
from urllib.parse import urlencode

import pytest

from assistant.usage.store import UsageStore, store_url
from tests.page import Page

NOTICE = {"presented": "notice", "scheme": "kouki", "visit_date": "2026-11-23"}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Where the counts are kept."""
    return tmp_path_factory.mktemp("usage") / "use.db"


@pytest.fixture(scope="module")
def site(create, file):
    """The site with counting on."""
    counting = create(usage=store_url(str(file)), as_of=None)
    counting.testing = True
    yield counting
    counting.extensions["usage"].close()


@pytest.fixture
def browser(site, monkeypatch):
    """A browser without JavaScript; earlier refusals are over."""
    monkeypatch.setattr(site.extensions["usage"], "_refuse_until", 0.0)
    return site.test_client()


def counted(site, file, kind):
    """Return what was counted of a kind, without the week."""
    site.extensions["usage"].flush()
    found = UsageStore(store_url(str(file))).read()
    return {(it.code, it.lang, it.voice, it.facts): n for it, n in found if it.kind == kind}


def form_of(page: Page) -> dict[str, list[str]]:
    """Return the fields of the form with the two buttons, as a browser would send them."""
    html = page.html[page.html.index('class="helpful"') :]
    inside = Page(html[: html.index("</form>")])
    sent: dict[str, list[str]] = {}
    for field in inside.all("input"):
        sent.setdefault(field["name"], []).append(field["value"])
    assert [(button["name"], button["value"]) for button in inside.all("button")] == [
        ("helpful", "yes"),
        ("helpful", "no"),
    ]
    return sent


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("where", ["check", "conversation", "entry"])
def test_an_opinion_belongs_to_an_answer(site, browser, file, lang, where):
    """The form of the page, a button, thanks, and the way back to the same answer."""
    if where == "check":
        page = Page(browser.get(f"/{lang}/check?{urlencode(NOTICE)}").text)
    elif where == "conversation":
        page = Page(browser.post(f"/{lang}/", data={**NOTICE, "step": "scheme"}).text)
    else:
        page = Page(browser.get(f"/{lang}/faq/refund").text)
    kind = f"unhelpful_{'entry' if where == 'entry' else 'outcome'}"
    before = sum(counted(site, file, kind).values())
    answer = browser.post(f"/{lang}/helpful", data={**form_of(page), "helpful": "no"})
    assert answer.status_code == 303
    thanks = Page(browser.get(answer.headers["Location"]).text)
    thanks.keeps_house_rules()
    back = f"/{lang}/faq/refund" if where == "entry" else f"/{lang}/check?"
    assert [link for link in thanks.links() if link.startswith(back)]
    after = counted(site, file, kind)
    assert sum(after.values()) == before + 1
    facts = "" if where == "entry" else "presented=notice scheme=kouki"
    assert any(key[1] == lang and key[3] == facts for key in after)


def test_answers_stay_the_same_for_everyone(browser):
    """No token, no cookie: a cache may keep a page with the buttons."""
    first, second = (browser.get(f"/ja/check?{urlencode(NOTICE)}") for _ in range(2))
    assert first.data == second.data
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"helpful": "yes"},
        {"helpful": "perhaps", **NOTICE},
        {"helpful": "yes", "entry": "no-such-entry"},
        {"helpful": "yes", "presented": "my own words"},
        {"helpful": "yes", "presented": "certificate"},
        {"helpful": "yes", **NOTICE, "visit_date": "1999-01-01"},
    ],
)
def test_what_is_no_opinion_on_an_answer_is_refused(browser, sent):
    """Bad values, and situations that lead to no outcome."""
    answer = browser.post("/en/helpful", data={**sent, "voice": "desk"})
    assert answer.status_code == 400
    Page(answer.text).keeps_house_rules()


@pytest.mark.parametrize(("site_of_origin", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 303)])
def test_another_site_cannot_press_the_buttons(browser, site_of_origin, status):
    """Browsers say where a form comes from."""
    sent = {"helpful": "yes", "entry": "refund"}
    assert browser.post("/ja/helpful", data=sent, headers={"Sec-Fetch-Site": site_of_origin}).status_code == status


def test_answers_do_not_depend_on_the_store(browser, file):
    """Locked: the same bytes as before; only the opinion is refused, with a page that says so."""
    asked = f"/en/check?{urlencode(NOTICE)}"
    before = browser.get(asked).data
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    refused = browser.post("/en/helpful", data={"helpful": "yes", **NOTICE})
    again = browser.get(asked).data
    other.rollback()
    other.close()
    assert again == before
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    page = Page(refused.text)
    page.keeps_house_rules()
    assert "could not be recorded" in page.text("h1")
    assert (
        asked.split("?", maxsplit=1)[0] + "?" + urlencode({k: NOTICE[k] for k in ("visit_date", "presented", "scheme")})
        in page.links()
    )


def test_desk_declines_and_searches_are_counted(site, browser, file):
    """Codes only; what nobody understood leaves no word behind."""
    browser.get("/ja/desk?presented=old_card&facility=online&scheme=kokuho&check_result=inactive&known_patient=no")
    browser.post("/en/", data={"text": "xyzzy plugh"})
    browser.post("/ja/search", data={"q": "ぬるぽ"})
    assert any(voice == "desk" for _, _, voice, _ in counted(site, file, "outcome"))
    assert counted(site, file, "word") == {("", "en", "", ""): 1}
    assert counted(site, file, "search") == {("nothing", "ja", "", ""): 1}


def test_asking_for_the_headers_alone_counts_nothing(site, browser, file):
    """Monitors do that."""
    before = counted(site, file, "entry")
    browser.head("/ja/faq/refund")
    assert counted(site, file, "entry") == before


def test_the_privacy_page_says_what_is_counted(browser, client):
    """And that nothing is, where nothing is."""
    for lang, on, off in (("en", "We count by week", "counts nothing"), ("ja", "週ごとに", "何も数えていません")):
        assert on in Page(browser.get(f"/{lang}/privacy").text).text()
        assert off in Page(client.get(f"/{lang}/privacy").text).text()


def test_without_a_store_there_are_no_buttons(client):
    """Asking for an opinion that goes nowhere would be rude; one that is sent all the same is told so."""
    assert "helpful" not in client.get(f"/ja/check?{urlencode(NOTICE)}").text
    assert client.post("/ja/helpful", data={"helpful": "yes", **NOTICE}).status_code == 503
