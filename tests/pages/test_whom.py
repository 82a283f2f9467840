"""Whom to call, as a reader sees it: a municipality is chosen without JavaScript, and its office stands there."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.conversation.state import Dialogue
from assistant.domain.vocabulary import MUNICIPALITIES

CHECK = "check?visit_date=2026-11-23&presented=old_card&scheme=kouki"
NUMBER = "tel:0352114206"
KINDS = {
    "outcome": ("期限切れの保険証を持って行きます。後期高齢者です", "ja"),
    "faq": ("How do I get a refund after paying everything?", "en"),
    "contact": ("電話番号を教えて", "ja"),
    "out_of_scope": ("今日の天気は？", "ja"),
    "decline": ("あれのことなんだけど", "ja"),
}


def options(page):
    """Return the values of the list of municipalities, in order."""
    return [attrs["value"] for tag, attrs in page.tags if tag == "option" and attrs.get("value")]


@pytest.mark.parametrize(("lang", "name"), [("ja", "千代田区の後期高齢者医療の窓口"), ("en", "desk of Chiyoda City")])
def test_a_municipality_is_chosen_on_the_page_of_an_outcome(page, lang, name):
    """All 62 are there, the form brings the answers along; then office, number and how old that is are shown."""
    before = page(f"/{lang}/{CHECK}")
    assert tuple(options(before)) == MUNICIPALITIES
    assert NUMBER not in before.links()
    hidden = {attrs["name"]: attrs["value"] for _, attrs in before.tags if attrs.get("type") == "hidden"}
    assert hidden["presented"] == "old_card"
    found = page(f"/{lang}/{CHECK}&city=chiyoda")
    assert name in found.text()
    assert NUMBER in found.links()
    assert ("2022年12月" if lang == "ja" else "December 2022") in found.text()


def test_the_choice_goes_along(page):
    """Into the other language, to the sheet, to a changed answer and to the next question."""
    found = page(f"/ja/{CHECK}&city=chiyoda")
    inside = [link for link in found.links() if urlsplit(link).path in ("/en/check", "/ja/sheet", "/ja/check")]
    kept = [link for link in inside if parse_qs(urlsplit(link).query).get("presented")]
    assert kept
    assert all(parse_qs(urlsplit(link).query).get("city") == ["chiyoda"] for link in kept), kept
    asked = page("/ja/check?presented=certificate&city=chiyoda&change=scheme")
    assert any(attrs.get("name") == "city" and attrs.get("value") == "chiyoda" for _, attrs in asked.tags)
    assert NUMBER[4:8] in page(f"/ja/sheet?{CHECK.partition('?')[2]}&city=chiyoda").text().replace("-", "")


@pytest.mark.parametrize("city", ["tokyo", "CHIYODA", "千代田区", "a b"])
@pytest.mark.parametrize(
    "path", ["ja/check?presented=none", "en/holding?scheme=kouki", "ja/faq/refund?x=1", "ja/sheet?x=1"]
)
def test_a_code_that_is_none_is_an_error(client, path, city):
    """The usual one, and free words are not shown again."""
    response = client.get(f"/{path}&city={city}")
    assert response.status_code == 400
    assert "千代田区" not in response.text


def test_the_programs_way(client):
    """The same in the API: the office is named, the rest is the same, a wrong code names what it takes."""
    plain = client.get(f"/api/v1/{CHECK}").get_json()
    here = client.get(f"/api/v1/{CHECK}&city=chiyoda").get_json()
    assert here["contact"]["phone"] == "03-5211-4206"
    assert here["page"] == plain["page"] + "&city=chiyoda"
    assert {k: v for k, v in here.items() if k not in ("contact", "page")} == {
        k: v for k, v in plain.items() if k not in ("contact", "page")
    }
    wrong = client.get(f"/api/v1/{CHECK}&city=tokyo")
    assert wrong.status_code == 400
    assert wrong.content_type == "application/problem+json"
    assert (wrong.get_json()["parameter"], wrong.get_json()["takes"][0]) == ("city", "chiyoda")
    told = client.post(
        "/api/v1/chat", json={"text": "電話番号は？", "facts": {"scheme": "kouki"}, "dialogue": {"city": "chiyoda"}}
    )
    assert told.get_json()["contact"]["phone"] == "03-5211-4206"
    assert told.get_json()["dialogue"]["city"] == "chiyoda"


@pytest.mark.parametrize("where", ["", "widget"])
def test_a_municipality_is_chosen_in_the_conversation(client, page, where):
    """The reply names the office, what was said stays, and the address keeps the choice."""
    data = {
        "presented": "old_card",
        "scheme": "kouki",
        "dialogue": json.dumps(Dialogue(topic="full-old-card").as_codes()),
    }
    response = client.post(f"/ja/{where}", data={**data, "city": "chiyoda"})
    assert response.status_code == 200
    assert NUMBER in response.text
    assert "%3Achiyoda" in response.text or ":chiyoda" in response.text
    assert 'value="old_card"' in response.text
    assert client.post(f"/ja/{where}", data={**data, "city": "tokyo"}).status_code == 400


@pytest.mark.parametrize("kind", KINDS)
def test_every_reply_of_the_conversation_ends_in_somebody_to_call(client, kind):
    """As the page shows it, and with a list to choose from where the office is a municipality's."""
    text, lang = KINDS[kind]
    html = client.post(f"/{lang}/", data={"text": text}).text
    assert 'class="part contact"' in html
    assert 'name="city"' in html or 'href="tel:' in html


def test_an_emergency_names_two_numbers(client):
    """119 first, then whom to ask about the papers."""
    html = client.post("/ja/", data={"text": "救急車で運ばれています"}).text
    assert html.index("tel:119") < html.index('class="part contact"')


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_entry_ends_in_somebody_to_call(client, snapshot, lang):
    """On its page and in the API; a number can be tapped."""
    for id in snapshot.entry_ids():
        html = client.get(f"/{lang}/faq/{id}").text
        assert 'class="part contact" id="whom"' in html, id
        contact = client.get(f"/api/v1/faq/{id}?lang={lang}").get_json()["contact"]
        assert contact["name"]
        assert contact["phone"] or contact["hours"]
        if contact["phone"]:
            assert f"tel:{contact['phone'].replace('-', '')}" in html


def test_an_entry_takes_the_municipality(page):
    """Without any fact, and in easy Japanese as well."""
    assert NUMBER in page("/ja/faq/copay-rate-75?city=chiyoda").links()
    assert NUMBER in page("/ja/faq/copay-rate-75?easy=1&city=chiyoda").links()


def test_no_list_where_no_municipality_is_asked(page):
    """The employer and the reception desk are not in it."""
    assert not options(page("/ja/check?presented=old_card&scheme=employee&visit_date=2026-11-23"))
    assert not options(page("/ja/faq/pharmacy"))


def test_a_number_within_a_sentence_calls_too(page):
    """The union's, where the desk's own is not known; the freephone's lines, one of which ends in two digits."""
    assert "tel:0570086519" in page(f"/ja/{CHECK}&city=kita").links()
    assert {"tel:0120950178", "tel:0120017827"} <= set(page("/en/faq/pin-forgotten-or-locked").links())
