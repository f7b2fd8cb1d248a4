"""A party's lines of the table finances, by kind and by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from followmoney.errors import InputError, SettingsError, unknown
from followmoney.ledger import Ledger
from followmoney.schema.codes import STOOD

Range = tuple[int, int]
"""Least and most, minor units."""


@dataclass(frozen=True)
class Finances:
    """What is known of one party in one currency between two days."""

    party: str
    currency: str
    start: date
    end: date
    frame: pl.DataFrame

    @classmethod
    def of(cls, ledger: Ledger, party: str, start: date, end: date, currency: str) -> Finances:
        """The party's lines.

        Raises:
            SettingsError: The first day is after the last. InputError: Nothing is known of the party in the currency.
        """
        if start > end:
            raise SettingsError(f"The first day ({start}) is after the last ({end}).")
        table = ledger["finances"].with_columns(pl.col("kind").cast(pl.String))
        own = table.filter(pl.col("party") == party)
        if not len(own):
            known = table["party"].unique().sort().to_list()
            raise InputError(
                f"{unknown('party of the table finances', party, known)} Load the profile as finances.parquet, or "
                "through an import specification."
            )
        mine = own.filter(pl.col("currency") == currency)
        if not len(mine):
            raise InputError(unknown("currency", currency, own["currency"].unique().sort().to_list()))
        order = ["end", "kind", "description", "source", "row"]
        return cls(party, currency, start, end, mine.sort(order, nulls_last=True))

    def stood(self, kind: str, day: date) -> pl.DataFrame:
        """Lines of a kind that stood on a day."""
        return self.frame.filter((pl.col("kind") == kind) & (pl.col("end") == day))

    def ran(self, *kinds: str, start: date | None = None, end: date | None = None) -> pl.DataFrame:
        """Lines of these kinds that lie whole between two days (those of the question unless given)."""
        first, last = start or self.start, end or self.end
        inside = (pl.col("start") >= first) & (pl.col("end") <= last)
        return self.frame.filter(pl.col("kind").is_in(kinds) & inside)

    def cut_through(self, *kinds: str) -> tuple[str, ...]:
        """A note on lines that begin or end outside the days asked for, and so were left out."""
        meets = (pl.col("start") <= self.end) & (pl.col("end") >= self.start)
        inside = (pl.col("start") >= self.start) & (pl.col("end") <= self.end)
        cut = self.frame.filter(pl.col("kind").is_in(kinds) & meets & ~inside)
        if not len(cut):
            return ()
        places = ", ".join(f"{s} row {r}" for s, r in cut.select("source", "row").head(5).iter_rows())
        return (f"{len(cut)} lines run beyond the days asked for and were left out ({places}): ask for whole years.",)

    def days(self) -> list[date]:
        """The days on which something is said to have stood."""
        return self.frame.filter(pl.col("kind").is_in(STOOD))["end"].unique().sort().to_list()

    def needs(self, day: date) -> None:
        """An error where nothing is said to have stood on the day."""
        if day not in self.days():
            known = ", ".join(map(str, self.days())) or "none"
            raise InputError(
                f"Nothing is known of what {self.party} had on {day} in {self.currency}; days that are known: {known}."
            )

    def opening_cash(self, given: Range | None) -> tuple[Range, pl.DataFrame | None, tuple[str, ...]]:
        """Cash at hand at the start: as assumed, or as stated; none, with a note, where neither says.

        Raises:
            SettingsError: The least is above the most, or negative.
        """
        if given is not None:
            if not 0 <= given[0] <= given[1]:
                raise SettingsError(f"Opening cash is a range from 0 up, least first, not {given[0]} to {given[1]}.")
            return given, None, ()
        stated = self.stood("cash_on_hand", self.start)
        if len(stated):
            return (total(stated), total(stated)), stated, ()
        note = "No cash at hand is stated at the start and none was assumed: give opening_cash to see what it changes."
        return (0, 0), None, (note,)


def total(rows: pl.DataFrame) -> int:
    """Their exact sum, minor units."""
    return sum(rows["amount"].to_list())
