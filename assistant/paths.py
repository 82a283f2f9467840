"""Where content, templates, static files and catalogs are: in the installed package, or in the source tree."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_site"

SITE: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
CONTENT: Final = SITE / "content"
TEMPLATES: Final = SITE / "templates"
STATIC: Final = SITE / "static"
TRANSLATIONS: Final = SITE / "translations"
