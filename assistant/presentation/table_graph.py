"""The flow of the rules as a picture, drawn from the tables: what asks what, from the facts to the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from html import escape

from assistant.content.rules import RuleBook

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _EDGE = 190, 46, 50, 14, 10


@dataclass(frozen=True, slots=True)
class Box:
    """A table in the picture: its place in pixels, its name, its words and the number of its rows."""

    name: str
    label: str
    rows: int
    x: int
    y: int


def boxes(book: RuleBook, lang: str) -> Mapping[str, Box]:
    """Place the tables in columns: each stands to the right of every table it asks."""
    tables = book.rules.tables
    asks = {name: [column for column in table.columns if column in tables] for name, table in tables.items()}
    depth: dict[str, int] = {}
    for name in TopologicalSorter(asks).static_order():
        depth[name] = 1 + max((depth[other] for other in asks[name]), default=-1)
    filled: dict[int, int] = {}
    placed = {}
    for name in tables:
        column = depth[name]
        row = filled.get(column, 0)
        filled[column] = row + 1
        x, y = _EDGE + column * (_WIDTH + _GAP_X), _EDGE + row * (_HEIGHT + _GAP_Y)
        placed[name] = Box(name, book.about[name][lang], len(tables[name].rows), x, y)
    return placed


def svg(book: RuleBook, lang: str) -> str:
    """Return the picture as SVG that carries no style of its own; colours come from the page."""
    placed = boxes(book, lang)
    width = max(box.x for box in placed.values()) + _WIDTH + _EDGE
    height = max(box.y for box in placed.values()) + _HEIGHT + _EDGE
    title = "決まりの表のつながり" if lang == "ja" else "How the tables of rules hang together"
    parts = [
        f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{title}</title>",
        *_lines(book, placed),
        *_boxes(placed),
        "</svg>",
    ]
    return "".join(parts)


def _lines(book: RuleBook, placed: Mapping[str, Box]) -> Iterator[str]:
    for table in book.rules.tables.values():
        for column in table.columns:
            if column in placed:
                start, end = placed[column], placed[table.name]
                x1, y1, x2, y2 = start.x + _WIDTH, start.y + _HEIGHT // 2, end.x, end.y + _HEIGHT // 2
                yield f'<path d="M{x1} {y1}C{x1 + 30} {y1} {x2 - 30} {y2} {x2} {y2}"/>'


def _boxes(placed: Mapping[str, Box]) -> Iterator[str]:
    for box in placed.values():
        label = box.label if len(box.label) < 24 else box.label[:22] + "…"
        yield f'<a href="#{box.name}"><rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
        yield f'<text x="{box.x + 8}" y="{box.y + 19}">{escape(label)}</text>'
        yield f'<text class="dim" x="{box.x + 8}" y="{box.y + 36}">{box.name} ({box.rows})</text></a>'
