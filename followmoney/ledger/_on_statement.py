"""What was booked on accounts within the days of their statements."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.ledger._steps import Shown, Steps, running
from followmoney.ledger.ledger import Ledger
from followmoney.schema.clock import DAY

_NOBODY = 2**32 - 1


def moved(ledger: Ledger, frame: pl.DataFrame, shown: Shown) -> pl.DataFrame:
    """What was booked on the account within the statement's days: `moved` (its sum) and `rows`; currency filled in."""
    numbers = ledger.accounts.select(account="id", number=pl.int_range(pl.len(), dtype=pl.UInt32), kept="currency")
    frame = frame.join(numbers, on="account", how="left").with_columns(
        pl.col("number").fill_null(_NOBODY), currency=pl.coalesce("currency", "kept")
    )
    steps = Steps.of(ledger)
    start, end = (frame[c].cast(pl.Datetime("us")).to_physical().to_numpy() for c in ("start", "end"))
    places = {"first": steps.last(start, "left"), "last": steps.last(end + DAY - 1, "right")}
    frame = frame.with_columns(pl.Series(f"at_{name}", place.astype(np.int64)) for name, place in places.items())
    run = running(ledger, frame["number"].unique(), steps, shown)
    for name in places:
        frame = frame.sort(f"at_{name}").join_asof(
            run.rename({at: f"{at}_{name}" for at in ("run", "rows", "place")}), left_on=f"at_{name}",
            right_on=f"place_{name}", by=["number", "currency"], strategy="backward", check_sortedness=False,
        )  # fmt: skip
    said = pl.col("currency").is_not_null()
    between = {at: pl.col(f"{at}_last").fill_null(0) - pl.col(f"{at}_first").fill_null(0) for at in ("run", "rows")}
    frame = frame.with_columns(moved=pl.when(said).then(between["run"]), rows=pl.when(said).then(between["rows"]))
    return frame.drop("number", "kept", *(f"{at}_{name}" for at in ("at", "run", "rows", "place") for name in places))
