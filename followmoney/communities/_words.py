"""What is said of a network, and of how networks were found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities._method import Method
from followmoney.graph import FlowGraph
from followmoney.schema.codes import money

Gate = tuple[str, int] | None
"""The member through whom most money came in or went out, and how much; None where there is none to name."""


def sentence(  # noqa: PLR0917
    what: str,
    size: int,
    transactions: int,
    days: tuple[str, str],
    sums: tuple[Mapping[str, int], ...],
    gates: tuple[Gate, Gate],
) -> str:
    """The explanation: 7 accounts moved EUR 1,234.00 among themselves in 31 transactions between … and …; …."""
    first, last = days
    when = f"on {first}" if first == last else f"between {first} and {last}"
    internal, incoming, outgoing = sums
    into, out = _through(incoming, gates[0]), _through(outgoing, gates[1])
    return (
        f"{size:,} {what}s moved {_money(internal)} among themselves in {_count(transactions)} {when}; "
        f"{_money(incoming)} came in{into}{',' if into else ''} and {_money(outgoing)} went out{out}."
    )


def _through(amounts: Mapping[str, int], gate: Gate) -> str:
    """Who it came or went through; said of a member with more than half of all there is, in one currency."""
    if gate is None or len(amounts) != 1:
        return ""
    (whole,) = amounts.values()
    name, amount = gate
    how = "all" if amount == whole else "mostly"
    return f", {how} through {name}" if 2 * amount > whole else ""


def notes(
    graph: FlowGraph, network: NDArray[np.int64], method: Method, frame: pl.DataFrame, levels: int
) -> tuple[str, ...]:
    """How it was grouped, and what was left out; `network` is that of every vertex at the first level."""
    what = "account" if "kind" not in graph.vertices.columns else "holder"
    options = ", ".join(f"{name} {_value(value)}" for name, value in method.parameters().items() if value != ())
    found = [f"Grouped by {method.name}{f' ({options})' if options else ''}.", *method.remarks()]
    if levels > 1:
        found.append(
            f"Networks are given at {levels} levels: each lies whole in its parent, a network of a later level, and "
            "one that is the same at two levels is given once."
        )
    outside = graph.outside
    if touching := int((outside[graph.originator] | outside[graph.beneficiary]).sum()):
        found.append(
            f"Cash and unknown ends belong to no network, for they would tie everything together; {_count(touching)} "
            f"with them count as coming in or going out."
        )
    if alone := int(((network < 0) & ~outside).sum()):
        found.append(f"{alone:,} {what}{' is' if alone == 1 else 's are'} in no network.")
    if own := int(((graph.originator == graph.beneficiary) & (network[graph.originator] >= 0)).sum()):
        themselves = "an account to itself" if what == "account" else "a holder between own accounts"
        found.append(f"{_count(own)} of {themselves} {'is' if own == 1 else 'are'} not counted.")
    if several := int(frame["currency"].null_count()):
        found.append(
            f"Amounts in several currencies are not added: {several:,} network{'' if several == 1 else 's'} "
            f"{'names' if several == 1 else 'name'} each in the sentence and none in the table; sums and roles of "
            "members are there in the currency of most of its transactions."
        )
    return tuple(found if graph.enough is None else [*found, *graph.enough.folding])


def _value(value: object) -> str:
    return " ".join(map(str, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else str(value)


def _money(amounts: Mapping[str, int]) -> str:
    if len(amounts) == 1:
        ((currency, amount),) = amounts.items()
        return money(amount, currency)
    named = [money(amount, currency) for currency, amount in sorted(amounts.items())]
    return f"{', '.join(named[:-1])} and {named[-1]}" if named else "nothing"


def _count(number: int) -> str:
    return f"{number:,} transaction{'' if number == 1 else 's'}"
