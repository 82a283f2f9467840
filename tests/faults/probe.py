"""The truth probe: twenty known questions, each answer compared whole."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Final

from assistant import create_app
from assistant.settings import Settings
from tests.faults.site import HOST, KEY, Site

#: Before and on the day a rule ends, an earlier one, and one that nobody stands by.
DAYS: Final = ("2025-07-31", "2026-07-31", "2026-08-01", "2028-01-01")
QUESTIONS: Final = (
    *(
        f"{path}presented=old_card&scheme=kouki&{more}visit_date={day}"
        for day in DAYS
        for path, more in (
            ("/api/v1/check?", "lang=ja&"),
            ("/api/v1/check?", "voice=desk&facility=online&lang=en&"),
            ("/ja/check?", ""),
            ("/en/check?", ""),
        )
    ),
    "/api/v1/faq/refund?lang=en",
    "/ja/faq/notice-alone",
    "/api/v1/search?q=refund&lang=en",
    "/en/rules?on=2026-08-01",
)

Truth = Mapping[str, bytes]
"""The right body for every question."""


def truth_of(content: Path, usage: Path) -> Truth:
    """Ask in this process, of an application that was built from ``content`` and met no fault."""
    environment = {"MADOGUCHI_CONTENT": str(content), "MADOGUCHI_RECEIPT_KEY": KEY, "MADOGUCHI_LIMITS": "off"}
    client = create_app(Settings.from_environment({**environment, "MADOGUCHI_USAGE": str(usage)})).test_client()
    told: dict[str, bytes] = {}
    for question in QUESTIONS:
        response = client.get(question, base_url=f"http://{HOST}")
        assert response.status_code == 200, (question, response.status_code)
        told[question] = response.data
    return told


class Probe:
    """Asks ``site`` ten times a second; every answer is one of ``truths``, or honest, or wrong."""

    def __init__(self, site: Site, truths: list[Truth]) -> None:
        self.site = site
        self._truths = truths
        self._going = True
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._thread.start()

    def begin(self) -> None:
        """Forget what was seen."""
        self.seen, self.wrong = Counter(), []

    def end(self) -> None:
        """Stop asking."""
        self._going = False
        self._thread.join()

    def verdict(self) -> str:
        """Return the worst that was seen."""
        return next((worst for worst in ("wrong", "honest") if self.seen[worst]), "right")

    def _ask(self) -> None:
        for question in cycle(QUESTIONS):
            if not self._going:
                return
            begun = time.monotonic()
            self.judge(question)
            time.sleep(max(0.0, 0.1 - (time.monotonic() - begun)))

    def judge(self, question: str) -> str:
        """Ask once; note and return the verdict."""
        reply = self.site.get(question)
        if reply.status == 200 and any(truth[question] == reply.body for truth in self._truths):
            verdict = "right"
        elif reply.status == 0 or reply.status >= 400:
            verdict = "honest"
        else:
            verdict = "wrong"
            self.wrong.append(f"{question} → {reply.status}, {len(reply.body)} bytes that are no known truth")
        self.seen[verdict] += 1
        return verdict

    def recover(self, within: float = 60.0) -> float:
        """Wait until twenty of twenty are right; return the seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < within:
            if all(self.judge(question) == "right" for question in QUESTIONS):
                return time.monotonic() - begun
            if self.wrong:
                break
            time.sleep(0.05)
        raise AssertionError(f"not 20 of 20 right within {within:.0f} s; last words: {self.site.last_words()}")
