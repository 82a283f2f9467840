"""The desk without JavaScript: tiles in a GET form, codes in the address, the verdict beside them."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.answers.desk_defaults import with_prechosen
from assistant.answers.settling import settle
from assistant.domain.facts import Facts
from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS, UNKNOWN
from assistant.web.desk import view_model
from assistant.web.desk.tiles import FACILITIES, SCHEMES
from tests.conftest import TODAY

FORM = {"facility": "online", "scheme": "unknown", "visit_date": TODAY.isoformat()}
#: What the desk sees most, as tiles and answers, and the standing that follows.
COMMON = {
    "valid certificate": ("tile=certificate.valid&check_result=active", "insured"),
    "expired certificate": ("tile=certificate.expired&known_patient=no", "full_payment"),
    "old card": ("tile=old_card&known_patient=no", "full_payment"),
    "notice alone": ("tile=notice&known_patient=no", "full_payment"),
    "card, reader down": (
        "tile=mynumber_card&facility=reader_down&registration=registered&check_result=active",
        "insured",
    ),
    "phone without reader": ("tile=smartphone&registration=registered&smartphone_reader=no", "insured"),
    "nothing, known": ("tile=none&known_patient=this_month&check_result=active", "discretion"),
}


#: Buttons that stand there whatever is asked.
AROUND = {"reader", "insurance_change"}
STATES = [query.replace("tile=", "presented=").replace(".", "&certificate=") for query, _ in COMMON.values()]


def sent(client, query: str):
    """Send the form as a browser does and follow it to the address with facts."""
    return client.get("/en/desk", query_string={**FORM, **parse_qs(query)}, follow_redirects=True)


@pytest.mark.parametrize("name", COMMON)
def test_the_common_situations_have_the_right_standing(client, name):
    """In the class, the sign and the word."""
    query, standing = COMMON[name]
    text = sent(client, query).text
    assert f'id="verdict" class="verdict {standing}"' in text


def test_tiles_become_the_facts_of_the_contract(client):
    """The address holds nothing else, and no day when it is today."""
    query = {**FORM, "tile": ["certificate.expired", "notice"]}
    response = client.get("/ja/desk", query_string=query)
    assert response.status_code == 302
    found = parse_qs(urlsplit(response.location).query)
    assert found == {
        "presented": ["certificate", "notice"],
        "certificate": ["expired"],
        "facility": ["online"],
        "scheme": ["unknown"],
    }
    later = client.get("/ja/desk", query_string={**query, "visit_date": "2027-01-04"}).location
    assert parse_qs(urlsplit(later).query)["visit_date"] == ["2027-01-04"]


def test_of_two_certificates_the_valid_one_counts(client):
    """Both tiles can be ticked without JavaScript."""
    response = client.get("/ja/desk", query_string={**FORM, "tile": ["certificate.expired", "certificate.valid"]})
    assert "certificate=valid" in response.location


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("query", ["", *STATES])
def test_every_state_keeps_the_house_rules(page, lang, query):
    """And its links hold codes and dates only."""
    found = page(f"/{lang}/desk?{query}")
    known = {*FACT_IDS, "voice", "show", "back", "size", "furigana"}
    for link in found.links():
        assert parse_qs(urlsplit(link).query).keys() <= known or urlsplit(link).netloc, link


def test_what_is_chosen_is_ticked_and_the_facility_is_prechosen(page):
    """Composite tiles follow from the facts."""
    found = page("/ja/desk?presented=certificate&certificate=expired&presented=notice")
    ticked = [(it["name"], it["value"]) for it in found.all("input") if "checked" in it and "value" in it]
    assert ticked[:2] == [("tile", "certificate.expired"), ("tile", "notice")]
    assert ticked[2:] == [("facility", "online"), ("scheme", "unknown")]


def test_a_certificate_without_a_date_is_asked_about_and_not_lost(page):
    """Neither tile fits, so the item travels on by itself."""
    found = page("/en/desk?presented=certificate&scheme=kouki&check_result=active&known_patient=no")
    assert "Date on the certificate" in found.text()
    assert {"type": "hidden", "name": "presented", "value": "certificate"} in found.all("input")
    assert {("certificate", value) for value in ("valid", "expired", "unknown")} == {
        (it["name"], it["value"]) for it in found.all("button") if it.get("name", "reader") not in AROUND
    }


def test_a_printed_date_is_kept_and_shows_as_its_tile(page):
    """It passed the day before."""
    found = page("/en/desk?presented=certificate&certificate_until=2026-11-22&known_patient=no")
    assert [it["value"] for it in found.all("input") if it.get("name") == "tile" and "checked" in it] == [
        "certificate.expired"
    ]
    assert [it["value"] for it in found.all("input") if it.get("name") == "certificate_until"] == ["2026-11-22"]
    assert 'class="verdict full_payment"' in found.html


def test_an_answer_can_be_taken_back(page):
    """Each stands as a link to the same facts without it."""
    found = page("/en/desk?presented=none&known_patient=this_month&check_result=active")
    back = [link for link in found.links() if "known_patient" not in link and "check_result=active" in link]
    assert any(urlsplit(link).path == "/en/desk" and "show" not in link for link in back)


def test_nothing_beside_a_card_is_a_mistake_and_not_a_verdict(page):
    """The summary leads to the tiles."""
    found = page("/en/desk?tile=none&tile=mynumber_card", status=400)
    assert "#shown" in found.links()


def test_every_fact_of_the_desk_has_its_control(page):
    """A tile, a list, or, for the certificate, its two tiles."""
    found = page("/ja/desk")
    names = {it["name"] for tag in ("input", "select") for it in found.all(tag) if "name" in it}
    assert names == {"tile", "visit_date", *CHOICES} - {"certificate", "age_band"}


def test_the_patient_reads_it_large_in_one_language_or_both(page, snapshot):
    """A page of its own, each language marked, and a way back."""
    query = "presented=old_card&known_patient=no&show="
    both = page(f"/ja/desk?{query}both")
    ours = snapshot.outcomes["full-old-card"]
    assert ours.ja.say in both.text()
    assert ours.en.say in both.text()
    assert {it["lang"] for it in both.all("div") if it.get("class") == "patient"} == {"ja", "en"}
    alone = page(f"/ja/desk?{query}en")
    assert ours.ja.say not in alone.text()
    assert any(urlsplit(link).path == "/ja/desk" and "show" not in link for link in alone.links())


def test_the_dates_line_names_visit_window_and_check(page):
    """Three dates, never mixed."""
    found = page("/en/desk?presented=old_card&known_patient=no")
    assert "Visit 23 November 2026 · rules in force from 1 August 2026" in found.text()
    assert "sources checked" in found.text()


def test_the_graph_is_sent_once_and_then_confirmed(client):
    """A strong name for the content; the second request gets no body."""
    first = client.get("/en/desk.json")
    assert first.json["version"] == client.get("/api/v1/health").json["rules_version"]
    assert first.json["made"] == TODAY.isoformat()
    again = client.get("/en/desk.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"] != client.get("/ja/desk.json").headers["ETag"]


def test_the_worker_may_look_after_the_whole_site(client):
    """It comes from the root, is asked for anew, and knows every file that the page loads."""
    response = client.get("/sw.js", buffered=True)
    assert response.mimetype == "text/javascript"
    assert "no-cache" in response.headers["Cache-Control"]
    names = re.findall(r'"/static/[0-9a-f]{10}/(?:css|js)/([a-z]+)\.(?:css|js)"', client.get("/ja/desk").text)
    assert {"tokens", "site", "desk", "print", "aids"} <= set(names)
    assert [name for name in names if f'"{name}"' not in response.text] == []
    assert json.loads(client.get("/static/manifest.webmanifest", buffered=True).data)["start_url"] == "/ja/desk"


@pytest.mark.parametrize("before", ["certificate.expired", "old_card", "notice", "none"])
def test_a_card_read_after_another_paper_counts(client, before):
    """The row of the reader is for the card: with a paper that proves nothing, somebody has found it."""
    first = client.get(f"/ja/desk?tile={before}").headers["location"]
    then = client.get(f"{first}&reader=active").headers["location"]
    assert "presented=mynumber_card" in then
    assert "保険で受診できます" in client.get(then).text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("facility", CHOICES["facility"].values)
@pytest.mark.parametrize("item", ITEMS)
def test_who_can_tell_nothing_is_left_with_steps_and_somebody_to_ask(app, snapshot, item, facility, lang):
    """Every question answered with «not sure»: no end without what to do, nor with a green verdict on no result."""
    facts = with_prechosen(Facts(TODAY, frozenset({item}), {"facility": facility}))
    while (known := settle(snapshot, facts, "desk")).ask:
        facts = facts.having(known.ask, UNKNOWN)
    with app.test_request_context(f"/{lang}/desk"):
        view = view_model.view(snapshot, facts, known, lang)
    assert view["steps"]
    if known.leaf is None:
        insurer = snapshot.contacts["insurer/any"].desk.name[lang]
        assert view["word"] == view_model.WORDS["either"]
        assert 2 <= len(view["possible"]) <= 3
        assert insurer in view["steps"][-1]
    if known.awaited:
        assert view["state"] == "open"
        assert view["contact"]


def test_the_either_or_of_the_desk_says_what_helps_whichever_way_it_is(page):
    """What to find out, what else to ask the patient for, and each way with what it depends on."""
    stated = "registration=unknown&smartphone_reader=unknown&check_result=unknown"
    text = page(f"/en/desk?presented=smartphone&{stated}").text()
    assert "Find out: Registered as insurance card / Phone reader / Result of the check" in text
    assert "“Do you have this with you: My Number card?”" in text
    assert "Registered as insurance card: Not registered → Full cost first" in text


def test_a_card_alone_is_no_verdict_before_the_check_has_answered(page, client):
    """What each answer leads to, with an invalid one still to ask about; the reader's tiles are the question."""
    found = page("/en/desk?presented=mynumber_card")
    assert 'class="verdict open"' in found.html
    assert "Active (有効) → Insured at the usual share" in found.text()
    assert (
        "Inactive (資格(無効)) / No status found (資格情報なし) → still to ask: Has the insurance changed"
        in found.text()
    )
    asked = [it["value"] for it in found.all("button") if it.get("name") == "reader"]
    tiles = ["active", "inactive", "not_found", "not_registered", "unreadable"]
    assert asked == [*tiles, *tiles, "unknown"]
    told = client.get("/en/desk?presented=mynumber_card&show=vi").text
    assert "Máy ở quầy tiếp nhận" in told
    assert "tỷ lệ thường lệ" not in told
    urgent = client.get("/en/desk?presented=mynumber_card&urgent=yes").text
    assert 'class="verdict insured"' in urgent, "in an emergency nobody waits"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_how_the_facility_stands_goes_along_to_the_next_patient(page, snapshot, lang):
    """Said above the verdict as long as it lasts; the usual needs no word."""
    found = page(f"/{lang}/desk?presented=old_card&known_patient=no&facility=outage")
    assert f"/{lang}/desk?facility=outage" in found.links()
    assert snapshot.words["facility"].values["outage"][lang] in found.text()
    after = page(f"/{lang}/desk?facility=outage")
    assert ("facility", "outage") in [(it.get("name"), it.get("value")) for it in after.all("input") if "checked" in it]
    usual = page(f"/{lang}/desk?presented=old_card&known_patient=no")
    assert [attrs for attrs in usual.all("p") if attrs.get("id") == "place" and "hidden" not in attrs] == []


