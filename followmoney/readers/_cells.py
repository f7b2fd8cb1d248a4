"""Any file of rows → batches of text cells: delimited text, a workbook, or Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from followmoney.errors import DamagedError, InputError
from followmoney.readers import _records
from followmoney.readers._layout import Layout
from followmoney.readers._records import BROKEN, LINE, ROW, Batch, unlike

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".asc", ".dat")
PARQUET = ".parquet"
_STEP = 500_000  # rows of a Parquet file made text at a time


def header(path: Path, layout: Layout) -> tuple[str, ...]:
    """The names of a file's columns."""
    state = path.stat()
    return _header(path, layout, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _header(path: Path, layout: Layout, _changed: int, _size: int) -> tuple[str, ...]:
    """The same, remembered while the file is as it was."""
    suffix = path.suffix.lower()
    if suffix == PARQUET:
        return tuple(schema(path).names())
    if suffix in WORKBOOKS:
        return tuple(c for c in _sheet(path, layout).columns if c not in (ROW, BROKEN, LINE))
    return tuple(_records.header(path, layout))


def batches(path: Path, layout: Layout) -> Iterator[Batch]:
    """The rows of a file as text cells, some at a time."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        yield Batch(_sheet(path, layout))
    elif suffix == PARQUET:
        yield from _parquet(path)
    else:
        yield from _records.batches(path, layout)


def scan(path: Path, row: str | None = None) -> pl.LazyFrame:
    """One Parquet file, by its exact name: brackets and stars in it are no pattern, folders say no columns."""
    return pl.scan_parquet(path, row_index_name=row, glob=False, hive_partitioning=False)


def _parquet(path: Path) -> Iterator[Batch]:
    text = [_text(name, dtype) for name, dtype in schema(path).items()]
    start, frame = 0, scan(path)
    while True:
        rows = frame.slice(start, _STEP).select(text).collect()
        if not len(rows):
            return
        yield Batch(_numbered(rows, start))
        start += len(rows)


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f" + ("%z" if dtype.time_zone else "")).alias(name)
    return column.cast(pl.String, strict=False)


def schema(path: Path) -> pl.Schema:
    """The columns of a Parquet file and their types."""
    try:
        return scan(path).collect_schema()
    except PermissionError:
        raise InputError(f"Cannot read {path}: permission denied. Check your rights to it.") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        said = f"{path} is not a whole Parquet file ({str(error).splitlines()[0]}). Copy or export it again."
        raise DamagedError(said, path, "no whole table can be read from it") from None


def _sheet(path: Path, layout: Layout) -> pl.DataFrame:
    try:
        import fastexcel
    except ImportError:
        raise InputError(f"{path} is a workbook; reading it needs an extra: pip install followmoney[bank].") from None
    try:
        book = fastexcel.read_excel(path)
        name: str | int = layout.sheet or 0
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")  # pyright: ignore[reportUnknownMemberType]
        rows = sheet.to_polars()
    except (fastexcel.FastExcelError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a workbook ({error}). Save it as .xlsx, or export CSV.") from None
    at = layout.skip + layout.header
    names = unlike([str(cell or "") for cell in rows.row(at - 1)]) if layout.header and len(rows) >= at else None
    rows = rows.slice(at)
    rows.columns = names or [str(n + 1) for n in range(rows.width)]
    if isinstance(layout.footer, int):
        rows = rows.head(max(len(rows) - layout.footer, 0))
    else:
        rows = rows.filter(~pl.col(rows.columns[0]).str.contains(layout.footer).fill_null(value=False))
    numbered = _numbered(rows.with_columns(pl.all().str.strip_chars()), 0)
    return numbered.filter(pl.any_horizontal(pl.exclude(ROW, BROKEN, LINE).is_not_null()))


def _numbered(rows: pl.DataFrame, before: int) -> pl.DataFrame:
    empty = pl.lit(None, dtype=pl.String)
    row = pl.int_range(before + 1, before + len(rows) + 1, dtype=pl.Int64).alias(ROW)
    return rows.select(row, empty.alias(BROKEN), empty.alias(LINE), pl.all())
