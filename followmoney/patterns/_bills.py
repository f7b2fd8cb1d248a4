"""`Bills`: what was sold, and the payments for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph.adapter import components
from followmoney.patterns._holders import Holders

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits

Line = dict[str, Any]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Bill:
    """Lines of trade documents that belong together, in order of their identifiers, and what paid for them."""

    lines: tuple[Line, ...]
    rows: tuple[int, ...]

    @property
    def sides(self) -> Key:
        """Seller and buyer of the first line, empty where they are not known."""
        return self.lines[0]["seller"] or "", self.lines[0]["buyer"] or ""


class Bills:
    """Every bill that something paid for.

    A line names the transaction that pays for it; or, where no line of its document does, the document's number is the
    reference of a transaction that credits an account of the seller. Lines of one seller with the same document number
    are one bill, and so are bills with a payment in common. Cost: one pass over the trades and the references.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows trades.")
        trades = flows.graph.ledger["trades"].sort("id")
        own = pl.col("seller").is_null() | pl.col("document").is_null()
        document = pl.when(own).then("\n" + pl.col("id")).otherwise(pl.concat_str("seller", pl.lit("\n"), "document"))
        trades = trades.with_columns(document=document, number=pl.col("document")).with_row_index("line")
        links = _links(flows, trades)
        lines, rows = links["line"].to_numpy().astype(np.int64), links["at"].to_numpy().astype(np.int64)
        documents = trades["document"].rank("dense").cast(pl.Int64).to_numpy() - 1
        payments, payment = np.unique(rows, return_inverse=True)
        first, size = int(documents.max(initial=-1)) + 1, len(payments)
        ends = np.unique(np.stack([documents[lines], first + payment], axis=1), axis=0) if size else np.empty((0, 2))
        part = components(first + size, ends.astype(np.int64))
        paid = np.unique(part[first:])
        known = trades.filter(pl.Series(np.isin(part[documents], paid)))
        by_bill: dict[int, list[Line]] = {bill: [] for bill in paid.tolist()}
        for place, line in zip(known["line"].to_list(), known.iter_rows(named=True), strict=True):
            by_bill[int(part[documents[place]])].append(line)
        by_rows: dict[int, list[int]] = {bill: [] for bill in paid.tolist()}
        for row, bill in zip(payments.tolist(), part[first:].tolist(), strict=True):
            by_rows[bill].append(row)
        self.all = tuple(Bill(tuple(by_bill[b]), tuple(by_rows[b])) for b in paid.tolist())
        self.of = {row: bill for bill in self.all for row in bill.rows}
        """The bill that a row pays."""


def _links(flows: Flows, trades: pl.DataFrame) -> pl.DataFrame:
    """Which row pays which line."""
    graph, holders = flows.graph, flows.once(Holders)
    if graph is None:
        raise ValueError("Only the whole graph knows trades.")
    named = trades.select("line", "document", pl.col("transaction").alias("id")).drop_nulls("id")
    found = [named.join(graph.located(named["id"].unique()), on="id").select("line", pl.col("at").cast(pl.Int64))]
    rest = trades.filter(
        ~pl.col("document").is_in(named["document"].implode()) & ~pl.col("document").str.starts_with("\n")
    )
    frame = graph.ledger.numbered
    if "reference" in frame.columns and len(rest):
        given = frame["reference"].gather(graph.columns.number)
        at = np.flatnonzero(given.is_in(rest["number"].unique().implode()).fill_null(value=False).to_numpy())
        sellers = [holders.party(v) for v in flows.beneficiary[at].tolist()]
        paid = pl.DataFrame({"at": at, "number": given.gather(at), "seller": pl.Series(sellers, dtype=pl.String)})
        found.append(paid.join(rest, on=["number", "seller"]).select("line", pl.col("at").cast(pl.Int64)))
    return pl.concat([f.with_columns(pl.col("line").cast(pl.Int64)) for f in found])


def together(
    flows: Flows, payments: Iterable[tuple[Key, int]], least: NDArray[np.int64], *, payer: bool = False
) -> Hits:
    """Payments by what they have in common and by currency, where they reach the least amount of it.

    The subject is the first account credited, or the first debited.
    """
    from followmoney.patterns._hits import IN, Hits

    found: dict[Key, set[int]] = defaultdict(set)
    for key, row in payments:
        found[key].add(row)
    hits: list[list[int]] = []
    for key in sorted(found):
        rows = np.array(sorted(found[key]), np.int64)
        for code in np.unique(flows.currency_received[rows]).tolist():
            some = rows[flows.currency_received[rows] == code]
            if 0 < int(least[code]) <= int(flows.received[some].sum()):
                hits.append(some.tolist())
    hit = np.repeat(np.arange(len(hits)), [len(rows) for rows in hits])
    first, at = (np.array(rows, np.int64) for rows in ([r[0] for r in hits], [r for rows in hits for r in rows]))
    subject = (flows.originator if payer else flows.beneficiary)[first][hit]
    return Hits.grouped(subject, hit, at, IN)
