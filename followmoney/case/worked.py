"""Worked examples beyond the tracing rules: freezing, indirect methods, ownership, structuring, with known answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import polars as pl

from followmoney.schema.clock import HOUR

Example = Mapping[str, Any]
Answers = dict[str, str]
COLUMNS = ("oracle", "rule", "holder", "expected", "got", "agrees", "source")
_DAYS = date(2019, 12, 31), date(2020, 12, 31)


@cache
def examples() -> tuple[Example, ...]:
    """Every worked example, with its source."""
    return tuple(json.loads((files("followmoney.case") / "worked.json").read_text("utf-8"))["examples"])


def check() -> pl.DataFrame:
    """Every worked example computed here and now: oracle, rule, holder, expected, got, agrees, source."""
    rows = list[tuple[str, str, str, str, str, bool, str]]()
    for one in examples():
        found = ASKS[one["asks"]](one)
        for what, expected in one["expected"].items():
            got = found.get(what, "nothing")
            rows.append((one["id"], one["asks"], what, expected, got, got == expected, one["source"]))
    schema = dict.fromkeys(COLUMNS, pl.String) | {"agrees": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _ledger(one: Example) -> Any:  # noqa: ANN401
    from followmoney.readers import sketch

    return sketch("\n".join(one["ledger"]))


def _whole(cents: int) -> str:
    return str(Fraction(cents, 100))


def _cut(one: Example) -> Answers:
    from followmoney.graph import FlowGraph
    from followmoney.tracing.cuts import cut

    found = cut(FlowGraph(_ledger(one)), ["c1", "c2", "c3"], "X")
    alone = {f"alone {who}": _whole(stopped) for who, stopped in found.alone().iter_rows()}
    steps = {f"step {n}": _whole(m) for n, m in found.frame.select("step", "marginal").iter_rows()}
    return alone | steps | {"can get out": _whole(found.before), "members": ", ".join(sorted(found.members))}


def _wealth(one: Example) -> Answers:
    from followmoney.case.expenditure import expenditure
    from followmoney.case.net_worth import net_worth

    found = net_worth(_ledger(one), "P", *_DAYS)
    figures = dict(found.lines.select("step", pl.col("sign") * pl.col("most")).iter_rows())

    def worth(when: str) -> str:
        parts = (figures[f"{what} at the {when}"] for what in ("Assets", "Cash at hand", "Debts"))
        return _whole(sum(parts) * (1 if when == "end" else -1))

    return {
        "net worth at the start": worth("start"), "net worth at the end": worth("end"),
        "net_worth": _whole(found.most), "expenditure": _whole(expenditure(_ledger(one), "P", *_DAYS).most),
    }  # fmt: skip


def _deposits(one: Example) -> Answers:
    from followmoney.case.bank_deposits import bank_deposits

    found = bank_deposits(_ledger(one), "P", *_DAYS)
    steps = dict(found.lines.select("step", "most").iter_rows())
    return {
        "deposits": _whole(steps["Paid into the accounts"]), "own transfers": _whole(steps["Own transfers"]),
        "unexplained": _whole(found.least),
    }  # fmt: skip


def _recoverable(one: Example) -> Answers:
    from followmoney.case.recoverable_amount import recoverable_amount

    given = one["inputs"]
    found = recoverable_amount(given["benefit"], given["property"], gifts=given["gifts"])
    return {name: str(getattr(found, name)) for name in ("available", "recoverable", "shortfall")}


def _owned(one: Example) -> Answers:
    from followmoney.graph.ownership import effective

    rows = effective(_ledger(one)).select("person", "company", "share_min").iter_rows()
    return {f"{who} of {what}": str(Fraction(share).limit_denominator(1_000)) for who, what, share in rows}


def _by_law(one: Example) -> Answers:
    from followmoney.graph.beneficial import beneficial_owners

    owners = beneficial_owners(_ledger(one), companies=["T"]).frame
    owned = _owned(one)

    def persons(article: str) -> str:
        rests = owners.filter(pl.col("article").str.starts_with(article))
        return ", ".join(rests["person"].unique().sort())

    return owned | {"by ownership": persons("52"), "by article 54": persons("54")}


def _years(one: Example) -> Answers:
    from followmoney.case._finances import Finances
    from followmoney.case.disproportion import years

    rows = years(Finances.of(_ledger(one), "P", date(2018, 1, 1), date(2020, 12, 31), "EUR"))
    found = {"in all": _whole(int(rows["most"].sum()))}
    for year, available, beyond in rows.select("year", "available_most", "most").iter_rows():
        found |= {f"available {year}": _whole(available), f"beyond {year}": _whole(beyond)}
    return found


def _structured(one: Example) -> Answers:
    from followmoney.graph import FlowGraph
    from followmoney.patterns import detect
    from followmoney.patterns.structuring import Structuring

    found = detect(FlowGraph(_ledger(one)), Structuring())
    first = found[0]
    return {
        "findings": str(len(found)), "deposits": str(first.transactions), "sum": _whole(first.amount or 0),
        "first": str(first.first.date()), "last": str(first.last.date()),
    }  # fmt: skip


def _stays(one: Example) -> Answers:
    from followmoney.case._stays import stays
    from followmoney.graph import FlowGraph
    from followmoney.tracing import trace

    graph = FlowGraph(_ledger(one))
    number = graph.vertices["id"].to_list().index("A")
    (found,) = stays(trace(graph, "in"), [number]).values()
    came, left = sum(s.amount for s in found), [s for s in found if s.left]
    gone = sum(s.amount for s in left)
    hours = Fraction(sum(s.amount * s.microseconds for s in left), gone) / HOUR
    return {
        "paid on": str(Fraction(gone, came)),
        "kept": str(1 - Fraction(gone, came)),
        "mean stay in hours": str(hours),
    }


def _digits(one: Example) -> Answers:
    import numpy as np

    from followmoney.patterns._cash_signs import off_benford

    times = np.array(one["inputs"]["times"])
    mean = Fraction(off_benford(times), 9 * int(times.sum()) * 1_000)
    return {"mean deviation in millionths": str(round(mean))}


ASKS: Mapping[str, Callable[[Example], Answers]] = MappingProxyType({
    "cut": _cut, "wealth": _wealth, "deposits": _deposits, "recoverable": _recoverable, "owned": _owned,
    "by_law": _by_law, "stays": _stays, "digits": _digits,
    "years": _years, "structured": _structured,
})  # fmt: skip
"""By the word the examples use: our answer to what each asks."""
