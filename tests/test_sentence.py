"""Columns are filled into texts as `pl.format` does it, also where it panics."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import followmoney
from followmoney.readers._records import ROW
from followmoney.readers._template import filled
from followmoney.schema.sentence import sentence

WHOLE = pl.DataFrame({"x": ["1", None, "3"], "n": [1, 2, None], ROW: [1, 2, 3]})
EMPTIED = pl.concat([WHOLE, WHOLE], rechunk=False).filter(pl.Series([False] * 3 + [True] * 3))
"""Its first piece is empty."""
TEMPLATES = [("{}", ["x"]), ("a{}", ["n"]), ("{} of {}.", ["x", "n"]), ("{}{}", [pl.lit("z"), pl.col("x")])]


@pytest.mark.parametrize(("template", "columns"), TEMPLATES)
def test_columns_stand_in_their_places(template: str, columns: list[pl.Expr | str]) -> None:
    told = WHOLE.select(o=sentence(template, *columns))
    assert told.equals(WHOLE.select(o=pl.format(template, *columns)))
    assert EMPTIED.select(o=sentence(template, *columns)).equals(told)


@pytest.mark.parametrize("text", ["{x}:{n}", "{file} {row}", "x || {n} (unknown)", "x"])
def test_templates_of_specifications_are_filled_in_likewise(text: str) -> None:
    whole = WHOLE.with_columns(pl.col("n").cast(pl.String))
    emptied = EMPTIED.with_columns(pl.col("n").cast(pl.String))
    assert emptied.select(o=filled(text, "f")).equals(whole.select(o=filled(text, "f")))


def test_a_column_too_many_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 places for 2 columns"):
        sentence("{}", "x", "n")


def test_nothing_in_the_package_uses_the_one_that_panics() -> None:
    package = Path(followmoney.__file__).parent
    used = [path.name for path in package.rglob("*.py") if "pl.format(" in path.read_text(encoding="utf-8")]
    assert used == []
