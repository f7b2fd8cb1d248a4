"""Worked examples with exact answers: what cases, textbooks and statutes say a rule gives, checked against ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, cast

import polars as pl

from followmoney.graph import FlowGraph
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.tracing._ask import trace
from followmoney.tracing._catalogue import catalogue, our_name
from followmoney.tracing.traced import Trace

Oracle = Mapping[str, Any]

WAITING = {
    (
        "O15",
        "",
    ): "interest takes the composition of the balance that earned it; no transaction says that it is interest",
}
"""Answers not checked yet, by oracle and rule ("": every rule), and why."""

_COLUMNS = ("oracle", "variant", "rule", "place", "owner", "expected", "found", "agrees", "source")
_START = datetime(2024, 1, 1, tzinfo=UTC)


@cache
def oracles() -> tuple[Oracle, ...]:
    """Every worked example, with its source."""
    return tuple(json.loads((files("followmoney.tracing") / "oracles.json").read_text("utf-8"))["oracles"])


def check(rules: tuple[str, ...] | None = None) -> pl.DataFrame:
    """Put every worked example to every rule that has an answer for it: expected, found, and whether they agree.

    Amounts are scaled so that every answer is a whole number; `expected` and `found` are in scaled units.
    """
    rows = [
        row
        for oracle in oracles()
        for theirs, places in oracle["expected"].items()
        if (rule := our_name(theirs)) in (catalogue() if rules is None else rules)
        and not {(oracle["id"], rule), (oracle["id"], "")} & set(WAITING)
        for row in _answers(oracle, rule, places)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String) | {"agrees": pl.Boolean}, orient="row")


def _answers(oracle: Oracle, rule: str, places: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    ledger, arrivals = as_ledger(oracle)
    owners: list[str] = list(arrivals) if oracle["seed"] == "all" else oracle["seed"]
    its = trace(FlowGraph(ledger), {owner: arrivals[owner] for owner in owners}, rule)
    for place, parts in places.items():
        for owner in owners:
            part = parts if isinstance(parts, str) else parts.get(owner, "0")  # one figure: reach, or a value
            expected = Fraction(part) * oracle["scale"]
            found = _claim(its.of(owner), place)
            answer = (rule, place, owner, str(expected), str(found), expected == found)
            yield (oracle["id"], oracle.get("variant"), *answer, oracle["source"])


def _claim(its: Trace, place: str) -> int:
    """How much of the claim is in one place of an oracle: an account, an asset, or a debt paid off."""
    held, gone = its.holders(), its.exits()
    if place == "debt_discharged":
        found = gone.filter(pl.col("kind") == "debt")
    elif place.startswith("asset:"):
        found = gone.filter((pl.col("kind") == "asset") & (pl.col("to") == place))
    else:
        found = held.filter(pl.col("account") == place)
    return int(found["claim"].sum())


def as_ledger(oracle: Oracle) -> tuple[Ledger, dict[str, list[str]]]:
    """An oracle as a ledger, and the transactions that brought each owner's money in."""
    rows: list[dict[str, Any]] = []
    tables: dict[str, list[dict[str, Any]]] = {"transactions": rows, "assets": [], "balances": []}
    arrivals: dict[str, list[str]] = {}
    event_ids: list[str] = []
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
        elif what == "fx":
            name = book(number, account, words[1], words[0], amount_received=units(words[2]), currency_received=into)
        else:
            to = words[1] if len(words) > 1 else "dissipated"
            payee = None if to == "dissipated" or to.startswith("asset:") else to
            name = book(number, account, payee, words[0])
            if to.startswith("asset:"):
                tables["assets"].append({"id": to, "kind": "valuable", "acquired_by": [name]})
        event_ids.append(name)
    found = [_part(table, found) for table, found in tables.items() if found]
    return Ledger.of([Reading([Source("oracle", oracle["id"], 0, "oracle")], found)]), arrivals


def _part(table: str, rows: list[dict[str, Any]]) -> Part:
    frame = pl.from_dicts(rows, infer_schema_length=None).with_row_index("row", offset=1)
    return Part(table, "oracle", frame.with_columns(pl.col("row").cast(pl.Int64)).lazy())
