"""Paper: the counter sheet, the desk's table, the drawn papers."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
import segno
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.main import main
from assistant.content.paper_looks import look_faults
from assistant.domain.decide import Decision, decide
from assistant.presentation.desk_table import (
    SCHEMES,
    SITUATIONS,
    PaperLine,
    desk_table,
    fitted,
    sentences,
    situation,
    unbracketed,
)
from assistant.web.words.bilingual_labels import CLAIMS, PROCEDURES, SHARES, paper_day, paper_span

OLD_CARD = "presented=old_card&old_card=expired&scheme=kouki&facility=online&known_patient=no&visit_date=2026-11-20"
PARTS = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    return " ".join(unescape(PARTS.sub(" ", html)).split())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sheet_says_everything_in_both_languages(page, snapshot, lang):
    """Whatever the language of the page: verdict, words to say, whom to ask, and each fragment names its language."""
    found = page(f"/{lang}/sheet?{OLD_CARD}")
    outcome = snapshot.outcomes["full-old-card"]
    text = found.text()
    for words in (outcome.ja, outcome.en):
        assert words.title in text
        assert re.split("[。.]", words.say)[0] not in text, "the clerk's words"
    assert "だけですが、ほかに保険を確認していただく方法はありますか" in text
    assert "is there another way to confirm my insurance?" in text
    contact = snapshot.contacts["insurer/kouki"]
    assert contact.name["ja"] in text
    assert contact.name["en"] in text
    assert "いったん全額です" in text
    assert "Full cost first" in text
    languages = [attrs.get("lang") for attrs in found.all("p")]
    assert languages.count("ja") == languages.count("en") > 10
    assert found.text("h1") == outcome.version(lang).title


def test_the_sheet_keeps_its_days_apart_and_gives_both_calendars(page):
    """Visit, rules, check of the sources and print are four lines with four labels."""
    text = page(f"/ja/sheet?{OLD_CARD}").text()
    assert "受診日 2026年11月20日（令和8年） Visit 20 Nov 2026 (Reiwa 8)" in text
    assert re.search(r"適用 \d{4}年\d+月\d+日（令和\d年）〜 Rules \d+ \w{3} \d{4} \(Reiwa \d\) –", text)
    assert re.search(r"確認日 2026年\d+月\d+日（令和8年） Checked \d+ \w{3} 2026 \(Reiwa 8\)", text)
    assert "印刷日 2026年11月23日（令和8年） Printed 23 Nov 2026 (Reiwa 8)" in text


def test_the_sheet_names_its_rules_and_sources(client, page, snapshot):
    """The version and the id of every source of the same answer from the API."""
    text = page(f"/en/sheet?{OLD_CARD}").text()
    assert snapshot.version in text
    ids = [source["id"] for source in client.get(f"/api/v1/check?{OLD_CARD}").json["sources"]]
    assert " ".join(ids) in text


def test_the_code_holds_the_whole_address_of_the_answer(client):
    """Drawn in the page itself, as the QR code of the check page with the same facts."""
    html = client.get(f"/en/sheet?{OLD_CARD}").text
    facts = "visit_date=2026-11-20&presented=old_card&scheme=kouki&facility=online&old_card=expired&known_patient=no"
    drawn = segno.make_qr(f"http://localhost/en/check?{facts}", error="m")
    path = re.search(r' d="([^"]+)"', drawn.svg_inline(omitsize=True, border=4))[1]
    assert f'd="{path}"' in html
    assert "localhost/en/check" in plain(html)


def test_a_site_that_was_not_told_its_address_prints_none(app):
    """The command serves on a port of this host, which nobody can reach from the paper."""
    app.extensions["public_address"] = ""
    try:
        html = app.test_client().get(f"/en/sheet?{OLD_CARD}", headers={"Host": "127.0.0.1:5000"}).text
    finally:
        del app.extensions["public_address"]
    assert "127.0.0.1" not in plain(html)
    assert 'class="qr"' not in html


def test_open_facts_lead_to_the_question(page):
    """No half-made sheet is printed."""
    found = page("/ja/sheet?presented=certificate&visit_date=2026-11-20")
    assert "/ja/check?visit_date=2026-11-20&presented=certificate" in found.links()
    assert 'class="sheet"' not in found.html


def test_what_follows_either_way_is_no_sheet_of_one_outcome(page):
    """Who does not know gets the ways it can turn out, and the way back."""
    found = page("/en/sheet?visit_date=2026-11-20&presented=notice&school_event=unknown")
    assert found.text("h1") == "It depends on what you do not know now"
    assert "/en/check?visit_date=2026-11-20&presented=notice&school_event=unknown" in found.links()
    assert 'class="sheet"' not in found.html


def test_a_day_without_rules_gives_no_sheet(page):
    """It says whom to ask, and leads back."""
    found = page("/en/sheet?presented=none&visit_date=2030-01-01")
    assert 'class="sheet"' not in found.html
    assert "/en/check?visit_date=2030-01-01&presented=none" in found.links()


def test_a_wrong_value_in_the_address_is_a_400(page):
    """The mistake is named and nothing is guessed."""
    page("/ja/sheet?presented=none&visit_date=2026-13-01", 400)
    page("/ja/sheet/table?on=yesterday", 400)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_situation_of_the_chooser_has_its_sheet(page, lang):
    """The links lead to finished sheets."""
    links = [href for href in page(f"/{lang}/sheet").links() if href.startswith(f"/{lang}/sheet?")]
    assert len(links) == len(SITUATIONS)
    for href in links:
        assert '<article class="sheet' in page(href).html


def test_check_leads_to_the_sheet_with_the_same_facts(page):
    """One link, and only where there is an outcome."""
    found = page(f"/ja/check?{OLD_CARD}")
    hrefs = [href for href in found.links() if href.startswith("/ja/sheet?")]
    assert len(hrefs) == 1
    assert page(hrefs[0]).text("h1") == found.text("h1")
    assert not [href for href in page("/ja/check?presented=certificate").links() if "/sheet?" in href]


def test_sentences_end_where_a_reader_ends_them():
    """Not within brackets or quotation marks, not within a number."""
    assert sentences("払います。「はい。」と言います。終わり") == ["払います。", "「はい。」と言います。", "終わり"]
    assert sentences("期限は2年です（数え始めは不明。要確認。）。次。") == [
        "期限は2年です（数え始めは不明。要確認。）。",
        "次。",
    ]
    assert sentences("Ask: “May I?” Then pay 1.5 times. Done.") == ["Ask: “May I?”", "Then pay 1.5 times.", "Done."]


@given(st.text("あ。（）「」", max_size=30))
def test_no_sign_is_lost_between_sentences(text):
    """Cutting into sentences only cuts."""
    assert "".join(sentences(text)) == text.strip()


def test_brackets_go_only_where_the_other_column_or_the_page_has_them():
    """A Japanese term beside its English word, and long remarks; a short remark stays."""
    assert unbracketed("Show the notice (資格情報のお知らせ) today (free).") == "Show the notice today (free)."
    assert unbracketed("申立書の割合（3割、小学校に入る前の子どもは2割など）で払います。") == "申立書の割合で払います。"


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8), st.integers(1, 60))
def test_lines_are_whole_where_they_fit_and_never_swapped(lengths, room):
    """With room nothing is cut; without it each line is the beginning of its whole."""
    lines = [
        PaperLine("step", "これをします。" * n, ("Do this now. " * n).strip(), at) for at, n in enumerate(lengths, 1)
    ]
    kept = fitted(lines, room)
    if sum(line.height() for line in lines) <= room:
        assert list(kept) == lines
    assert [line.number for line in kept] == [line.number for line in lines]
    for short, whole in zip(kept, lines, strict=True):
        assert whole.ja.startswith(short.ja)
        assert whole.en.startswith(short.en)
    if sum(line.shortened().height() for line in lines) <= room:
        assert sum(line.height() for line in kept) <= room


def test_the_table_says_what_the_rules_say_on_every_day_of_change(rules, snapshot):
    """Each situation in each scheme stands in exactly one row, with the codes of its own decision."""
    for day in rules.epochs:
        table = desk_table(snapshot, day)
        seen = {}
        for row in table.rows:
            for facts, schemes in row.situations:
                for scheme in schemes or SCHEMES:
                    key = (facts.presented, facts.stated["facility"], facts.stated["check_result"],
                           facts.stated["known_patient"], facts.stated.get("smartphone_reader"), scheme,
                           facts.stated.get("certificate"), facts.stated.get("insurance_change"))  # fmt: skip
                    assert key not in seen
                    seen[key] = row.outcome
        assert len(seen) == len(SITUATIONS) * len(SCHEMES)
        for name in SITUATIONS:
            for scheme in SCHEMES:
                facts = situation(name, scheme, day)
                verdict = decide(rules, facts, "desk")
                assert isinstance(verdict, Decision)
                right, shown = snapshot.outcomes[verdict.outcome], seen[
                    (facts.presented, facts.stated["facility"], facts.stated["check_result"],
                     facts.stated["known_patient"], facts.stated.get("smartphone_reader"), scheme,
                     facts.stated.get("certificate"), facts.stated.get("insurance_change"))
                ]  # fmt: skip
                assert (right.standing, right.share_from, right.procedures, right.claim) == (
                    shown.standing, shown.share_from, shown.procedures, shown.claim
                )  # fmt: skip
                assert table.window.first <= day
                assert table.window.last is None or day <= table.window.last


def test_the_table_has_the_outage_and_says_on_what_an_invalid_status_depends(page, snapshot):
    """No row with a status that speaks against the patient goes without whether the insurance changed."""
    table = desk_table(snapshot, date(2026, 11, 30))
    cases = [(facts, row.outcome) for row in table.rows for facts, _ in row.situations]
    against = {
        facts.stated["insurance_change"]: it for facts, it in cases if facts.stated["check_result"] == "inactive"
    }
    assert {change: it.standing for change, it in against.items()} == {
        "none": "insured", "joined_new": "insured", "lost": "full_payment",
    }  # fmt: skip
    assert {item for facts, _ in cases if facts.stated["facility"] == "outage" for item in facts.presented} == {
        "mynumber_card", "certificate",
    }  # fmt: skip
    text = page("/ja/sheet/table?on=2026-11-30").text()
    assert "マイナンバーカード・通信・システムの障害" in text
    changes = ("保険は変わっていない", "新しい保険に入った", "保険をやめて、まだ入っていない")
    assert [text.count(f"マイナンバーカード・資格(無効)・{change}") for change in changes] == [1, 1, 1]


def test_the_table_follows_the_day_of_its_address(page, snapshot):
    """In July 2026 an expired certificate was still borne with; in August it is not."""
    before, after = page("/en/sheet/table?on=2026-07-31").text(), page("/en/sheet/table?on=2026-08-01").text()
    assert before.count("The facility decides") > after.count("The facility decides")
    assert "Visit 2026年7月31日（令和8年） 31 Jul 2026 (Reiwa 8)" in before
    assert "1 Apr 2026 (Reiwa 8) – 31 Jul 2026 (Reiwa 8)" in before
    assert snapshot.version in before
    assert "<table" not in page("/en/sheet/table?on=2030-01-01").html


def test_every_code_has_its_words_on_paper(snapshot):
    """A new procedure would otherwise break the table on the day it comes into force."""
    outcomes = snapshot.outcomes.values()
    assert {code for it in outcomes for code in it.procedures} <= PROCEDURES.keys()
    assert {it.share_from for it in outcomes} <= SHARES.keys()
    assert {code for it in outcomes for code in it.claim} <= CLAIMS.keys()


def test_days_on_paper_carry_both_calendars():
    """The first year of an era is 元年 and 1; an open end stays open."""
    assert paper_day(date(2019, 5, 1)) == {"ja": "2019年5月1日（令和元年）", "en": "1 May 2019 (Reiwa 1)"}
    assert paper_day(date(2019, 4, 30))["en"] == "30 Apr 2019 (Heisei 31)"
    assert paper_span(date(2026, 8, 1), None) == {"ja": "2026年8月1日（令和8年）〜", "en": "1 Aug 2026 (Reiwa 8) –"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_paper_has_a_picture_two_lines_and_a_way_into_the_check(page, snapshot, lang):
    """Pictures have a title, lines have links to their sources, and the item is chosen in the check."""
    found = page(f"/{lang}/papers")
    assert len([1 for attrs in found.all("svg") if attrs.get("role") == "img"]) == len(snapshot.looks)
    assert found.html.count("<title id=") == len(snapshot.looks)
    for look in snapshot.looks:
        assert f"/{lang}/check?presented={look.item}" in found.links()
        assert look.name(lang) in found.text()
        for id in look.sources:
            assert f'href="#source-{id}"' in found.html
            assert f'id="source-{id}"' in found.html


def test_furigana_stays_out_of_the_drawings(client):
    """A reading inside an SVG text would end the drawing."""
    html = client.get("/ja/papers?furigana=1").text
    assert "<ruby>" in html
    assert not [svg for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if "ruby" in svg]


def test_the_content_of_the_pictures_is_in_order_and_mistakes_are_named(snapshot):
    """Every line has a source, and every source a line."""
    assert list(look_faults(snapshot.looks)) == []
    look = next(look for look in snapshot.looks if look.id == "old-card")
    bare = look.model_copy(update={"ja": look.ja.model_copy(update={"lines": ["名前です。", look.ja.lines[1]]})})
    unknown = look.model_copy(update={"sources": ["S15", "S80", "S9999"]})
    for wrong, told in ((bare, "no source mark"), (unknown, "S9999")):
        assert any(told in str(fault) for fault in look_faults((wrong,))), told


def test_sheets_without_chromium_say_what_to_install(monkeypatch, tmp_path):
    """A clear line and exit 1, nothing written."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    done = CliRunner().invoke(main, ["sheets", "--out", str(tmp_path / "pdf")])
    assert done.exit_code == 1
    assert "there is no chromium" in done.output
    assert not (tmp_path / "pdf").exists()
