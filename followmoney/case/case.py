"""`Case`: findings, networks and a trace of one matter, and the assets they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from followmoney import pictures
from followmoney.case._assets import assets
from followmoney.case._ended import ended
from followmoney.case._rivals import KEYS, Rivals, elsewhere, rivals
from followmoney.case._sentence import sentence
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.communities import Networks
    from followmoney.finding import Findings
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace


@dataclass(frozen=True, eq=False)
class Case:
    """Answers put together: what was found, who moves money together, where the claim is now. Never changes.

    Any part may be missing; whatever needs it then says so.
    """

    name: str
    findings: Findings | None = None
    networks: Networks | None = None
    trace: Trace | None = None
    source: Ledger | None = field(default=None, kw_only=True)
    """The ledger, where neither trace nor networks bring it."""

    def __post_init__(self) -> None:
        """Refuse parts of another kind."""
        from followmoney.communities import Networks
        from followmoney.errors import SOME_FINDINGS, SOME_NETWORKS, expect
        from followmoney.finding import Findings
        from followmoney.tracing import Trace

        kinds = (
            ("findings", Findings, SOME_FINDINGS), ("networks", Networks, SOME_NETWORKS),
            ("trace", Trace, 'a trace: fm.trace(graph, claim=["t17"])'),
        )  # fmt: skip
        for name, kind, takes in kinds:
            if getattr(self, name) is not None:
                expect(f"Case({name}=...)", getattr(self, name), kind, takes)

    @property
    def ledger(self) -> Ledger | None:
        """The ledger it is about; None if nothing says which."""
        graphs = [part.graph for part in (self.trace, self.networks) if part is not None]
        return next((g.ledger for g in graphs if g is not None), self.source)

    def assets(self) -> pl.DataFrame:
        """What can be frozen: every account and asset that holds claim money now, most first.

        Returns:
            A row an account or asset and currency: kind ("account" or "asset"), id, description, holder, holder_name,
            country, currency, value (balance, or value of the asset, in `currency`; null if not known or in another
            currency), valued_at, paid_by (transactions that brought the claim money), claim (under the trace's rule),
            last_moved, status (asserted of the holder; null where nothing is), and one column for each rule compared:
            the claim there under that rule. Minor units. Where a claim ends in good faith see `ended`.
        """
        return self._assets

    @cached_property
    def _assets(self) -> pl.DataFrame:
        return assets(self.trace, self._rivals)

    @cached_property
    def _rivals(self) -> Rivals:
        return rivals(self.trace) if self.trace is not None else {}

    def ended(self) -> pl.DataFrame:
        """Where the claim ends at somebody who gave value in good faith, as asserted: nothing can be frozen there.

        Returns:
            kind ("account" or "asset"), id, description, holder_name, currency, claim (minor units), who, when, why;
            most first.
        """
        return ended(self.trace)

    def elsewhere(self) -> pl.DataFrame:
        """Accounts and assets where the trace's rule leaves no claim money, but a rule compared with it does.

        Returns:
            kind, id, currency, and one column for each rule compared: the claim there under that rule; minor units.
        """
        return elsewhere(self._rivals, pl.concat([frame.select(KEYS) for frame in (self.assets(), self.ended())]))

    def sentence(self) -> str:
        """The finding in one paragraph, whose figures add up to the claim.

        Raises:
            ReconcileError: They do not.
        """
        return sentence(self.trace, self.assets(), self.ended())

    def ownership(self, party: str, *, ax: Axes | None = None) -> Axes:
        """Draw who owns a party (identifier or exact name) and what it owns; returns the matplotlib Axes."""
        if self.ledger is None:
            raise SettingsError("This case has no ledger; make it with a trace, or with Case(..., source=ledger).")
        return pictures.draw("ownership", self.ledger, party=party, ax=ax)

    def __repr__(self) -> str:
        """One line: what it is made of."""
        parts = (("findings", self.findings), ("networks", self.networks))
        counts = [f"{len(part):,} {name}" for name, part in parts if part is not None]
        traced = ["a trace"] if self.trace is not None else []
        return f"Case({', '.join([repr(self.name), *counts, *traced])})"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.assets()._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p><p>{escape(self.sentence())}</p>{table}"
