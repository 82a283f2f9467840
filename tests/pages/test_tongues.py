"""The sheet and the patient's text in further languages, by a code in the address."""

from __future__ import annotations

import re

import pytest

from assistant.content.further_languages import TONGUES
from assistant.web.words.outcome_in_tongues import asked_first, done, told

FACTS = "presented=old_card&old_card=expired&scheme=kouki&facility=online&known_patient=no&visit_date=2026-11-20"


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize(("path", "beside"), [("/ja/sheet?{}&tongue=", "ja"), ("/en/sheet?{}&tongue=", "ja"),
                                              ("/ja/desk?{}&show=", "ja"), ("/en/desk?{}&show=", "en")])  # fmt: skip
def test_each_language_says_the_same_beside_what_the_desk_reads(page, snapshot, tongue, path, beside):
    """Each text names its language, and the page says that nobody official has checked it."""
    found = page(path.format(FACTS) + tongue)
    phrases = snapshot.tongues.phrases
    for key in ("standing.full_payment", "pay.full", "procedure.full_payment", "refund", "unchecked"):
        for lang in (tongue, beside):
            assert re.sub(r"\[\[|\]\]", "", phrases[key][lang]) in found.text(), (key, lang)
    assert "[[" not in found.html
    assert {tongue, beside} <= {attrs.get("lang") for attrs in found.all("p")}
    chosen = [attrs for attrs in found.all("a") if attrs.get("lang") in TONGUES]
    assert [attrs["lang"] for attrs in chosen if attrs.get("aria-current")] == [tongue]
    assert len(chosen) == len(TONGUES)


@pytest.mark.parametrize("path", ["/ja/sheet?{}&tongue=ko", "/ja/desk?{}&show=zh-Hant"])
def test_the_patient_is_asked_for_another_proof_before_the_full_cost_is_named(page, snapshot, path):
    """In the order of the page: the card, a certificate in date, then what is paid."""
    text, phrases = page(path.format(FACTS)).text(), snapshot.tongues.phrases
    tongue = path[-7:] if path.endswith("Hant") else "ko"
    keys = ("ask_first.mynumber_card", "ask_first.certificate", "standing.full_payment")
    places = [text.index(re.sub(r"\[\[|\]\]", "", phrases[key][tongue])) for key in keys]
    assert places == sorted(places)


def test_what_is_asked_for_first_stands_in_the_steps(app, snapshot):
    """Of the patient or of the desk, in both languages; and a card that lies there is not asked for."""
    names = {
        "mynumber_card": ("マイナンバーカード", "My Number card"),
        "certificate": ("資格確認書", "Eligibility Certificate"),
    }
    asking = [it for it in snapshot.outcomes.values() if it.ask_first]
    assert len(asking) > 10
    for outcome in asking:
        assert outcome.standing == "full_payment"
        for item in outcome.ask_first:
            for name, words in zip(names[item], (outcome.ja, outcome.en), strict=True):
                assert name in " ".join((*words.desk.steps, *words.patient.steps)), (outcome.id, name)
    with app.test_request_context("/ja/"):
        nothing = snapshot.outcomes["full-nothing"]
        assert len(asked_first(nothing, {"none"})) == 2
        assert len(asked_first(nothing, {"mynumber_card"})) == 1


def test_the_day_is_that_of_the_visit(page):
    """In the order of each language."""
    assert "ngày 20 tháng 11 năm 2026" in page(f"/ja/sheet?{FACTS}&tongue=vi").text()
    assert "20/11/2026" in page(f"/ja/sheet?{FACTS}&tongue=pt").text()


def test_every_outcome_has_its_sentences(app, snapshot):
    """Nothing is promised where only the outcome of the site promises nothing, and no refund where none is known."""
    with app.test_request_context("/ja/"):
        for outcome in snapshot.outcomes.values():
            sentences = told(outcome)
            assert len(done(outcome)) == len(outcome.procedures)
            assert len(sentences) >= 2 + len(outcome.procedures)
            assert (snapshot.tongues.phrases["refund"] in sentences) == (
                outcome.standing == "full_payment" and outcome.refund
            )


def test_an_unknown_language_is_none(client, page):
    """The page is the usual one, and the language of the page can be changed without losing the other."""
    assert 'class="unchecked"' not in client.get(f"/ja/sheet?{FACTS}&tongue=xx").text
    assert f"/en/sheet?{FACTS}&tongue=ko" in page(f"/ja/sheet?{FACTS}&tongue=ko").links()
    assert 'class="told-list' not in client.get(f"/ja/desk?{FACTS}&show=xx").text
