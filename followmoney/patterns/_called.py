"""What a payment is called: words in its purpose, in the languages of Europe, or the asset it paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.graph import FlowGraph

_BACK = (
    r"repay|repaid|instal|interest|redemption|refund|amorti|tilgung|zinsen|rückzahlung|aflossing|rente\b|rembours"
    r"|reembols|devoluci|intereses|rimborso|interessi|spłata|odsetki"
)
_LOAN = (
    r"\bloan|\blent\b|\blending\b|\bcredit (?:facility|line)|darlehen|\bkredit|\bprêt\b|\bpret\b|préstamo|prestamo"
    r"|prestito|finanziamento|\blening|pożyczk|empréstimo|mutuo\b"
)
_CAPITAL = (
    r"\binvest|\bcapital|\bequity\b|\bshares?\b|\bstake\b|beteiligung|kapital|\baktien|anteil|\bacciones|aportaci"
    r"|participaci|aandelen|deelneming|\bazioni|\bquote\b|udział|\bfdi\b"
)
_SALE = (
    r"\bsale\b|\bsold\b|\bpurchase price|\bpurchase of|\bkaufpreis|\bverkauf|\bventa\b|compraventa|\bvente\b|verkoop"
    r"|vendita|sprzedaż"
)
_WORK = (
    r"\bwage|\bsalar|\bpayroll|\brent\b|\btax\b|\bvat\b|social security|\blohn|\blöhne|gehalt|\bmiete|steuer"
    r"|\bnómina|\bnomina|alquiler|impuesto|\bsalaire|loyer|impôt|\bloon|huur|belasting|stipend|affitto"
)


def lent(graph: FlowGraph) -> NDArray[np.bool_]:
    """A transaction: called a loan, or paid for a claim on the borrower; not a repayment."""
    return (_says(graph, _LOAN) & ~_says(graph, _BACK)) | _paid_for(graph, "receivable")


def invested(graph: FlowGraph) -> NDArray[np.bool_]:
    """A transaction: called a loan, an investment or a sale, or paid for a claim, a business or securities."""
    called = _says(graph, f"{_LOAN}|{_CAPITAL}|{_SALE}") & ~_says(graph, _BACK)
    return called | _paid_for(graph, "receivable", "business", "security", "real_estate")


def repaid(graph: FlowGraph) -> NDArray[np.bool_]:
    """A transaction: called a repayment or interest."""
    return _says(graph, _BACK)


def work(graph: FlowGraph, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of these transactions: called wages, rent or taxes."""
    frame = graph.ledger.numbered
    if "purpose" not in frame.columns:
        return np.zeros(len(rows), bool)
    return _told(frame["purpose"].gather(graph.columns.number[rows]), _WORK)


def _says(graph: FlowGraph, words: str) -> NDArray[np.bool_]:
    frame = graph.ledger.numbered
    if "purpose" not in frame.columns:
        return np.zeros(len(graph), bool)
    return _told(frame["purpose"], words)[graph.columns.number]


def _told(purposes: pl.Series, words: str) -> NDArray[np.bool_]:
    said = purposes.cast(pl.String).str.to_lowercase().str.contains(words)
    return said.fill_null(value=False).to_numpy().astype(np.bool_)


def _paid_for(graph: FlowGraph, *kinds: str) -> NDArray[np.bool_]:
    assets = graph.ledger.tables.get("assets")
    if assets is None or "acquired_by" not in assets.columns:
        return np.zeros(len(graph), bool)
    ids = assets.filter(pl.col("kind").cast(pl.String).is_in(kinds))["acquired_by"].drop_nulls().explode().drop_nulls()
    named = graph.ledger.numbered["id"].is_in(ids.implode()).to_numpy()
    return named[graph.columns.number]
