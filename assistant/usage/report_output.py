"""The report on paper: plain text for a terminal, and one HTML file that needs nothing else."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader

from assistant.usage.report import FEWEST, Week


def load_words(catalogs: Path, lang: str) -> NullTranslations:
    """Return the catalog of ``lang``."""
    return Translations.load(str(catalogs), [lang])


def headings(words: NullTranslations) -> dict[str, str]:
    """Return the heading of each section of the report."""
    _ = words.gettext
    return {
        "asked": _("Answers given"),
        "situations": _("Situations behind them"),
        "questions": _("Questions that the site asked back"),
        "read": _("Entries read"),
        "unhelpful": _("Marked as not helpful"),
        "helpful": _("Marked as helpful"),
        "declined": _("Not answered"),
        "words": _("Recognised words in what was not answered"),
        "searches": _("Searches"),
    }


def as_text(weeks: tuple[Week, ...], words: NullTranslations) -> str:
    """Return the report for a terminal."""
    names = headings(words)
    lines = [_explained(words)]
    for week in weeks:
        lines += ["", week.name]
        for section in week.sections:
            lines.append(f"  {names[section.name]}: {section.total}")
            lines += [f"    {line.number:>7}  {line.what}" for line in section.lines]
            lines += [f"          {_further(section.further, words)}"] if section.further else []
    return "\n".join(lines)


def as_html(weeks: tuple[Week, ...], words: NullTranslations, templates: Path, lang: str) -> str:
    """Return the report as one HTML page."""
    environment = Environment(
        loader=FileSystemLoader(templates), autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words)  # type: ignore[attr-defined]
    page = environment.get_template("reports/usage.html")
    return page.render(
        lang=lang,
        weeks=weeks,
        headings=headings(words),
        explained=_explained(words),
        further=lambda n: _further(n, words),
    )


def _explained(words: NullTranslations) -> str:
    _ = words.gettext
    return _("Counts by ISO week in Japan. A number below %(fewest)d is shown as <%(fewest)d.") % {"fewest": FEWEST}


def _further(number: int, words: NullTranslations) -> str:
    _ = words.gettext
    return _("and %(number)d further lines") % {"number": number}
