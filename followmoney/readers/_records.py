"""Lines of a text file → rows of cells; a line that is no row is kept, with the rule it breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from followmoney.readers._layout import Layout
from followmoney.readers._lines import CHUNK, MARK, whole_lines

ROW, BROKEN, LINE = "(row)", "(broken)", "(line)"
"""Columns of a batch beside the file's own: the row's number, the rule a line breaks, and that line as found."""
_SPAN = 50  # lines that a cell with line breaks may span


@dataclass(frozen=True)
class Batch:
    """Some rows of a file: every cell as text, and the columns ROW, BROKEN and LINE."""

    rows: pl.DataFrame
    footers: int = 0
    """Lines left out because the layout says they are no rows."""


def batches(path: Path, layout: Layout, size: int = CHUNK) -> Iterator[Batch]:
    """The rows of a text file, some at a time, counted from 1 after the header. Cost: about 1 µs a row."""
    names: list[str] | None = None
    skip, row, held = layout.skip + layout.header, 0, list[str]()
    source = whole_lines(path, layout.encoding, size)
    back: list[str] | None = None
    while True:
        try:
            lines, last = source.send(back) if back is not None else next(source)
        except StopIteration:
            return
        if skip:
            head, lines = lines[:skip], lines[skip:]
            skip -= len(head)
            if head and not skip and layout.header:
                names = unlike(_cells(head[-1], layout) or [head[-1]])
        lines = [*held, *lines]
        held = []
        back = []
        footers = 0
        if isinstance(layout.footer, int) and layout.footer:
            lines, held = lines[: -layout.footer], lines[-layout.footer :]
            footers = len(held) if last else 0
        if not last:
            lines, back = _settled(lines, layout, held)
            held = [] if back else held
        if names is None and lines and not layout.header:
            names = [str(at + 1) for at in range(len(_cells(lines[0], layout) or [""]))]
        if names is not None:
            rows, seen = _rows(lines, names, layout, row)
            row += seen
            yield _without_footers(rows, layout, footers)


def header(path: Path, layout: Layout) -> list[str]:
    """The names of the columns of a text file; their positions where it has no header."""
    lines: list[str] = []
    for some, _ in whole_lines(path, layout.encoding, 2**16):
        lines += some
        if len(lines) > layout.skip + layout.header:
            break
    at = layout.skip + max(layout.header, 1) - 1
    if at >= len(lines):
        return []
    cells = _cells(lines[at], layout) or [lines[at]]
    return unlike(cells) if layout.header else [str(n + 1) for n in range(len(cells))]


def unlike(names: list[str]) -> list[str]:
    """Column names made different: the second `Account` is `Account.1`; a column without a name is its position."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for at, raw in enumerate(names, start=1):
        name = raw.strip() or str(at)
        times = seen.get(name, 0)
        seen[name] = times + 1
        found.append(f"{name}.{times}" if times else name)
    return found if len(set(found)) == len(found) else [f"{name} {at}" for at, name in enumerate(names, start=1)]


def _cells(line: str, layout: Layout) -> list[str] | None:
    """The cells of one line; nothing where its quotation marks make no sense."""
    try:
        quoting = csv.QUOTE_MINIMAL if layout.quote else csv.QUOTE_NONE
        return next(
            csv.reader([line], delimiter=layout.separator, quotechar=layout.quote or None, quoting=quoting, strict=True)
        )
    except (csv.Error, StopIteration):
        return None


def _settled(lines: list[str], layout: Layout, held: list[str]) -> tuple[list[str], list[str]]:
    """Lines that are whole rows for certain, and the rest: a cell with a line break may go on in the next piece."""
    start = max(len(lines) - _SPAN, 0)
    if layout.quote:
        for at in range(start, len(lines)):
            if lines[at].count(layout.quote) % 2:
                return lines[:at], [*lines[at:], *held]
    return lines, []


