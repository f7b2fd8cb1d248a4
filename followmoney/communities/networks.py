"""`Networks`: accounts that move money together, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import polars as pl

from followmoney.communities._frames import INSIDE
from followmoney.communities.network import Network
from followmoney.errors import SOME_NETWORKS, SettingsError, expect, unknown

if TYPE_CHECKING:
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph

MORE_THAN_HALF = 0.5


@dataclass(frozen=True, eq=False)
class Networks:
    """Networks found in a flow graph: most findings inside first, then most money that left, then the largest.

    With several levels, all of the first level (the smallest) stand before those of the next.
    """

    frame: pl.DataFrame
    """One row a network, columns as the attributes of `Network` (id … explanation)."""
    members: pl.DataFrame
    """One row a network and member: network (id), vertex (identifier in the graph), label (name of the holder, or the
    id), roles (see `Network.role`), received and paid (inside), incoming and outgoing (from and to outside), currency
    (of these four: that of most transactions of the network; minor units), country."""
    notes: tuple[str, ...] = ()
    """How it was grouped, and what was left out, in sentences."""
    graph: FlowGraph | None = field(repr=False, default=None)
    inside: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INSIDE), repr=False)
    """One row a network and finding that lies inside it: network, finding (id), pattern."""

    def with_findings(self, findings: Findings) -> Networks:
        """The same networks, with the findings that lie inside each and ranked by them.

        A finding is inside a network if at least half of the accounts in its evidence, cash and unknown ends aside,
        are members of it.
        """
        from followmoney.communities._ranked import with_findings
        from followmoney.errors import SOME_FINDINGS, expect
        from followmoney.finding import Findings

        expect("with_findings", findings, Findings, SOME_FINDINGS)
        return with_findings(self, findings)

    def match(self, before: Networks, least: float = MORE_THAN_HALF) -> pl.DataFrame:
        """Which network is which of an earlier run, by the members they share, level by level.

        Two networks match if their Jaccard index, the members of both over the members of either, is above `least`.
        Above one half each has at most one match; below, the best pairs are taken first, each network once.

        Returns:
            Columns network (id here), before (id there), shared, joined, gone (members), jaccard; in order of networks.
        """
        from followmoney.communities._match import matched

        expect("match", before, Networks, SOME_NETWORKS)
        return matched(self, before, least)

    def keep_ids(self, before: Networks, least: float = MORE_THAN_HALF) -> Networks:
        """The same networks; those that `match` one of an earlier run go by the id that it had."""
        from followmoney.communities._match import renamed

        expect("keep_ids", before, Networks, SOME_NETWORKS)
        return renamed(self, before, least)

    def __eq__(self, other: object) -> bool:
        """The same networks, members, findings inside and notes, in the same order."""
        if not isinstance(other, Networks):
            return NotImplemented
        tables = ((getattr(self, name), getattr(other, name)) for name in ("frame", "members", "inside"))
        return self.notes == other.notes and all(mine.equals(theirs) for mine, theirs in tables)

    def __hash__(self) -> int:
        """By the identifiers of the networks."""
        return hash(tuple(self.frame["id"]))

    def __len__(self) -> int:
        """Number of networks."""
        return len(self.frame)

    def __iter__(self) -> Iterator[Network]:
        """Every network, in order."""
        return (self[i] for i in range(len(self)))

    def __getitem__(self, which: int | str) -> Network:
        """A network by its place (from 0) or its id."""
        if isinstance(which, str):
            at = self.frame["id"].index_of(which)
            if at is None:
                raise SettingsError(unknown("network", which, self.frame["id"].head(10_000)))
            which = at
        expect("Networks[...]", which, int, "the place or the id of a network")
        if not -len(self) <= which < len(self):
            raise IndexError(f"There are {len(self):,} networks, counted from 0; {which} is not one of them.")
        row = self.frame.row(which, named=True)
        columns = {f.name: row[f.name] for f in fields(Network) if f.name in row}
        columns["countries"] = tuple(columns["countries"])
        members, inside = (frame.filter(frame["network"] == row["id"]) for frame in (self.members, self.inside))
        return Network(**columns, members=members, inside=inside, graph=self.graph)

    def __repr__(self) -> str:
        """One line: how many."""
        return f"Networks({len(self):,} networks of {self.members['vertex'].n_unique():,} members)"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.frame._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p>{table}"
