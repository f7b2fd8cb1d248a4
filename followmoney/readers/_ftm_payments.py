"""FollowTheMoney payments → transactions, and the accounts that stand for payers whose account is not stated."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from followmoney.ledger import FOUND_LINE, FOUND_ROW, Part
from followmoney.readers._amounts import Marks, minor_units
from followmoney.readers._found import File
from followmoney.readers._ftm_records import batches, first, read
from followmoney.readers._ftm_shape import PAYMENT, PAYMENT_SHAPE
from followmoney.schema.sentence import sentence

_ENDS = {"originator": ("payer", "payerAccount"), "beneficiary": ("beneficiary", "beneficiaryAccount")}
OF = "of:{}"
"""The account of a party of which only the party is stated."""


def payments(file: File, numbers: pl.DataFrame, stand_ins: list[pl.DataFrame]) -> Iterator[Part]:
    """Transactions of a file, as it is read; `numbers` has entity and id of the accounts that are described.

    Parties that stand for an account go to `stand_ins` (holder, row).
    """
    for batch in batches(file):
        frame = read(batch, (PAYMENT,), PAYMENT_SHAPE)
        if not len(frame):
            continue
        rows = _rows(frame)
        for end in _ENDS:
            rows = rows.join(numbers, left_on=f"{end}_account", right_on="entity", how="left", maintain_order="left")
            party, account = pl.col(f"{end}_party"), pl.coalesce("number", f"{end}_account")
            bare = rows.filter(account.is_null() & party.is_not_null() & pl.col("broken").is_null())
            stand_ins.append(bare.select("row", holder=party))
            rows = rows.with_columns(pl.coalesce(account, sentence(OF, party)).alias(end)).drop("number")
        found = batch.select(pl.col("row").alias(FOUND_ROW), pl.col("text").alias(FOUND_LINE)).lazy()
        yield Part("transactions", file.name, _in_cents(rows).lazy(), found)


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Payments with their ends by party and account; several of one of them cannot say who paid whom."""
    several = pl.any_horizontal(pl.col(c).list.len() > 1 for pair in _ENDS.values() for c in pair)
    euro, dollar = first("amountEur"), first("amountUsd")
    given = first("amount")
    currency = (
        pl.when(given.is_not_null()).then(first("currency"))
        .when(euro.is_not_null()).then(pl.lit("EUR"))
        .when(dollar.is_not_null()).then(pl.lit("USD"))
    )  # fmt: skip
    return frame.select(
        "row", "id", pl.coalesce("broken", pl.when(several).then(pl.lit("originator|several"))).alias("broken"),
        *(first(pair[0]).alias(f"{end}_party") for end, pair in _ENDS.items()),
        *(first(pair[1]).alias(f"{end}_account") for end, pair in _ENDS.items()),
        first("date").alias("booked_at"), pl.coalesce(given, euro, dollar).alias("amount"), currency.alias("currency"),
        first("purpose").alias("purpose"), first("transactionNumber").alias("reference"),
        first("sequenceNumber").alias("sequence"),
    )  # fmt: skip


def _in_cents(rows: pl.DataFrame) -> pl.DataFrame:
    parsed = minor_units(rows["amount"], rows["currency"], Marks())
    wrong = pl.concat_str(pl.lit("amount|"), parsed.wrong)
    rows = rows.with_columns(parsed.values.alias("amount"), pl.coalesce("broken", wrong).alias("broken"))
    return rows.drop(f"{end}_{what}" for end in _ENDS for what in ("party", "account"))
