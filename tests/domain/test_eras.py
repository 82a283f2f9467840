"""Eras: from the Japanese count of years to the western one, and back."""

from datetime import date

import pytest

from assistant.domain.eras import ERAS, era_date, era_named, era_year, to_western


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [
        ("令和", 8, 2026),
        ("令和", 1, 2019),
        ("平成", 31, 2019),
        ("昭和", 20, 1945),
        ("大正", 1, 1912),
        ("明治", 45, 1912),
    ],
)
def test_an_era_year_becomes_a_western_year(era: str, year: int, western: int) -> None:
    assert to_western(era, year) == western


@pytest.mark.parametrize("writing", ["令和", "令", "R", "r"])
def test_every_way_of_writing_an_era_names_it(writing: str) -> None:
    assert era_named(writing).name == "令和"


def test_a_year_past_the_end_of_its_era_is_counted_on() -> None:
    assert to_western("平成", 38) == 2026


@pytest.mark.parametrize(("era", "year"), [("令和", 0), ("昭和", -1), ("元禄", 1), ("", 1)])
def test_what_is_no_era_year_is_refused(era: str, year: int) -> None:
    with pytest.raises(ValueError, match="era"):
        to_western(era, year)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 7, 31), "令和8年7月31日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
    ],
)
def test_a_day_is_written_in_its_era(day: date, written: str) -> None:
    assert era_date(day) == written


def test_each_era_begins_with_its_first_year() -> None:
    assert [era_year(era.first_day) for era in ERAS] == [f"{era.name}元年" for era in ERAS]


def test_a_day_before_the_first_era_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        era_date(date(1800, 1, 1))
