"""The report: what was asked, what was not answered and what did not help, by week and in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final

from assistant.snapshot.snapshot import Snapshot
from assistant.usage.codes import Count

#: Numbers below this are not told: few people could recognise each other in them.
FEWEST: Final = 5
_TOP: Final = 15

#: Sections in the order of the report: the kinds counted in each.
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "asked": ("outcome", "not_confirmed"),
    "situations": ("outcome",),
    "questions": ("question",),
    "read": ("entry", "faq"),
    "unhelpful": ("unhelpful_outcome", "unhelpful_entry"),
    "helpful": ("helpful_outcome", "helpful_entry"),
    "declined": ("decline", "out_of_scope"),
    "words": ("word",),
    "searches": ("search",),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What was counted, in words, and how often: a number, or ``<5``."""

    what: str
    number: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a week: the lines that were counted most, and how many further ones there are."""

    name: str
    total: str
    lines: tuple[ReportLine, ...]
    further: int


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week in Japan."""

    name: str
    sections: tuple[Section, ...]


def report(
    counts: Iterable[tuple[Count, int]], snapshot: Snapshot, lang: str, catalog: NullTranslations
) -> tuple[Week, ...]:
    """Return the weeks of ``counts``, newest first, with the titles that ``snapshot`` has in ``lang``.

    ``catalog`` has the words for what is neither an outcome nor an entry.
    """
    weeks: dict[str, list[tuple[Count, int]]] = defaultdict(list)
    for count, n in counts:
        weeks[count.week].append((count, n))
    words = _Words(snapshot, lang, _kinds(catalog))
    return tuple(Week(name, tuple(_sections(weeks[name], words))) for name in sorted(weeks, reverse=True))


def shown(n: int) -> str:
    """Return a number as the report tells it."""
    return str(n) if n >= FEWEST else f"<{FEWEST}"


def _sections(counts: list[tuple[Count, int]], words: _Words) -> Iterator[Section]:
    for name, kinds in SECTIONS.items():
        tell: Callable[[Count], str] = words.situation if name == "situations" else words.title
        sums: Counter[str] = Counter()
        for count, n in counts:
            if count.kind in kinds and not (name == "situations" and not count.facts):
                sums[tell(count)] += n
        # A situation is the closest that counts come to one person: rare ones are not listed at all.
        listed = [(what, n) for what, n in sums.items() if name != "situations" or n >= FEWEST]
        listed.sort(key=lambda line: (-max(line[1], FEWEST - 1), line[0]))
        if sums:
            lines = tuple(ReportLine(what, shown(n)) for what, n in listed[:_TOP])
            yield Section(name, shown(sum(sums.values())), lines, len(sums) - len(lines))


def _kinds(catalog: NullTranslations) -> dict[str, str]:
    _ = catalog.gettext
    return {
        "not_confirmed": _("No rule is confirmed for the day"),
        "decline": _("Not understood well enough"),
        "out_of_scope": _("Outside the subject"),
        "search found": _("Something was found"),
        "search nothing": _("Nothing was found"),
        "word": _("No word was recognised"),
    }


class _Words:
    """Titles for codes. A code that the content no longer has is told as it is."""

    def __init__(self, snapshot: Snapshot, lang: str, kinds: Mapping[str, str]) -> None:
        self._snapshot = snapshot
        self._lang = lang
        self._kinds = kinds

    def title(self, count: Count) -> str:
        """Return the title of an outcome or an entry, the label of a fact, or the code."""
        snapshot, lang, kind, code = self._snapshot, self._lang, count.kind, count.code
        if kind.endswith("outcome") and code in snapshot.outcomes:
            return snapshot.outcomes[code].version(lang).title
        if (kind in ("entry", "faq") or kind.endswith("_entry")) and (code, lang) in snapshot.entries:
            return snapshot.entries[code, lang].front.title
        if kind == "question" and code in snapshot.words:
            return snapshot.words[code].label[lang]
        named = self._kinds.get(f"{kind} {code}".strip())
        if named is not None:
            return named
        return f"{self._kinds[kind]}: {code}" if kind in ("decline", "out_of_scope") else code

    def situation(self, count: Count) -> str:
        """Return the facts of a count in words, and the outcome they led to."""
        told = [self._fact(*fact.partition("=")[::2]) for fact in count.facts.split()]
        return ("、" if self._lang == "ja" else ", ").join(told) + f" → {self.title(count)}"

    def _fact(self, fact: str, values: str) -> str:
        words = self._snapshot.words.get(fact)
        if words is None:
            return f"{fact}={values}"
        told = [words.values[value][self._lang] if value in words.values else value for value in values.split("+")]
        return f"{words.label[self._lang]}: {' + '.join(told)}"
