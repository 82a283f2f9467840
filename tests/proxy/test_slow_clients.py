"""nginx by deploy/nginx.conf before the site by deploy/gunicorn.conf.py, while many clients send headers slowly.

The number of them is MADOGUCHI_SLOW (100 when it is not set); make proxy-test tries 800 and 9,000.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.load import free_port, gunicorn, wait_for

pytestmark = pytest.mark.proxy
ROOT = Path(__file__).parents[2]
SLOW = int(os.environ.get("MADOGUCHI_SLOW", "100"))
SECONDS = 15
PATH = "/ja/faq/notice-alone"


@pytest.fixture
def pair(tmp_path):
    """The address of nginx, and of the site behind it. Without TLS, and without the limit for one address."""
    assert shutil.which("nginx"), "nginx is not installed: make nginx, as root"
    store = tmp_path / "store"
    subprocess.run([sys.executable, "-m", "assistant", "index", "--store", str(store)], check=True, cwd=ROOT)
    port = free_port()
    with gunicorn("assistant:create_app()", "/health/ready", {"MADOGUCHI_STORE": str(store)}) as (site, _):
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        text = re.sub(r"\n +server \{\n +listen 80;.*?\n    \}\n", "\n", text, flags=re.DOTALL)
        text = re.sub(r"\n +(ssl_|limit_conn clients).*", "", text)
        for old, new in {
            "listen 443 ssl http2": f"listen 127.0.0.1:{port} backlog=16384",
            "127.0.0.1:8000": site.removeprefix("http://"),
            "/run/nginx.pid": str(tmp_path / "pid"),
            "/var/log/nginx/error.log": str(tmp_path / "error.log"),
            "/var/cache/nginx/madoguchi": str(tmp_path / "cache"),
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        config = tmp_path / "nginx.conf"
        config.write_text(f"user root;\ndaemon off;\n{text}", encoding="utf-8")
        subprocess.run(["nginx", "-t", "-c", str(config)], check=True, capture_output=True)
        proxy = subprocess.Popen(["nginx", "-c", str(config)])
        try:
            wait_for(f"http://127.0.0.1:{port}{PATH}")
            yield f"http://127.0.0.1:{port}", site
        finally:
            proxy.send_signal(signal.SIGTERM)
            proxy.wait(30)


async def _slow_client(port: int, until: float, opened: set[int], number: int) -> None:
    while time.monotonic() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            opened.add(number)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            while time.monotonic() < until:
                writer.write(b"X-Slow: 1\r\n")
                await writer.drain()
                await asyncio.sleep(2)
            writer.close()
        except OSError:
            await asyncio.sleep(0.2)


async def _probe(url: str, until: float) -> list[bytes | str]:
    found: list[bytes | str] = []
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            answer = await asyncio.to_thread(lambda: urlopen(url, timeout=2).read())
        except OSError as error:
            answer = type(error).__name__
        found.append(answer)
        await asyncio.sleep(max(0, 0.2 - (time.monotonic() - begun)))
    return found


async def _attack(address: str) -> tuple[list[bytes | str], int]:
    until = time.monotonic() + SECONDS
    opened: set[int] = set()
    port = int(address.rpartition(":")[2])
    slow = [asyncio.create_task(_slow_client(port, until, opened, number)) for number in range(SLOW)]
    found = await _probe(address + PATH, until)
    await asyncio.gather(*slow)
    return found, len(opened)


def test_slow_clients_starve_nobody(pair):
    """Every probe gets the whole right page while all the slow ones are connected."""
    proxy, site = pair
    right = urlopen(site + PATH).read()
    found, opened = asyncio.run(_attack(proxy))
    print(f"{opened} slow clients, {len(found)} probes, {found.count(right)} right")  # noqa: T201 - the figures are the result
    assert opened == SLOW
    assert len(found) > SECONDS
    assert [answer for answer in found if answer != right] == []


def test_what_is_typed_is_not_kept_by_the_proxy(pair, tmp_path):
    """Neither a posted sentence nor a search by address reaches its cache or its log; a page of codes does."""
    proxy, _ = pair
    urlopen(f"{proxy}/ja/search?q=Tanaka0312345678").read()
    urlopen(f"{proxy}/ja/search", data=b"q=Tanaka0312345678").read()
    urlopen(proxy + PATH).read()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "store" not in path.parts)
    assert PATH.encode() in kept
    assert b"Tanaka0312345678" not in kept
