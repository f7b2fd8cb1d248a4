"""The same claim under several rules, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from followmoney.graph import FlowGraph
from followmoney.tracing import _frames
from followmoney.tracing._catalogue import catalogue, find
from followmoney.tracing._record import record as again
from followmoney.tracing._sweep import Kept, compiled, each, shared_sweeps
from followmoney.tracing._tape import Tape, added
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.by_status import asking
from followmoney.tracing.rule import Election, Rule

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

KEYS = ("kind", "id", "currency")
LONG = 20_000  # transactions; beyond, a rule swept by the reference takes longer than one waits for
LONG_CHOICE = 1_000_000  # and an election, whose flow takes seconds here, up to minutes where claims reach far


def compare(trace: Trace, rules: Sequence[str | Rule] | None) -> pl.DataFrame:
    """See `Trace.compare`."""
    wanted = {find(rule).name: rule for rule in (usual(trace) if rules is None else rules)}
    chosen = list(wanted)
    kept = shared_sweeps(map(find, wanted.values()))
    parts = [where(under(trace, rule, kept)).with_columns(pl.lit(name).alias("rule")) for name, rule in wanted.items()]
    table = pl.concat(parts).pivot("rule", index=KEYS, values="claim").fill_null(0) if parts else where(trace)[:0]
    table = table.with_columns(pl.lit(0, pl.Int64).alias(rule) for rule in chosen if rule not in table.columns)
    first = [trace.rule] if trace.rule in chosen else []
    between = [name for name, rule in wanted.items() if find(rule).conserving] or chosen
    order = [*(pl.col(rule) for rule in first), pl.max_horizontal(*between), pl.min_horizontal(*between)]
    down = [True] * len(order) if chosen else []
    return (
        table.lazy()
        .join(names(trace), on="id", how="left")
        .sort(*(order if chosen else ()), *KEYS, descending=[*down, False, False, False])
        .select(*KEYS[:2], "name", "currency", *chosen)
        .collect()
    )


def names(trace: Trace) -> pl.LazyFrame:
    """What places are called: id, name. An account by its holder, before an asset of the same identifier."""
    vertices, parties = trace.graph.vertices, trace.graph.ledger.parties.select(holder="id", name="name")
    holder = "holder" if "holder" in vertices.columns else pl.lit(None, pl.String).alias("holder")
    known = vertices.lazy().select("id", holder).join(parties.lazy(), on="holder", how="left")
    things = trace.graph.ledger.assets.lazy().select("id", name="description")
    described = dict(trace.graph.ledger.assets.select("id", "description").iter_rows())
    joint = {
        its: " + ".join(described.get(part) or part for part in its.split(" + "))
        for its in trace.record.assets.values() if its not in described
    }  # fmt: skip
    together = pl.LazyFrame(list(joint.items()), schema={"id": pl.String, "name": pl.String}, orient="row")
    others = pl.concat([things, together]).join(vertices.lazy().select("id"), on="id", how="anti")
    return pl.concat([known.select("id", "name"), others])


def usual(trace: Trace) -> list[str]:
    """The rules compared where none is named: all that do not take long on such a ledger, and the one chosen."""
    tape = trace.record.tape
    return [name for name, kind in catalogue().items() if name == trace.rule or _soon(kind(), tape)]


def _soon(rule: Rule, tape: Tape) -> bool:
    """Whether a rule gives its figures in seconds."""
    if isinstance(rule, Election) and tape.claimants == 1:
        return len(tape) <= LONG_CHOICE
    return len(tape) <= LONG or compiled(rule, tape)


def under(trace: Trace, rule: str | Rule, kept: Kept | None = None) -> Trace:
    """The same question under another rule; `kept` as in `each`."""
    chosen = trace.chosen if rule == trace.rule else asking(rule, trace.question) if isinstance(rule, str) else rule
    if chosen == trace.chosen:
        return trace
    return followed(replace(trace, chosen=chosen), kept)


def followed(trace: Trace, kept: Kept | None = None) -> Trace:
    """The trace with the outcome of its rule over its record; `kept` as in `each`."""
    outcomes = each(trace.record.tape, trace.chosen, kept=kept)
    whole = replace(trace, outcome=added(outcomes), outcomes=outcomes, claimant=None)
    return whole if trace.claimant is None else whole.of(trace.claimant)


def asked_again(trace: Trace, assertions: Sequence[Assertion], graph: FlowGraph | None = None) -> Trace:
    """The same question with these assertions, or on this graph."""
    record = trace.record
    seen = again(record.graph if graph is None else graph, record.claim, len(record.tape), record.owners, assertions)
    return followed(replace(trace, record=seen))


def where(trace: Trace) -> pl.DataFrame:
    """Every place the claim money is or went to: kind (account, cash, unknown, asset, debt), id, currency, claim."""
    held = _frames.holders(trace).select(
        pl.lit("account").alias("kind"), pl.col("account").alias("id"), "currency", "claim"
    )
    return pl.concat([held, _frames.exits(trace).rename({"to": "id"}).select(*KEYS, "claim")])
