"""`--fail-on`: findings as an exit code, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import polars as pl

FailOn = Annotated[
    float | None,
    Parameter(
        help="Exit with code 1 if a finding is at least this strong (0 to 1; 0: any finding).", show_default=False
    ),
]


def failed(findings: pl.DataFrame, least: float | None) -> int:
    """1 if a finding is at least that strong, else 0."""
    return int(least is not None and bool((findings["strength"] >= least).any()))
