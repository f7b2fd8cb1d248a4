"""Legal clocks: how long an authority has, by instrument; `clocks.csv` beside this file, a row a published time limit.

Only limits whose text was read at `source` are in the table. Working days are not turned into days: holidays differ.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""Member States of the European Union since 2020-02-01."""
_WHERE = {"EU": EU, "EU but DK and IE": EU - {"DK", "IE"}}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time limit of one instrument."""

    instrument: str
    article: str
    what: str
    """What must be done, or lasts, within the limit."""
    hours: int | None
    working_days: int | None
    on: str
    """What it is about: an account, or any asset."""
    where: str
    """States where it runs."""
    since: date
    """Day since which the instrument applies or is in force."""
    source: str
    """Where it was read."""

    def runs(self, kind: str, country: str | None, day: date) -> bool:
        """Whether it can run for an account or asset in a country on a day."""
        return self.on in ("any", kind) and country in _WHERE[self.where] and day >= self.since

    def __str__(self) -> str:
        """The limit in words."""
        article = f" art. {self.article}" if self.article else ""
        if self.hours is not None:
            return f"{self.instrument}{article}: {self.hours} hours to {self.what}"
        return f"{self.instrument}{article}: {self.working_days} working days {self.what}"


@cache
def clocks() -> tuple[Clock, ...]:
    """Every limit, in the order of the table."""
    with (files("followmoney.case") / "clocks.csv").open(encoding="utf-8") as table:
        return tuple(
            Clock(
                instrument=row["instrument"], article=row["article"], what=row["what"], hours=_number(row["hours"]),
                working_days=_number(row["working_days"]), on=row["on"], where=row["where"],
                since=date.fromisoformat(row["since"]), source=row["source"],
            )
            for row in csv.DictReader(table)
        )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text else None
