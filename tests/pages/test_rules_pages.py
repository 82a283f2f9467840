"""Holding, changes, receipts: pages made from the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from assistant.cli.rule_reports import change_lines
from assistant.domain.rule_set import compile_rules
from assistant.domain.survey.coverage import coverage
from assistant.domain.survey.rule_changes import moves_of_an_edit
from assistant.domain.survey.situations import effort, outcome_table
from tests.mutation.table import TABLE

_ATOM = "{http://www.w3.org/2005/Atom}"

PAPERS = [
    ("scheme=kouki&visit_date=2025-07-31", "kouki-first-months"),
    ("scheme=kouki&visit_date=2025-08-01", "kouki-everyone"),
    ("scheme=kouki&visit_date=2026-07-31", "kouki-everyone"),
    ("scheme=kouki&age_band=85_plus&visit_date=2026-08-01", "kouki-85"),
    ("scheme=kouki&age_band=75_84&registration=registered&visit_date=2026-08-01", "kouki-notice"),
    ("scheme=kouki&age_band=75_84&registration=not_registered&visit_date=2026-08-01", "kouki-certificate"),
    ("scheme=kokuho&registration=registered&visit_date=2026-11-23", "kokuho-notice"),
    ("scheme=employee&registration=not_registered&visit_date=2026-11-23", "employee-certificate"),
    ("scheme=public_assistance&visit_date=2026-11-23", "welfare-ticket"),
    ("scheme=not_enrolled&visit_date=2026-11-23", "no-paper"),
]


@pytest.mark.parametrize(("query", "paper"), PAPERS)
def test_which_paper_should_have_come(client, page, snapshot, query, paper):
    """API and page say the same, with dates and sources."""
    body = client.get(f"/api/v1/holding?{query}&lang=en").json
    assert (body["kind"], body["paper"]["id"]) == ("paper", paper)
    assert body["sources"]
    for lang in ("ja", "en"):
        assert page(f"/{lang}/holding?{query}").text("h1") == snapshot.papers[paper].version(lang).title


def test_the_age_line_is_asked_only_where_it_matters(client):
    """Not before August 2026, not outside the scheme of 75 and over."""
    asked = {
        query: client.get(f"/api/v1/holding?{query}").json
        for query in ("scheme=kouki&visit_date=2026-08-01", "scheme=kokuho&visit_date=2026-08-01")
    }
    assert asked["scheme=kouki&visit_date=2026-08-01"]["question"]["fact"] in ("age_band", "registration")
    assert asked["scheme=kokuho&visit_date=2026-08-01"]["question"]["fact"] == "registration"


def test_the_day_of_a_paper_can_be_changed_on_the_page(page):
    """The other answers are carried along."""
    found = page("/en/holding?scheme=kouki&age_band=85_plus&visit_date=2026-11-23")
    fields = {attrs["name"]: attrs["value"] for attrs in found.all("input")}
    assert fields == {"scheme": "kouki", "age_band": "85_plus", "visit_date": "2026-11-23"}


def test_saitamas_rule_is_not_told_as_tokyos(page):
    """Both languages say that Tokyo's own text was not found."""
    query = "scheme=kouki&age_band=85_plus&visit_date=2026-11-23"
    assert "東京の広域連合自身の案内は見つかっていない" in page(f"/ja/holding?{query}").text()
    assert "The Tokyo association's own text was not found" in page(f"/en/holding?{query}").text()


def test_what_changes_on_the_first_of_august(client, page):
    """The end of the provisional handling moves expired papers from discretion to full cost."""
    body = client.get("/api/v1/changes?from=2026-07-01&to=2026-12-31&lang=en").json
    moved = {(it["day"], it["old"]["id"], it["new"]["id"]) for it in body["changes"]}
    assert ("2026-08-01", "tolerance-old-card", "full-old-card") in moved
    assert {it["day"] for it in body["changes"]} == {"2026-08-01"}
    assert 'id="day-2026-08-01"' in page("/en/changes").html


