"""`bounds`: the least and the most claim money that is somewhere, whichever tracing rule is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.schema.codes import money

if TYPE_CHECKING:
    import polars as pl

    from followmoney.tracing._claim import Asked, Claim
    from followmoney.tracing._places import SUBJECT, Named
    from followmoney.tracing.assertions import Assertion

End = Literal["least", "most"]


@dataclass(frozen=True, eq=False)
class Bounds:
    """What can be said of claim money without choosing a tracing rule; never changes. Made by `bounds`."""

    least: int
    """Minor units of `currency` that are there under every value-conserving rule."""
    most: int
    """Minor units of `currency` that can be there under some value-conserving rule."""
    currency: str
    of: str
    """What it is about, in words."""
    claimed: dict[str, int]
    """What the claim transactions brought, by currency."""
    until: datetime | None
    attained: bool
    """Whether some attribution reaches each end; False where money that was converted, that earned interest or
    that came with another claimant's counts: the ends hold, but may be wide."""
    notes: tuple[str, ...]
    _named: Named = field(repr=False)
    _flows: dict[End, NDArray[np.int64]] = field(repr=False)

    @property
    def sentence(self) -> str:
        """The finding, in one sentence."""
        from followmoney.tracing._words import amounts

        least, most = money(self.least, self.currency), money(self.most, self.currency)
        much = f"Exactly {least}" if self.least == self.most else f"At least {least} and at most {most}"
        return (
            f"{much} of the claimed {amounts(self.claimed)} is in {self.of}, "
            "whichever value-conserving tracing rule is adopted."
        )

    def payments(self, end: End) -> pl.DataFrame:
        """An attribution that attains one end, as payments: the transactions with claim money, in order.

        Columns: transaction, booked_at, originator, beneficiary, amount, currency, claim (as debited; a claim
        transaction counts whole), claim_received, source, row. It is one of many that attain it, and no finding of
        where money went.
        """
        from followmoney.tracing._payments import payments

        return payments(self._named, self._flows[end])

    def places(self, end: End) -> pl.DataFrame:
        """Where the claim money is under that attribution: kind, id, currency, claim; the largest first."""
        from followmoney.tracing._payments import places

        return places(self._named, self._flows[end])

    def __repr__(self) -> str:
        """One line: what it is about, and between what."""
        return f"Bounds({self.of}: {money(self.least, self.currency)} to {money(self.most, self.currency)})"

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(said)}</p>" for said in (self.sentence, *self.notes))


def bounds(
    graph: FlowGraph,
    claim: Claim,
    of: SUBJECT,
    until: str | date | datetime | None = None,
    currency: str | None = None,
    *,
    assertions: Sequence[Assertion] = (),
) -> Bounds:
    """The least and the most claim money in an account, an asset, an exit, or a set of them, without choosing a rule.

    Every attribution that neither makes nor loses money, never takes more from an account than is there and never looks
    ahead in time lies between the two ends; each end is reached by one. For a set it is the least and the most in all
    of it together: the most in two assets is usually less than the sum of their two mosts.

    The model: between movements an account holds at most its balance of claim money; a payment carries at most its
    amount and what was there; a debt holds nothing; what is paid beyond the known balance is other money, and so is
    an opening balance. A payment that comes back before the account made another payment comes back as it went. Where
    money is converted at several rates, or by amounts that leave fractions, or earns interest, the bounds hold, but may
    not be attained (`attained`).

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed; of several claimants (name → identifiers) all
            claims together. For one of them alone ask `fm.trace(...).of(name).bounds(...)`.
        of: An account, an asset, a kind of exit ("cash", "unknown", "asset", "debt", and where an assertion ends the
            claim "fee", "pooled", "good_faith"), a party (its accounts and assets), a country, or several of these.
        until: Look no further than this day or instant.
        currency: Only what is there in this currency; needed where claim money can be there in several.
        assertions: What you assert beyond the records, as for `fm.trace`.

    Cost: a few passes over the transactions, then two flows over the part that claim money can reach; the first
    question about a graph also reads its balances.
    Source: maximum flow in the time-expanded ledger (Ford and Fulkerson 1956, 1958); computed after Dinic (1970) and
    Goldberg and Tarjan (1988).

    Raises:
        SettingsError: An unknown name (with the nearest match), no claim, a folded graph, several currencies.
        OverflowLimitError: More money passes through an account than 64 bits can count.
    """
    from followmoney.tracing._claim import asked

    return answer(asked(graph, claim, until, assertions), of, currency)


def answer(asked: Asked, of: SUBJECT, currency: str | None = None) -> Bounds:
    """See `bounds`."""
    from followmoney.tracing._claim import notes
    from followmoney.tracing._places import currency_of
    from followmoney.tracing._push import Pusher, arrived, leading

    named, graph = asked.named, asked.record.graph
    sure, possible, words = named.find(of)
    code = currency_of(named, possible, words, currency)
    here = (named.places["code"] == code).to_numpy()
    network, pusher, unit = named.network, Pusher(named.network), named.network.unit.get(code, 1)
    flows: dict[End, NDArray[np.int64]] = {
        "least": pusher.extreme(sure & here, most=False),
        "most": pusher.extreme(possible & here, most=True),
    }
    leads = np.zeros(network.size, np.bool_)
    leads[network.place :] = possible & here
    tails = network.tail[leading(network.tail, network.head, leads)]
    changed, gained = np.isin(tails, network.cone.exchange[:, 0]).any(), (tails == network.gained).any()
    least = int(arrived(network, flows["least"])[sure & here].sum())
    most = int(arrived(network, flows["most"])[possible & here].sum())
    return Bounds(
        -(-least // unit), most // unit, graph.currencies[code] if graph.currencies else "", words, named.claimed,
        asked.end, not (changed or gained), notes(named, changed=bool(changed)), named, flows,
    )  # fmt: skip
