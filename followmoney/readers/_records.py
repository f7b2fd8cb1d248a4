"""Lines of a text file → rows of cells; a line that is no row is kept, with the rule it breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from followmoney.errors import InputError
from followmoney.ledger import FOUND_BROKEN, FOUND_LINE, FOUND_ROW
from followmoney.readers._layout import Layout
from followmoney.readers._lines import CHUNK, MARK, chunks, whole_lines

ROW, BROKEN, LINE = FOUND_ROW, FOUND_BROKEN, FOUND_LINE
"""Columns of a batch beside the file's own: the row's number, the rule a line breaks, and that line as found."""
_LARGEST = 16 * 2**20  # characters of one cell
_WIDEST = 10_000  # columns
_LONGEST = 4 * 2**20  # characters of all lines up to the header and the first row
_AT = "\ufdd0at"  # place of a line, until it is a row's number
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
    skip, row = layout.skip + layout.header, 0
    source = whole_lines(path, layout.encoding, size)
    lines, last = next(source)
    while True:
        head, lines = lines[:skip], lines[skip:]
        skip -= len(head)
        if head and not skip and layout.header:
            names = unlike(_bounded(path, _cells(head[-1], layout) or [head[-1]]))
        footers = layout.footer if isinstance(layout.footer, int) else 0
        end = len(lines) - footers  # they may be among these lines
        lines, back = lines[: max(end, 0)], lines[max(end, 0) :]
        if names is None and lines and not layout.header:
            names = [str(at) for at, _ in enumerate(_bounded(path, _cells(lines[0], layout) or [""]), start=1)]
        if names is not None and lines:
            rows, used, seen = _rows(lines, names, layout, row, last=last)
            row += seen
            yield _without_footers(rows, layout, len(back) if last else 0)
            back = [*lines[used:], *back]
        if last:
            return
        lines, last = source.send(back)


def header(path: Path, layout: Layout) -> list[str]:
    """The names of the columns of a text file; their positions where it has no header."""
    pieces, ends, size = list[str](), 0, 0
    for piece in chunks(path, layout.encoding, 2**16):
        pieces.append(piece)
        ends += piece.count("\n")
        size += len(piece)
        if ends > layout.skip + layout.header:
            break
        if size > _LONGEST:
            raise InputError(
                f"{path} begins with lines longer than any table has ({size:,} characters); at most {_WIDEST:,} "
                "columns are read. Check its separator and its line ends."
            )
    text = "".join(pieces)
    lines = text.split("\n") if text else []
    at = layout.skip + max(layout.header, 1) - 1
    if at >= len(lines):
        return []
    cells = _bounded(path, _cells(lines[at], layout) or [lines[at]])
    return unlike(cells) if layout.header else [str(n + 1) for n in range(len(cells))]


def _bounded(path: Path, names: list[str]) -> list[str]:
    if len(names) > _WIDEST:
        raise InputError(
            f"{path} has {len(names):,} columns; at most {_WIDEST:,} are read. Check its separator and its line ends."
        )
    return names


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
        csv.field_size_limit(max(csv.field_size_limit(), _LARGEST))
        quoting = csv.QUOTE_MINIMAL if layout.quote else csv.QUOTE_NONE
        return next(
            csv.reader([line], delimiter=layout.separator, quotechar=layout.quote or None, quoting=quoting, strict=True)
        )
    except (csv.Error, StopIteration):
        return None


def _rows(
    lines: list[str], names: list[str], layout: Layout, before: int, *, last: bool
) -> tuple[pl.DataFrame, int, int]:
    """Rows of cells; how many lines were used (a row may go on in the next piece), and how many rows were seen."""
    width, line, quote = len(names), pl.col("line"), layout.quote
    frame = pl.DataFrame({"line": pl.Series(lines, dtype=pl.String)}).with_row_index(_AT)
    frame = frame.filter(line.str.strip_chars() != "").with_columns(
        marked=line.str.contains(MARK, literal=True),
        plain=~line.str.contains(quote, literal=True) if quote else pl.lit(value=True),
        fits=line.str.count_matches(layout.separator, literal=True) == width - 1,
    )
    simple = pl.col("plain") & pl.col("fits") & ~pl.col("marked")
    odd, joined, used = _by_hand(frame.filter(~simple), lines, names, layout, last=last)
    apart = ~pl.col(_AT).is_in(joined) if joined else pl.lit(value=True)  # a line inside a quoted cell is no row
    rest = frame.filter(simple & (pl.col(_AT) < used) & apart)
    cells = rest["line"].str.split_exact(layout.separator, width - 1).struct.unnest()
    cells.columns = names
    rows = pl.concat([rest.select(_AT).hstack(cells), odd], how="diagonal").sort(_AT)
    gone = pl.Series(joined, dtype=pl.UInt32)
    at = rows[_AT].cast(pl.Int64) - gone.search_sorted(rows[_AT]).cast(pl.Int64)
    cells = [pl.col(c).str.strip_chars() for c in names]
    return rows.select((at + before + 1).alias(ROW), BROKEN, LINE, *cells), used, used - len(joined)


def _by_hand(
    odd: pl.DataFrame, lines: list[str], names: list[str], layout: Layout, *, last: bool
) -> tuple[pl.DataFrame, list[int], int]:
    """Lines with quotes, marked bytes or too few cells, one by one; lines that go on the one before; lines used."""
    found: list[dict[str, object]] = []
    joined: list[int] = []
    used = len(lines)
    for at, line, marked in odd.select(_AT, "line", "marked").iter_rows():
        if joined and at <= joined[-1]:
            continue
        cells, rule = _cells(line, layout), ""
        if cells is None and layout.quote:
            cells, more = _joined(at, lines, len(names), layout)
            if more == len(lines) and not last:
                used = at
                break
            joined += range(at + 1, more) if cells is not None else ()
        if marked or (cells and any(MARK in cell for cell in cells)):
            rule = "line|encoding"
        elif cells is None:
            rule = "line|quotes"
        elif len(cells) != len(names):
            rule = "line|cells"
        row = {BROKEN: rule, LINE: line.replace(MARK, "")} if rule else dict(zip(names, cells or [], strict=True))
        found.append({_AT: at, **row})
    text = dict.fromkeys([*names, BROKEN, LINE], pl.String)
    return pl.DataFrame(found, schema={_AT: pl.UInt32, **text}), joined, used


def _joined(at: int, lines: list[str], width: int, layout: Layout) -> tuple[list[str] | None, int]:
    """The cells of a row that goes on in the next lines, where joining them gives exactly a row; and where it stops.

    Stops at `len(lines)` where more lines would be needed to say.
    """
    end = min(at + _SPAN, len(lines))
    for more in range(at + 1, end):
        if lines[more].count(layout.quote) % 2:
            cells = _cells_of_lines("\n".join(lines[at : more + 1]), layout)
            return (cells if cells is not None and len(cells) == width else None), more + 1
    return None, at if end == at + _SPAN else len(lines)


def _cells_of_lines(text: str, layout: Layout) -> list[str] | None:
    try:
        csv.field_size_limit(max(csv.field_size_limit(), _LARGEST))
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
