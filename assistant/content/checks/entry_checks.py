"""Checks of one entry, and of its two languages against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assistant.content.contacts.insurers import Insurer
from assistant.content.entries import LANGS, Entries, Entry
from assistant.content.prose.easy_texts import added_figures, small
from assistant.content.prose.figures import Figures, figures
from assistant.content.prose.markdown import LINK, NOTE, unlinked, without_readings
from assistant.content.sources import Source, spelled
from assistant.domain.decision_table import Row
from assistant.domain.faults import Fault

_ITEM: Final = re.compile(r"^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_BLOCK: Final = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|\|)\s)")
_NOT_SETTLED: Final = re.compile(
    r"確認でき|確かめられて|確かめていま|見つかって|読み取|調べていま|決まって(?:い)?ま?せん|資料がな"
    r"|has been found|not been found|found no|no source|could not (?:be )?confirm|not confirmed|our reading|not settled"
    r"|did not check"
)
_CITING: Final = re.compile(rf"[^\n]+?(?:{NOTE.pattern})+")
_LINKED: Final = re.compile(r"\[[^\]]*\]\(faq:[^)]*\)")
_EVERYDAY: Final = frozenset({"75", "85", "100"})


def entry_faults(
    entry: Entry, entries: Entries, sources: Mapping[str, Source], insurers: Mapping[str, Insurer]
) -> Iterator[Fault]:
    """Name what ``entry`` cites, links to or belongs to and does not exist, and figures without a source."""
    topics = {id for id, _ in entries}
    for mark in sorted(entry.marks - set(entry.front.sources)):
        yield Fault(entry.path, entry.line_of(f"[{mark}]"), f"{mark} is cited but not listed", "add it to sources")
    for mark in sorted(set(entry.front.sources) - entry.marks):
        yield Fault(entry.path, 2, f"source {mark} is listed but not cited", f"cite it as [{mark}] or drop it")
    for id in entry.front.related:
        if id not in topics:
            yield Fault(entry.path, 2, f"related: there is no entry {id!r}", "correct the id")
    for id in (*LINK.findall(entry.body), *LINK.findall(entry.easy.body if entry.easy else "")):
        if id not in topics:
            yield Fault(entry.path, entry.line_of(f"faq:{id}"), f"the link leads to no entry {id!r}", "correct it")
    if entry.front.scope and entry.front.scope not in insurers:
        yield Fault(
            entry.path, 2, f"scope: there is no insurer {entry.front.scope!r}", "add content/insurers/<id>.toml"
        )
    yield from _unsourced(entry)
    yield from _easy_faults(entry)
    if not entry.front.scope:
        yield from _placeless(entry, sources)
    if entry.front.lang == LANGS[0] and (other := entries.get((entry.id, LANGS[1]))):
        yield from _parity_faults(entry, other)


def _unsourced(entry: Entry) -> Iterator[Fault]:
    """Name blocks with a date or a larger number that stands in no sourced block of the entry."""
    blocks = [_ITEM.sub("", block) for block in _BLOCK.split(entry.body)]
    sourced = [block for block in blocks if NOTE.search(block)]
    backed = frozenset[str]().union(*(_figures(block, entry) for block in sourced))
    for block in blocks:
        if NOTE.search(block) or _NOT_SETTLED.search(block):
            continue
        said = _figures(_LINKED.sub("", block), entry) - _EVERYDAY
        loose = sorted(figure for figure in said if not (small(figure) or _backed(figure, backed)))
        if loose:
            what = f"{', '.join(loose)} stands without a source"
            yield Fault(entry.path, entry.line_of(block[:12].strip()), what, "cite the source as [S…]")


def _placeless(entry: Entry, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Name sentences that rest on one place or insurer alone, in a text that says nowhere whose rule it is."""
    texts = [(entry.path, entry.front.title, entry.body, entry.body_line)]
    texts += [(entry.easy.path, entry.easy.title, entry.easy.body, 5)] if entry.easy else []
    for path, title, body, first in texts:
        whole = spelled(without_readings(f"{title}\n{body}"))
        for match in _CITING.finditer(body):
            cited = [sources[id] for id in NOTE.findall(match[0]) if id in sources]
            local = [source for source in cited if source.has_name] or cited
            places = sorted(frozenset[str]().union(*(source.places(entry.front.lang) for source in local)))
            if cited and all(source.scope for source in cited) and not any(_named(place, whole) for place in places):
                line = first + body[: match.end()].count("\n")
                what = f"this rests on {', '.join(places)} alone, and the text does not say so"
                yield Fault(path, line, what, "name the place or insurer in the sentence")


def _named(place: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(place)}\b" if place.isascii() else re.escape(place), text) is not None


def _backed(figure: str, backed: Figures) -> bool:
    """Say whether a sourced figure is this one, or a date that holds it: 2025-9-30 holds 2025 and 30 September."""
    day = figure.removesuffix(" of a year")
    return figure in backed or any(known.startswith(f"{figure}-") or known.endswith(f"-{day}") for known in backed)


def _figures(text: str, entry: Entry) -> Figures:
    return figures(NOTE.sub("", unlinked(text)), entry.front.lang)


def _easy_faults(entry: Entry) -> Iterator[Fault]:
    if entry.easy is None:
        return
    for mark in sorted(frozenset(NOTE.findall(entry.easy.body)) - entry.marks):
        yield Fault(entry.easy.path, 1, f"{mark} is not a source of the entry", "cite what ja.md cites")
    if not NOTE.search(entry.easy.body):
        yield Fault(entry.easy.path, 1, "no statement has a source", "cite what ja.md cites")
    extra = figures(NOTE.sub("", unlinked(entry.easy.text)), "ja") - _figures(entry.front.title + entry.body, entry)
    for figure in added_figures(extra, frozenset()):
        yield Fault(
            entry.easy.path, 1, f"{figure} stands in the easy text and not in ja.md", "say only what ja.md says"
        )


def _parity_faults(ja: Entry, en: Entry) -> Iterator[Fault]:
    pairs = {
        "list items": (len(_ITEM.findall(ja.body)), len(_ITEM.findall(en.body))),
        "sources": (sorted(NOTE.findall(ja.body)), sorted(NOTE.findall(en.body))),
        "links": (sorted(LINK.findall(ja.body)), sorted(LINK.findall(en.body))),
        "intent": (ja.front.intent, en.front.intent),
        "audience": (sorted(ja.front.audience), sorted(en.front.audience)),
        "rules": (sorted(ja.front.rules), sorted(en.front.rules)),
        "ages": (sorted(ja.front.ages), sorted(en.front.ages)),
        "scope": (ja.front.scope, en.front.scope),
    }
    for name, (left, right) in pairs.items():
        if left != right:
            yield Fault(en.path, 1, f"{name} differ from the Japanese text: {right}, not {left}", "make both alike")
    if ja.body.strip() == en.body.strip():
        yield Fault(en.path, 1, "the text is the same file as the Japanese one", "translate it")


def row_faults(entry: Entry, rows: Mapping[str, Row]) -> Iterator[Fault]:
    """Name rules that are none of ``rows``, and a window that ends while the page is shown without it saying so."""
    for key in entry.front.rules:
        if key not in rows:
            yield Fault(entry.path, 2, f"rules: there is no row {key!r}", "write table/row as in content/rules")
            continue
        last = rows[key].last
        if last is not None and last <= entry.front.review_by and f"{last.year}" not in entry.body:
            what = f"the row {key} ends on {last}, and the entry does not say so"
            yield Fault(entry.path, 2, what, "name the day on which it ends")
