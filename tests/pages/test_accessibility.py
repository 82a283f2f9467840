"""The accessibility page is dated: its results and its words do not change without the day of their check."""

from hashlib import sha256

from assistant import paths
from assistant.web.words.labels import TESTED, TESTED_ON

#: Whoever changes the page runs the browser tests again, and sets the day and this digest.
SEEN = ("2026-11-24", "7c899c5b555520cd")


def test_the_day_moves_with_what_it_dates() -> None:
    page = (paths.TEMPLATES / "pages" / "accessibility.html").read_text(encoding="utf-8")
    results = [str(part) for row in TESTED for part in row]
    digest = sha256("\n".join([page, *results]).encode()).hexdigest()[:16]
    assert (TESTED_ON.isoformat(), digest) == SEEN
