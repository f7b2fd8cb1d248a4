"""The time-expanded network: the cone with its ends, in one unit, and the flows of claim money over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.tracing._cone import COUNTED, DEBT, GAINED, HELD, SOURCE, STOPPED, Cone, cone
from followmoney.tracing._tape import Tape
from followmoney.tracing._weights import gain, loss, whole, worth

Ints = NDArray[np.int32]
Money = NDArray[np.int64]

HOLDING, OUT, ASSET, PAID_OFF, FEE, POOLED, GOOD_FAITH, TWICE, LOST = range(9)
"""Kinds of places where claim money ends: held by a purse, left to an outside end, in an asset, in a debt that was paid
off, where an assertion ends the claim, counted again by a claim transaction, lost in a conversion."""

_ASSERTED = {"fee": FEE, "pooled": POOLED, "good_faith": GOOD_FAITH}

_ROOM = 2**60  # no sum of capacities at a vertex exceeds this
_LIMIT = 2**62


@dataclass(frozen=True, eq=False)
class Expanded:
    """Vertices: the cone's, then the source, what may be gained, and the places where claim money ends."""

    cone: Cone
    tail: Ints
    head: Ints
    cap: Money
    """In common units: minor units times `unit` of the currency."""
    row: Ints
    """Position of the transaction, -1 for money that stays, -2 for what conversions lose or gain, and for what is
    claim money unless it was somebody else's."""
    unit: dict[int, int]
    """By currency; 1 where nothing is converted."""
    kind: NDArray[np.uint8]
    """By place: HOLDING, OUT, ASSET …"""
    key: Money
    """By place: the purse; for assets the number of the asset times 256, plus that of the currency it was paid in."""

    @property
    def source(self) -> int:
        """The vertex claims come from."""
        return len(self.cone.purse)

    @property
    def gained(self) -> int:
        """The vertex of what may come on top: by conversions, by interest, by what no other claimant carried."""
        return self.source + 1

    @property
    def place(self) -> int:
        """The vertex of the first place."""
        return self.source + 2

    @property
    def size(self) -> int:
        """Number of vertices."""
        return self.place + len(self.kind)

    @property
    def converted(self) -> bool:
        """Whether claim money may have been converted, so that bounds hold but need not be attained."""
        return len(self.cone.exchange) > 0

    @cached_property
    def claimed(self) -> int:
        """All claims, in common units."""
        return sum(self.cap[self.tail == self.source].tolist())

    @cached_property
    def total(self) -> int:
        """All claims and all that may come on top, in common units: no more can be anywhere."""
        return self.claimed + sum(self.cap[self.tail == self.gained].tolist())


def expand(
    tape: Tape,
    currency: NDArray[np.uint8],
    assets: Mapping[int, int] | None = None,
    stops: Mapping[int, str] | None = None,
    *,
    earning: bool = False,
    unsure: Money | None = None,
) -> Expanded:
    """The network of a tape.

    Args:
        tape: What happened.
        currency: By purse.
        assets: Position → number of the asset that the transaction paid for.
        stops: Position → kind of assertion by which the claim ends with the transaction.
        earning: Claim money may earn the interest that is marked.
        unsure: By claim: how much of it may be another claimant's; None: nothing.
    """
    made = cone(tape, currency, earning=earning, shared=unsure is not None)
    if unsure is not None:
        made = _partly(made, tape.claims, unsure)
    if len(made.purse) + len(made.cap) > np.iinfo(np.int32).max // 4:
        raise OverflowLimitError("The claim can reach too many movements for one network; trace a shorter period.")
    source = len(made.purse)
    tail, head = made.tail.copy(), made.head.copy()
    claims, gains = tail == SOURCE, tail == GAINED
    tail[claims], tail[gains] = source, source + 1
    ends = np.flatnonzero(head < 0)
    kind, key = _ends(made, tape, currency, ends, assets or {})
    for at in np.flatnonzero(kind == OUT).tolist() if stops else ():
        kind[at] = _ASSERTED.get((stops or {}).get(int(made.row[ends[at]]), ""), OUT)
    lost = 1 if len(made.exchange) else 0
    codes, inverse = np.unique(kind.astype(np.int64) << 40 | key, return_inverse=True)
    head[ends] = source + 2 + inverse
    unit_of = (
        currency[np.where(claims | gains, tape.got[made.row], made.purse[np.minimum(tail, source - 1)])]
        if source
        else currency[tape.got[made.row]]
    )
    kinds, keys = (codes >> 40).astype(np.uint8), codes & (1 << 40) - 1
    cap, row, unit = made.cap, made.row, dict.fromkeys(np.unique(currency).tolist(), 1)
    if lost:
        kinds, keys = np.append(kinds, np.uint8(LOST)), np.append(keys, 0)
        tail, head, cap, row, unit = _converted(made, tape, currency, unit_of, (tail, head, len(codes)))
    total = sum(cap[(tail == source) | (tail == source + 1)].tolist())
    if total >= _LIMIT:
        raise OverflowLimitError("More is claimed than 64 bits can count exactly; trace a part of the claim.")
    if not lost:
        cap = np.minimum(cap, total)
    return Expanded(made, tail, head, cap, row, unit, kinds, keys)


