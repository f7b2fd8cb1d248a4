"""Templates over the columns of a file: `{bank}:{account}`, and what stands in where one is empty: `a || {b}:{c}`."""

from __future__ import annotations

import re

import polars as pl

from followmoney.readers._records import ROW

_FIELD = re.compile(r"\{([^{}]+)\}")
_OWN = ("row", "file")
_OR = " || "


def columns_of(text: str) -> tuple[str, ...]:
    """The source's columns a text names: those in braces, or the text itself where it has none."""
    return tuple(dict.fromkeys(c for part in text.split(_OR) for c in _columns(part)))


def _columns(text: str) -> tuple[str, ...]:
    found: list[str] = _FIELD.findall(text)
    return tuple(c for c in found if c not in _OWN) if found else (text,)


def filled(text: str, file: str) -> pl.Expr:
    """The column, or the template filled in; empty where all the columns it names are empty. The first that is not."""
    parts = [_filled(part, file) for part in text.split(_OR)]
    return pl.coalesce(parts) if len(parts) > 1 else parts[0]


def _filled(text: str, file: str) -> pl.Expr:
    fields: list[str] = _FIELD.findall(text)
    if not fields:
        return pl.col(text)
    pieces = _FIELD.split(text)  # text, field, text, field, ..., text
    parts = [pl.lit(piece) if at % 2 == 0 else _cell(piece, file) for at, piece in enumerate(pieces)]
    joined = pl.concat_str(part for part, piece in zip(parts, pieces, strict=True) if piece)
    named = _columns(text)
    return pl.when(pl.any_horizontal(pl.col(c).is_not_null() for c in named)).then(joined) if named else joined


def _cell(name: str, file: str) -> pl.Expr:
    if name == "file":
        return pl.lit(file)
    return (pl.col(ROW) if name == "row" else pl.col(name)).cast(pl.String).fill_null("")
