"""`Register`: what registers say of companies on a day: addresses, posts, and how many companies share them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.patterns._flows import Flows

_EVER = 2**31 - 1
Post = tuple[str, int, int]
"""Who or what, and the days since and until (numbers since 1970) on which it stands in the register."""


class Register:
    """Addresses and posts by company, and the companies at an address or of a person, on any day.

    Cost: one pass over the tables `addresses`, `roles` and `interests`.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows registers.")
        ledger = flows.graph.ledger
        kinds = ledger.parties.select("id", pl.col("kind").cast(pl.String)).drop_nulls()
        self.kind = dict(kinds.iter_rows())
        named = ledger.parties.select("id", "name").drop_nulls()
        self.names: dict[str, str] = dict(named.iter_rows())
        self.called = defaultdict[str, list[str]](list)
        """The parties with a name."""
        for party, name in self.names.items():
            self.called[name].append(party)
        self.born = dict(ledger.parties.select("id", pl.col("founded").to_physical().cast(pl.Int64)).iter_rows())
        at = places(ledger).drop("spelt")
        self.addresses, self.there = _both(at)
        roles = ledger["roles"].select(pl.col("of").alias("party"), pl.col("party").alias("what"), "kind", *_days())
        self.posts = {
            str(kind[0]): _both(frame.drop("kind")) for kind, frame in roles.partition_by("kind", as_dict=True).items()
        }
        held = ledger.interests.filter(pl.col("kind").cast(pl.String) == "shareholding")
        self._held = held.select("owner", "owned", "share_min", *_days())
        self.owners, self.owned = _both(
            held.select(pl.col("owned").alias("party"), pl.col("owner").alias("what"), *_days())
        )

    def holding(self, kind: str, company: str, day: int) -> list[str]:
        """Who has a post at a company (or the mandate of an account) on a day, sorted."""
        return _on(self.posts.get(kind, ({}, {}))[0].get(company, []), day)

    def companies_of(self, kind: str, person: str, day: int) -> list[str]:
        """The companies in which somebody has a post on a day, sorted."""
        return [c for c in _on(self.posts.get(kind, ({}, {}))[1].get(person, []), day) if self.company(c)]

    def at(self, company: str, day: int) -> list[str]:
        """The addresses of a party on a day."""
        return _on(self.addresses.get(company, []), day)

    def neighbours(self, address: str, day: int) -> list[str]:
        """The companies at an address on a day, sorted."""
        return [c for c in _on(self.there.get(address, []), day) if self.company(c)]

    def owners_of(self, company: str, day: int) -> list[str]:
        """Who directly holds shares in a company on a day, sorted."""
        return _on(self.owners.get(company, []), day)

    def share(self, owner: str, company: str, day: int) -> float:
        """The least share somebody holds directly in a company on a day."""
        mine = (pl.col("owner") == owner) & (pl.col("owned") == company) & (pl.col("since") <= day)
        return float(self._held.filter(mine & (pl.col("until") > day))["share_min"].sum())

    def company(self, party: str) -> bool:
        """Whether a party is a company or a trust."""
        return self.kind.get(party) in ("company", "trust")

    def name(self, party: str) -> str:
        """The name of a party; its identifier where none is known."""
        return self.names.get(party, party)

    def stands_for(self, person: str, day: int) -> list[str]:
        """The companies that somebody owns shares of, directs or is nominee of on a day, sorted."""
        owned = [c for c in _on(self.owned.get(person, []), day) if self.company(c)]
        return sorted({*owned, *(c for kind in ("director", "nominee") for c in self.companies_of(kind, person, day))})

    def changes(self, company: str) -> list[int]:
        """Days on which an owner or a director of a company began, sorted."""
        directors = self.posts.get("director", ({}, {}))[0].get(company, [])
        return sorted({since for _, since, _ in (*self.owners.get(company, []), *directors) if since > -_EVER})


def places(ledger: Ledger) -> pl.DataFrame:
    """Who has which address, whatever the case of its letters: party, what, since, until, and as it is spelt."""
    parts = ("street", "postcode", "city", "country")
    said = [pl.col(c).cast(pl.String).fill_null("").str.strip_chars() for c in parts]
    lower = [part.str.to_lowercase() for part in said[:-1]]
    return ledger["addresses"].filter(pl.col("street").is_not_null()).select(
        pl.col("party").cast(pl.String), pl.concat_str(*lower, said[-1], separator="\t").alias("what"), *_days(),
        pl.concat_list(said).list.eval(pl.element().filter(pl.element() != "")).list.join(", ").alias("spelt"),
    )  # fmt: skip


def _days() -> list[pl.Expr]:
    return [
        pl.col("start").to_physical().cast(pl.Int64).fill_null(-_EVER).alias("since"),
        pl.col("end").to_physical().cast(pl.Int64).fill_null(_EVER).alias("until"),
    ]


def _both(frame: pl.DataFrame) -> tuple[dict[str, list[Post]], dict[str, list[Post]]]:
    """By party what it has, and by that thing the parties."""
    of, back = defaultdict[str, list[Post]](list), defaultdict[str, list[Post]](list)
    for party, what, since, until in frame.select("party", "what", "since", "until").iter_rows():
        of[party].append((what, since, until))
        back[what].append((party, since, until))
    return of, back


def _on(posts: list[Post], day: int) -> list[str]:
    return sorted({who for who, since, until in posts if since <= day < until})
