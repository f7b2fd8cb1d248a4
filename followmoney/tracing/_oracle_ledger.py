"""A worked example as a ledger: its events booked one by one, and what an analyst would assert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, cast

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


def example(oracle: Oracle) -> Example:
    """Book the events of an oracle, a day each unless some happen at the same time."""
    rows: list[dict[str, Any]] = []
    tables: dict[str, list[dict[str, Any]]] = {"transactions": rows, "assets": [], "balances": []}
    arrivals: dict[str, list[str]] = {}
    event_ids: list[str] = []
    asserted: list[Assertion] = []
    tied = oracle.get("same_time", 0)
    currency, into, *_ = [*oracle["unit"].split("/"), ""] if len(oracle["unit"]) in (3, 7) else ("XXX", "")

    def units(amount: str) -> int:
        return int(Fraction(amount) * oracle["scale"])

    def book(number: int, payer: str | None, payee: str | None, amount: str, **more: Any) -> str:  # noqa: ANN401
        day = min(number, len(oracle["events"]) - max(tied, 1))
        name = f"e{len(rows) + 1}"
        rows.append({"id": name, "booked_at": _START + timedelta(days=day), "sequence": len(rows), "originator": payer,
                     "beneficiary": payee, "amount": units(amount), "currency": currency, **more})  # fmt: skip
        return name

    for number, (what, account, *words) in enumerate(oracle["events"]):
        name = ""
        if what == "opening":
            stated = {"account": account, "at": _START, "kind": "opening"}
            tables["balances"].append(stated | {"amount": units(words[0]), "currency": currency})
        elif what == "credit":
            parts = cast("dict[str, str]", words[1] if isinstance(words[1], dict) else {words[1]: words[0]})
            into_one = f"mixed {number}" if len(parts) > 1 else account
            for owner, part in parts.items():
                arrivals.setdefault(owner, []).append(book(number, None, into_one, part))
            if into_one != account:
                book(number, into_one, account, words[0])
        elif what == "reverse":
            first = next(row for row in rows if row["id"] == event_ids[words[0]])
            book(number, first["beneficiary"], account, oracle["events"][words[0]][2], reverses=first["id"])
        elif what == "interest":
            name = book(number, None, account, words[0])
        elif what == "fx":
            name = book(number, account, words[1], words[0], amount_received=units(words[2]), currency_received=into)
        else:
            to = words[1] if len(words) > 1 else "dissipated"
            payee = None if to == "dissipated" or to.startswith("asset:") else to
            name = book(number, account, payee, words[0])
            if to.startswith("asset:"):
                tables["assets"].append({"id": to, "kind": "valuable", "acquired_by": [name]})
        if what in ("interest", "fee"):
            asserted.append(_asserted(what, name))
        event_ids.append(name)
    for asset, owner in oracle.get("links", {}).items():
        tables["assets"].append({"id": asset, "kind": "valuable"})
        asserted.append(_asserted("backward", asset, arrivals[owner][0]))
    found = [_part(table, found) for table, found in tables.items() if found]
    return Example(Ledger.of([Reading([Source("oracle", oracle["id"], 0, "oracle")], found)]), arrivals, tuple(asserted))


def _asserted(kind: Kind, *about: str) -> Assertion:
    return Assertion(kind, about, why="The example says so.", who="example", when=date(2024, 1, 1))


def _part(table: str, rows: list[dict[str, Any]]) -> Part:
    frame = pl.from_dicts(rows, infer_schema_length=None).with_row_index("row", offset=1)
    return Part(table, "oracle", frame.with_columns(pl.col("row").cast(pl.Int64)).lazy())
