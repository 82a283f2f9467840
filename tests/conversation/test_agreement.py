"""Domain, API and page give the same standing for the same situation, in both languages.

`MADOGUCHI_SITUATIONS=10000 .venv/bin/pytest tests/conversation/test_agreement.py` walks ten thousand of them.
"""

from __future__ import annotations

import os
import random
import re
from datetime import date, timedelta

from flask.testing import FlaskClient

from assistant.domain.decide import Decision, decide
from assistant.domain.facts import parse
from assistant.domain.vocabulary import CHOICES, ITEMS
from assistant.snapshot.snapshot import Snapshot
from tests.conftest import TODAY

COUNT = int(os.environ.get("MADOGUCHI_SITUATIONS", "300"))
FIRST, DAYS = date(2024, 12, 1), 973
_STANDING = re.compile(r'<div class="verdict (\w+)">')


def situation(pick: random.Random) -> dict[str, str | list[str]]:
    """Draw items, a day, and a value for every fact."""
    shown = (
        pick.sample([item for item in ITEMS if item != "none"], pick.randint(1, 3))
        if pick.random() < 0.95
        else ["none"]
    )
    day = FIRST + timedelta(days=pick.randrange(DAYS))
    return {
        "presented": shown,
        "visit_date": day.isoformat(),
        **{id: pick.choice(choice.values) for id, choice in CHOICES.items()},
    }


def test_domain_api_and_page_agree(client: FlaskClient, snapshot: Snapshot):
    """The same number of situations each way; none may be skipped."""
    pick = random.Random(20261123)
    agreed = 0
    for number in range(COUNT):
        codes = situation(pick)
        lang = ("ja", "en")[number % 2]
        verdict = decide(snapshot.book.rules, parse(codes, TODAY))
        assert isinstance(verdict, Decision)
        standing = snapshot.outcomes[verdict.outcome].standing
        body = client.get("/api/v1/check", query_string={**codes, "lang": lang}).json
        page = client.get(f"/{lang}/check", query_string=codes).text
        shown = _STANDING.search(page)
        assert (body["outcome"]["id"], body["outcome"]["standing"]) == (verdict.outcome, standing), codes
        assert shown, codes
        assert shown[1] == standing, codes
        agreed += 1
    assert agreed == COUNT
