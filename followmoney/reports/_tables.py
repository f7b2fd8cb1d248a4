"""The files beside the page: full tables for machines, and the assets for a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.handling import banner
from followmoney.finding import Findings
from followmoney.reports._money import decimal
from followmoney.reports._schedules import beside

if TYPE_CHECKING:
    from followmoney.case import Case

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOVED = {
    "id": pl.String, "booked_at": pl.Datetime("us", "UTC"), "originator": pl.String, "beneficiary": pl.String,
    "amount": pl.Int64, "currency": pl.String, "claim": pl.Int64, "claim_received": pl.Int64, "channel": pl.String,
    "purpose": pl.String, "source": pl.String, "row": pl.Int64,
}  # fmt: skip
_PAID = 100


def write(case: Case, folder: Path, long: pl.DataFrame) -> dict[str, int]:
    """Write every table of a case, and the names too `long` to be shown; returns the rows of each file."""
    found = case.findings if case.findings is not None else Findings.empty()
    moved = pl.DataFrame(schema=_MOVED)
    if case.trace is not None:
        moved = case.trace.transactions().select(pl.col(c).cast(dtype) for c, dtype in _MOVED.items())
    frames = {"findings": found.frame, "evidence": found.evidence, "trace": moved}
    if case.trace is not None and (ledgers := _ledgers(case)) is not None:
        frames["ledgers"] = ledgers
    if len(long):
        frames["names"] = long
    said = {"handling": banner(case.handling)} if case.handling else None  # where a table has a place for it
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet", metadata=said)
    assets = case.assets()
    (folder / "assets.csv").write_bytes(spreadsheet(assets).encode("utf-8-sig"))
    return {f"{name}.parquet": len(frame) for name, frame in frames.items()} | {"assets.csv": len(assets)}


def _ledgers(case: Case) -> pl.DataFrame | None:
    assert case.trace is not None
    text = pl.col("currency", "channel", "source").cast(pl.String)
    parts = [
        case.trace.ledger(a).with_columns(text).insert_column(0, pl.lit(a).alias("account")) for a in beside(case.trace)
    ]
    return pl.concat(parts, how="vertical_relaxed") if parts else None


def spreadsheet(assets: pl.DataFrame) -> str:
    """The assets as CSV: amounts in major units, and no cell that a spreadsheet would take for a formula."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(assets.columns)
    for row in assets.iter_rows(named=True):
        writer.writerow([_cell(value, row["currency"]) for value in row.values()])
    return held.getvalue()


def _cell(value: Any, currency: str) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, int):
        return decimal(value, currency)
    if isinstance(value, list):
        ids = [str(v) for v in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        more = f" and {len(ids) - _PAID} more" if len(ids) > _PAID else ""
        return guarded("; ".join(ids[:_PAID]) + more)
    return guarded(value.isoformat() if hasattr(value, "isoformat") else str(value))


def guarded(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
