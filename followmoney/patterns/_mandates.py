"""Who has the say over accounts without owning or directing their holder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._holders import Holders
from followmoney.patterns._index import Directory, Index
from followmoney.patterns._owners_at import EPOCH
from followmoney.patterns._posts import Post
from followmoney.patterns._register import Register
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.patterns._flows import Flows


def strangers(flows: Flows) -> list[tuple[str, str]]:
    """Holder, and somebody else who is signatory or was named as conductor; sorted."""
    return flows.once(_strangers)


def _strangers(flows: Flows) -> list[tuple[str, str]]:
    holders, register = flows.once(Holders), flows.once(Register)
    found: set[tuple[str, str]] = set()
    for of, who in register.posts("signatory").pairs():
        found |= {(holder, who) for holder in _holder_of(flows, of)}
    conductor = flows.known["conductor"]
    rows = np.flatnonzero(conductor.values >= 0)
    keys = holders.key[flows.originator[rows]]
    known = keys < len(holders.names)
    pairs = np.unique(np.stack([keys[known], conductor.values[rows[known]]]), axis=1).T
    found |= {(holders.names[key], conductor.names[who]) for key, who in pairs.tolist()}
    names = register.names
    return sorted((h, s) for h, s in found if s not in (h, names.get(h)))


def _holder_of(flows: Flows, of: str) -> list[str]:
    """The holder meant by a role: the party itself, or who holds the account."""
    known = flows.once(Holders).names
    return [party for party in (of, flows.once(_held_by).get(of) or of) if party in known]


def _held_by(flows: Flows) -> Directory[str]:
    """Account → holder, also where the graph was folded."""
    accounts = _ledger(flows).accounts
    holder = accounts["holder"] if "holder" in accounts.columns else pl.Series([None] * len(accounts), dtype=pl.String)
    return Directory(Index(accounts["id"]), holder)


def _debited(flows: Flows, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The account that each transaction debits, by its row in the ledger's accounts, also after a fold."""
    number = flows.graph.columns.number[rows] if flows.graph is not None else rows
    return _ledger(flows).numbered["originator"].gather(number).to_numpy().astype(np.int64)


def _ledger(flows: Flows) -> Ledger:
    if flows.graph is None:
        raise ValueError("Only the whole graph knows its ledger.")
    return flows.graph.ledger


def mandated(flows: Flows, holder: str, stranger: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Rows that debit a holder's accounts to others while somebody has the say, and which of them under a mandate."""
    holders, register = flows.once(Holders), flows.once(Register)
    rows = holders.paid(holders.of(holder))
    rows = rows[holders.key[flows.beneficiary[rows]] != holders.key[flows.originator[rows]]]
    day, account = flows.time[rows] // DAY, _debited(flows, rows)
    signatories = register.posts("signatory")
    under = _covered(signatories.of(holder), stranger, day)
    for one in np.unique(account).tolist():
        posts = signatories.of(_ledger(flows).accounts["id"][one])
        under |= (account == one) & _covered(posts, stranger, day)
    own = np.zeros(len(rows), bool)
    for posts in (register.owners, register.posts("director")):
        for who in {stranger, *register.called.every(stranger)}:
            own |= _covered(posts.of(holder), who, day)
    kept = (under | conducted(flows, rows, stranger)) & ~own
    return rows[kept], under[kept]


def with_say(flows: Flows, holder: str, rows: NDArray[np.int64]) -> list[str]:
    """The strangers who had the say over exactly these transactions, among those in their currency; sorted."""
    found: list[str] = []
    for stranger in flows.once(_by_holder).get(holder, []):
        mine, _ = mandated(flows, holder, stranger)
        if np.array_equal(mine[flows.currency[mine] == flows.currency[rows[0]]], rows):
            found.append(stranger)
    return found


def _by_holder(flows: Flows) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for holder, stranger in strangers(flows):
        found[holder].append(stranger)
    return found


def conducted(flows: Flows, rows: NDArray[np.int64], who: str) -> NDArray[np.bool_]:
    """Which of these transactions somebody carried out."""
    conductor = flows.known["conductor"]
    return conductor.values[rows] == conductor.number(who)


def fronts(register: Register, holder: str, day: int) -> list[str]:
    """Who stands in front: the holder if a person, else its shareholders, directors and nominees; sorted."""
    if register.kind.get(holder) == "person":
        return [holder]
    posts = (register.holding(kind, holder, day) for kind in ("director", "nominee"))
    return sorted({*register.owners_of(holder, day), *(who for post in posts for who in post)})


def years(register: Register, person: str, day: int) -> int | None:
    """The age of a person on a day, if known."""
    from datetime import date

    born = register.born.get(person)
    if born is None or register.kind.get(person) != "person":
        return None
    birth, now = date.fromordinal(EPOCH + born), date.fromordinal(EPOCH + day)
    return now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day))


def _covered(posts: list[Post], who: str, day: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(len(day), bool)
    for name, since, until in posts:
        if name == who:
            found |= (since <= day) & (day < until)
    return found
