"""`followmoney schema`: tables, columns, units, and their names in other standards."""

from __future__ import annotations

from typing import Literal

from followmoney.cli._output import say


def schema(table: str | None = None, /, *, format: Literal["table", "markdown", "json"] = "table") -> None:  # noqa: A002
    """Show the tables, their columns, units and names in other standards.

    Parameters
    ----------
    table:
        One table; not given: all of them.
    format:
        How to print: aligned text, Markdown, or JSON.
    """
    from followmoney.schema.describe import describe

    say(describe(table, format=format).rstrip("\n"))
