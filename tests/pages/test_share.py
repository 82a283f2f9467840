"""An outcome passed on: its address alone, and the days it ends with as a calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.content.reminders import load_reminders
from assistant.domain.year_limits import last_day_of_years
from assistant.presentation.icalendar import Event, calendar
from tests.content.test_verify import verify
from tests.qr import read_code

NOTHING = "presented=none&facility=online&known_patient=no&visit_date=2026-11-20"
PAPER = "presented=certificate&certificate_until=2027-07-31&facility=online&known_patient=no&visit_date=2026-11-20"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("facts", [NOTHING, PAPER])
@pytest.mark.parametrize("where", ["share", "sheet"])
def test_the_code_leads_to_the_answer(client, lang, facts, where):
    """As a camera reads it: this site, the check, the same facts."""
    html = client.get(f"/{lang}/{where}?{facts}").text
    said = urlsplit(read_code(html))
    assert (said.scheme, said.netloc, said.path) == ("http", "localhost", f"/{lang}/check")
    assert parse_qs(said.query) == parse_qs(facts)
    assert client.get(f"{said.path}?{said.query}").status_code == 200


def test_line_gets_the_address_and_a_mail_a_line_that_says_what_it_is(page, client):
    """Neither title nor text of the answer, and no request before a link is followed."""
    links = page(f"/ja/share?{NOTHING}").links()
    address = read_code(client.get(f"/ja/share?{NOTHING}").text)
    line = next(link for link in links if "line.me" in link)
    assert parse_qs(urlsplit(line).query) == {"url": [address]}
    mail = next(link for link in links if link.startswith("mailto:"))
    assert urlsplit(mail).path == ""
    said = parse_qs(urlsplit(mail).query)
    line, link = said.pop("body")[0].split("\n")
    assert said == {"subject": ["まどぐち"]}
    assert link == address
    assert "どうなるか" in line
    assert "http" not in line
    assert "line.me" not in client.get(f"/ja/check?{NOTHING}").text


def test_the_answer_leads_there_and_what_is_no_answer_leads_to_the_check(page, client):
    """Wrong values are named as everywhere."""
    assert (
        f"/ja/share?visit_date=2026-11-20&{NOTHING.removesuffix('&visit_date=2026-11-20')}"
        in page(f"/ja/check?{NOTHING}").links()
    )
    assert client.get("/ja/share").location.startswith("/ja/check")
    page("/ja/share?presented=passport", 400)
    assert client.get("/ja/share/days.ics?presented=passport").status_code == 404
    assert client.get("/ja/share/days.ics?presented=mynumber_card").status_code == 404


def unfolded(ics: str) -> list[str]:
    assert ics.endswith("\r\n")
    assert "\n" not in ics.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    return ics.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("facts", "day", "kind"),
    [(NOTHING, "20281120", "refund"), (PAPER, "20270731", "certificate_until")],
)
def test_the_day_is_in_the_file_and_on_the_page(client, page, snapshot, facts, day, kind):
    """All day, under an id that stays, stamped with the time of making."""
    response = client.get(f"/ja/share/days.ics?{facts}")
    assert response.content_type == "text/calendar; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    lines = unfolded(response.text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{day}" in lines
    assert f"UID:{kind}-{day}@madoguchi" in lines
    assert f"SUMMARY;LANGUAGE=ja:{snapshot.reminders[kind].title.ja}" in lines
    stamp = next(line for line in lines if line.startswith("DTSTAMP:"))
    made = datetime.strptime(stamp, "DTSTAMP:%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - made).total_seconds()) < 600
    assert f"UID:{kind}-{day}@madoguchi" in unfolded(client.get(f"/en/share/days.ics?{facts}").text)
    assert f"{day[:4]}年{int(day[4:6])}月{int(day[6:])}日" in page(f"/ja/share?{facts}").text()


LIMITS = [
    ("refund-deadline", "visit_date", "visit_date", "2026-11-20", "2028-11-20", "refund"),
    ("certificate-valid-until", "certificate", "certificate_until", "2027-07-31", "2027-07-31", "certificate_until"),
    ("how-long-card-is-valid", "e_certificate", "e_certificate_until", "2027-03-10", "2027-03-10",
     "e_certificate_until"),
    ("e-certificate-grace", "e_certificate", "e_certificate_until", "2026-09-10", "2026-12-10", "e_certificate_grace"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("entry", "step", "fact", "day", "last", "kind"), LIMITS)
def test_an_entry_that_states_a_limit_reckons_it_from_a_day_and_gives_a_file(
    client, page, lang, entry, step, fact, day, last, kind
):
    """Year, month and day lead to the clean address, where the last day and the file stand."""
    where = f"/{lang}/faq/{entry}"
    found = page(where)
    assert {field["name"] for field in found.all("select")} >= {"year", "month", "day"}
    assert not any("days.ics" in link for link in found.links())
    year, month, date_ = (int(it) for it in day.split("-"))
    asked = client.get(f"{where}?step={step}&year={year}&month={month}&day={date_}")
    assert (asked.status_code, asked.location) == (302, f"{where}?{fact}={day}#remind")
    found = page(f"{where}?{fact}={day}")
    year, month, date_ = (int(it) for it in last.split("-"))
    assert (
        f"{year}年{month}月{date_}日" if lang == "ja" else f"{date_} {date(year, month, 1):%B} {year}"
    ) in found.text()
    (file,) = (link for link in found.links() if "days.ics" in link)
    assert f"UID:{kind}-{last.replace('-', '')}@madoguchi" in unfolded(client.get(file).text)


def test_a_day_that_does_not_exist_is_named_on_the_entry_and_makes_no_file(client, page):
    """And an entry that states no limit has neither question nor file."""
    found = page("/ja/faq/refund-deadline?step=visit_date&year=2026&month=2&day=30", 400)
    assert "その日付はカレンダーにありません" in found.text()
    assert client.get("/ja/faq/refund-deadline/days.ics").status_code == 404
    assert client.get("/ja/faq/refund-deadline/days.ics?visit_date=soon").status_code == 404
    assert client.get("/ja/faq/certificate-lost/days.ics?visit_date=2026-11-20").status_code == 404
    assert 'id="remind"' not in client.get("/ja/faq/certificate-lost").text


def test_a_reminder_of_an_entry_that_is_not_there_is_a_fault(content):
    """Each entry that is to ask for the day exists."""
    path = content / "reminders.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"refund-deadline"', '"no-such-entry"'), encoding="utf-8")
    code, output = verify(content)
    assert code == 1
    assert "reminders.toml:1: refund: there is no entry 'no-such-entry'" in output


def test_a_card_in_its_three_months_is_reminded_of_their_end(client):
    """Never of the day on which its certificate expired, which is over."""
    card = "visit_date=2026-11-20&presented=mynumber_card&registration=registered&e_certificate_until=2026-09-10"
    lines = unfolded(client.get(f"/ja/share/days.ics?{card}").text)
    assert [line for line in lines if line.startswith("UID:")] == ["UID:e_certificate_grace-20261210@madoguchi"]


def test_what_has_ended_is_not_reminded_of(client):
    """An expired paper has a claim, and no day to come of its own."""
    old = PAPER.replace("2027-07-31", "2026-07-31")
    assert "UID:certificate_until" not in client.get(f"/ja/share/days.ics?{old}").text


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-11-20", "2028-11-20"), ("2028-02-29", "2030-02-28"), ("2027-02-28", "2029-02-28")],
)  # fmt: skip
def test_two_years_end_on_the_day_of_the_same_name(day, last):
    """Where there is none, with its month."""
    assert last_day_of_years(date.fromisoformat(day), 2) == date.fromisoformat(last)


def test_long_lines_are_folded_between_signs_and_stops_are_escaped():
    """A sign of three octets is never cut; what is read back is what was written."""
    event = Event("a@b", date(2026, 11, 20), "一二三、" * 40, "a;b,c\\d\ne", "https://example.org/?a=b&c=d" + "x" * 90)
    lines = unfolded(calendar([event], "ja", datetime(2026, 11, 20, 9, tzinfo=UTC)))
    assert f"SUMMARY;LANGUAGE=ja:{event.title}" in lines
    assert "DESCRIPTION;LANGUAGE=ja:a\\;b\\,c\\\\d\\ne" in lines
    assert f"URL:{event.url}" in lines
    assert "DTSTAMP:20261120T090000Z" in lines


def test_a_reminder_without_words_is_a_fault(content):
    """And so is one that nothing asks for."""
    path = content / "reminders.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[refund]", "[refunds]"), encoding="utf-8")
    faults = []
    load_reminders(content, faults)
    assert "nothing reminds of 'refunds'" in str(faults[0])
    assert "there are no words for 'refund'" in str(faults[1])


def test_the_municipality_that_was_chosen_goes_along(page):
    """Whoever opens the address is told the same office to call."""
    found = page("/ja/share?visit_date=2026-11-20&presented=old_card&city=setagaya")
    assert any("city%3Dsetagaya" in link for link in found.links())
