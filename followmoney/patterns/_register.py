"""`Register`: what registers say of companies on a day: addresses, posts, and how many companies share them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from followmoney.patterns._index import Directory, Index
from followmoney.patterns._posts import Posts, on

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.patterns._flows import Flows

_EVER = 2**31 - 1
_WHO = {"party": pl.String, "what": pl.String, "since": pl.Int64, "until": pl.Int64}
_NOBODY = Posts(pl.DataFrame(schema=_WHO))


class Register:
    """Addresses and posts by company, and the companies at an address or of a person, on any day.

    Cost: one pass over the tables `parties`, `roles` and `interests`, and a sort of what is asked for.
    """

    def __init__(self, flows: Flows) -> None:
        ledger = self._ledger = _ledger(flows)
        self.kind: Directory[str] = flows.once(kinds)
        self.born = Directory[int](flows.once(parties), ledger.parties["founded"].to_physical())
        self.names: Directory[str] = flows.once(names)
        """The name of every party that has one."""
        roles = ledger["roles"].select(pl.col("of").alias("party"), pl.col("party").alias("what"), "kind", *_days())
        by_kind = roles.partition_by("kind", as_dict=True).items()
        self._posts = {str(kind[0]): Posts(frame) for kind, frame in by_kind}
        held = ledger.interests.filter(pl.col("kind").cast(pl.String) == "shareholding")
        self._held = held.select("owner", "owned", "share_min", *_days())
        self.owners = Posts(self._held.rename({"owned": "party", "owner": "what"}))
        """By company its shareholders."""

    @cached_property
    def addresses(self) -> Posts:
        """By party its addresses."""
        return Posts(places(self._ledger).drop("spelt").collect())

    @cached_property
    def called(self) -> Directory[str]:
        """The parties with a name."""
        known = self._ledger.parties
        return Directory(Index(known["name"]), known["id"])

    def posts(self, kind: str) -> Posts:
        """By company (or account) who has a post of one kind there."""
        return self._posts.get(kind, _NOBODY)

    def holding(self, kind: str, company: str, day: int) -> list[str]:
        """Who has a post at a company (or the mandate of an account) on a day, sorted."""
        return on(self.posts(kind).of(company), day)

    def companies_of(self, kind: str, person: str, day: int) -> list[str]:
        """The companies in which somebody has a post on a day, sorted."""
        return [c for c in on(self.posts(kind).back(person), day) if self.company(c)]

    def at(self, company: str, day: int) -> list[str]:
        """The addresses of a party on a day."""
        return on(self.addresses.of(company), day)

    def neighbours(self, address: str, day: int) -> list[str]:
        """The companies at an address on a day, sorted."""
        return [c for c in on(self.addresses.back(address), day) if self.company(c)]

    def owners_of(self, company: str, day: int) -> list[str]:
        """Who directly holds shares in a company on a day, sorted."""
        return on(self.owners.of(company), day)

    def share(self, owner: str, company: str, day: int) -> float:
        """The least share somebody holds directly in a company on a day."""
        mine = (pl.col("owner") == owner) & (pl.col("owned") == company) & (pl.col("since") <= day)
        return float(self._held.filter(mine & (pl.col("until") > day))["share_min"].sum())

    def company(self, party: str) -> bool:
        """Whether a party is a company or a trust."""
        return self.kind.get(party) in ("company", "trust")

    def name(self, party: str) -> str:
        """The name of a party; its identifier where none is known."""
        return self.names.get(party) or party

    def stands_for(self, person: str, day: int) -> list[str]:
        """The companies that somebody owns shares of, directs or is nominee of on a day, sorted."""
        owned = [c for c in on(self.owners.back(person), day) if self.company(c)]
        return sorted({*owned, *(c for kind in ("director", "nominee") for c in self.companies_of(kind, person, day))})

    def changes(self, company: str) -> list[int]:
        """Days on which an owner or a director of a company began, sorted."""
        told = (*self.owners.of(company), *self.posts("director").of(company))
        return sorted({since for _, since, _ in told if since > -_EVER})

    def changed(self, first: int, last: int) -> list[str]:
        """The companies in which an owner or a director began on one of these days, sorted."""
        told = pl.concat([p.frame.select("party", "since") for p in (self.owners, self.posts("director"))])
        inside = told.filter(pl.col("since").is_between(first, last))["party"].unique().sort()
        return [c for c in inside.to_list() if self.company(c)]


def parties(flows: Flows) -> Index:
    """The parties by identifier."""
    return Index(_ledger(flows).parties["id"])


def kinds(flows: Flows) -> Directory[str]:
    """The kind of every party of which it is known."""
    return Directory(flows.once(parties), _ledger(flows).parties["kind"])


def names(flows: Flows) -> Directory[str]:
    """The name of every party that has one."""
    return Directory(flows.once(parties), _ledger(flows).parties["name"])


def _ledger(flows: Flows) -> Ledger:
    if flows.graph is None:
        raise ValueError("Only the whole graph knows registers.")
    return flows.graph.ledger


def places(ledger: Ledger, of: pl.Series | None = None) -> pl.LazyFrame:
    """Who (or who of these) has which address, whatever the case: party, what, since, until, and as it is spelt."""
    every = ledger["addresses"].lazy()
    told = every if of is None else every.filter(pl.col("party").is_in(of.implode()))
    parts = ("street", "postcode", "city", "country")
    said = [pl.col(c).cast(pl.String).fill_null("").str.strip_chars() for c in parts]
    lower = [part.str.to_lowercase() for part in said[:-1]]
    return told.filter(pl.col("street").is_not_null()).select(
        pl.col("party").cast(pl.String), pl.concat_str(*lower, said[-1], separator="\t").alias("what"), *_days(),
        pl.concat_list(said).list.eval(pl.element().filter(pl.element() != "")).list.join(", ").alias("spelt"),
    )  # fmt: skip


def _days() -> list[pl.Expr]:
    return [
        pl.col("start").to_physical().cast(pl.Int64).fill_null(-_EVER).alias("since"),
        pl.col("end").to_physical().cast(pl.Int64).fill_null(_EVER).alias("until"),
    ]
