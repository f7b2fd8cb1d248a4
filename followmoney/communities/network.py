"""`Networks`: accounts that move money together, as a table; `Network`: one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError, unknown

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from followmoney.graph import FlowGraph


@dataclass(frozen=True)
class Network:
    """Accounts that move money mostly among themselves."""

    id: str
    """First 12 hexadecimal digits of the SHA-256 of its members: the same members, the same id, in every run."""
    size: int
    """Members."""
    transactions: int
    """Transactions among members; transfers of a member to itself not counted."""
    internal: int | None
    """Moved among members, minor units of `currency`; None (as for the next two) where there are several currencies."""
    incoming: int | None
    """Received from outside the network, cash and unknown ends included."""
    outgoing: int | None
    """Paid to outside the network, cash and unknown ends included."""
    currency: str | None
    first: datetime
    """First transaction among members."""
    last: datetime
    """Last transaction among members."""
    label: str
    """The member with the most transactions inside, and how many others there are."""
    explanation: str
    """What was found, in a sentence."""
    members: pl.DataFrame = field(repr=False)
    """Columns network, vertex (account; holder or owner after `fold`), label; in the order in which money came."""
    graph: FlowGraph | None = field(repr=False, default=None)

    def rows(self) -> pl.DataFrame:
        """The transactions among its members, with source and row, in order."""
        import numpy as np
        import polars as pl

        if self.graph is None:
            raise SettingsError("These networks were read from files; run `cluster` on the graph to see their rows.")
        inside = self.graph.vertices["id"].is_in(self.members["vertex"].implode()).to_numpy().astype(np.bool_)
        paid, got = self.graph.originator, self.graph.beneficiary
        return (
            self.graph.only(inside[paid] & inside[got] & (paid != got))
            .to_polars()
            .with_columns(pl.col("source").cast(pl.String))
        )

    def _repr_html_(self) -> str:
        from html import escape

        table = self.members._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(self.label)}</b><br>{escape(self.explanation)}</p>{table}"


@dataclass(frozen=True, eq=False)
class Networks:
    """Networks found in a flow graph, the largest first."""

    frame: pl.DataFrame
    """One row a network, columns as the attributes of `Network` (id … explanation); same size: by smallest member."""
    members: pl.DataFrame
    """One row a member: network (id), vertex (identifier in the graph), label (name of the holder, or the id)."""
    notes: tuple[str, ...] = ()
    """How it was grouped, and what was left out, in sentences."""
    graph: FlowGraph | None = field(repr=False, default=None)

    def __len__(self) -> int:
        """Number of networks."""
        return len(self.frame)

    def __iter__(self) -> Iterator[Network]:
        """Every network, the largest first."""
        return (self[i] for i in range(len(self)))

    def __getitem__(self, which: int | str) -> Network:
        """A network by its place (0 is the largest) or its id."""
        if isinstance(which, str):
            at = self.frame["id"].index_of(which)
            if at is None:
                raise SettingsError(unknown("network", which, self.frame["id"].head(10_000)))
            which = at
        if not -len(self) <= which < len(self):
            raise IndexError(f"There are {len(self):,} networks, counted from 0; {which} is not one of them.")
        row = self.frame.row(which, named=True)
        columns = {f.name: row[f.name] for f in fields(Network) if f.name in row}
        members = self.members.filter(self.members["network"] == row["id"])
        return Network(**columns, members=members, graph=self.graph)

    def __repr__(self) -> str:
        """One line: how many."""
        return f"Networks({len(self):,} networks of {len(self.members):,} members)"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.frame._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p>{table}"
