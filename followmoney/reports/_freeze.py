"""What can be frozen now: the assets of a case as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Row, Section, Text, row, table
from followmoney.reports._money import many, plain

if TYPE_CHECKING:
    from followmoney.case import Case

_FIXED = (
    "kind",
    "id",
    "description",
    "holder",
    "holder_name",
    "country",
    "currency",
    "value",
    "valued_at",
    "encumbrance",
    "paid_by",
    "claim",
    "last_moved",
)
_BESIDE = ("fifo", "lowest_balance", "pro_rata")
_MEANING = (
    "Accounts and assets that hold claim money, most first. The claim stands under the rule of this report and beside "
    "it under the rival rules courts use most, because courts differ in the rule they apply; small under it, the least "
    "and the most of all rules that neither make nor lose money."
)
_RIVALS = "A rival rule may also leave claim money where the chosen rule leaves none: see the chapter on tracing."
_MOST, _PAID = 200, 4
_ENDS = ("least", "most")  # by place; not to be added up over places


def freeze(case: Case, places: set[str]) -> Section:
    """One row an account or asset, a column for each rule, totals by currency last."""
    assets = case.assets()
    rules = [c for c in assets.columns if c not in _FIXED]
    chosen = case.trace.rule if case.trace else ""
    blocks: list[Block] = []
    if case.trace is None:
        blocks.append(Text("No money was traced, so this report cannot say what can be frozen."))
    elif not len(assets):
        blocks.append(Text("No account and no asset holds claim money now."))
    else:
        rivals = [r for r in _BESIDE if r != chosen and r in rules]
        assets = assets.with_columns(*_between(rules))
        heads = ["Kind|", "Account or asset", "Holder", "Paid by", "Last moved|", "Currency", "Balance or value>"]
        heads += [f"Claim ({chosen})>", *(f"{r}>" for r in rivals)]
        shown = assets.head(_MOST)
        rows = [_row(a, rivals, places) for a in shown.iter_rows(named=True)]
        blocks += [
            Text(_MEANING),
            table(heads, [*rows, *_totals(assets, rivals)], _note(len(shown), len(assets))),
        ]  # fmt: skip
    return Section("freeze", "What can be frozen now", tuple(blocks))


def _row(asset: dict[str, Any], rivals: list[str], places: set[str]) -> Row:
    currency = asset["currency"]
    ledger = anchors.account(asset["id"])
    name = asset["holder_name"] or asset["holder"] or "not known"
    paid = asset["paid_by"]
    more = f" and {len(paid) - _PAID} more" if len(paid) > _PAID else ""
    first = anchors.transaction(paid[0]) if paid else ""
    return row(
        asset["kind"],
        Cell(asset["id"], link=ledger if ledger in places else None, code=True, more=_described(asset)),
        Cell(name, more=asset["country"] or ""),
        Cell(", ".join(paid[:_PAID]) + more, link=first if first in places else None),
        f"{asset['last_moved']:%Y-%m-%d}" if asset["last_moved"] else "",
        currency,
        Cell(plain(asset["value"], currency), more=f"on {asset['valued_at']}" if asset["valued_at"] else ""),
        Cell(plain(asset["claim"], currency), more=" – ".join(plain(asset[end], currency) for end in _ENDS)),
        *(plain(asset[r], currency) for r in rivals),
    )


def _between(rules: list[str]) -> list[pl.Expr]:
    """The least and the most of the rules that conserve money."""
    from followmoney.tracing import catalogue

    conserving = [r for r in rules if r not in catalogue() or catalogue()[r].conserving]
    return [pl.min_horizontal(conserving).alias(_ENDS[0]), pl.max_horizontal(conserving).alias(_ENDS[1])]


def _described(asset: dict[str, Any]) -> str:
    """What it is, and what others have rights to in it."""
    owed = asset["encumbrance"] and f", encumbered {plain(asset['encumbrance'], asset['currency'])}"
    return asset["description"] + (owed or "")


def _totals(assets: pl.DataFrame, rivals: list[str]) -> list[Row]:
    sums = assets.group_by("currency").agg(pl.len(), pl.col("claim", *rivals).sum()).sort("currency")
    return [
        row(
            "Total", many(t["len"], "row"), "", "", "", t["currency"], "",
            *(plain(t[c], t["currency"]) for c in ("claim", *rivals)), total=True,
        )
        for t in sums.iter_rows(named=True)
    ]  # fmt: skip


def _note(shown: int, rows: int) -> str:
    what = "" if shown == rows else f"The first {shown:,} of {rows:,} rows; all of them are in assets.csv. "
    return what + _RIVALS
