"""What the analyst asserts beyond the records: who, when, why; every figure can be had with and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

import polars as pl

from followmoney.errors import SettingsError, unknown

Kind = Literal["backward", "fee", "good_faith", "innocent", "interest", "link", "pooled"]

_OF_ACCOUNTS = ("good_faith", "innocent", "pooled")
_PAIRS = ("backward", "link")


@dataclass(frozen=True)
class Assertion:
    """Something no record says, asserted by a named person for a stated reason.

    `interest`: these transactions are interest; claim money gets its part of what it earned.
    `fee`: these transactions are charges; claim money in them is gone.
    `link`: the cash of the first transaction (a withdrawal) was paid in by the second; both in one currency.
    `backward`: the first (a payment, or an asset bought on credit) made the debt that the second, a later credit, paid
    off; claim money in the debt then counts for what was bought. Never both.
    `good_faith`: these accounts are held by somebody who paid in good faith: the claim ends there.
    `pooled`: money of many holders is mixed in these accounts: the claim is not followed beyond them.
    `innocent`: these accounts are held by an innocent volunteer: recorded, so that rules against a wrongdoer are noted.
    """

    kind: Kind
    about: tuple[str, ...]
    """Identifiers of transactions, or of accounts for `good_faith`, `pooled` and `innocent`."""
    why: str
    """The reason, in a sentence."""
    who: str
    """The analyst who asserts it."""
    when: date
    """When it was asserted."""
    on: bool = field(default=True)
    """False: recorded, but not used."""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise SettingsError(unknown("kind of assertion", self.kind, get_args(Kind)))
        if not self.why.strip() or not self.who.strip():
            raise SettingsError(f"An assertion ({self.kind}) needs a reason (why) and a name (who).")
        if not self.about or (self.kind in _PAIRS and len(self.about) != 2):  # noqa: PLR2004
            what = "two identifiers, the earlier first" if self.kind in _PAIRS else "at least one identifier"
            raise SettingsError(f"An assertion of the kind {self.kind} is about {what}; given: {list(self.about)}.")

    @property
    def of_accounts(self) -> bool:
        """Whether it is about accounts, not transactions."""
        return self.kind in _OF_ACCOUNTS


def used(assertions: Sequence[Assertion], *kinds: Kind) -> list[str]:
    """Identifiers that switched-on assertions of these kinds are about, without repetition, in order."""
    return list(dict.fromkeys(name for a in assertions if a.on and a.kind in kinds for name in a.about))


def pairs(assertions: Sequence[Assertion], kind: Kind) -> list[tuple[str, str]]:
    """Pairs that switched-on assertions of this kind link, in order."""
    return list(dict.fromkeys((a.about[0], a.about[1]) for a in assertions if a.on and a.kind == kind))


def frame(assertions: Sequence[Assertion]) -> pl.DataFrame:
    """The assertions as rows: kind, about, why, who, when, on."""
    rows = [(a.kind, list(a.about), a.why, a.who, a.when, a.on) for a in assertions]
    schema = {"kind": pl.String, "about": pl.List(pl.String), "why": pl.String, "who": pl.String, "when": pl.Date,
              "on": pl.Boolean}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
