"""Every page in both languages: house rules, words in the right language, ways on."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant import paths
from assistant.content.prose.markdown import ruby, with_readings, without_readings
from assistant.domain.vocabulary import CHOICES, FACT_IDS, ITEMS
from assistant.web.http import locale, request_facts

PAGES = ["", "check", "desk", "faq", "search", "rules", "sources", "about", "privacy", "accessibility"]
OLD_CARD = "check?visit_date=2026-11-23&presented=old_card&scheme=kouki"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_the_house_rules(page, lang, path):
    """And says in which language it is, and leads to the other."""
    found = page(f"/{lang}/{path}")
    assert found.all("html")[0]["lang"] == lang
    other = "en" if lang == "ja" else "ja"
    assert any(urlsplit(link).path == f"/{other}/{path}" for link in found.links())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_entry_is_a_page_with_sources(page, snapshot, lang):
    """Title, sources, and no link that leads nowhere."""
    for id in snapshot.entry_ids():
        found = page(f"/{lang}/faq/{id}")
        entry = snapshot.entries[id, lang]
        assert found.text("h1") == entry.front.title
        ids = {attrs["id"] for _, attrs in found.tags if "id" in attrs}
        assert {f"source-{mark}" for mark in entry.marks} <= ids


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_outcome_has_its_page_in_both_voices(app, snapshot, lang):
    """Rendered from an answer, so that no template breaks on one of them."""
    from assistant.answers.answer import answer
    from assistant.answers.kinds import Asked, OutcomeAnswer
    from assistant.domain.facts import parse
    from assistant.web.jinja.environment import render_template
    from tests.conftest import TODAY

    base = answer(snapshot, parse({"presented": "none", "scheme": "kouki"}, TODAY), "patient", lang)
    assert isinstance(base, OutcomeAnswer)
    for outcome in snapshot.outcomes.values():
        for voice in ("patient", "desk"):
            with app.test_request_context(f"/{lang}/check"):
                asked = Asked(base.asked.facts, voice, lang, base.asked.version)
                found = OutcomeAnswer(
                    asked, outcome, base.decision, base.why, base.one_change, (), base.sources, base.contact,
                    base.taken, base.otherwise, None,
                )  # fmt: skip
                html = render_template("pages/check.html", answer=found, lang=lang, mistake="")
            told = found.telling
            assert all(step.split("（")[0].split('"')[0].split("'")[0].split("&")[0] in html for step in told.steps)


def test_the_front_page_follows_the_browser(client):
    """Only here; every other page goes by its address."""
    assert client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9,ja;q=0.5"}).location == "/en/"
    assert client.get("/", headers={"Accept-Language": "ko"}).location == "/ja/"
    response = client.get("/ja/about", headers={"Accept-Language": "en"})
    assert 'lang="ja"' in response.text


def test_an_old_card_in_november_2026(page):
    """Word, three dates, sources, a person to ask."""
    found = page(f"/en/{OLD_CARD}")
    assert "Full cost first" in found.text()
    assert "23 November 2026" in found.text()
    assert "from 1 August 2026" in found.text()
    assert "Whom to ask" in found.text()
    assert any(tag == "li" and attrs.get("id", "").startswith("source-S") for tag, attrs in found.tags)


def test_dates_stand_in_both_calendars_on_japanese_pages(page):
    """令和8年 beside 2026年."""
    assert "2026年11月23日（令和8年）" in page(f"/ja/{OLD_CARD}").text()


def test_one_question_a_page_until_the_answer(page):
    """Items, scheme, answer: each in the address, nothing else in it."""
    first = page("/ja/check")
    assert {attrs["value"] for attrs in first.all("input") if attrs.get("name") == "presented"} == {*ITEMS, "unknown"}
    second = page("/ja/check?presented=certificate")
    values = {attrs["value"] for attrs in second.all("input") if attrs.get("name") == "certificate"}
    assert values == {*CHOICES["certificate"].values, "unknown"}
    third = page("/ja/check?presented=certificate&certificate=expired")
    assert "いったん全額" in third.text()


def test_the_ordinary_case_says_what_it_takes_for_granted(page):
    """One line for it, one for who it does not hold for; a question that only changes the steps stands below."""
    found = page("/en/check?presented=mynumber_card")
    assert "Insured at the usual share" in found.text()
    assert "Taken for granted: an ordinary health insurance" in found.text()
    assert any("scheme=public_assistance" in link for link in found.links())
    assert "One more question" in found.text()
    assert found.html.index("Insured at the usual share") < found.html.index("One more question")


def test_a_step_leads_to_the_clean_address(client):
    """The marker of the form is gone, the facts are in the vocabulary's order."""
    response = client.get("/ja/check?step=scheme&scheme=kouki&presented=old_card&visit_date=2026-11-23")
    assert response.status_code == 302
    assert response.location == f"/ja/{OLD_CARD}"


