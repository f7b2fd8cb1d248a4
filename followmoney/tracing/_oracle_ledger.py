"""A worked example as a ledger: its events booked one by one, and what an analyst would assert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.tracing.assertions import Assertion, Kind

Oracle = Mapping[str, Any]

_START = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Example:
    """A worked example, ready to be traced."""

    ledger: Ledger
    arrivals: Mapping[str, list[str]]
    """Owner → the transactions that brought his money in."""
    assertions: tuple[Assertion, ...]


def example(oracle: Oracle, *, posted: bool = True) -> Example:
    """Book the events of an oracle, a day each unless some happen at the same time; `posted`: in the order given."""
    book = _Book(oracle, posted=posted)
    for event in oracle["events"]:
        book.post(*event)
    for asset, owner in oracle.get("links", {}).items():
        book.tables["assets"].append({"id": asset, "kind": "valuable"})
        book.asserted.append(_asserted("backward", asset, book.arrivals[owner][0]))
    found = [_part(table, rows) for table, rows in book.tables.items() if rows]
    ledger = Ledger.of([Reading([Source("oracle", oracle["id"], 0, "oracle")], found)])
    return Example(ledger, book.arrivals, tuple(book.asserted))


class _Book:
    """Books one event after another."""

    def __init__(self, oracle: Oracle, *, posted: bool) -> None:
        self.oracle = oracle
        self.in_order = posted
        self.tables: dict[str, list[dict[str, Any]]] = {"transactions": [], "assets": [], "balances": []}
        self.arrivals: dict[str, list[str]] = {}
        self.asserted: list[Assertion] = []
        self.posted: list[str] = []
        unit = oracle["unit"]
        self.currency, self.into = (unit[:3], unit[-3:]) if len(unit) in (3, 7) else ("XXX", "")

    def post(self, what: str, account: str, *words: Any) -> None:  # noqa: ANN401 - as the examples are written
        """Book one event."""
        name = {
            "opening": self._open, "credit": self._credit, "reverse": self._reverse, "fx": self._exchange,
            "interest": self._interest,
        }.get(what, self._debit)(account, *words)  # fmt: skip
        if what in ("interest", "fee"):
            self.asserted.append(_asserted("interest" if what == "interest" else "fee", name))
        self.posted.append(name)

    def _units(self, amount: str) -> int:
        return int(Fraction(amount) * self.oracle["scale"])

    def _row(self, payer: str | None, payee: str | None, amount: str, **more: Any) -> str:  # noqa: ANN401
        rows = self.tables["transactions"]
        day = min(len(self.posted), len(self.oracle["events"]) - max(self.oracle.get("same_time", 0), 1))
        name = f"e{len(rows) + 1}"
        rows.append({
            "id": name, "booked_at": _START + timedelta(days=day), "sequence": len(rows) if self.in_order else None,
            "originator": payer, "beneficiary": payee, "amount": self._units(amount), "currency": self.currency, **more,
        })  # fmt: skip
        return name

    def _open(self, account: str, amount: str) -> str:
        stated = {"account": account, "at": _START, "kind": "opening", "currency": self.currency}
        self.tables["balances"].append(stated | {"amount": self._units(amount)})
        return ""

    def _credit(self, account: str, amount: str, owners: str | dict[str, str]) -> str:
        parts = {owners: amount} if isinstance(owners, str) else owners
        into_one = f"mixed {len(self.posted)}" if len(parts) > 1 else account
        for owner, part in parts.items():
            self.arrivals.setdefault(owner, []).append(self._row(None, into_one, part))
        return self._row(into_one, account, amount) if into_one != account else ""

    def _reverse(self, account: str, number: int) -> str:
        first = next(row for row in self.tables["transactions"] if row["id"] == self.posted[number])
        amount = self.oracle["events"][number][2]
        return self._row(first["beneficiary"], account, amount, reverses=first["id"])

    def _exchange(self, account: str, amount: str, to: str, received: str) -> str:
        more = {"amount_received": self._units(received), "currency_received": self.into}
        return self._row(account, to, amount, **more)

    def _interest(self, account: str, amount: str) -> str:
        return self._row(None, account, amount)

    def _debit(self, account: str, amount: str, to: str = "dissipated") -> str:
        name = self._row(account, None if to == "dissipated" or to.startswith("asset:") else to, amount)
        if to.startswith("asset:"):
            self.tables["assets"].append({"id": to, "kind": "valuable", "acquired_by": [name]})
        return name


def _asserted(kind: Kind, *about: str) -> Assertion:
    return Assertion(kind, about, why="The example says so.", who="example", when=date(2024, 1, 1))


def _part(table: str, rows: list[dict[str, Any]]) -> Part:
    frame = pl.from_dicts(rows, infer_schema_length=None).with_row_index("row", offset=1)
    return Part(table, "oracle", frame.with_columns(pl.col("row").cast(pl.Int64)).lazy())
