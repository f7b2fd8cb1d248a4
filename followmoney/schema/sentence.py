"""A text with columns filled into it."""

from __future__ import annotations

import re

import polars as pl

_FORMS = re.compile(r"\[([\w ]+)\|([\w ]+)\]")


def in_number(template: str, number: int) -> str:
    """The template with the first of each `[is|are]` where the number is 1, else the second."""
    return _FORMS.sub(lambda forms: forms[1 if number == 1 else 2], template)


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


def counted(template: str, column: str) -> pl.Expr:
    """`sentence` on a column of numbers, each in its own form: `"{} [day is|days are] missing"`."""
    one, several = (sentence(in_number(template, number), column) for number in (1, 2))
    return pl.when(pl.col(column) == 1).then(one).otherwise(several)
