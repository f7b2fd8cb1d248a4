"""`cut`: whom to freeze so that claim money does not get out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.ledger.when import first, micros
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing._claim import Asked, Claim
    from followmoney.tracing._freeze import Freezer
    from followmoney.tracing._places import SUBJECT
    from followmoney.tracing.assertions import Assertion

By = Literal["account", "institution", "country"]
_PLURAL = {"account": "accounts", "institution": "institutions", "country": "countries"}
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Cut:
    """Whom to freeze so that as little claim money as possible gets to some places; never changes. Made by `cut`."""

    members: tuple[str, ...]
    """The fewest accounts, institutions or countries that stop all that can be stopped."""
    least: bool
    """Whether it is proven that fewer would not do."""
    by: By
    before: int
    """The most claim money that can get there with nobody frozen; minor units of `currency`."""
    after: int
    """The most that can still get there with all members frozen."""
    currency: str
    frame: pl.DataFrame
    """Whom to freeze first: step, member, label, marginal (what it stops beyond those before), stopped, left."""
    to: str
    """Where the money must not get, in words."""
    at: datetime | None
    """Payments from this instant on are stopped; None: all."""
    notes: tuple[str, ...]
    _freezer: Freezer = field(repr=False)
    _names: tuple[str, ...] = field(repr=False)
    _unit: int = field(repr=False)

    @property
    def stopped(self) -> int:
        """How much less can get there; minor units of `currency`."""
        return self.before - self.after

    @property
    def sentence(self) -> str:
        """The answer, in one sentence."""
        when = f" from {self.at:%Y-%m-%d} on" if self.at else ""
        if not self.members:
            return f"No freeze{when} changes the {money(self.before, self.currency)} that can get to {self.to}."
        names = ", ".join(self.members[:_SHOWN])
        more = f" and {len(self.members) - _SHOWN:,} more" if len(self.members) > _SHOWN else ""
        fewer = "; fewer would not do" if self.least else ""
        return (
            f"Freezing {names}{more}{when} stops {money(self.stopped, self.currency)} of the "
            f"{money(self.before, self.currency)} that can get to {self.to}{fewer}."
        )

    def alone(self) -> pl.DataFrame:
        """What each freeze would stop by itself: member, stopped; the most first. Cost: one flow a member."""
        rows = [
            (self._names[member], (self.before * self._unit - self._freezer.flow([member])[0]) // self._unit)
            for member in self._freezer.members
        ]
        frame = pl.DataFrame(rows, schema={"member": pl.String, "stopped": pl.Int64}, orient="row")
        return frame.sort("stopped", "member", descending=[True, False])

    def __repr__(self) -> str:
        """One line: who, and what it stops."""
        return f"Cut({', '.join(self.members[:_SHOWN]) or 'nobody'}: {money(self.stopped, self.currency)} stopped)"

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in (self.sentence, *self.notes))
        return said + self.frame._repr_html_()  # pyright: ignore[reportPrivateUsage]


def cut(
    graph: FlowGraph,
    claim: Claim,
    to: SUBJECT,
    by: By = "account",
    at: str | date | datetime | None = None,
    *,
    until: str | date | datetime | None = None,
    currency: str | None = None,
    assertions: Sequence[Assertion] = (),
) -> Cut:
    """Whom to freeze so that as little claim money as possible can end up in some exits, accounts or countries.

    A frozen account receives, but pays nothing from `at` on. Everyone else pays as booked, and what no longer arrives
    from a frozen account is replaced by other money, so that the effect of a freeze is never overstated. "Can get
    there" is the most under any value-conserving rule (see `bounds`). Claim transactions are not stopped.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed; of several claimants all claims together.
        to: Where it must not get: an account, an asset, a kind of exit, a party, a country, or several of these.
        by: Freeze single accounts, all accounts of an institution, or all accounts in a country.
        at: Payments from this day or instant on are stopped; None: all of them.
        until: Look no further than this day or instant.
        currency: Only what gets there in this currency; needed where there are several.
        assertions: What you assert beyond the records, as for `fm.trace`.

    Returns:
        The fewest members, exactly, by branch and bound over the ways that are still open; where that is given up,
        `least` is False and the members are those of the greedy order less the superfluous ones.

    Cost: as `bounds`, plus a flow for each member that is tried.
    Source: implicit hitting sets (Karp and Moreno-Centeno 2013); maximum flow (Ford and Fulkerson 1956).

    Raises:
        SettingsError: An unknown name, a `by` that is not there, a graph that says nothing of institutions or
        countries.
    """
    from followmoney.tracing._claim import asked

    return answer(asked(graph, claim, until, assertions), to, by, at, currency)


def answer(
    question: Asked,
    to: SUBJECT,
    by: By = "account",
    at: str | date | datetime | None = None,
    currency: str | None = None,
) -> Cut:
    """See `cut`."""
    from followmoney.tracing._claim import notes
    from followmoney.tracing._freeze import Freezer
    from followmoney.tracing._places import currency_of

    named, graph = question.named, question.record.graph
    _, wanted, words = named.find(to)
    code = currency_of(named, wanted, words, currency)
    wanted &= (named.places["code"] == code).to_numpy()
    names, member, said = _members(graph, by, named.accounts(wanted))
    start = None if at is None else first(at)
    position = 0 if start is None else int(np.searchsorted(graph.time, micros(start), "left"))
    freezer = Freezer(named, wanted, member, position)
    unit = named.network.unit.get(code, 1)
    before, _ = freezer.flow(())
    floor, _ = freezer.flow(freezer.members)
    steps = freezer.greedy(floor)
    chosen = freezer.fewest(floor)
    least = chosen is not None
    if chosen is None:
        chosen = tuple(step.member for step in steps)
        for one in chosen:
            rest = tuple(m for m in chosen if m != one)
            chosen = rest if freezer.flow(rest)[0] <= floor else chosen
        said = (*said, "That fewer members would not do could not be proven in reasonable time.")
    label = dict(named.labels().iter_rows())
    frame = pl.DataFrame(
        [
            (n, names[s.member], label.get(names[s.member]) if by == "account" else names[s.member], s.marginal // unit,
             (before - s.left) // unit, s.left // unit)
            for n, s in enumerate(steps, 1)
        ],
        schema={"step": pl.Int64, "member": pl.String, "label": pl.String, "marginal": pl.Int64, "stopped": pl.Int64,
                "left": pl.Int64},
        orient="row",
    )  # fmt: skip
    return Cut(
        tuple(sorted(names[m] for m in chosen)), least, by, before // unit, freezer.flow(chosen)[0] // unit,
        graph.currencies[code] if graph.currencies else "", frame, words, start, (*notes(named), *said), freezer, names,
        unit,
    )  # fmt: skip


def _members(
    graph: FlowGraph, by: str, targets: NDArray[np.bool_]
) -> tuple[tuple[str, ...], NDArray[np.int64], tuple[str, ...]]:
    """Who can be frozen, by name in order; the number of each account's member (-1: none); what to say of the rest."""
    if by not in _PLURAL:
        raise SettingsError(unknown("way to freeze", by, _PLURAL))
    column = "id" if by == "account" else by
    if column not in graph.vertices.columns:
        raise SettingsError(f"The ledger names no {_PLURAL[by]} of accounts; cut by='account'.")
    group = graph.vertices[column].cast(pl.String).to_list()
    open_ = ~graph.outside & ~(targets if by == "account" else np.zeros_like(targets))
    names = tuple(sorted({name for name, free in zip(group, open_.tolist(), strict=True) if free and name is not None}))
    number = {name: at for at, name in enumerate(names)}
    member = np.array(
        [number[n] if free and n is not None else -1 for n, free in zip(group, open_.tolist(), strict=True)], np.int64
    )
    missing = int((np.array([n is None for n in group], np.bool_) & ~graph.outside).sum())
    said = (f"{missing:,} accounts are of no known {by} and cannot be frozen this way.",) if missing else ()
    return names, member, said
