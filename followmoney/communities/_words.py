"""What is said of a network, and of how networks were found."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities._flows import Flow
from followmoney.communities._method import Method
from followmoney.graph import FlowGraph
from followmoney.schema.codes import money


def sentence(size: int, what: str, moved: Flow) -> str:
    """The explanation: 7 accounts moved EUR 1,234.00 among themselves in 31 transactions between … and …; …."""
    first, last = moved.first.date().isoformat(), moved.last.date().isoformat()
    when = f"on {first}" if first == last else f"between {first} and {last}"
    inside = f"{size:,} {what}s moved {_money(moved.internal)} among themselves in {_count(moved.transactions)} {when}"
    return f"{inside}; {_money(moved.incoming)} came in and {_money(moved.outgoing)} went out."


def notes(graph: FlowGraph, network: NDArray[np.int64], method: Method, frame: pl.DataFrame) -> tuple[str, ...]:
    """How it was grouped, and what was left out."""
    what = "account" if "kind" not in graph.vertices.columns else "holder"
    options = ", ".join(f"{name} {value}" for name, value in method.parameters().items())
    found = [f"Grouped by {method.name}{f' ({options})' if options else ''}."]
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
            f"{'names' if several == 1 else 'name'} each in the sentence and none in the table."
        )
    return tuple(found)


def _money(amounts: Mapping[str, int]) -> str:
    named = [money(amount, currency) for currency, amount in sorted(amounts.items())]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0] if named else "nothing"


def _count(number: int) -> str:
    return f"{number:,} transaction{'' if number == 1 else 's'}"
