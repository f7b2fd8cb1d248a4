"""Real data through the import specifications that come with the project: the totals of the source come out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.ledger.integrity import integrity
from followmoney.readers._specification import specification

SPECS = Path(__file__).parents[1] / "sample_data" / "specs"


@pytest.mark.parametrize("path", sorted(SPECS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_specifications_are_whole(path: Path) -> None:
    assert specification(path).description


def test_fincen_files_add_up_to_what_is_published(shared: Path) -> None:
    ledger = fm.load(shared / "fincen_files", specification=SPECS / "fincen.toml")
    (total,) = ledger.totals().iter_rows(named=True)
    assert (total["payments"], total["currency"]) == (18_153, "USD")
    assert Decimal(total["amount"]).scaleb(-2).quantize(Decimal(1)) == 35_682_247_985
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (4_507, 4_507, 0)
    assert ledger.transactions["reference"].n_unique() == 534
    assert any("6 rows have no booked_at" in note for note in ledger.notes)


def test_berka_balances_chain_once_a_day_is_in_posting_order(shared: Path) -> None:
    ledger = fm.load(shared / "berka", specification=SPECS / "berka.toml")
    assert ledger.summary()["taken"].to_list() == [49_102, 4_500, 5_369, 5_369, 49_102]
    assert len(ledger.refused) == 0
    exact, near = integrity(ledger), integrity(ledger, tolerance=10)
    assert near["stated"].sum() == 49_102
    assert (near["compared"] - near["agree"]).sum() == 28  # each the last day of the file, which is cut there
    assert set(near["first_at"].drop_nulls().dt.date().cast(pl.String)) == {"1994-03-31"}
    assert exact["agree"].sum() > 45_000
    assert near["opening"].unique().to_list() == [0]  # every account starts empty
    assert "(cash CZK)" in ledger.accounts["id"]


@pytest.mark.parametrize(("name", "rows"), [("20K_fanin200", 118_250), ("20K_cycle200", 117_805)])
def test_amlsim_samples(shared: Path, name: str, rows: int) -> None:
    ledger = fm.load(shared / "amlsim_20k" / name)
    assert (len(ledger.transactions), len(ledger.refused), len(ledger.accounts)) == (rows, 0, 20_000)


def test_amlgentex_refuses_only_amounts_below_the_minor_unit(shared: Path) -> None:
    ledger = fm.load(shared / "amlgentex_fm1")
    assert len(ledger.transactions) + len(ledger.refused) == 435_479
    assert ledger.refused["rule"].value_counts().rows() == [("amount|min", 27)]
    assert not ledger.transactions["channel"].is_null().all()
    assert "derived_account_to_account.parquet" in ledger.notes[-1]
