"""The declaration of insured status: one sheet to be filled in by hand, for the case of the address."""

from __future__ import annotations

import pytest

from assistant.content.declaration_form import load_declaration

CASE = "presented=mynumber_card&check_result=inactive&known_patient=no&facility=online&registration=registered"
DAY = "&visit_date=2026-11-20"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sheet_is_japanese_and_has_nothing_to_type_in(page, snapshot, lang):
    """Every item by its Japanese name on either page, with the English beside it on the English one only."""
    found = page(f"/{lang}/form?{CASE}{DAY}")
    assert [tag for tag, _ in found.tags if tag in ("input", "select", "textarea")] == []
    for blank in snapshot.declaration.field:
        assert blank.label.ja in found.text()
        assert (blank.label.en in found.text()) == (lang == "en")
    assert "2026年11月20日（令和8年）" in found.text()


@pytest.mark.parametrize(
    ("facts", "ticked"),
    [
        ("&scheme=kouki", ["後期高齢者医療"]),
        ("&scheme=kouki&age_band=under_70", ["後期高齢者医療"]),
        ("&scheme=kokuho&age_band=under_70", ["国民健康保険", "3割"]),
        ("&scheme=employee&age_band=preschool", ["勤め先の健康保険", "2割"]),
        ("&scheme=employee&age_band=70_74", ["勤め先の健康保険"]),
        ("&age_band=under_70", []),
        ("", []),
    ],
)
def test_only_what_was_stated_is_ticked(client, facts, ticked):
    """A share that no source settles for the age stays open: 70 and over declare their own."""
    boxes = client.get(f"/ja/form?{CASE}{DAY}{facts}").text.split('class="box"')[1:]
    assert [word for box in boxes if "☑" in box for word in [box.split('lang="ja">')[1].split("<")[0]]] == ticked


def test_every_outcome_with_a_declaration_leads_to_the_sheet_and_no_other_does(page, snapshot):
    """From the answer and from the desk, with the same facts; the desk asks of a new insurance before it lets in."""
    for facts, wanted in (
        (f"{CASE}&insurance_change=joined_new", True),
        ("presented=none&facility=online&known_patient=no", False),
    ):
        for path in (f"/en/check?{facts}{DAY}", f"/en/desk?{facts}{DAY}"):
            links = [attrs for attrs in page(path).all("a") if "/en/form?" in attrs.get("href", "")]
            assert [link for link in links if "hidden" not in link] == (links if wanted else [])
            for link in links if wanted else ():
                assert page(link["href"]).html.count("<article") == 1


def test_a_case_without_a_declaration_gets_no_sheet(page):
    """The page says so and leads back, and to the sheet without a case."""
    found = page(f"/ja/form?presented=none{DAY}")
    assert "<article" not in found.html
    assert "/ja/check?visit_date=2026-11-20&presented=none" in found.links()
    assert "/ja/form" in found.links()
    assert page("/ja/form").html.count("<article") == 1
    page("/ja/form?presented=passport", 400)


def test_a_box_that_follows_from_no_fact_of_ours_is_a_fault(content):
    """A value that the vocabulary has not, and a sheet without fields, are named with their line."""
    path = content / "declaration.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('scheme = ["kouki"]', 'scheme = ["kouki2"]'), encoding="utf-8")
    faults = []
    assert load_declaration(content, faults) is None
    assert "kouki2" in str(faults[0])
    assert faults[0].line > 1
