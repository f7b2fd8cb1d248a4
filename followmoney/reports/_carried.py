"""The transactions that carry claim money, between the ends a picture shows: accounts, the outside, assets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from followmoney.case.names import bought, names, things
from followmoney.languages import retell, say
from followmoney.reports import anchors
from followmoney.reports._labels import compact, printable, short_account
from followmoney.tracing._frames import holders

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

ACCOUNT, SOURCE, EXIT, ASSET = "account", "from", "to", "asset"


@dataclass(frozen=True)
class End:
    """Where claim money comes from or goes to: an account, a thing it bought, or the outside."""

    key: tuple[str, str]
    name: str
    """Who holds it, or what it is."""
    detail: str
    """Which account or asset."""
    owner: str
    """Party that holds it ("" where nobody is known)."""
    held: dict[str, int]
    """Claim money there in the end, by currency."""
    link: str | None = None

    @property
    def kind(self) -> str:
        """Account, from (the outside), to (the outside) or asset."""
        return self.key[0]

    def holds(self) -> str:
        """What of the claim is there in the end, in few letters."""
        return " + ".join(f"{compact(a, c)} {c}" for c, a in sorted(self.held.items()) if a)


def carried(trace: Trace) -> pl.DataFrame:
    """`trace.transactions()` with `source_end` and `target_end` ("kind|id"), `received` and `currency_received`."""
    ledger = trace.graph.ledger
    frame = trace.transactions()
    got = [c for c in ("amount_received", "currency_received") if c in ledger.numbered.columns]
    extra = ledger.numbered.select("id", *got)
    if "amount_received" not in got:
        extra = extra.with_columns(amount_received=pl.lit(None, dtype=pl.Int64))
    if "currency_received" not in got:
        extra = extra.with_columns(currency_received=pl.lit(None, dtype=pl.String))
    text = pl.col("currency", "currency_received").cast(pl.String)
    frame = frame.drop("amount_received", "currency_received", strict=False).join(
        extra.filter(pl.col("id").is_in(frame["id"].implode())), on="id", how="left", maintain_order="left"
    )
    outside = _outside(ledger)
    assets = bought(ledger)
    asset = pl.col("id").replace_strict(assets, default=None, return_dtype=pl.String)
    return frame.with_columns(text).with_columns(
        pl.coalesce("amount_received", "amount").alias("received"),
        pl.coalesce("currency_received", "currency").alias("currency_received"),
        _end("originator", outside, SOURCE).alias("source_end"),
        pl.when(asset.is_not_null())
        .then(pl.concat_str(pl.lit(f"{ASSET}|"), asset))
        .otherwise(_end("beneficiary", outside, EXIT))
        .alias("target_end"),
    )


def ends(trace: Trace, keys: set[str]) -> dict[str, End]:
    """What is known of each end ("kind|id") of `carried`."""
    ledger = trace.graph.ledger
    called = names(ledger)
    accounts = {a["id"]: a for a in ledger["accounts"].iter_rows(named=True)}
    assets = things(ledger)
    held: dict[str, dict[str, int]] = {}
    for row in holders(trace).iter_rows(named=True):  # without the least and the most, which take seconds
        held.setdefault(f"{ACCOUNT}|{row['account']}", {})[str(row["currency"])] = row["claim"]
    found: dict[str, End] = {}
    for text in sorted(keys):
        kind, identifier = text.split("|", 1)
        if kind == ASSET:
            owner = assets[identifier].holder or ""
            what = printable(retell(assets[identifier].description))
            found[text] = End(
                (kind, identifier), what, printable(called.get(owner, owner)) or say("holder not known"), owner, {}
            )
            continue
        row = accounts.get(identifier, {})
        owner = row.get("holder") or ""
        if kind != ACCOUNT:
            found[text] = End(
                (kind, identifier),
                retell(identifier.strip("()")),
                say("paid in") if kind == SOURCE else say("left"),
                "",
                {},
            )
            continue
        name = printable(called.get(owner, owner)) or say("holder not known")
        link = anchors.account(identifier) if text in held else None
        found[text] = End((kind, identifier), name, short_account(identifier), owner, held.get(text, {}), link)
    return found


def _outside(ledger: Ledger) -> list[str]:
    scheme = pl.col("scheme").cast(pl.String)
    return ledger["accounts"].filter(scheme.is_in(["cash", "unknown"]))["id"].to_list()


def _end(column: str, outside: list[str], kind: str) -> pl.Expr:
    name = pl.when(pl.col(column).is_in(outside)).then(pl.lit(f"{kind}|")).otherwise(pl.lit(f"{ACCOUNT}|"))
    return pl.concat_str(name, pl.col(column).cast(pl.String))