def test_changing_one_answer_keeps_the_others(page):
    """The form carries every other fact."""
    found = page(f"/ja/{OLD_CARD}&change=scheme")
    hidden = {a["name"]: a["value"] for a in found.all("input") if a.get("type") == "hidden"}
    assert hidden == {"visit_date": "2026-11-23", "presented": "old_card", "step": "scheme"}
    chosen = [a["value"] for a in found.all("input") if "checked" in a]
    assert chosen == ["kouki"]


def test_answers_that_fall_away_are_named(page):
    """Another item is shown now: the date on the certificate stays in the address and is said not to matter."""
    found = page("/en/check?visit_date=2026-11-23&presented=old_card&scheme=kouki&certificate=valid")
    assert "These answers make no difference here: Date on the certificate" in found.text()
    assert "do not matter" not in page(f"/en/{OLD_CARD}").text()


def test_nothing_chosen_is_told_in_an_error_summary(page):
    """Title, summary with a link to the place, the same words at the field."""
    found = page("/ja/check?step=certificate&presented=certificate", status=400)
    assert found.text("title").startswith("エラー：")
    assert "#question" in found.links()


def test_a_wrong_value_in_the_address_is_named_and_the_rest_is_kept(page):
    """Nothing is guessed and nothing is lost."""
    found = page("/en/check?presented=old_card&scheme=rich", status=400)
    assert "Health insurance scheme" in found.text()
    assert any("presented=old_card" in link for link in found.links())


def test_unknown_names_in_an_address_are_dropped(page):
    """A tracker's parameter changes nothing and is not carried on."""
    found = page(f"/en/{OLD_CARD}&utm_source=mail")
    assert "Full cost first" in found.text()
    assert not [link for link in found.links() if "utm_source" in link and link.startswith("/en/")]


def test_a_day_outside_the_calendar_is_said_to_be_not_confirmed(page):
    """With whom to ask."""
    found = page("/en/check?presented=old_card&scheme=kouki&visit_date=2031-01-01")
    assert found.text("h1") == "Not confirmed for that day"
    assert "municipality" in found.text()


def test_not_sure_leads_to_the_set_that_is_left(page):
    """Not a dead end: the outcomes that remain, and the fact that would decide."""
    found = page("/en/check?presented=certificate&scheme=kouki&certificate=unknown")
    assert "It depends on what you do not know now" in found.text()
    assert "My Number card" in found.text()
    assert "?" not in found.text("h1")
    assert "Full cost first" in found.text()
    assert "Insured at the usual share" in found.text()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_desk_decides_on_one_screen(page, lang):
    """Verdict, steps in the desk's words, claim order."""
    query = "presented=mynumber_card&scheme=kouki&registration=registered&facility=outage&known_patient=no"
    found = page(f"/{lang}/desk?{query}")
    assert ("申立書" if lang == "ja" else "declaration") in found.text()
    assert "verdict insured" in found.html


def test_the_desk_asks_for_what_it_alone_can_see(page):
    """The facility's state is not assumed there."""
    found = page("/en/desk?presented=certificate&scheme=kouki&certificate=valid")
    assert "Still needed:" in found.text()


def test_addresses_on_our_pages_hold_codes_and_dates_only(page, snapshot):
    """No free text gets into a link or a hidden field."""
    found = page("/ja/", data={"text": "山田太郎 090-1234-5678 期限切れの保険証で行ける？"})
    known = {"change", "voice", "on", "back", "size", "furigana", "talk", "easy", *FACT_IDS}
    for link in found.links():
        assert parse_qs(urlsplit(link).query).keys() <= known, link
    assert "山田" not in found.html
    assert "1234" not in found.html


