"""Clusters → the ledger in which every reference names the first party of its cluster, and the way back."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from followmoney.errors import InputError
from followmoney.ledger import Ledger
from followmoney.ledger._merges import MERGES, REFERENCE, no_merges
from followmoney.resolution._mixed import mixed
from followmoney.schema import TABLES, table

if TYPE_CHECKING:
    from followmoney.finding import Findings
    from followmoney.resolution.resolution import Resolution


def applied(found: Resolution, ledger: Ledger) -> Ledger:
    """The ledger with the clusters of a resolution merged.

    Raises:
        InputError: Parties were merged in it before: put them back first, so that merges stand on what sources say.
    """
    if len(ledger.merges):
        raise InputError("Parties of this ledger were merged before; take the ledger as loaded, or `undone(ledger)`.")
    into = found.clusters.filter(pl.col("party") != pl.col("into")).select("party", "into")
    if not len(into):
        return ledger
    cells = _cells(ledger, into)
    tables = {**ledger.tables, **_renamed(ledger.tables, into)}
    merges = into.join(_reasons(found), on="party", how="left").join(cells, on="party", how="left").sort("party")
    merges = merges.with_columns(pl.col("references").fill_null([])).select(
        pl.col(name).cast(kind) for name, kind in MERGES.items()
    )
    note = (
        f"Parties counted with another, as found or decided: {len(merges):,}, with {into['into'].n_unique():,} others; "
        "the merges of the ledger say why."
    )
    note = " ".join([note, *mixed(found)])
    return replace(ledger, tables=tables, merges=merges, notes=(*ledger.notes, note))


def undone(ledger: Ledger) -> Ledger:
    """The ledger before parties were merged, exactly: every changed cell names its own party again."""
    cells = (
        ledger.merges.select("party", "references").explode("references", empty_as_null=True).drop_nulls("references")
    )
    cells = cells.unnest("references")
    tables = dict(ledger.tables)
    for (name, column), part in cells.partition_by("table", "column", as_dict=True, maintain_order=True).items():
        frame = tables[str(name)]
        back = frame[str(column)].clone().scatter(part["at"].to_list(), part["party"].to_list())
        tables[str(name)] = frame.with_columns(back)
    notes = ledger.notes[:-1] if len(ledger.merges) else ledger.notes
    return replace(ledger, tables=tables, merges=no_merges(), notes=notes)


def rests_on(ledger: Ledger, findings: Findings) -> pl.DataFrame:
    """Which merges each finding rests on: those of parties that are said to hold an account in its evidence.

    Returns:
        A row a finding and merge: finding, party, into, decided_by, reason; sorted. Empty where no holder was merged.
    """
    ends = findings.evidence.select("finding", pl.col("transaction").alias("id")).unique()
    paid = ends.join(ledger.transactions.select("id", "originator", "beneficiary"), on="id", how="inner")
    seen = paid.unpivot(["originator", "beneficiary"], index="finding", value_name="account").select(
        "finding", "account"
    )
    cells = ledger.merges.explode("references", empty_as_null=True).drop_nulls("references").unnest("references")
    held = cells.filter((pl.col("table") == "accounts") & (pl.col("column") == "holder"))
    held = held.with_columns(ledger.accounts["id"].gather(held["at"]).alias("account"))
    rows = seen.unique().join(held, on="account", how="inner")
    return rows.select("finding", "party", "into", "decided_by", "reason").unique().sort("finding", "party")


def _references(tables: Mapping[str, pl.DataFrame]) -> list[tuple[str, str]]:
    """Every column that names a party, in the tables that are there."""
    return [
        (name, column)
        for name in TABLES
        for column, kind in table(name).columns().items()
        if (kind.metadata or {}).get("ref") == "parties" and name in tables and column in tables[name].columns
    ]


def _cells(ledger: Ledger, into: pl.DataFrame) -> pl.DataFrame:
    """Where every merged party is named: party, references."""
    parts = [
        ledger.tables[name]
        .select(pl.col(column).cast(pl.String).alias("party"))
        .with_row_index("at")
        .join(into, on="party", how="semi", maintain_order="left")
        .select(
            "party",
            pl.struct(pl.lit(name).alias("table"), pl.lit(column).alias("column"), pl.col("at").cast(pl.Int64)).alias(
                "references"
            ),
        )
        for name, column in _references(ledger.tables)
    ]
    empty = pl.DataFrame(schema={"party": pl.String, "references": REFERENCE})
    return pl.concat([empty, *parts]).group_by("party", maintain_order=True).agg("references")


def _renamed(tables: Mapping[str, pl.DataFrame], into: pl.DataFrame) -> dict[str, pl.DataFrame]:
    changed: dict[str, pl.DataFrame] = {}
    for name, column in _references(tables):
        frame = changed.get(name, tables[name])
        told = frame.select(pl.col(column).cast(pl.String).alias("party")).join(
            into, on="party", how="left", maintain_order="left"
        )
        named = told.select(pl.coalesce("into", "party").alias(column)).to_series().cast(frame.schema[column])
        changed[name] = frame.with_columns(named)
    return changed


def _reasons(found: Resolution) -> pl.DataFrame:
    """Why every party is counted with the first of its cluster: party, weight, decided_by, reason."""
    same = found.pairs.filter(pl.col("outcome") == "same").select("left", "right", "weight", "decided_by", "reason")
    links: dict[str, list[tuple[str, float, str, str]]] = {}
    for left, right, *told in same.sort("left", "right").iter_rows():
        weight, who, why = told
        links.setdefault(left, []).append((right, weight, who, why))
        links.setdefault(right, []).append((left, weight, who, why))
    rows: list[tuple[str, float, str, str]] = []
    for first in found.clusters["into"].unique(maintain_order=True).to_list():
        seen = {first}
        ahead: deque[tuple[str, float, tuple[str, ...], str]] = deque([(first, float("inf"), (), "")])
        while ahead:
            here, least, by, way = ahead.popleft()
            for there, weight, who, why in links.get(here, ()):
                if there in seen:
                    continue
                seen.add(there)
                told = f"{there} is {here}: {why}"
                step = (there, min(least, weight), tuple(dict.fromkeys((*by, who))), f"{told}. {way}" if way else told)
                rows.append((step[0], step[1], ", ".join(step[2]), step[3]))
                ahead.append(step)
    columns = {"party": pl.String, "weight": pl.Float64, "decided_by": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")
