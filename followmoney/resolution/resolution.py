"""`Resolution`: which parties are the same, pair by pair, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.ledger import Ledger
from followmoney.resolution._apply import applied
from followmoney.resolution._cards import Cards
from followmoney.resolution._clusters import Clusters
from followmoney.resolution._mixed import mixed
from followmoney.resolution._sentence import conflict, pair
from followmoney.resolution.decisions import Decision
from followmoney.resolution.weights import Weights

_CONFLICTS = {
    "what": pl.String,
    "left": pl.String,
    "right": pl.String,
    "chain": pl.List(pl.String),
    "sentence": pl.String,
}
_REVIEW = ("left", "right", "left_name", "right_name", "weight", "reason")


@dataclass(frozen=True, eq=False)
class Resolution:
    """Pairs of parties with what speaks for and against their being one, and the clusters that follow; never changes.

    `resolution.apply()` gives the ledger in which the parties of a cluster count as one.
    """

    ledger: Ledger
    """What was asked about, as it was."""
    cards: Cards
    weights: Weights
    """What every field counts; `weights.table()` shows it."""
    pairs: pl.DataFrame
    """Every pair that is the same, to be reviewed or decided, the strongest first: left, right, left_name, right_name,
    weight (bits; exactly the sum of the fields after `reason`), outcome (same, review, different), decided_by, reason,
    then a column a field. Pairs that were compared and found different are not kept."""
    groups: Clusters
    decisions: tuple[Decision, ...]
    """What persons decided."""
    strange: tuple[Decision, ...]
    """Decisions about a party that this ledger does not have: they change nothing here."""

    @cached_property
    def clusters(self) -> pl.DataFrame:
        """Parties that are counted with others: party, into (first identifier of the cluster), parties (how many)."""
        of = self.groups.of
        size = np.bincount(of, minlength=len(of))[of]
        inside = np.flatnonzero(size > 1)
        ids = self.cards.ids
        frame = pl.DataFrame({"party": ids.gather(inside), "into": ids.gather(of[inside]), "parties": size[inside]})
        return frame.sort("into", "party")

    @cached_property
    def conflicts(self) -> pl.DataFrame:
        """What a chain of pairs would join though it must not be; nothing of it was merged.

        Columns what (`decision`, or the field that differs), left, right, chain (identifiers, each said to be the same
        as the next), sentence.
        """
        rows = [
            (c.what, chain[0], chain[-1], chain, conflict(self, c))
            for c in self.groups.conflicts
            if (chain := self.cards.ids.gather(list(c.chain)).to_list())
        ]
        return pl.DataFrame(rows, schema=_CONFLICTS, orient="row")

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know before relying on it, in sentences."""
        told: list[str] = []
        if self.strange:
            told.append(
                f"Decisions about a party that is not in the ledger: {len(self.strange):,}, like: {self.strange[0]}."
            )
        if len(self.conflicts):
            told.append(f"{len(self.conflicts):,} contradictions: nothing of them was merged; see conflicts.")
        return (*told, *mixed(self))

    def counts(self) -> pl.DataFrame:
        """How many pairs are the same, to be reviewed, decided different; how many parties count as how many."""
        of = self.pairs["outcome"]
        merged = self.clusters
        rows = [
            *((f"pairs {name}", int((of == name).sum())) for name in ("same", "review", "different")),
            ("decisions used", len(self.decisions) - len(self.strange)),
            ("conflicts", len(self.conflicts)),
            ("parties", len(self.cards)),
            ("parties counted with another", len(merged) - merged["into"].n_unique()),
        ]
        return pl.DataFrame(rows, schema={"what": pl.String, "number": pl.Int64}, orient="row")

    def review(self) -> pl.DataFrame:
        """Pairs for a person to decide, the strongest first: left, right, their names, weight, reason."""
        return self.pairs.filter(pl.col("outcome") == "review").select(_REVIEW)

    def explain(self, left: str, right: str) -> str:
        """Why two parties are the same, may be, or are not, in a sentence with every weight.

        Raises:
            SettingsError: One of them is not a party of the ledger.
        """
        return pair(self, *sorted((self.number(left), self.number(right))))

    def number(self, party: str) -> int:
        """The place of a party in `cards`."""
        at = self.cards.ids.index_of(party)
        if at is None:
            raise SettingsError(unknown("party", party, self.cards.ids.head(10_000)))
        return at

    def apply(self, ledger: Ledger | None = None) -> Ledger:
        """The ledger in which the parties of a cluster count as one: every reference to one of them names the first.

        No source row changes: `parties` keeps all of them, and the `merges` of the ledger say who is counted with whom,
        why, on whose decision, and where a reference was changed; `undone` puts them back.
        """
        return applied(self, self.ledger if ledger is None else ledger)

    def __repr__(self) -> str:
        """One line: how many of each."""
        return f"Resolution({', '.join(f'{n:,} {w}' for w, n in self.counts().iter_rows())})"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><b>{escape(repr(self))}</b></p>{self.review().head(20)._repr_html_()}"  # pyright: ignore[reportPrivateUsage]
