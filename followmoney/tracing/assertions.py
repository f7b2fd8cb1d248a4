"""What the analyst asserts beyond the records: who, when, why; every figure can be had with and without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

import polars as pl

from followmoney.errors import SettingsError, unknown

Kind = Literal[
    "backward", "fee", "fiduciary", "good_faith", "innocent", "interest", "link", "pooled", "wrongdoer"
]  # fmt: skip

_OF_ACCOUNTS = ("fiduciary", "good_faith", "innocent", "pooled", "wrongdoer")
_PAIRS = ("backward", "link")


@dataclass(frozen=True)
class Assertion:
    """Something no record says, asserted by a named person for a stated reason.

    `interest`: these transactions are interest; claim money gets its part of what it earned: as the money was divided
    when the interest was credited, or, where `since` is given, at the end of every day from then on.
    `fee`: these transactions are charges; claim money in them is gone.
    `link`: the cash of the first transaction (a withdrawal) was paid in by the second; both in one currency.
    `backward`: the first (a payment, or an asset bought on credit) made the debt that the second, a later credit, paid
    off; claim money in the debt then counts for what was bought. Never both.
    `pooled`: money of many holders is mixed in these accounts: the claim is not followed beyond them.

    The status of a holder, by which the rule `by_status` goes; an account has one at a time:
    `wrongdoer`: these accounts are held or controlled by the wrongdoer, as by a nominee or a shell.
    `fiduciary`: held by a fiduciary or fraudster who mixed the money of several victims.
    `innocent`: held by an innocent volunteer, who got the money for nothing and knew nothing.
    `good_faith`: held by somebody who gave value in good faith: the claim ends there.
    """

    kind: Kind
    about: tuple[str, ...]
    """Identifiers of transactions. For `pooled` and for a status: of accounts, or of parties, whose accounts are then
    all meant; where an account and a party have the same identifier the account is."""
    why: str
    """The reason, in a sentence."""
    who: str
    """The analyst who asserts it."""
    when: date
    """When it was asserted."""
    on: bool = field(default=True)
    """False: recorded, but not used."""
    since: date | None = None
    """The first day that interest was earned for; None: it is divided as the money was when it was credited."""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise SettingsError(unknown("kind of assertion", self.kind, get_args(Kind)))
        if not self.why.strip() or not self.who.strip():
            raise SettingsError(f"An assertion ({self.kind}) needs a reason (why) and a name (who).")
        if not self.about or (self.pair and len(self.about) != 2):  # noqa: PLR2004
            what = "two identifiers, the earlier first" if self.pair else "at least one identifier"
            raise SettingsError(f"An assertion of the kind {self.kind} is about {what}; given: {list(self.about)}.")
        if self.since is not None and self.kind != "interest":
            raise SettingsError(f"Only interest has a first day (since), no assertion of the kind {self.kind}.")

    @property
    def of_accounts(self) -> bool:
        """Whether it is about accounts, not transactions."""
        return self.kind in _OF_ACCOUNTS

    @property
    def pair(self) -> bool:
        """Whether it is about two transactions, the second because of the first."""
        return self.kind in _PAIRS


def listed(assertions: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """These assertions, if that is what they are.

    Raises:
        SettingsError: Something else was given.
    """
    several = isinstance(assertions, Iterable) and not isinstance(assertions, str)  # pyright: ignore[reportUnnecessaryIsInstance]
    items: tuple[object, ...] = tuple(assertions) if several else (assertions,)
    if several and all(isinstance(item, Assertion) for item in items):
        return tuple(assertions)
    wrong = next((item for item in items if not isinstance(item, Assertion)), assertions)
    raise SettingsError(
        "Assertions are given as a list, like assertions=[Assertion(kind, about, why, who, when)]; got "
        f"{wrong!r}. `followmoney explain assertions` says what can be asserted."
    )


def used(assertions: Sequence[Assertion], *kinds: Kind) -> list[str]:
    """Identifiers that switched-on assertions of these kinds are about, without repetition, in order."""
    return list(dict.fromkeys(name for a in assertions if a.on and a.kind in kinds for name in a.about))


def pairs(assertions: Sequence[Assertion], kind: Kind) -> list[tuple[str, str]]:
    """Pairs that switched-on assertions of this kind link, in order."""
    return list(dict.fromkeys((a.about[0], a.about[1]) for a in assertions if a.on and a.kind == kind))


def frame(assertions: Sequence[Assertion]) -> pl.DataFrame:
    """The assertions as rows: kind, about, why, who, when, on, since."""
    rows = [(a.kind, list(a.about), a.why, a.who, a.when, a.on, a.since) for a in assertions]
    schema = {"kind": pl.String, "about": pl.List(pl.String), "why": pl.String, "who": pl.String, "when": pl.Date,
              "on": pl.Boolean, "since": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
