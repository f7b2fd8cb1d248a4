"""What of a trace is asked for: one answer at a time, and what may be said with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Group, Parameter

from followmoney.errors import SettingsError

Part = Literal[
    "holders",
    "exits",
    "transactions",
    "reconciliation",
    "choices",
    "compare",
    "bounds",
    "sensitivity",
    "arrival",
    "owners",
]
By = Literal["account", "party", "country"]
Order = Literal["strongest", "fastest", "fewest"]
Flag = Annotated[bool, Parameter(negative=(), show_default=False)]
Several = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]
_SHORT = ("compare", "bounds", "sensitivity", "arrival", "owners")


@Parameter(name="*", group=Group("What is shown (one of these)", sort_key=1))
@dataclass(frozen=True)
class View:
    """Which answer of a trace is shown."""

    part: Part | None = None
    """Where the claim is held (holders, not given), where it left, the transactions that carried it, the totals, which
    rule decides in which account (choices), or one of the answers below."""
    compare: Flag = False
    """Every tracing rule side by side."""
    bounds: Flag = False
    """What holds whatever the rule: the least and the most claim money in every place."""
    sensitivity: Flag = False
    """How far each choice (rule, assertion, missing statement, order of equal times) moves the figures."""
    arrival: Flag = False
    """When claim money can have come to each account at the earliest."""
    owners: Flag = False
    """Who is behind the accounts that hold claim money, on the day the trace ends: beneficial owners with article and
    ground."""
    account: str | None = None
    """Every movement of this account, with its running balance and claim."""
    to: str | None = None
    """The ways the claim took to this account or asset."""
    explain: Flag = False
    """Only the sentences: the trace in words; with --to, the strongest way there in words."""


@Parameter(name="*", group=Group("More on what is shown", sort_key=2))
@dataclass(frozen=True)
class Detail:
    """What is said with an answer."""

    by: By | None = None
    """With the holders: one row an account (not given), a party or a country."""
    of: Several = ()
    """With --bounds: only in this account, asset, party, country or kind of exit (cash, unknown, asset, debt). Give it
    again for another; they are taken together."""
    currency: str | None = None
    """With --of: only money in this currency; needed where claim money can be there in several."""
    order: Order | None = None
    """With --to: the ways that carry most first (strongest, not given), or the fastest, or those of fewest payments."""
    limit: int | None = None
    """With --to: so many ways at most (not given: 10)."""
    hops: int | None = None
    """With --to: so many payments after the claim at most (not given: 6)."""


WHOLE = View()
"""The default: who holds the claim."""
PLAIN = Detail()
"""The default: nothing more is said."""


def asked(view: View, detail: Detail) -> str:
    """The one answer that is asked for: a part, account, to, path or explain.

    Raises:
        SettingsError: Two different answers are asked for, or something is said of an answer that is not.
    """
    flags = {f"--{name}": name for name in _SHORT if getattr(view, name)}
    flags |= {f"--part {view.part}": view.part} if view.part else {}
    flags |= {f"--{name}": name for name in ("account", "to") if getattr(view, name) is not None}
    if view.explain and view.to is None:
        flags["--explain"] = "explain"
    if len(set(flags.values())) > 1:
        raise SettingsError(f"{' and '.join(flags)} ask for different answers; give one of them.")
    found = next(iter(flags.values()), "holders")
    for name, given, wanted in (
        ("by", detail.by is not None, ("holders", "--part holders")),
        ("of", bool(detail.of), ("bounds", "--bounds")),
        ("currency", detail.currency is not None, ("bounds", "--bounds")),
        ("order", detail.order is not None, ("to", "--to")),
        ("limit", detail.limit is not None, ("to", "--to")),
        ("hops", detail.hops is not None, ("to", "--to")),
    ):
        if given and found != wanted[0]:
            raise SettingsError(f"--{name} says more about {wanted[1]}, which is not asked for; give both, or neither.")
    if found == "to" and view.explain:
        if detail.order is not None or detail.limit is not None:
            raise SettingsError("--to with --explain tells the one strongest way; leave --order and --limit out.")
        return "path"
    return found
