"""Worked examples with exact answers: what cases, textbooks and statutes say a rule gives, checked against ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from followmoney.graph import FlowGraph
from followmoney.tracing import _frames
from followmoney.tracing._ask import trace
from followmoney.tracing._catalogue import catalogue, our_name
from followmoney.tracing._oracle_formulas import FORMULAS
from followmoney.tracing._oracle_ledger import Oracle, example
from followmoney.tracing.traced import Trace

_OTHER = "C"  # what the examples call money that nobody claims
_COLUMNS = ("oracle", "variant", "rule", "place", "owner", "expected", "found", "agrees", "source")


@cache
def oracles() -> tuple[Oracle, ...]:
    """Every worked example, with its source."""
    return tuple(json.loads((files("followmoney.tracing") / "oracles.json").read_text("utf-8"))["oracles"])


def check(rules: tuple[str, ...] | None = None) -> pl.DataFrame:
    """Put every worked example to every rule (or these) that has an answer for it: expected, found, do they agree.

    Amounts are scaled so that every answer is a whole number; `expected` and `found` are in scaled units.
    """
    wanted = (*catalogue(), *FORMULAS, "backward") if rules is None else rules
    rows = [
        row
        for oracle in oracles()
        for theirs, answer in oracle["expected"].items()
        if (rule := oracle.get("fn", our_name(theirs))) in wanted
        for row in (_worked(oracle, theirs, answer) if "fn" in oracle else _answers(oracle, rule, answer))
    ]
    rows += [
        row
        for oracle in oracles()
        for theirs, places in oracle.get("any_order", {}).items()
        if (rule := our_name(theirs)) in wanted
        for row in _intervals(oracle, rule, places)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String) | {"agrees": pl.Boolean}, orient="row")


def selftest() -> pl.DataFrame:
    """Every worked example, computed here and now: oracle, rule, holder, expected, got, agrees.

    Anybody can run it, the defence too: `followmoney selftest`. Takes a few seconds.
    """
    place = pl.concat_str(pl.col("place", "owner"), separator=" of ", ignore_nulls=True)
    name = pl.concat_str(pl.col("oracle", "variant"), separator=" ", ignore_nulls=True)
    return check().select(
        name.alias("oracle"),
        "rule",
        place.alias("holder"),
        "expected",
        pl.col("found").alias("got"),
        "agrees",
        "source",
    )


def _worked(oracle: Oracle, question: str, expected: str) -> Iterator[tuple[Any, ...]]:
    """A formula put to its inputs."""
    found = FORMULAS[oracle["fn"]](oracle["inputs"], question)
    agrees = Fraction(expected) == found
    yield (oracle["id"], None, oracle["fn"], question, None, expected, str(found), agrees, oracle["source"])


def _answers(oracle: Oracle, rule: str, places: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    made = example(oracle)
    owners: list[str] = list(made.arrivals) if oracle["seed"] == "all" else oracle["seed"]
    graph, claim = FlowGraph(made.ledger), {owner: made.arrivals[owner] for owner in owners}
    its = trace(graph, claim, "fifo" if rule == "backward" else rule, assertions=made.assertions)
    forward = its if rule == "backward" else its.without("backward")
    for place, parts in places.items():
        for owner in owners:
            part = parts if isinstance(parts, str) else parts.get(owner, "0")  # one figure: reach, or a value
            expected = Fraction(part) * oracle["scale"]
            found = _claim(forward.of(owner), place)
            answer = (rule, place, owner, str(expected), str(found), expected == found)
            yield (oracle["id"], oracle.get("variant"), *answer, oracle["source"])
        if not isinstance(parts, str) and _OTHER in parts and _OTHER not in owners and ":" not in place:
            expected = Fraction(parts[_OTHER]) * oracle["scale"]
            found = int(forward.ledger(place)["balance"][-1]) - _claim(forward, place)
            answer = (rule, place, _OTHER, str(expected), str(found), expected == found)
            yield (oracle["id"], oracle.get("variant"), *answer, oracle["source"])


def _intervals(oracle: Oracle, rule: str, places: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The interval over all orders of transactions at the same time, where the posting sequence is not known."""
    made = example(oracle, posted=False)
    claim = [name for owner in oracle["seed"] for name in made.arrivals[owner]]
    table = trace(FlowGraph(made.ledger), claim, rule, assertions=made.assertions).orders()
    for place, ends in places.items():
        expected = " to ".join(str(Fraction(end) * oracle["scale"]) for end in ends)
        row = table.row(by_predicate=(pl.col("kind") == "account") & (pl.col("id") == place), named=True)
        found = f"{row['low']} to {row['high']}"
        yield (oracle["id"], "any_order", rule, place, None, expected, found, expected == found, oracle["source"])


def _claim(its: Trace, place: str) -> int:
    """How much of the claim is in one place of an oracle: an account, an asset, or a debt paid off."""
    held, gone = _frames.holders(its), _frames.exits(its)
    if place == "debt_discharged":
        found = gone.filter(pl.col("kind") == "debt")
    elif place.startswith("asset:"):
        found = gone.filter((pl.col("kind") == "asset") & (pl.col("to") == place))
    else:
        found = held.filter(pl.col("account") == place)
    return int(found["claim"].sum())
