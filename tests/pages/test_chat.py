"""The conversation by full pages, as it works without JavaScript, and the fragment that the module asks for."""

from __future__ import annotations

import pytest

from assistant.domain.people import PEOPLE
from assistant.web.words import labels
from tests.page import Page

WORDS = {
    "ja": ("資格確認書で病院に行けますか", "資格確認書", "「有効期限」は、いつですか"),
    "en": ("I have an eligibility certificate, can I see a doctor?", "Eligibility Certificate", "beside 有効期限"),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_sentence_becomes_chips_and_one_question(page, lang):
    """What was understood can be changed; the words themselves are nowhere on the page."""
    words, chip, question = WORDS[lang]
    found = page(f"/{lang}/", data={"text": words})
    assert words not in found.html
    assert chip in found.text()
    assert question in found.text()
    assert {"change", "text", "step"} <= {attrs.get("name") for _, attrs in found.tags}


def test_an_answer_leads_on_and_stands_in_the_transcript(page):
    """The question is answered by a form of its own; the outcome follows on the same page."""
    facts = {"presented": "old_card", "old_card": "expired", "step": "scheme", "scheme": "kouki"}
    found = page("/ja/", data=facts)
    assert "後期高齢者医療" in found.text()
    assert "いったん全額です" in found.text()
    assert any(link.startswith("/ja/sheet?") and "presented=old_card" in link for link in found.links())


def test_a_question_without_an_answer_says_so_and_keeps_the_rest(page):
    """An error summary with a link to the question; the facts stay."""
    found = page("/ja/", 400, data={"presented": "certificate", "step": "certificate"})
    assert found.text("title").startswith("エラー")
    assert "#question" in found.links()
    assert ("presented", "certificate") in {(a.get("name"), a.get("value")) for a in found.all("input")}


def test_a_chip_asks_its_question_again(page):
    """The answer given before is chosen; nothing else is lost."""
    found = page("/ja/", data={"presented": "old_card", "scheme": "kokuho", "change": "scheme"})
    chosen = [attrs["value"] for attrs in found.all("input") if "checked" in attrs]
    assert chosen == ["kokuho"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_entry_is_answered_inline_with_its_source_marks(page, lang):
    """The notes lead to the entry's own list."""
    text = {"ja": "10割払った　返金　後期高齢者", "en": "I paid in full, how do I get a refund?"}[lang]
    found = page(f"/{lang}/", data={"text": text})
    assert any(link.startswith(f"/{lang}/faq/") and "#source-S" in link for link in found.links())


def test_what_is_not_understood_is_said_with_a_person_to_ask(page):
    """No guess: questions to answer, a contact, and no word of entries where none comes near."""
    found = page("/en/", data={"text": "asdf qwer zxcv"})
    assert "not understood" in found.text()
    assert ("entries are below" in found.text()) == ("Entries that may help" in found.text())
    assert "Whom to ask" in found.text()


def test_the_module_gets_the_turn_alone(client):
    """No head, no second h1, and the facts to send with the next sentence."""
    response = client.post("/ja/", data={"text": "後期高齢者です。期限切れの保険証です"}, headers={"X-Turn": "1"})
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "data-facts" in response.text
    assert Page(response.text).all("h1") == []


def test_nothing_written_and_nothing_answered_is_an_error_with_a_link(page):
    """The box is named."""
    assert "#text" in page("/ja/", 400, data={"text": "  "}).links()


def test_reading_aids_are_kept_as_codes_and_lead_back(client):
    """A cookie of two codes; only an address of ours is gone back to."""
    back = "/ja/check?presented=old_card"
    response = client.get("/ja/aids", query_string={"size": "150", "furigana": "1", "back": back})
    assert (response.status_code, response.location) == (302, back)
    assert "aids=150.1" in response.headers["Set-Cookie"]
    page = client.get("/ja/faq/refund").text
    assert 'class="size-150"' in page
    assert "<ruby>領収書<rp>" in page
    assert "<ruby>" not in page.split("<main")[0]
    assert client.get("/ja/aids", query_string={"back": "https://example.org/"}).location == "/ja/"
    assert client.get("/ja/aids", query_string={"size": "999"}).headers["Set-Cookie"].startswith("aids=150.1")
    assert "<ruby>" not in client.get("/en/faq/refund").text


def test_furigana_can_be_asked_for_by_the_address(client):
    """For a link in a message: no cookie needed."""
    assert "<ruby>" in client.get("/ja/faq/refund?furigana=1").text
    assert "<ruby>" not in client.get("/ja/faq/refund").text


def test_everybody_whose_papers_can_be_spoken_of_is_named(app):
    """In words of their own, in both languages; at a desk the one spoken of first is a patient."""
    assert labels.WHOSE.keys() == {*PEOPLE, "patient"}
    for lang in ("ja", "en"):
        with app.test_request_context(f"/{lang}/"):
            assert len({str(words) for words in labels.WHOSE.values()}) == len(labels.WHOSE)
