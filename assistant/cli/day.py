"""A day as a parameter of a command."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from assistant.domain.facts import BadFact, iso_date


class Day(click.ParamType[date]):
    """A day written as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails with what it takes."""
        try:
            return value if isinstance(value, date) else iso_date("--on", value)
        except BadFact:
            self.fail("write the day as YYYY-MM-DD", param, ctx)
