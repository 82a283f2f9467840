"""What a phone on a slow line loads and when it can read: 150 ms, 1.6 Mbit/s, a processor at a quarter of its speed.

Prints, for the three pages that most people see first, in both languages: bytes over the wire, the largest contentful
paint, and how much moves. Needs chromium and playwright (`make browser`); run as ``python -m benchmarks.transfer``.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from typing import Any

from playwright.sync_api import sync_playwright

from assistant import create_app
from assistant.settings import Settings
from tests.conftest import TODAY
from tests.loopback import running

PAGES = {
    "home": "/{lang}/",
    "outcome": "/{lang}/check?presented=old_card&scheme=kouki&visit_date=2026-11-23",
    "desk": "/{lang}/desk",
}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
WATCH = """
  window.seen = { lcp: 0, cls: 0 };
  new PerformanceObserver((list) => { for (const it of list.getEntries()) seen.lcp = it.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const it of list.getEntries()) seen.cls += it.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""
TIMES = 5


def measured(browser: Any, address: str) -> tuple[float, float, int, int]:
    """Load ``address`` once with nothing kept; return seconds to the largest paint, shift, bytes and requests."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", LINE)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    lengths: list[int] = []
    client.on("Network.loadingFinished", lambda event: lengths.append(int(event["encodedDataLength"])))
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("() => window.seen")
    context.close()
    return seen["lcp"] / 1000, seen["cls"], sum(lengths), len(lengths)


def main() -> int:
    """Print one line a page: the median of several loads."""
    app = create_app(Settings(as_of=TODAY, limits="off"))
    with running(app, threads=8) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        print(f"{'page':12}{'LCP s':>8}{'CLS':>8}{'kB':>8}{'requests':>10}")
        for name, path in PAGES.items():
            for lang in ("ja", "en"):
                address = site + path.format(lang=lang)
                loads = [measured(browser, address) for _ in range(TIMES)]
                paint, shift, sent, requests = (statistics.median(it) for it in zip(*loads, strict=True))
                print(f"{name + ' ' + lang:12}{paint:8.2f}{shift:8.3f}{sent / 1000:8.1f}{requests:10.0f}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
