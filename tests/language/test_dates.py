"""Dates in words, resolved against Monday 23 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.eras import era_date
from assistant.language.entities.dates import DateMention, find_dates
from assistant.language.text.numerals import to_int, with_digits

ASKED_ON = date(2026, 11, 23)


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.day.isoformat(), mention.precision) for mention in find_dates(text, ASKED_ON)]


@pytest.mark.parametrize(
    "text",
    [
        "R8.7.31",
        "R8 7/31",
        "r8/7/31",
        "れいわ はちねん しちがつ さんじゅういちにち",
        "八年の七月三十一日",
        "8年の7月31日",
        "Reiwa 8, July 31",
        "July 31, Reiwa 8",
        "31 July, R8",
        "令8.7.31",
        "令和八年七月三十一日",
        "令和8年7月31日",
        "令和８年７月３１日",
        "2026/7/31",
        "2026-07-31",
        "2026.7.31",
        "2026年7月31日",
        "7月31日",
        "7/31",
        "七月三十一日",
        "今年の7月31日",
        "July 31 2026",
        "July 31, 2026",
        "31 July",
        "31st of July",
        "Jul 31",
        "平成38年7月31日",
        "8ねん7がつ31にち",
        "20260731",
        "31.07.26",
        "7/31/2026",
    ],
)
def test_every_writing_of_a_day_gives_that_day(text: str) -> None:
    assert found(text) == [("2026-07-31", "day")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7月末", "2026-07-31"),
        ("R9の7月末日", "2027-07-31"),
        ("the end of next July", "2027-07-31"),
        ("till next March", "2027-03-31"),
        ("三月末まで", "2026-03-31"),
        ("8月に届いた", "2026-08-31"),
        ("先月で切れた", "2026-10-31"),
        ("来月", "2026-12-31"),
        ("今月末", "2026-11-30"),
        ("今年の6月", "2026-06-30"),
        ("去年の2月", "2025-02-28"),
        ("end of July", "2026-07-31"),
        ("last month", "2026-10-31"),
        ("expired in July", "2026-07-31"),
        ("finish july", "2026-07-31"),
        ("July 2027", "2027-07-31"),
        ("令和8年2月", "2026-02-28"),
    ],
)
def test_a_month_alone_is_its_last_day(text: str, day: str) -> None:
    assert found(text) == [(day, "month")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("きのう", "2026-11-22"),
        ("26日の木曜", "2026-11-26"),
        ("月曜、11月30日", "2026-11-30"),
        ("大晦日", "2026-12-31"),
        ("昨日", "2026-11-22"),
        ("おととい", "2026-11-21"),
        ("きょう", "2026-11-23"),
        ("あした", "2026-11-24"),
        ("明日", "2026-11-24"),
        ("あさって", "2026-11-25"),
        ("yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("木曜", "2026-11-26"),
        ("来週の火曜日", "2026-12-01"),
        ("on Thursday", "2026-11-26"),
        ("next Thursday", "2026-12-03"),
        ("last Friday", "2026-11-20"),
        ("Monday", "2026-11-23"),
        ("on Tuesday the 24th", "2026-11-24"),
        ("Tuesday, 17th", "2026-11-17"),
        ("moved to the 14th", "2026-12-14"),
        ("27日の通院", "2026-11-27"),
    ],
)
def test_relative_days_count_from_the_day_of_asking(text: str, day: str) -> None:
    assert found(text) == [(day, "day")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 weeks ago", "2026-10-19"),
        ("2か月前", "2026-09-23"),
        ("四か月経ちました", "2026-07-23"),
        ("3日前", "2026-11-20"),
        ("半年前", "2026-05-23"),
        ("a month ago", "2026-10-23"),
        ("3ヶ月過ぎた", "2026-08-23"),
    ],
)
def test_elapsed_time_counts_back(text: str, day: str) -> None:
    assert found(text) == [(day, "elapsed")]


@pytest.mark.parametrize(("text", "day"), [("先週", "2026-11-16"), ("来週", "2026-11-30"), ("next week", "2026-11-30")])
def test_a_week_is_given_as_its_monday(text: str, day: str) -> None:
    assert found(text) == [(day, "week")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2月30日",
        "2026-13-01",
        "十百十月三日",
        "7月32日",
        "You may go",
        "march on",
        "3割",
        "10割",
        "1/2/3/4",
        "9999999年99月99日",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert found(text) == []


def test_several_dates_keep_their_places() -> None:
    text = "7月末で切れた。あした歯医者"
    assert find_dates(text, ASKED_ON) == (
        DateMention(0, 3, date(2026, 7, 31), "month"),
        DateMention(8, 11, date(2026, 11, 24), "day"),
    )


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_date_written_in_its_era_comes_back(day: date) -> None:
    assert [mention.day for mention in find_dates(era_date(day), ASKED_ON)] == [day]


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    lowered = text.lower()
    assert all(0 <= mention.start < mention.end <= len(lowered) for mention in find_dates(text, ASKED_ON))


@pytest.mark.parametrize(
    ("writing", "number"),
    [("31", 31), ("３１", 31), ("三十一", 31), ("三一", 31), ("十", 10), ("二十", 20), ("百五", 105), ("〇", 0)],
)
def test_numerals_are_read(writing: str, number: int) -> None:
    assert to_int(writing) == number


@pytest.mark.parametrize("writing", ["", "三二十", "甲", "十百x"])
def test_what_is_no_number_is_refused(writing: str) -> None:
    with pytest.raises(ValueError, match=r"number|digit|int"):
        to_int(writing)


def test_kanji_numerals_before_a_counter_become_digits() -> None:
    assert with_digits("八十六になります。三割で十分、万一") == "86になります。3割で十分、万一"


@pytest.mark.parametrize("text", ["mainakaado arimashita", "kakuninsho kyoukai"])
def test_a_day_in_latin_letters_is_no_part_of_another_word(text: str) -> None:
    assert found(text) == []
