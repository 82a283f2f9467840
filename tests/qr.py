"""Reads a QR code as a camera does: by a reader that shares no code with what draws ours."""

from __future__ import annotations

import re

import numpy as np
import zxingcpp

_MOVE = re.compile(r"([MmHh])(-?[\d.]+)(?:[ ,](-?[\d.]+))?")


def read_code(html: str) -> str:
    """Return what the QR code drawn in ``html`` says."""
    svg = re.search(r'class="qr".*?<svg[^>]*viewBox="0 0 (\d+) (\d+)".*?<path[^>]* d="([^"]+)"', html, re.DOTALL)
    assert svg, "no code is drawn"
    dark = np.full((int(svg[2]), int(svg[1])), 255, dtype=np.uint8)
    x = y = 0.0
    for kind, first, second in _MOVE.findall(svg[3]):
        if kind in "Mm":
            x, y = (float(first), float(second)) if kind == "M" else (x + float(first), y + float(second))
        else:
            end = float(first) if kind == "H" else x + float(first)
            dark[int(y), int(x) : int(end)] = 0
            x = end
    found = zxingcpp.read_barcode(np.kron(dark, np.ones((6, 6), dtype=np.uint8)))
    assert found, "the code cannot be read"
    return found.text