def test_a_question_in_words_is_answered_on_the_home_page(page):
    """What was understood is shown first and can be changed."""
    found = page("/ja/", data={"text": "後期高齢者です。期限切れの保険証で病院に行けますか"})
    assert "わかったこと" in found.text()
    assert "いったん全額" in found.text()
    assert ("change", "presented") in {(a.get("name"), a.get("value")) for a in found.all("button")}


def test_an_empty_question_is_an_error_and_not_an_answer(page):
    """The summary leads to the box."""
    found = page("/en/", status=400, data={"text": "   "})
    assert "#text" in found.links()


def test_search_finds_and_says_so_when_it_does_not(page):
    """Found with the words that matched; nothing found with a way on."""
    assert any(link.startswith("/en/faq/") for link in page("/en/search", data={"q": "lost certificate"}).links())
    assert "Nothing was found" in page("/en/search", data={"q": "xqzzv"}).text()


def test_the_rules_of_a_day(page):
    """Rows of that day only; a wrong day is named."""
    text = page("/en/rules?on=2026-08-01").html
    assert 'id="tolerance-ended"' in text
    assert 'id="tolerance-extension"' not in text
    assert "YYYY-MM-DD" in page("/en/rules?on=tomorrow", status=400).text()


@pytest.mark.parametrize("path", ["/en/no-such-page", "/en/faq/no-such-entry", "/fr/", "/en/check/more"])
def test_a_missing_page_leads_on(page, path):
    """In the language of its address, with two ways on."""
    found = page(path, status=404)
    lang = "en" if path.startswith("/en/") else "ja"
    assert found.all("html")[0]["lang"] == lang
    assert {f"/{lang}/check", f"/{lang}/faq"} <= set(found.links())


def test_every_response_carries_the_security_headers(client):
    """Also errors, redirects, static files and JSON."""
    for path in ("/", "/ja/", "/ja/nowhere", "/static/css/site.css", "/api/v1/health", "/api/v1/check?scheme=x"):
        with client.get(path) as response:
            headers = response.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers


def test_the_rules_can_be_filtered_and_seen_as_a_picture(page, rules):
    """One table, one confidence, and every table in the drawing."""
    found = page("/en/rules?on=2026-08-01&table=tolerance&confidence=secondary")
    assert 'id="tolerance-ended"' in found.html
    assert 'id="payer-insured"' not in found.html
    for name in rules.tables:
        assert f'<a href="#{name}">' in found.html


def test_what_breaks_is_logged_without_what_was_typed(client, caplog, monkeypatch):
    """The place and the kind of the error, not its words; the reader gets a page with a way on."""

    def break_down(*arguments):
        raise ValueError(f"cannot read {arguments[1]}")

    monkeypatch.setattr("assistant.web.views.chat.take_turn", break_down)
    response = client.post("/ja/", data={"text": "山田太郎 1234-5678"})
    assert response.status_code == 500
    assert "ValueError" in caplog.text
    assert "break_down" in caplog.text
    assert "山田" not in caplog.text + response.text
    assert "1234" not in caplog.text + response.text


def test_one_request_sees_one_snapshot(app):
    """A page begun before new content is finished with the old."""
    live_snapshot = app.extensions["served"]
    with app.test_request_context("/ja/"):
        before = request_facts.snapshot()
        live_snapshot.snapshot, served = replace(before, version="another"), live_snapshot.snapshot
        try:
            assert request_facts.snapshot() is before
        finally:
            live_snapshot.snapshot = served