def test_a_reading_after_a_final_verdict_is_of_the_next_patient(client):
    """Nothing of the last one is kept; before that it corrects or completes what lies there."""
    last = "presented=mynumber_card&presented=notice&registration=registered&check_result=active&scheme=kouki"
    sent = client.get(f"/ja/desk?{last}&facility=eligibility_only&reader=inactive").location
    assert parse_qs(urlsplit(sent).query) == {
        "presented": ["mynumber_card"],
        "registration": ["registered"],
        "check_result": ["inactive"],
        "facility": ["eligibility_only"],
        "scheme": ["unknown"],
    }
    open_still = "presented=mynumber_card&presented=copy&registration=registered&check_result=inactive"
    assert "presented=copy" in client.get(f"/ja/desk?{open_still}&reader=active").location


def test_every_facility_of_the_vocabulary_has_a_tile_and_a_key():
    keys, codes, _ = zip(*FACILITIES, strict=True)
    assert sorted(codes) == sorted(CHOICES["facility"].values)
    assert len({*keys}) == len(keys)


@pytest.mark.parametrize(("fact", "tiles"), [("facility", FACILITIES), ("scheme", SCHEMES)])
def test_every_state_of_the_place_and_every_scheme_has_a_tile_with_its_own_key(fact, tiles):
    """Without one a value cannot be told at the desk; they are not among the folded facts."""
    assert {value for _key, value, _label in tiles} - {UNKNOWN} == {*CHOICES[fact].values}
    assert len({key for key, _value, _label in (*FACILITIES, *SCHEMES)}) == len(FACILITIES) + len(SCHEMES)