def _partly(made: Cone, claims: Money, unsure: Money) -> Cone:
    """The cone where so much of each claim is claim money only if no other claimant's money came with it."""
    at = np.flatnonzero(made.tail == SOURCE)
    others = unsure[np.searchsorted(claims, made.row[at])]
    cap = made.cap.copy()
    cap[at] -= others
    some, others = at[others > 0], others[others > 0]
    return replace(
        made,  # first, because nothing comes before what is gained
        tail=np.concatenate([np.full(len(some), GAINED, np.int32), made.tail]),
        head=np.concatenate([made.head[some], made.head]),
        cap=np.concatenate([others, cap]),
        row=np.concatenate([made.row[some], made.row]),
    )


def _ends(
    made: Cone, tape: Tape, currency: NDArray[np.uint8], ends: NDArray[np.intp], assets: Mapping[int, int]
) -> tuple[Ints, Money]:
    """Kind and key of the place where each of these arcs ends."""
    code, row = made.head[ends], made.row[ends]
    kind = np.select([code == HELD, code == STOPPED, code == DEBT], [HOLDING, OUT, PAID_OFF], TWICE).astype(np.int32)
    key = tape.got[row].astype(np.int64)
    key[code == HELD] = made.purse[made.tail[ends[code == HELD]]]
    key[code == COUNTED] = 0
    if assets:
        for at in np.flatnonzero(code == STOPPED).tolist():
            if (number := assets.get(int(row[at]))) is not None:
                kind[at], key[at] = ASSET, number * 256 + int(currency[tape.got[row[at]]])
    return kind, key


def _converted(
    made: Cone, tape: Tape, currency: NDArray[np.uint8], unit_of: NDArray[np.uint8], arcs: tuple[Ints, Ints, int]
) -> tuple[Ints, Ints, Money, Ints, dict[int, int]]:
    """Arcs in common units, and arcs for what conversions can lose and gain in those units."""
    tail, head, lost = arcs
    source = len(made.purse)
    rows = made.exchange[:, 1]
    deals = list(zip(
        currency[tape.paid[rows]].tolist(), currency[tape.got[rows]].tolist(), tape.amount[rows].tolist(),
        tape.received[rows].tolist(), strict=True,
    ))  # fmt: skip
    values = worth(deals)
    comes = (tail == source) | (tail == source + 1)
    codes = np.unique(unit_of).tolist()
    rough = np.ones(256)
    rough[list(values)] = [float(value) for value in values.values()]
    all_of_it = float((made.cap[comes] * rough[unit_of[comes]]).sum())
    room = np.minimum(made.cap * rough[unit_of], max(all_of_it, 1.0) * 2)
    busiest = max(1.0, float(np.bincount(tail, weights=room).max())) / max(1.0, float(rough.max()))
    unit = dict.fromkeys(codes, 1) | whole(values, max(1, int(_ROOM / busiest)))
    weight = np.ones(256, np.int64)
    weight[list(unit)] = list(unit.values())
    cap = made.cap.copy()
    vertex = made.exchange[:, 0]
    most = made.exchange[:, 2].tolist()
    exact = np.full(source, np.iinfo(np.int64).max)
    exact[vertex] = [part * deal[3] // deal[2] for part, deal in zip(most, deals, strict=True)]
    cap = np.where(tail < source, np.minimum(cap, exact[np.minimum(tail, source - 1)]), cap)
    losses = [loss(a, r, m, unit[c], unit[d]) for m, (c, d, a, r) in zip(most, deals, strict=True)]
    gains = [gain(a, r, m, unit[c], unit[d]) for m, (c, d, a, r) in zip(most, deals, strict=True)]
    total = sum((cap[comes] * weight[unit_of[comes]]).tolist()) + sum(gains)
    cap = np.minimum(cap, total // weight[unit_of] + 1) * weight[unit_of]
    count = len(vertex)
    return (
        np.concatenate([tail, vertex, np.full(count, source + 1)]).astype(np.int32),
        np.concatenate([head, np.full(count, source + 2 + lost), vertex]).astype(np.int32),
        np.concatenate([cap, np.array(losses, np.int64), np.array(gains, np.int64)]),
        np.concatenate([made.row, np.full(2 * count, -2)]).astype(np.int32),
        unit,
    )