@pytest.mark.parametrize(
    ("lang", "papers"),
    [
        ("ja", ("資格確認書", "資格情報のお知らせ", "健康保険証")),
        ("en", ("資格確認書", "資格情報のお知らせ", "健康保険証")),
    ],
)
def test_a_line_of_changes_names_its_paper_once(client, snapshot, lang, papers):
    """In the feed and on the command line; lines that would read alike are one."""
    feed = ET.fromstring(client.get(f"/{lang}/changes.atom").data)  # noqa: S314 - our own feed
    entry = next(it for it in feed.iter(f"{_ATOM}entry") if "2026-08-01" in (it.findtext(f"{_ATOM}id") or ""))
    told = (entry.findtext(f"{_ATOM}summary") or "").split("; ")
    lines = [line for line in change_lines(snapshot, "2026-07-01", "2026-12-01", lang) if line.startswith("2026-08-01")]
    for found in (told, lines):
        assert len(found) == len(papers)
        assert all(paper in line for paper, line in zip(papers, found, strict=True))


def test_a_time_without_a_change_says_so(page):
    """And a wrong day is named."""
    assert "No situation changes" in page("/en/changes?from=2026-09-01&to=2026-12-31").text()
    assert "YYYY-MM-DD" in page("/en/changes?from=soon", status=400).text()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_feed_is_well_formed(client, rules, lang):
    """One entry a change day."""
    response = client.get(f"/{lang}/changes.atom")
    assert response.content_type.startswith("application/atom+xml")
    feed = ET.fromstring(response.data)  # noqa: S314 - our own feed
    entries = feed.findall(f"{_ATOM}entry")
    assert 0 < len(entries) < len(rules.epochs)


def test_a_receipt_opens_and_says_whether_it_still_holds(client, page):
    """From the answer's page to the receipt's page and back to the same words."""
    html = client.get("/en/check?presented=old_card&scheme=kouki&visit_date=2026-08-01").text
    code = re.search(r'class="receipt" href="/en/receipt\?code=([A-Z0-9-]+)"', html)
    assert code
    text = page(f"/en/receipt?code={code[1]}").text()
    assert "The same would be said now." in text
    assert "Full cost first" in text
    assert "1 August 2026" in text


def test_a_spoiled_receipt_is_refused(page):
    """In both languages, with the form to try again."""
    for lang in ("ja", "en"):
        assert "#code" in page(f"/{lang}/receipt?code=ABCDE-12345", status=400).links()


def test_every_row_is_reached_and_every_column_matters(rules, snapshot):
    """At the counter and for the papers."""
    for found in (coverage(rules, date(2026, 11, 23)), coverage(snapshot.holding.rules, date(2026, 11, 23))):
        assert (found.unreached, found.idle) == ((), ())


@pytest.mark.parametrize("day", [date(2025, 9, 25), date(2026, 1, 5), date(2026, 11, 23)])
def test_questions_earn_their_place(rules, day):
    """Three at the most on average, and within a tenth of the best possible tree."""
    measured = effort(rules, day)
    assert measured.ours <= 3.0
    assert measured.ours <= 1.1 * measured.best


def test_an_edit_that_moves_nothing_moves_nothing(rules):
    """The same rules twice."""
    assert list(moves_of_an_edit(rules, rules)) == []


def test_an_edit_is_told_as_the_situations_it_moves(rules):
    """The end of the provisional handling a month earlier: July 2026 moves from discretion to full cost."""
    moved = {"extension": {"last": date(2026, 6, 30)}, "ended": {"first": date(2026, 7, 1)}}
    rows = tuple(replace(row, **moved.get(row.id, {})) for row in rules.tables["tolerance"].rows)
    tables = [replace(it, rows=rows) if it.name == "tolerance" else it for it in rules.tables.values()]
    edited, gaps = compile_rules(rules.span, rules.grace, tables, rules.notes)
    assert gaps == ()
    found = {(move.day, move.old, move.new) for move in moves_of_an_edit(rules, edited)}
    assert (date(2026, 7, 1), "tolerance-old-card", "full-old-card") in found
    assert {day for day, _, _ in found} == {date(2026, 7, 1)}


def test_the_outcome_table_in_the_repository_is_what_the_rules_say(rules):
    """A change of rules shows in review as the situations it moves: run make table and read the difference."""
    kept = TABLE.read_text(encoding="utf-8").splitlines()
    now = list(outcome_table(rules))
    moved = [line for line in now if line not in set(kept)]
    assert kept == now, f"{len(moved)} of {len(now)} lines differ, for example {moved[:3]}; run make table"
