"""A text with columns filled into it."""

from __future__ import annotations

import polars as pl


def sentence(template: str, *columns: pl.Expr | str) -> pl.Expr:
    """The template with a column in place of each `{}`; empty where one of them is.

    `pl.format` does this too, and panics (polars 2.1) on frames of which a filter has emptied the first piece.
    """
    pieces = template.split("{}")
    if len(pieces) != len(columns) + 1:
        raise ValueError(f"{template!r} has {len(pieces) - 1} places for {len(columns)} columns")
    parts: list[pl.Expr | str] = [pl.lit(pieces[0])]
    for column, piece in zip(columns, pieces[1:], strict=True):
        parts += [column, pl.lit(piece)]
    return pl.concat_str(parts)
