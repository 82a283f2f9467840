"""Clocks that jump, zones that differ, days that nobody can mean."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.lab import Lab, needs
from tests.faults.probe import QUESTIONS
from tests.faults.registry import NotHere, fault
from tests.faults.site import Site

#: The day that a rule begins, in Japan.
MIDNIGHT = datetime(2026, 7, 31, 15, tzinfo=UTC)
_TODAY = "/api/v1/check?presented=old_card&scheme=kouki&lang=ja"
_BAD_DAYS = (
    "2026-02-29", "2026-13-01", "2026-00-10", "20260731", "2026-W31-5", "2026-212", "２０２６-０７-３１", "٢٠٢٦-٠٧-٣١",
    "令和8年7月31日", "平成38年7月31日", "R8.7.31", "+2026-07-31", " 2026-07-31", "2026-07-31T00:00", "0000-01-01",
    "2026-7-1", "1_000-01-01", "today", "2026-07-31%0a",
)  # fmt: skip


class Clock:
    """A clock that is set from outside: libfaketime reads the distance to the real one from a file at each look."""

    def __init__(self, file: Path, *, stepped: bool) -> None:
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not found:
            raise NotHere("there is no libfaketime; install Debian's faketime")
        self._file = file
        self.environment = {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": str(int(stepped)),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, moment: datetime) -> None:
        """Let it show ``moment`` now and go on from there."""
        ahead = self._file.with_suffix(".new")
        ahead.write_text(f"{(moment - datetime.now(UTC)).total_seconds():+f}\n", encoding="ascii")
        ahead.replace(self._file)


@contextmanager
def _clocked(
    lab: Lab, moment: datetime, zone: str = "UTC", *, probed: bool = True, stepped: bool = True
) -> Iterator[tuple[Site, Clock]]:
    clock = Clock(lab.work / f"clock-{lab.random.randrange(10**9)}", stepped=stepped)
    clock.set(moment)
    with lab.another({**clock.environment, "TZ": zone}, probed=probed) as site:
        yield site, clock


def _said_on(lab: Lab, day: str) -> bytes:
    return lab.truth["a"][f"/api/v1/check?presented=old_card&scheme=kouki&lang=ja&visit_date={day}"]


@fault("F21", "the clock passes the day a rule begins, forwards and backwards")
def f21(lab: Lab) -> str:
    """Today's answer turns within a second, without a restart, and no cache keeps the old one past midnight."""
    slowest = 0.0
    with _clocked(lab, MIDNIGHT - timedelta(hours=1), "Nowhere/Land") as (site, clock):
        for step in range(lab.count(4, 60)):
            after = step % 2 == 1
            distance = timedelta(seconds=lab.random.uniform(0.0, 1.0) if after else -lab.random.uniform(2.0, 5.0))
            clock.set(MIDNIGHT + distance)
            begun = time.monotonic()
            reply = site.get(_TODAY)
            while reply.body != _said_on(lab, "2026-08-01" if after else "2026-07-31"):
                assert time.monotonic() - begun < 1, f"{distance}: still {reply.status} {reply.body[:200]!r}"
                reply = site.get(_TODAY)
            slowest = max(slowest, time.monotonic() - begun)
            kept = re.search(r"max-age=(\d+)", reply.headers.get("cache-control", ""))
            if kept and not after:
                assert int(kept[1]) <= -distance.total_seconds() + 1, f"kept {kept[1]} s at {distance}"
        clock.set(MIDNIGHT - timedelta(days=365))
        lab.probe.recover()
    return f"turned within {slowest:.2f} s; a year back the dated answers stay"


@fault("F22", "the clock jumps back a day, a year, to 1970")
def f22(lab: Lab) -> str:
    """Answers for a day that is named stay; today's are for that day, or that nothing is known of it."""
    with _clocked(lab, MIDNIGHT + timedelta(hours=1)) as (site, clock):
        for moment, kind in (
            (MIDNIGHT - timedelta(hours=23), "outcome"),
            (MIDNIGHT - timedelta(days=365), "outcome"),
            (datetime(1970, 1, 2, tzinfo=UTC), "not_confirmed"),
        ):
            clock.set(moment)
            lab.probe.recover()
            body = json.loads(site.get(_TODAY).body)
            day = (moment + timedelta(hours=9)).date().isoformat()
            assert (body["kind"], body["facts"]["visit_date"]) == (kind, day), body
        assert site.get("/health/ready").status == 503, "ready on a day that it has no rules for"
    return "dated answers stay; in 1970 nothing is confirmed and the site says that it is not ready"


