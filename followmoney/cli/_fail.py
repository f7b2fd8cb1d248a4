"""`--fail-on`: findings as an exit code, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import polars as pl


def _share(_: object, least: float | None) -> None:
    """Anything but a number from 0 to 1 is a wrong call."""
    if least is not None and not 0 <= least <= 1:
        raise ValueError("must be a number from 0 to 1.")


FailOn = Annotated[
    float | None,
    Parameter(
        validator=_share,
        help="Exit with code 1 if a finding is at least this strong (0 to 1; 0: any finding).",
        show_default=False,
    ),
]


def failed(findings: pl.DataFrame, least: float | None) -> int:
    """1 if a finding is at least that strong, else 0."""
    return int(least is not None and bool((findings["strength"] >= least).any()))
