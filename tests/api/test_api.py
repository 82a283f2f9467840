"""The JSON API: the contract's shapes, and problem+json for every mistake."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from assistant.domain.vocabulary import CLAIMS, FACT_IDS, INTENTS, ITEMS, PROCEDURES, SHARES, STANDINGS
from assistant.language.utterance import MAX_TEXT

CHECK = "/api/v1/check"


def test_an_outcome_has_every_field_of_the_contract(client):
    """Facts, assumptions, outcome, reasons, changes, three dates, sources, contact, version, page."""
    query = {"presented": ["notice", "mynumber_card"], "scheme": "kouki", "visit_date": "2026-11-23"}
    body = client.get(CHECK, query_string=[*_pairs(query), ("registration", "registered"), ("lang", "en")]).json
    assert body["kind"] == "outcome"
    assert body["facts"]["presented"] == ["mynumber_card", "notice"]
    outcome = body["outcome"]
    assert (outcome["standing"], outcome["share_from"]) == ("insured", "online")
    assert (outcome["procedures"], outcome["claim"]) == (["read"], ["current"])
    assert outcome["counted"] == ["mynumber_card"]
    assert outcome["say"].keys() == {"ja", "en"}
    assert outcome["title"]
    assert outcome["steps"]
    assert body["assumed"]["facility"] == "online"
    assert body["in_force"] == {"from": "2024-12-01", "until": None}
    assert {"rule", "facts"} <= body["why"][0].keys()
    assert {change["fact"] for change in body["one_change"]} >= {"facility", "authentication"}
    for source in body["sources"]:
        assert {"id", "title", "issuer", "date", "url", "checked_on", "review_by", "confidence"} <= source.keys()
    assert body["contact"].keys() == {"name", "phone", "hours"}
    assert body["page"].startswith("/en/check?visit_date=2026-11-23&presented=mynumber_card&presented=notice")
    assert len(body["rules_version"]) == 12


def test_every_outcome_speaks_the_contracts_vocabulary(snapshot):
    """Standings, shares, procedures and claims are from the closed lists."""
    for outcome in snapshot.outcomes.values():
        assert outcome.standing in STANDINGS
        assert outcome.share_from in SHARES
        assert set(outcome.procedures) <= set(PROCEDURES)
        assert set(outcome.claim) <= set(CLAIMS)


def test_missing_facts_give_one_question_and_what_is_possible(client):
    """With the options and their labels."""
    body = client.get(CHECK, query_string={"presented": "certificate", "lang": "en"}).json
    assert (body["kind"], body["question"]["fact"]) == ("question", "certificate")
    assert {"value": "valid", "label": "In date"} in body["question"]["options"]
    assert {"id": "full-certificate", "standing": "full_payment"} in body["possible"]


def test_the_ordinary_case_is_answered_before_anything_is_asked(client):
    """What was taken for granted is said, and what would lead elsewhere."""
    body = client.get(CHECK, query_string={"presented": "old_card", "lang": "en"}).json
    assert (body["kind"], body["outcome"]["standing"]) == ("outcome", "full_payment")
    assert body["assumed"]["scheme"] in ("kouki", "kokuho", "employee")
    welfare = {"fact": "scheme", "value": "public_assistance", "standing": "other_payer", "outcome": "welfare-ask"}
    assert welfare in body["otherwise"]
    assert "question" not in body
    card = client.get(CHECK, query_string={"presented": "mynumber_card"}).json
    assert (card["outcome"]["id"], card["question"]["fact"]) == ("card-read", "registration")


def test_who_does_not_know_is_told_both_ways(client):
    """If … then …, what to bring as well, and whom to call; not the same question again."""
    body = client.get(CHECK, query_string={"presented": "certificate", "certificate": "unknown"}).json
    assert body["kind"] == "either"
    assert [(it["facts"], it["standing"]) for it in body["branches"]] == [
        ({"certificate": "valid"}, "insured"),
        ({"certificate": "expired"}, "full_payment"),
    ]
    assert (body["missing"], body["bring"]) == (["certificate"], ["mynumber_card"])
    assert body["contact"]["name"]


def test_the_dialogue_goes_round(client):
    """What was asked is answered in the next turn; what is no dialogue of ours is refused by name."""
    first = _chat(client, text="資格確認書で行けますか")
    assert first["dialogue"]["asked"] == "certificate"
    second = _chat(client, text="2番", facts=first["facts"], dialogue=first["dialogue"])
    assert second["facts"]["certificate"] == "expired"
    assert second["reply"]["outcome"]["standing"] == "full_payment"
    for wrong in ({"asked": "name"}, {"topic": "山田"}, {"aside": [{"who": "boss", "facts": {}}]}, [], {"said": "x"}):
        refused = client.post("/api/v1/chat", json={"text": "はい", "dialogue": wrong})
        assert (refused.status_code, refused.json["parameter"]) == (400, "dialogue"), wrong


REPLIES = [
    ("こんにちは", "social"),
    ("ありがとうございました", "social"),
    ("電話番号を教えて", "contact"),
    ("胸が痛くて息が苦しい。何も持っていません", "urgent"),
]


@pytest.mark.parametrize(("text", "kind"), REPLIES)
def test_people_are_answered_as_people(client, text, kind):
    """Words of our own or a number; the facts stay."""
    facts = {"presented": ["notice"], "visit_date": "2026-11-23"}
    body = _chat(client, text=text, facts=facts)
    assert body["reply"]["kind"] == kind
    assert body["facts"]["presented"] in (["notice"], ["none"])
    assert body["reply"].get("message") or body["reply"]["contact"]["name"]


def test_what_is_shown_is_asked_first(client):
    """No facts at all."""
    body = client.get(CHECK).json
    assert [option["value"] for option in body["question"]["options"]] == list(ITEMS)


@pytest.mark.parametrize("day", ["2024-11-30", "2031-01-01"])
def test_a_day_without_confirmed_rules(client, day):
    """Message and contact, no outcome."""
    body = client.get(CHECK, query_string={"presented": "old_card", "scheme": "kouki", "visit_date": day}).json
    assert body["kind"] == "not_confirmed"
    assert body["message"]
    assert body["contact"]["name"]
    assert "outcome" not in body


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("presented=hat", "presented"),
        ("presented=none&presented=old_card", "presented"),
        ("presented=old_card&scheme=rich", "scheme"),
        ("presented=old_card&scheme=kouki&scheme=kokuho", "scheme"),
        ("visit_date=tomorrow", "visit_date"),
        ("lang=fr", "lang"),
        ("voice=loud", "voice"),
        ("name=Yamada", "name"),
    ],
)
def test_a_mistake_is_named_with_what_it_takes(client, query, parameter):
    """problem+json, 400, and the value is not repeated."""
    response = client.get(f"{CHECK}?{query}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["parameter"] == parameter
    assert response.json["takes"]
    assert "Yamada" not in response.text


def test_the_voice_changes_words_and_never_the_decision(client):
    """The same facts in full."""
    query = {
        "presented": "mynumber_card",
        "scheme": "kouki",
        "registration": "registered",
        "facility": "outage",
        "known_patient": "no",
        "check_result": "active",
    }
    patient = client.get(CHECK, query_string=query).json["outcome"]
    desk = client.get(CHECK, query_string={**query, "voice": "desk"}).json["outcome"]
    assert (patient["id"], patient["standing"]) == (desk["id"], desk["standing"])
    assert patient["steps"] != desk["steps"]


def test_a_chat_turn_and_the_next(client):
    """The facts after a turn are ready for the next."""
    first = _chat(client, text="後期高齢者の期限切れの保険証で病院に行ける？", lang="ja")
    assert first["intent"] in INTENTS
    assert first["understood"]["presented"] == ["old_card"]
    assert first["reply"]["kind"] == "outcome"
    second = _chat(client, text="資格確認書ならどうですか", lang="ja", facts=first["facts"])
    assert second["facts"]["presented"] == ["certificate"]
    assert second["facts"]["scheme"] == "kouki"
    assert second["reply"]["kind"] in {"outcome", "question"}


def test_a_visit_tomorrow_stays_tomorrow_in_the_next_turn(client):
    """The day of asking resolves words; it does not take the place of a visit day that was said before."""
    first = _chat(client, text="I see my doctor tomorrow. Can I use my old insurance card? I am 80.", lang="en")
    assert first["facts"]["visit_date"] == "2026-11-24"
    second = _chat(client, text="And if it is an emergency?", lang="en", facts=first["facts"])
    assert second["facts"]["visit_date"] == "2026-11-24"
    assert second["facts"]["presented"] == ["old_card"]


def test_a_chat_turn_holds_entries_with_scores_and_words(client):
    """Ids, titles, addresses."""
    body = _chat(client, text="How do I get my money back after paying the full cost?", lang="en")
    assert body["faq"]
    assert body["faq"][0].keys() == {"id", "title", "url", "score", "matched"}


def test_what_is_typed_is_not_returned(client):
    """Neither in an address nor anywhere else."""
    body = client.post("/api/v1/chat", json={"text": "Taro Yamada 1234-5678-9012 lost my card", "lang": "en"})
    assert "Yamada" not in body.text
    assert "5678" not in body.text


def test_an_out_of_scope_question_is_said_to_be_so(client):
    """No entry pretends to answer it."""
    assert _chat(client, text="確定申告の締め切りはいつですか", lang="ja")["reply"]["kind"] == "out_of_scope"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ([], "body"),
        ({"lang": "ja"}, "text"),
        ({"text": 5}, "text"),
        ({"text": "x" * 1501}, "text"),
        ({"text": "x", "facts": []}, "facts"),
        ({"text": "x", "facts": {"scheme": 3}}, "scheme"),
        ({"text": "x", "facts": {"scheme": "rich"}}, "scheme"),
        ({"text": "x", "visit_date": "soon"}, "visit_date"),
        ({"text": "x", "lang": 1}, "lang"),
        ({"text": "x", "name": "y"}, "name"),
    ],
)
def test_a_bad_chat_body_is_a_400(client, body, parameter):
    """Named, with what it takes."""
    response = client.post("/api/v1/chat", json=body)
    assert (response.status_code, response.json["parameter"]) == (400, parameter)


def test_search_faq_and_rules(client, snapshot):
    """The three lists."""
    hits = client.get("/api/v1/search", query_string={"q": "資格確認書が届かない", "lang": "ja"}).json["hits"]
    assert hits[0]["url"].startswith("/ja/faq/")
    entries = client.get("/api/v1/faq?lang=en").json["entries"]
    assert {entry["id"] for entry in entries} == set(snapshot.entry_ids())
    entry = client.get(f"/api/v1/faq/{entries[0]['id']}?lang=en").json
    assert entry["sources"]
    rules = client.get("/api/v1/rules?on=2026-08-01").json
    assert "tolerance/ended" in {row["rule"] for row in rules["rows"]}
    assert client.get("/api/v1/faq/none-such").status_code == 404
    assert client.get("/api/v1/search?limit=1000").status_code == 400


def test_health_names_the_rules(client, snapshot):
    """Live, and with which version."""
    assert client.get("/api/v1/health").json == {"status": "ok", "rules_version": snapshot.version, "refused": False}


def test_a_wrong_method_is_a_405_with_what_is_allowed(client):
    """As problem+json."""
    response = client.delete(CHECK)
    assert (response.status_code, response.content_type) == (405, "application/problem+json")
    assert "GET" in response.headers["Allow"]


def _pairs(query):
    for name, value in query.items():
        yield from ((name, item) for item in ([value] if isinstance(value, str) else value))


def _chat(client, **body):
    response = client.post("/api/v1/chat", json={"visit_date": "2026-11-23", **body})
    assert response.status_code == 200, response.text
    return response.json


def test_the_document_describes_every_route_of_the_api(client, app):
    """Each with examples in both languages that are real answers, and with its mistakes as problems."""
    found = client.get("/api/v1/openapi.json").json
    rules = {str(rule).replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    assert found["paths"].keys() == {rule for rule in rules if rule.startswith("/api/")} - {"/api/v1/openapi.json"}
    for path, methods in found["paths"].items():
        for operation in methods.values():
            assert {"200", "400", "429", "500"} <= operation["responses"].keys(), path
            assert operation["responses"]["400"]["content"].keys() == {"application/problem+json"}
            assert operation["responses"]["200"]["content"]["application/json"]["examples"].keys() == {"ja", "en"}
    check = found["paths"]["/api/v1/check"]["get"]
    examples = check["responses"]["200"]["content"]["application/json"]["examples"]
    assert examples["en"]["value"]["outcome"]["title"] != examples["ja"]["value"]["outcome"]["title"]
    assert {parameter["name"] for parameter in check["parameters"]} == {*FACT_IDS, "lang", "voice", "city"}


def test_the_document_is_valid_and_can_be_made_a_client_of(client):
    """By others' validator; lists are named where generators look, and the title makes a name of a package."""
    found = client.get("/api/v1/openapi.json").json
    OpenAPIV31SpecValidator(found).validate()
    assert found["info"]["title"].isascii()
    parameters = found["paths"]["/api/v1/check"]["get"]["parameters"]
    presented = next(it for it in parameters if it["name"] == "presented")
    assert presented["schema"]["type"] == "array"


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("check?scheme=", "scheme"),
        ("check?lang=ja&lang=en", "lang"),
        ("holding?q=a", "q"),
        ("changes?from=2026-08-01&from=2026-08-02", "from"),
        ("changes?to=", "to"),
        ("search?q=a&q=b", "q"),
        ("search?q=a&page=2", "page"),
        ("search?limit=", "limit"),
        (f"search?q={'a' * 301}", "q"),
        ("faq?on=2026-08-01", "on"),
        ("faq/refund?easy=1", "easy"),
        ("rules?lang=ja", "lang"),
        ("health?x", "x"),
        ("openapi.json?v=2", "v"),
        (f"health?{'x' * 60}=1", "query"),
    ],
)
def test_nothing_unknown_or_repeated_is_passed_over(client, path, parameter):
    """On every route: a 400 that names it."""
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.json["parameter"]) == (400, parameter)


def test_our_own_mistake_is_a_500_that_says_nothing_of_it(client, monkeypatch, caplog):
    """As problem+json; what was typed reaches neither the answer nor the log."""

    def break_down(*arguments):
        raise RuntimeError(arguments[1])

    monkeypatch.setattr("assistant.web.api.endpoints.look_up", break_down)
    response = client.get("/api/v1/search?q=1234-5678-9012")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")
    assert "5678" not in response.text + caplog.text
    assert response.cache_control.no_store


@pytest.mark.parametrize(("length", "status"), [(MAX_TEXT, 200), (MAX_TEXT + 1, 400)])
def test_the_longest_text_is_taken_however_it_is_written(client, length, status):
    """As JSON escapes a sign outside of the first plane takes twelve bytes."""
    body = '{"text": "%s"}' % ("\\ud83c\\udfe5" * length)
    assert client.post("/api/v1/chat", data=body, content_type="application/json").status_code == status
    form = {"text": "\U0001f3e5" * length}
    assert client.post("/en/", data=form).status_code in (200, status)