def test_a_damaged_catalog_stops_the_start(tmp_path):
    """Cut at any place: one line that says what to do."""
    for lang in ("ja", "en"):
        shutil.copytree(paths.TRANSLATIONS / lang, tmp_path / lang)
    catalog = tmp_path / "ja" / "LC_MESSAGES" / "messages.mo"
    whole = catalog.read_bytes()
    locale.Catalogs(tmp_path).of("ja")
    for part in (0, 3, 30, len(whole) * 6 // 10):
        catalog.write_bytes(whole[:part])
        with pytest.raises(RuntimeError, match="damaged"):
            locale.Catalogs(tmp_path).of("ja")


@pytest.mark.parametrize(
    ("word", "told"), [("expired", "certificate=expired"), ("valid", "certificate_until=2027-07-31")]
)
def test_expired_beside_a_day_that_was_known_before_counts(client, word, told):
    """The fields still hold the day of the first answer; who says that the paper has ended means it."""
    day = "visit_date=2026-11-29&presented=certificate&step=certificate&year=2027&month=7&day=31"
    found = client.get(f"/ja/check?{day}&certificate={word}").headers["location"]
    assert told in found


def test_our_own_style_stays_small():
    """32 kB without the vendored tokens; a third of it over the wire."""
    own = [paths.STATIC / "css" / f"{name}.css" for name in ("site", "desk", "print", "sheet")]
    assert sum(path.stat().st_size for path in own) <= 32_000


def test_readings_stand_over_verbs_and_keep_the_sound_of_a_compound(snapshot):
    """What an answer tells to do can be read, and 期限切れ is not read as 切れ alone."""
    over = snapshot.furigana.over
    assert over("先に払います") == f"{ruby('先', 'さき')}に{ruby('払', 'はら')}います"
    assert over("全額払い・期限切れ") == f"{ruby('全額払', 'ぜんがくばら')}い・{ruby('期限切', 'きげんぎ')}れ"


def test_every_kanji_of_an_answer_has_its_reading(snapshot):
    """But the days that have a name of their own: «1日» is not read as it is counted."""
    bare = set()
    for outcome in snapshot.outcomes.values():
        told = outcome.ja.patient
        for text in (outcome.ja.title, told.summary, told.pay, *told.steps, told.next_time):
            read = re.sub("<ruby>.*?</ruby>", "", snapshot.furigana.over(text))
            bare |= set(re.findall("[一-龠々].?", re.sub(r"[12]日", "", read)))
    assert bare <= {"未」"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("個人は", "個{人|ひと}は"), ("その人は", "その{人|ひと}は"), ("7月20日", "7{月|がつ}20日"),
        ("7月31日", "7{月|がつ}31{日|にち}"),
        ("20歳", "20歳"), ("70歳", "70{歳|さい}"), ("その場合は", "その{場合|ばあい}は"), ("その場で", "その{場|ば}で"),
    ],
)  # fmt: skip
def test_a_single_kanji_is_read_as_a_word_only_where_it_is_one(snapshot, text, read):
    """Not at the end of another word, and after a figure as it is counted."""
    wrong = text == "個人は"
    assert (snapshot.furigana.over(text) == with_readings(read)) is not wrong


def test_a_turn_sent_alone_has_its_readings_too(client):
    """The module appends it to a page whose words have theirs."""
    client.set_cookie("aids", "100.1")
    form = {"text": "期限切れの保険証しかありません"}
    alone = client.post("/ja/", data=form, headers={"X-Turn": "1"}).text
    assert "<main" not in alone
    assert "<rt>ほけんしょう</rt>" in alone
    assert 'value="old_card"' in alone


def test_an_answer_can_be_read_in_easy_japanese(page, snapshot):
    """There and back; the title of the window has no readings in brackets, and English and the desk have no switch."""
    where = "/ja/check?visit_date=2026-11-23&presented=old_card"
    assert f"{where}&easy=1" in page(where).links()
    found = page(f"{where}&easy=1")
    easy = snapshot.outcomes["full-old-card"].easy
    assert where in found.links()
    for text in (easy.title, easy.summary, easy.pay, *easy.steps, easy.next_time):
        assert with_readings(text) in found.html
    assert found.text("title").startswith(without_readings(easy.title))
    for other in (where.replace("/ja/", "/en/"), f"{where}&voice=desk"):
        assert not any("easy=1" in link for link in page(other).links())
        assert "<ruby>" not in page(f"{other}&easy=1").html


def test_the_conversation_leads_to_the_easy_words(client):
    """From the reply itself, as the module gets it."""
    turn = client.post("/ja/", data={"text": "期限切れの保険証しかありません"}, headers={"X-Turn": "1"}).text
    assert "やさしい日本語で読む" in turn
    assert "easy=1" in turn
