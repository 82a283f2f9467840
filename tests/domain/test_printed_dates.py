"""What a printed date means on a day."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain.printed_dates import Grace, states

GRACE = Grace(3, ("S20",))


@pytest.mark.parametrize(
    ("until", "day", "state"),
    [
        ("2026-07-31", "2026-07-31", "valid"),
        ("2026-07-31", "2026-08-01", "grace"),
        ("2026-07-31", "2026-10-31", "grace"),
        ("2026-07-31", "2026-11-01", "lapsed"),
        ("2026-08-23", "2026-11-23", "grace"),
        ("2026-08-23", "2026-11-24", "disputed"),
        ("2026-08-23", "2026-11-30", "disputed"),
        ("2026-08-23", "2026-12-01", "lapsed"),
        ("2026-11-30", "2027-02-28", "grace"),
        ("2024-11-29", "2025-02-28", "grace"),
        ("9999-12-31", "2026-01-01", "valid"),
    ],
)
def test_the_three_months_of_a_lapsed_electronic_certificate(until, day, state):
    """Where the two counts of the sources differ, the state says so (K5, X7)."""
    assert GRACE.state(date.fromisoformat(until), date.fromisoformat(day)) == state


def test_a_paper_counts_on_its_last_day_and_not_on_the_next():
    """Both ends are inclusive days in Japan."""
    printed = {"certificate_until": date(2026, 7, 31), "old_card_until": date(2025, 7, 31)}
    assert states(printed, date(2026, 7, 31), GRACE) == {"certificate": "valid", "old_card": "expired"}
    assert states(printed, date(2026, 8, 1), GRACE)["certificate"] == "expired"


def test_a_certificate_that_ends_at_the_end_of_time_does_not_overflow():
    """A nonsense date stays a date."""
    assert GRACE.state(date(9999, 11, 30), date(9999, 12, 1)) == "grace"
