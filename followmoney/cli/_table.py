"""A frame as people read it: a table, or one block a row where a table would have to cut a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from followmoney.cli._terminal import console, one_line

if TYPE_CHECKING:
    import polars as pl

_TEXT = 14  # narrowest a column of longer text may become; figures are never folded or cut
_GAP = 3


@dataclass(frozen=True)
class _Column:
    name: str
    cells: list[str]
    number: bool

    @property
    def least(self) -> int:
        """The room it needs."""
        from rich.cells import cell_len

        longest = max(map(cell_len, self.cells))
        return max(longest if self.number else min(longest, _TEXT), *map(len, self.name.split()))


def table(frame: pl.DataFrame, amounts: Mapping[str, list[str]]) -> None:
    """Print a frame; `amounts` are its columns of money as written."""
    columns = [
        _Column(
            name.replace("_", " "),
            [one_line(cell) for cell in amounts.get(name) or map(_cell, frame[name].to_list())],
            kind.is_numeric(),
        )
        for name, kind in frame.schema.items()
    ]
    out = console(wide=True)
    if sum(column.least + _GAP for column in columns) - _GAP > out.width:
        out.print("\n\n".join(_blocks(columns)), markup=False, soft_wrap=True)
    else:
        out.print(_grid(columns))


def written(frame: pl.DataFrame, amounts: Iterable[str]) -> dict[str, list[str]]:
    """The columns of money as people write it."""
    from followmoney.schema.codes import money

    found: dict[str, list[str]] = {}
    for name in amounts:
        pairs = zip(frame[name].to_list(), frame["currency"].cast(str).to_list(), strict=True)
        found[name] = ["" if a is None else money(a, c) if c else f"{a:,}" for a, c in pairs]
    return found


def _grid(columns: list[_Column]) -> Any:  # noqa: ANN401 - rich is loaded only here
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for column in columns:
        side = "right" if column.number else "left"
        grid.add_column(column.name, justify=side, no_wrap=column.number, overflow="fold", min_width=column.least)
    for row in zip(*(column.cells for column in columns), strict=True):
        grid.add_row(*map(Text, row))
    return grid


def _blocks(columns: list[_Column]) -> Iterable[str]:
    """One block a row, one line a filled cell."""
    widest = max(len(column.name) for column in columns)
    for row in zip(*(column.cells for column in columns), strict=True):
        filled = [(column.name, cell) for column, cell in zip(columns, row, strict=True) if cell]
        yield "\n".join(f"{name.ljust(widest)}   {cell}" for name, cell in filled)


def _cell(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, list):
        return "; ".join(_cell(v) for v in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
    return "" if value is None else str(value)
