"""`trace`: the question put to a flow graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from followmoney.errors import A_FLOW_GRAPH, SettingsError, expect
from followmoney.graph import FlowGraph
from followmoney.ledger.when import last, micros
from followmoney.tracing._default import DEFAULT, Unnamed
from followmoney.tracing._record import record
from followmoney.tracing._sweep import each
from followmoney.tracing._tape import added
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.backward import backward
from followmoney.tracing.by_status import ByStatus, Question, asking
from followmoney.tracing.rule import Rule
from followmoney.tracing.traced import Trace

Claim = Sequence[str] | str | Mapping[str, Sequence[str] | str]


def trace(  # noqa: PLR0917 - the question reads as well by place as the rest
    graph: FlowGraph,
    claim: Claim,
    rule: str | Rule | None = DEFAULT,
    until: str | date | datetime | None = None,
    assertions: Sequence[Assertion] = (),
    question: Question | None = None,
) -> Trace:
    """Follow claim money: where it is, where it left, and in which transactions it moved.

    The claim is what the named transactions brought to their beneficiaries. Every transaction of the graph is looked at
    in order, because an account's other money decides how much of the claim leaves with a debit.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed; for several claimants, name → identifiers.
            Money of one claimant that a claim transaction of another carries stays the first one's.
        rule: A tracing rule by name, see `followmoney.tracing.catalogue()`. No rule is "the" rule: see `Trace.compare`.
            None: the status of each holder and the question decide (`by_status`). Not given: `lowest_balance`.
            `Trace.reason` says which and why.
        until: Look no further than this day or instant.
        assertions: What you assert beyond the records, each with who, when and why; see `tracing/assertions.py`.
        question: What is asked: what is `left` of the claim, or what it `bought`. It decides under `by_status` (None
            is then `left`), and is recorded under every rule.

    Cost: on long ledgers about 20 ns a transaction to prepare (twice that for the first question about a graph, and
    more where an account has several currencies) and 10 to 40 ns to follow, more where claim money moves with many of
    them; 10 to 40 µs where no compiled sweep is used: small graphs, interest that is divided by day, and several
    claimants under poison, tiho, by_status and elections. An election costs a maximum flow besides.

    Raises:
        SettingsError: An unknown rule, question, transaction, account or party (with the nearest match), no claim, two
            statuses of one account, a rule that asks another question, a folded graph, an argument of another kind.
        OverflowLimitError: More money passes through an account than 64 bits can count; it is named.
    """
    expect("trace", graph, FlowGraph, A_FLOW_GRAPH)
    owners = _owners(claim)
    if not owners:
        raise SettingsError("No claim: name at least one transaction whose money is claimed, like claim=['t17'].")
    names = tuple(claim) if isinstance(claim, Mapping) else ()
    chosen = asking(ByStatus.name if rule is None else rule, question)
    end = None if until is None else last(until)
    size = len(graph) if end is None else int(np.searchsorted(graph.time, micros(end), "right"))
    seen = record(graph, list(owners), size, owners if len(names) > 1 else None, assertions)
    outcomes = each(seen.tape, chosen)
    asked = chosen.question if isinstance(chosen, ByStatus) else question
    made = Trace(
        record=seen, outcome=added(outcomes), chosen=chosen, until=end, claimants=names, outcomes=outcomes,
        question=asked, named=not (rule is None or isinstance(rule, Unnamed)),
    )  # fmt: skip
    backward(made)  # an asserted link that does not fit is refused here, not when figures are read
    return made


def _owners(claim: Claim) -> dict[str, int]:
    """Claim transaction → number of the claimant, from 1."""
    named = claim if isinstance(claim, Mapping) else {"": claim}
    for name, ids in named.items():
        listed = [ids] if isinstance(ids, str) else ids
        if not isinstance(listed, Iterable) or not all(isinstance(one, str) for one in listed):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(f"A claim names transactions by identifier, like claim=['t17']; got {ids!r}.")
        if isinstance(claim, Mapping) and (not isinstance(name, str) or not name.strip()):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(f"A claimant needs a name; got {name!r}.")
    owners: dict[str, int] = {}
    for number, (name, ids) in enumerate(named.items(), 1):
        for transaction in dict.fromkeys([ids] if isinstance(ids, str) else ids):
            if owners.setdefault(transaction, number) != number:
                other = list(named)[owners[transaction] - 1]
                raise SettingsError(
                    f"Transaction {transaction!r} is claimed by both {other!r} and {name!r}; name it for one of them."
                )
    empty = [name for number, name in enumerate(named, 1) if number not in owners.values()]
    if owners and empty:
        raise SettingsError(f"Claimant {empty[0]!r} has no transaction; name at least one, or leave the claimant out.")
    return owners
