"""Print a frame: a table for people, JSON Lines, CSV or Parquet for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from followmoney.cli._terminal import console, pipe_width, plain
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    import polars as pl

Format = Literal["table", "jsonl", "csv", "parquet"]


@Parameter(name="*", group="Output")
@dataclass(frozen=True)
class Output:
    """How results are printed."""

    format: Format | None = None
    """How to print: a table on a terminal and JSON Lines when piped, unless given. Tables show money as people write it, the others minor units and the currency."""
    traceback: Annotated[bool, Parameter(negative=())] = False
    """Show the whole traceback of an error, for a report to the developers."""

    @property
    def kind(self) -> Format:
        """The format to use now."""
        return self.format or ("table" if sys.stdout.isatty() else "jsonl")


def show(
    frame: pl.DataFrame, output: Output, *, money: Mapping[str, str] | None = None, columns: Sequence[str] = (), empty: str
) -> None:
    """Print a frame on stdout. `money` names columns of minor units and the column of their currency.

    `columns` are those shown in a table (default all); machine formats always get every column. `empty` is the sentence
    a table of no rows is replaced by.
    """
    kind = output.kind
    if kind == "table":
        if len(frame):
            _table(frame.select(columns) if columns else frame, _written(frame, money or {}))
        else:
            print(empty)
    elif kind == "jsonl":
        for row in frame.iter_rows(named=True):
            print(json.dumps(row, default=machine, ensure_ascii=False))
    elif kind == "csv":
        sys.stdout.write(flat(frame).write_csv())
    else:
        if sys.stdout.isatty():
            raise SettingsError("Parquet is not for a terminal; redirect it: … --format parquet > file.parquet")
        frame.write_parquet(sys.stdout.buffer)


def notes(sentences: Sequence[str], output: Output) -> None:
    """Sentences that go with a table (limits hit, assumptions); machines get them in the files of a run."""
    if output.kind == "table":
        for sentence in sentences:
            print(f"Note: {plain(sentence)}")


def machine(value: Any) -> Any:  # noqa: ANN401
    """A value JSON has no type for, as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text, as a cell of a CSV file must be."""
    import polars as pl

    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists)


def _written(frame: pl.DataFrame, money: Mapping[str, str]) -> dict[str, list[str]]:
    """The columns of money as people write it."""
    from followmoney.schema.codes import money as write

    found: dict[str, list[str]] = {}
    for name, currency in money.items():
        pairs = zip(frame[name].to_list(), frame[currency].cast(str).to_list(), strict=True)
        found[name] = ["" if a is None else write(a, c) if c else f"{a:,}" for a, c in pairs]
    return found


def _table(frame: pl.DataFrame, written: Mapping[str, list[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    cells: list[list[str]] = []
    for name, kind in frame.schema.items():
        number = kind.is_numeric()
        table.add_column(name.replace("_", " "), justify="right" if number else "left", no_wrap=number, overflow="fold")
        cells.append(written[name] if name in written else [_cell(v) for v in frame[name].to_list()])
    for row in zip(*cells, strict=True):
        table.add_row(*(Text(plain(cell)) for cell in row))
    console(width=pipe_width()).print(table)


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, list):
        parts: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return "; ".join(_cell(v) for v in parts)
    return str(value)
