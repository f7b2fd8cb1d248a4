"""`Network`: accounts that move money mostly among themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from followmoney import pictures
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl
    from matplotlib.axes import Axes

    from followmoney.graph import FlowGraph


@dataclass(frozen=True, eq=False)
class Network:
    """Accounts that move money mostly among themselves."""

    id: str
    """First 12 hexadecimal digits of the SHA-256 of its members: the same members, the same id, in every run."""
    level: int
    """0 for the smallest networks; those of a level lie whole in those of the next."""
    parent: str | None
    """The larger network it lies in; None if there is none."""
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
    countries: tuple[str, ...]
    """Countries of its members, as far as they are known."""
    findings: int
    """How many findings lie inside; 0 also where none were given."""
    label: str
    """The member with the most transactions inside, and how many others there are."""
    explanation: str
    """What was found, in a sentence."""
    members: pl.DataFrame = field(repr=False)
    """Its rows of `Networks.members`, in the order in which money came."""
    inside: pl.DataFrame = field(repr=False)
    """Its rows of `Networks.inside`: the findings that lie inside."""
    graph: FlowGraph | None = field(repr=False, default=None)

    def __eq__(self, other: object) -> bool:
        """The same in every value, member and finding inside; whatever graph they were found in."""
        if not isinstance(other, Network):
            return NotImplemented
        tables = ("members", "inside")
        said = (f.name for f in fields(Network) if f.name not in (*tables, "graph"))
        return all(getattr(self, name) == getattr(other, name) for name in said) and all(
            getattr(self, name).equals(getattr(other, name)) for name in tables
        )

    def __hash__(self) -> int:
        """By its identifier."""
        return hash(self.id)

    def rows(self) -> pl.DataFrame:
        """The transactions among its members, with source and row, in order."""
        import numpy as np
        import polars as pl

        graph = self.whole
        inside = graph.vertices["id"].is_in(self.members["vertex"].implode()).to_numpy().astype(np.bool_)
        paid, got = graph.originator, graph.beneficiary
        return (
            graph.only(inside[paid] & inside[got] & (paid != got)).to_polars().with_columns(pl.col("source").cast(str))
        )

    def role(self, name: str) -> list[str]:
        """The members that play a part: hub, collector, distributor, pass_through, bridge, entry or exit."""
        from followmoney.communities import ROLES
        from followmoney.errors import unknown

        if name not in ROLES:
            raise SettingsError(unknown("role in a network", name, ROLES))
        return self.members.filter(self.members["roles"].list.contains(name))["vertex"].to_list()

    def controllers(self) -> pl.DataFrame:
        """Who stands behind several members: parties that hold, sign for, direct or own two of them or more.

        Signing for, directing or owning the holder of a member counts too, and so does owning 25 % or more of it in
        the end, through every chain.

        Returns:
            Columns party, name, members (identifiers), how (as holder, signatory, director, owner, beneficial owner,
            …); those behind most members first. As the register says it, of whatever date; the beneficial owner as of
            the day of the last transaction. Cost: that of `graph.ownership.effective`.
        """
        from followmoney.communities._controllers import controllers

        return controllers(self.whole, self.members["vertex"])

    def owners(self) -> pl.DataFrame:
        """The people behind each member: who holds it, or owns 25 % or more of its holder in the end.

        Returns:
            Columns vertex, person, name, how (holder, beneficial owner); in the order of the members. Shares are the
            least there can be, as of the day of the last transaction. Cost: that of `graph.ownership.effective`.
        """
        from followmoney.communities._beneficial import people

        return self.members.select("vertex").join(
            people(self.whole).sort("how", "person"), on="vertex", how="inner", maintain_order="left_right"
        )

    def picture(self, *, ax: Axes | None = None) -> Axes:
        """Draw who moved how much to whom inside, and what came in and went out; returns the matplotlib Axes."""
        return pictures.draw("network", self, ax=ax)

    @property
    def whole(self) -> FlowGraph:
        """The graph it was found in.

        Raises:
            SettingsError: It was read from files, which do not hold the graph.
        """
        if self.graph is None:
            raise SettingsError("These networks were read from files; run `cluster` on the graph to see their rows.")
        return self.graph

    def _repr_html_(self) -> str:
        from html import escape

        table = self.members._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(self.label)}</b><br>{escape(self.explanation)}</p>{table}"