@fault("F23", "zone of the server")
def f23(lab: Lab) -> str:
    """Identical answers half an hour into a day in Japan, whatever the zone is called."""
    zones = ("America/New_York", "Nowhere/Land", "UTC", "", ":/etc/hostname", "Asia/Tokyo")
    for zone in zones[: lab.count(1, len(zones))]:
        with _clocked(lab, MIDNIGHT + timedelta(minutes=30), zone, stepped=False) as (site, _):
            assert site.get(_TODAY).body == _said_on(lab, "2026-08-01"), zone
            lab.probe.recover()
    return f"20 of 20 and today's answer in {', '.join(zones[: lab.count(1, len(zones))])}"


@fault("F24", "no time zones on the system")
def f24(lab: Lab) -> str:
    """The packaged ones are used."""
    bwrap = needs("bwrap", "bubblewrap")
    hidden = [bwrap, "--dev-bind", "/", "/", "--tmpfs", "/usr/share/zoneinfo"]
    with lab.another({"TZ": "UTC"}, hidden):
        lab.probe.recover()
    return "/usr/share/zoneinfo is empty: 20 of 20"


@fault("F25", "days around today, and days that are none")
def f25(lab: Lab) -> str:
    """A day is YYYY-MM-DD; everything else is a 400 of the API and a page that says so."""
    for day in _BAD_DAYS:
        quoted = "".join(f"%{byte:02X}" for byte in day.removesuffix("%0a").encode()) + ("%0a" if "%0a" in day else "")
        for path in ("/api/v1/check?presented=notice&visit_date=", "/ja/check?presented=notice&visit_date="):
            reply = lab.site.get(path + quoted)
            assert reply.status == 400, f"{path}{day}: {reply.status}"
        body = json.dumps({"text": "資格確認書", "visit_date": day}).encode()
        reply = lab.site.ask("POST", "/api/v1/chat", body, content_type="application/json")
        assert reply.status == 400, f"chat {day}: {reply.status}"
    today = datetime.now(UTC).date()
    for away in (-1, 0, 1):
        day = (today + timedelta(days=away)).isoformat()
        body = json.loads(lab.site.get(f"{_TODAY}&visit_date={day}").body)
        assert body["facts"]["visit_date"] == day
    return f"{len(_BAD_DAYS)} refused by API, page and conversation; yesterday and tomorrow answered for themselves"


@fault("F26", "midnight between two steps")
def f26(lab: Lab) -> str:
    """The day of the first step is carried on."""
    with _clocked(lab, MIDNIGHT - timedelta(hours=1)) as (site, clock):
        clock.set(MIDNIGHT - timedelta(minutes=2))
        lab.probe.recover()
        first = site.get("/ja/check?scheme=kouki").body.decode()
        assert 'name="visit_date" value="2026-07-31"' in first, "the day is not carried on"
        clock.set(MIDNIGHT + timedelta(seconds=20))
        lab.probe.recover()
        second = site.get("/ja/check?presented=old_card&scheme=kouki&visit_date=2026-07-31").body
        assert second == lab.truth["a"]["/ja/check?presented=old_card&scheme=kouki&visit_date=2026-07-31"]
    return "asked on 31 July, answered on 1 August for 31 July"


@fault("F27", "rules past the day up to which anybody stands by them")
def f27(lab: Lab) -> str:
    """Today's answer is that nothing is confirmed, and whom to ask; a topic past its review says so."""
    with _clocked(lab, datetime.now(UTC) + timedelta(days=400), probed=False) as (site, _):
        body = json.loads(site.get(_TODAY).body)
        assert body["kind"] == "not_confirmed", body
        assert body["contact"]["name"], body
        assert site.get("/ja/faq/notice-alone").body != lab.truth["a"]["/ja/faq/notice-alone"], "no word on the age"
    return "400 days on: not confirmed, with a contact; topics say that they are old"


@fault("F28", "dates in the headers of a client")
def f28(lab: Lab) -> str:
    """No effect."""
    for day in (
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sat, 31 Dec 2016 23:59:60 GMT",
        "Fri, 31 Jul 2026 15:00:00 GMT",
        "rubbish",
    ):
        for question in QUESTIONS[:: lab.count(4, 1)]:
            reply = lab.site.get(question, date=day, if_unmodified_since=day)
            assert reply.body == lab.truth["a"][question], question
    return "leap second, epoch, rubbish"
