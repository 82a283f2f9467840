"""What operators see: one JSON line for each request, figures for Prometheus, and whether the site is ready.

Route templates only: no path, query, address of a reader, or word of theirs reaches a log or a figure.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assistant.snapshot.live import LiveSnapshot
from assistant.web.http.request_day import today

bp = Blueprint("watching", __name__)

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode
log = logging.getLogger("madoguchi")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time in UTC, level, event, and the fields of the event."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": when, "level": record.levelname.lower(), "event": record.getMessage()}
        return _encode(line | getattr(record, "fields", {}))


def log_to_stderr() -> None:
    """Write events as lines of JSON to standard error: for servers, not for tests or the command line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    log.setLevel(logging.INFO)


class _Content(Collector):
    """Which snapshot is served, and whether a newer one was refused, read when it is asked for."""

    def __init__(self, live_snapshot: LiveSnapshot) -> None:
        self._live_snapshot = live_snapshot

    def collect(self) -> Iterator[GaugeMetricFamily]:
        served = GaugeMetricFamily("madoguchi_snapshot", "The snapshot that is served", labels=["version"])
        served.add_metric([self._live_snapshot.snapshot.version], 1)
        yield served
        yield GaugeMetricFamily(
            "madoguchi_content_stale", "Newer content was refused", int(bool(self._live_snapshot.complaint))
        )


def set_up(app: Flask) -> None:
    """Count, time and log every request of ``app``. Set up first, so that it sees the finished response."""
    live_snapshot: LiveSnapshot = app.extensions["served"]
    several = "PROMETHEUS_MULTIPROC_DIR" in os.environ  # workers add up in files there; gunicorn.conf.py sets it
    figures = CollectorRegistry()
    names = ("method", "route", "status")
    count = Counter("madoguchi_requests", "Requests by route and status", names, registry=figures)
    seconds = Histogram("madoguchi_request_seconds", "Time to answer", ("route",), buckets=_SECONDS, registry=figures)
    shown = CollectorRegistry() if several else figures
    if several:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
    shown.register(_Content(live_snapshot))
    app.extensions["figures"] = shown

    def seen(method: str, route: str, status: int, took: float) -> None:
        count.labels(method, route, status).inc()
        seconds.labels(route).observe(took)
        if log.isEnabledFor(logging.INFO):
            fields = {"method": method, "route": route, "status": status, "ms": round(took * 1e3, 2)}
            log.info("request", extra={"fields": fields})

    app.extensions["seen"] = seen

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took = time.perf_counter() - g.get("begun", time.perf_counter())
        method = request.method if request.method in _METHODS else "other"
        seen(method, str(request.url_rule or "none"), response.status_code, took)
        return response


def seen(app: Flask, method: str, route: str, status: int, took: float) -> None:
    """Count, time and log a request that ``app`` was not asked for, answered in ``took`` seconds."""
    app.extensions["seen"](method, route, status, took)


@bp.get("/health")
def live() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/health/ready")
def ready() -> tuple[Response, int]:
    """Say with which content the site answers, since when a newer one is refused; 503 for a day it has no rules for."""
    live_snapshot: LiveSnapshot = current_app.extensions["served"]
    snapshot = live_snapshot.snapshot
    covered = today() in snapshot.book.rules.span and bool(snapshot.entries)
    checked = max(source.checked_on for source in snapshot.sources.values())
    body = jsonify(
        status="ready" if covered else "not ready",
        rules_version=snapshot.version,
        content_date=checked.isoformat(),
        index_size=len(snapshot.entries),
        stale_since=live_snapshot.stale_since.isoformat(timespec="seconds") if live_snapshot.stale_since else None,
        why=live_snapshot.complaint or None,
    )
    return body, 200 if covered else 503


@bp.get("/metrics")
def metrics() -> Response:
    """Return the figures as Prometheus reads them; to the same host only, unless the setting says otherwise."""
    allowed: str = current_app.extensions["settings"].metrics
    if allowed == "off" or (allowed == "loopback" and not _from_here()):
        abort(404)
    return Response(generate_latest(current_app.extensions["figures"]), content_type=CONTENT_TYPE_LATEST)


def _from_here() -> bool:
    """Return whether the request came from this host and through no proxy."""
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-Ip", "Forwarded"))
    try:
        return not forwarded and ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
