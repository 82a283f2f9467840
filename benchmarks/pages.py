"""Server time of pages, beside a plain Flask hello-world and a plain Jinja page in one run. Run: make bench"""

from __future__ import annotations

import statistics
import time
from datetime import date

from flask import Flask, render_template_string
from flask.testing import FlaskClient

from assistant import create_app
from assistant.settings import Settings

ROUNDS, CALLS = 5, 60
FACTS = "presented=mynumber_card&presented=notice&scheme=kouki&registration=registered&visit_date=2026-11-23"
PATHS = {
    "outcome (ja)": f"/ja/check?{FACTS}",
    "outcome (en)": f"/en/check?{FACTS}",
    "question": "/ja/check?presented=mynumber_card&visit_date=2026-11-23",
    "desk, outcome": f"/ja/desk?{FACTS}&facility=outage&known_patient=no",
    "FAQ entry": "/ja/faq/notice-alone",
    "API check": f"/api/v1/check?{FACTS}",
}


def plain_app() -> Flask:
    """Return the peers: a hello-world and a page of one small template."""
    app = Flask("plain")
    rows = [{"name": f"row {number}", "value": number} for number in range(40)]
    table = "<table>{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ row.value }}</td></tr>{% endfor %}</table>"
    app.add_url_rule("/hello", view_func=lambda: "hello", endpoint="hello")
    app.add_url_rule("/jinja", view_func=lambda: render_template_string(table, rows=rows), endpoint="jinja")
    return app


def times(client: FlaskClient, path: str) -> list[float]:
    """Return milliseconds of `CALLS` requests."""
    found = []
    for _ in range(CALLS):
        begin = time.perf_counter()
        response = client.get(path)
        found.append((time.perf_counter() - begin) * 1e3)
        assert response.status_code == 200, path
    return found


def main() -> None:
    """Print p50 and p99 for each page, rounds interleaved, with the ratio to the plain Jinja page."""
    ours = create_app(Settings(as_of=date(2026, 11, 23), limits="off")).test_client()
    plain = plain_app().test_client()
    asked = [("hello-world", plain, "/hello"), ("plain Jinja page", plain, "/jinja")]
    asked += [(name, ours, path) for name, path in PATHS.items()]
    found: dict[str, list[float]] = {name: [] for name, _, _ in asked}
    for _ in range(ROUNDS):
        for name, client, path in asked:
            found[name] += times(client, path)
    base = statistics.median(found["plain Jinja page"])
    for name, each in found.items():
        middle, high = statistics.median(each), sorted(each)[int(len(each) * 0.99)]
        print(f"{name:18} p50 {middle:7.2f} ms  p99 {high:7.2f} ms  ×{middle / base:.1f} of a plain Jinja page")


if __name__ == "__main__":
    main()
