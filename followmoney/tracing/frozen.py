"""`frozen`: what would have stayed if accounts had been frozen on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from html import escape

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.ledger.when import first, micros
from followmoney.schema.codes import money
from followmoney.tracing._claim import Asked, Claim, asked, notes
from followmoney.tracing._places import Named, currency_of
from followmoney.tracing._push import Pusher, arrived
from followmoney.tracing._record import Record
from followmoney.tracing._said import count, some
from followmoney.tracing._tape import UNDO, UNDONE
from followmoney.tracing.assertions import Assertion

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Frozen:
    """What a freeze would have kept, under every value-conserving rule; never changes. Made by `frozen`."""

    accounts: tuple[str, ...]
    at: datetime
    currency: str
    claimed: dict[str, int]
    """What the claim transactions brought, by currency."""
    least: int
    """Minor units that must have stayed in the frozen accounts."""
    most: int
    """Minor units that can have stayed in them."""
    before: tuple[int, int]
    """The least and the most in them without the freeze."""
    leaves: int
    """The most that could still have got out of any account, to cash, unknown ends and assets, or paid off debts."""
    leaves_before: int
    """The same without the freeze."""
    stopped: pl.DataFrame
    """The payments that would not have happened: id, booked_at, originator, beneficiary, amount, currency."""
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The answer, in one sentence."""
        least, most, leaves = (money(m, self.currency) for m in (self.least, self.most, self.leaves))
        kept = f"exactly {least}" if self.least == self.most else f"at least {least} and at most {most}"
        return (
            f"Had {', '.join(self.accounts)} been frozen on {self.at:%Y-%m-%d}, {kept} of the claim would be there, "
            f"whichever value-conserving tracing rule is adopted, and at most {leaves} could have got out, from any "
            "account, to cash, unknown ends and assets or into debts "
            f"(without the freeze: {money(self.before[0], self.currency)} to {money(self.before[1], self.currency)} "
            f"there, at most {money(self.leaves_before, self.currency)} out). {self.stops}"
        )

    @property
    def changes(self) -> bool:
        """Whether any of the four figures is another with the freeze than without it."""
        return ((self.least, self.most), self.leaves) != (self.before, self.leaves_before)

    @property
    def stops(self) -> str:
        """Which payments it stops, and whether that changes anything, in a sentence or two."""
        from followmoney.tracing._words import amounts

        if not len(self.stopped):
            return "No payment of theirs is booked from then on: the freeze would have changed nothing."
        sums = dict(self.stopped.group_by("currency").agg(pl.col("amount").sum()).iter_rows())
        which = f"{count(len(self.stopped), 'payment')}, {amounts(sums)} ({some(self.stopped['id'].to_list())})"
        nothing = "" if self.changes else ", yet none of these figures changes"
        return f"It stops {which}{nothing}."

    def __repr__(self) -> str:
        """One line: who, when, and what would be there."""
        return (
            f"Frozen({', '.join(self.accounts)} from {self.at:%Y-%m-%d}: "
            f"{money(self.least, self.currency)} to {money(self.most, self.currency)} kept)"
        )

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(said)}</p>" for said in (self.sentence, *self.notes))


def frozen(
    graph: FlowGraph,
    claim: Claim,
    accounts: Sequence[str] | str,
    at: str | date | datetime,
    until: str | date | datetime | None = None,
    *,
    currency: str | None = None,
    assertions: Sequence[Assertion] = (),
) -> Frozen:
    """What if these accounts had been frozen on that day: how much would be there, how much could still have left?

    Their payments from `at` on do not happen; the money stays with them. Everyone else pays as booked: what no longer
    arrives from a frozen account is replaced by other money, so that the effect is never overstated.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed, of several claimants all claims together; they
            are not stopped.
        accounts: The accounts that are frozen.
        at: The first day or instant on which they cannot pay.
        until: Look no further than this day or instant.
        currency: Only money in this currency; needed where the accounts can hold claim money in several.
        assertions: What you assert beyond the records, as for `fm.trace`.

    Cost: four pairs of flows, see `bounds`.

    Raises:
        SettingsError: An unknown account, an outside end (cash cannot be frozen), several currencies.
    """
    return answer(asked(graph, claim, until, assertions), accounts, at, currency)


def answer(
    question: Asked, accounts: Sequence[str] | str, at: str | date | datetime, currency: str | None = None
) -> Frozen:
    """See `frozen`."""
    seen = question.record
    graph = seen.graph
    names = tuple(sorted({accounts} if isinstance(accounts, str) else set(accounts)))
    held = np.zeros(len(graph.vertices), np.bool_)
    held[[graph.vertex(name) for name in names]] = True
    if (held & graph.outside).any():
        raise SettingsError("Cash and unknown ends cannot be frozen; name accounts.")
    start = first(at)
    position = int(np.searchsorted(graph.time, micros(start), "left"))
    stops = held[seen.purses.account[seen.tape.paid]] & (np.arange(len(seen.tape)) >= position)
    stops[seen.tape.claims] = False
    plain, kept = question.named, question.instead(_without(seen, stops)).named
    code = currency_of(kept, kept.find(names)[0], f"accounts {', '.join(names)}", currency)
    found = [_ends(one, names, code) for one in (plain, kept)]
    (before, leaves_before), (after, leaves) = found
    frame = graph.only(np.flatnonzero(stops)).to_polars()
    return Frozen(
        names, start, graph.currencies[code] if graph.currencies else "", plain.claimed, *after, before, leaves,
        leaves_before,
        frame.select("id", "booked_at", "originator", "beneficiary", "amount", pl.col("currency").cast(pl.String)),
        notes(kept),
    )  # fmt: skip


def _ends(one: Named, names: Sequence[str], code: int) -> tuple[tuple[int, int], int]:
    """The least and the most in the accounts, and the most in all exits, in minor units."""
    here = (one.places["code"] == code).to_numpy()
    inside = one.find(names)[0] & here
    left = ~one.places["kind"].is_in(["account"]).fill_null(value=True).to_numpy() & here
    pusher, unit = Pusher(one.network), one.network.unit.get(code, 1)
    least, most, leaves = (
        int(arrived(one.network, pusher.extreme(wanted, most=way))[wanted].sum())
        for wanted, way in ((inside, False), (inside, True), (left, True))
    )
    return (-(-least // unit), most // unit), leaves // unit


def _without(seen: Record, stops: Mask) -> Record:
    """The same record where these transactions bring other money from nowhere, and their payers keep theirs."""
    tape, purses = seen.tape, seen.purses
    nowhere = len(tape.opening)  # a purse outside, for each currency
    paid = tape.paid.copy()
    paid[stops] = nowhere + purses.currency[tape.paid[stops]]
    codes = np.arange(256, dtype=np.uint8)
    undo = np.flatnonzero(tape.mark & UNDO)
    mark = tape.mark.copy()
    parted = stops[undo] | stops[tape.undoes]  # the return, or what it returns, does not happen
    mark[undo[parted]] &= np.uint8(255 - UNDO)
    mark[tape.undoes[parted]] &= np.uint8(255 - UNDONE)
    changed = replace(
        tape, paid=paid, mark=mark, undoes=tape.undoes[~parted],
        opening=np.append(tape.opening, np.zeros(256, np.int64)),
        outside=np.append(tape.outside, np.ones(256, np.bool_)),
    )  # fmt: skip
    more = replace(
        purses, paid=paid, currency=np.append(purses.currency, codes),
        account=np.append(purses.account, np.zeros(256, np.uint32)),
    )  # fmt: skip
    return replace(seen, tape=changed, purses=more)