def _rows(lines: list[str], names: list[str], layout: Layout, before: int) -> tuple[pl.DataFrame, int]:
    """Rows of cells from lines; the number of rows seen, empty lines included."""
    width = len(names)
    frame = pl.DataFrame({"line": pl.Series(lines, dtype=pl.String)})
    line, quote = pl.col("line"), layout.quote
    plain = ~line.str.contains(quote, literal=True) if quote else pl.lit(value=True)
    fits = line.str.count_matches(layout.separator, literal=True) == width - 1
    frame = frame.with_row_index("at").with_columns(marked=line.str.contains(MARK, literal=True), plain=plain, fits=fits)
    blank = line.str.strip_chars() == ""
    simple = frame.filter(~blank & ~pl.col("marked") & pl.col("plain") & pl.col("fits"))
    cells = simple["line"].str.split_exact(layout.separator, width - 1).struct.unnest()
    cells.columns = names
    parts = [simple.select("at").hstack(cells)]
    odd = frame.filter(~blank & (pl.col("marked") | ~pl.col("plain") | ~pl.col("fits")))
    joined: set[int] = set()
    if len(odd):
        parts.append(_by_hand(odd, lines, names, layout, joined))
    rows = pl.concat(parts, how="diagonal").sort("at")
    if joined:
        gone = pl.Series(sorted(joined), dtype=pl.UInt32)
        rows = rows.with_columns(pl.col("at") - gone.search_sorted(rows["at"]).cast(pl.UInt32))
    number = (pl.col("at").cast(pl.Int64) + before + 1).alias(ROW)
    missing = [pl.lit(None, dtype=pl.String).alias(c) for c in (BROKEN, LINE) if c not in rows.columns]
    strip = [pl.col(c).str.strip_chars() for c in names]
    return rows.with_columns(*missing).select(number, BROKEN, LINE, *strip), len(lines) - len(joined)


def _by_hand(odd: pl.DataFrame, lines: list[str], names: list[str], layout: Layout, joined: set[int]) -> pl.DataFrame:
    """Lines with quotation marks, marked bytes or the wrong number of cells, one by one."""
    found: list[dict[str, object]] = []
    for at, line, marked in odd.select("at", "line", "marked").iter_rows():
        if at in joined:
            continue
        cells, rule = _cells(line, layout), ""
        if cells is None and layout.quote:
            cells = _joined(at, lines, len(names), layout, joined)
        if marked or (cells and any(MARK in cell for cell in cells)):
            rule = "line|encoding"
        elif cells is None:
            rule = "line|quotes"
        elif len(cells) != len(names):
            rule = "line|cells"
        if rule:
            found.append({"at": at, BROKEN: rule, LINE: line.replace(MARK, "")})
        elif cells is not None:
            found.append({"at": at, **dict(zip(names, cells, strict=True))})
    text = dict.fromkeys([*names, BROKEN, LINE], pl.String)
    return pl.DataFrame(found, schema={"at": pl.UInt32, **text})


def _joined(at: int, lines: list[str], width: int, layout: Layout, joined: set[int]) -> list[str] | None:
    """The cells of a row that goes on in the next lines, where joining them gives exactly a row."""
    text = lines[at]
    for more in range(at + 1, min(at + _SPAN, len(lines))):
        text += "\n" + lines[more]
        if lines[more].count(layout.quote) % 2:
            cells = _cells_of_lines(text, layout)
            if cells is not None and len(cells) == width:
                joined.update(range(at + 1, more + 1))
                return cells
            return None
    return None


def _cells_of_lines(text: str, layout: Layout) -> list[str] | None:
    try:
        pieces = [f"{piece}\n" for piece in text.split("\n")]
        rows = list(csv.reader(pieces, delimiter=layout.separator, quotechar=layout.quote, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _without_footers(rows: pl.DataFrame, layout: Layout, footers: int) -> Batch:
    if isinstance(layout.footer, int) or not len(rows):
        return Batch(rows, footers)
    named = [c for c in rows.columns if c not in (ROW, BROKEN, LINE)]
    start = pl.col(LINE).str.split(layout.separator).list.first().str.strip_chars(f"{layout.quote} ")
    first = pl.coalesce(pl.col(named[0]), start)
    footer = first.str.contains(layout.footer).fill_null(value=False)
    kept = rows.filter(~footer)
    return Batch(kept, len(rows) - len(kept))
