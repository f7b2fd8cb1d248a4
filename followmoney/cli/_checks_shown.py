"""Checks as lines: n of n, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.cli._output import Output, say, show

if TYPE_CHECKING:
    from followmoney.custody.check import Check

_NAMED = 5


def checked(found: Sequence[Check], output: Output) -> int:
    """Print checks; the exit code: 4 where one does not hold."""
    import polars as pl

    rows = [
        (c.name, c.agree, c.of, "agrees" if c.holds else "DIFFERS", c.what, list(c.differs))
        for c in found
    ]  # fmt: skip
    schema = {
        "check": pl.String,
        "agree": pl.Int64,
        "of": pl.Int64,
        "result": pl.String,
        "what": pl.String,
        "differs": pl.List(pl.String),
    }
    show(
        pl.DataFrame(rows, schema=schema, orient="row"),
        output,
        columns=("check", "agree", "of", "result", "what"),
        empty="",
    )
    if output.kind == "table":
        for one in found:
            for line in one.differs[:_NAMED]:
                say(f"DIFFERS {one.name}: {line}")
            if len(one.differs) > _NAMED:
                say(f"DIFFERS {one.name}: and {len(one.differs) - _NAMED:,} more")
        say(f"\n{sum(c.holds for c in found)}/{len(found)} checks agree.")
    return 0 if all(c.holds for c in found) else 4
