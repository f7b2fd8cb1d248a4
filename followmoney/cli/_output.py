"""Print a frame: a table for people, JSON Lines, CSV or Parquet for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from followmoney.cli import _terminal
from followmoney.cli._table import table, written
from followmoney.cli._terminal import one_line, plain
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    import polars as pl

Format = Literal["table", "jsonl", "csv", "parquet"]


@Parameter(name="*", group="Output")
@dataclass(frozen=True)
class Output:
    """How results are printed."""

    format: Format | None = None
    """How to print; not given: a table on a terminal, JSON Lines when piped. Only tables show money as people write it,
    the others give minor units and the currency. CSV has an apostrophe before text that a spreadsheet would run as a
    formula."""
    traceback: Annotated[bool, Parameter(negative=())] = False
    """Show the whole traceback of an error, for a report to the developers."""

    @property
    def kind(self) -> Format:
        """The format to use now."""
        return self.format or ("table" if _terminal.on_terminal() else "jsonl")


AUTO = Output()
"""The default: by what stdout is."""


def say(text: str = "") -> None:
    """Lines on stdout, without whatever could steer a terminal."""
    sys.stdout.write(f"{plain(text)}\n")


def line(value: Any) -> str:  # noqa: ANN401
    """A value as one line of JSON, in letters any terminal and encoding can show as they are."""
    whole = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, default=machine, ensure_ascii=not whole)
    if text.isprintable():  # nearly always
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def show(
    frame: pl.DataFrame,
    output: Output,
    *,
    columns: Sequence[str] = (),
    empty: str,
) -> None:
    """Print a frame on stdout, in a table with money as people write it.

    `columns` are those shown in a table (default all); machine formats always get every column. `empty` is the sentence
    a table of no rows is replaced by.
    """
    kind = output.kind
    if kind == "table":
        if len(frame):
            table(frame.select(columns) if columns else frame, written(frame, amounts(frame)))
        else:
            say(empty)
    elif kind == "jsonl":
        for row in frame.iter_rows(named=True):
            say(line(row))
    elif kind == "csv":
        text = flat(frame).write_csv()
        sys.stdout.write(plain(text) if _terminal.on_terminal() else text)
    else:
        if _terminal.on_terminal():
            raise SettingsError("Parquet is not for a terminal; redirect it: … --format parquet > file.parquet")
        frame.write_parquet(sys.stdout.buffer)


_COUNTS = (
    "agree", "compared", "days", "findings", "fits", "hops", "level", "path", "payments", "percent_a_year", "places",
    "refused", "row", "rows", "size", "stated", "stays", "step", "strength", "taken", "transactions",
)  # fmt: skip


def amounts(frame: pl.DataFrame) -> list[str]:
    """The columns of money in `currency`: every whole number but counts, and but what was received in another one."""
    if "currency" not in frame.columns:
        return []
    numbers = [name for name, kind in frame.schema.items() if kind.is_integer() and _bare(name) not in _COUNTS]
    return [name for name in numbers if not name.endswith("_received")]


def _bare(name: str) -> str:
    """The name without what says on which side of a comparison it is."""
    return name.removesuffix("_before").removesuffix("_after")


def notes(sentences: Sequence[str], output: Output) -> None:
    """Sentences that go with a table (limits hit, assumptions): below it, or on stderr where stdout is for machines."""
    told = [f"Note: {one_line(sentence)}" for sentence in sentences]
    if output.kind == "table":
        for sentence in told:
            say(sentence)
    else:
        aside(told, output)


def aside(sentences: Sequence[str], output: Output) -> None:
    """Sentences that belong to an answer: below the table, or on stderr where stdout is for machines."""
    if output.kind == "table":
        if sentences:
            say("\n" + "\n".join(map(one_line, sentences)))
        return
    sys.stdout.flush()
    sys.stderr.write("".join(f"{one_line(sentence)}\n" for sentence in sentences))


def machine(value: Any) -> Any:  # noqa: ANN401
    """A value JSON has no type for, as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text, as a cell of a CSV file must be, and no cell a formula for the spreadsheet that opens it."""
    import polars as pl

    from followmoney.reports._tables import guarded

    schema = frame.schema
    lists = [name for name, kind in schema.items() if isinstance(kind, pl.List)]
    texts = [n for n, kind in schema.items() if isinstance(kind, pl.String | pl.Categorical | pl.Enum)]
    return frame.with_columns(
        *(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists),
        pl.col(texts).cast(pl.String),
    ).with_columns(pl.col(lists + texts).map_elements(guarded, return_dtype=pl.String))
