"""Accounts as vertices of a picture: the account, and who holds it."""

from __future__ import annotations

from collections.abc import Iterator

from followmoney.ledger import Ledger
from followmoney.reports.exports._rows import Row, rows

ATTRIBUTES = ("label", "holder", "holder_name", "holder_kind", "scheme", "institution", "country", "currency")
"""What is said of every account, beside its identifier."""


def accounts(ledger: Ledger) -> Iterator[Row]:
    """Every account by its identifier: id, and `ATTRIBUTES` as text or None; the label is the holder's name."""
    names = {row["id"]: row for row in ledger.parties.select("id", "name", "kind").iter_rows(named=True)}
    for row in rows(ledger, "accounts"):
        holder: Row = names.get(row["holder"], {})
        known = {"holder_name": holder.get("name"), "holder_kind": holder.get("kind")}
        yield row | known | {"label": known["holder_name"] or row["id"]}
