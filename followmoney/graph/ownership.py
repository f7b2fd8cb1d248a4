"""Who owns a company in the end: shares multiplied along chains, added over chains, solved around loops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import polars as pl

from followmoney.graph._chains import chains
from followmoney.graph._cone import above
from followmoney.graph._integrated import integrate
from followmoney.graph._interests import (
    SHARES,
    VOTES,
    direct,
    in_force,
    named,
    not_dated,
    numbered,
    persons,
    some,
    straight,
)
from followmoney.graph._stakes import MEANS
from followmoney.graph._told import circles, endless, over_the_whole
from followmoney.graph._unnamed_owners import unnamed_owners
from followmoney.ledger import Ledger
from followmoney.ledger.when import first

_DIGITS = 12  # shares beyond are noise of binary fractions, and may differ between processors


@dataclass(frozen=True)
class Owners:
    """Effective shares, and what to know before relying on them."""

    frame: pl.DataFrame
    """Columns person, company, share_min, share_max (fractions of the whole), path; see `effective`."""
    notes: tuple[str, ...]
    """Sentences: companies with more than the whole in shares, circles, rows left out, chains that end without a
    person, and who is controlled by other means than shares."""


def effective(
    ledger: Ledger,
    as_of: str | date | datetime | None = None,
    *,
    known_on: str | date | datetime | None = None,
    companies: Iterable[str] | None = None,
    paths: bool = True,
) -> pl.DataFrame:
    """Which share of each company each natural person owns in the end, through every chain and loop.

    Shareholdings only (for votes and other control see `beneficial_owners`). `as_of` counts a holding from the day it
    starts and no longer on the day it ends, so that a sale is never counted on both sides; None takes all that have not
    ended. Shares in a company that add up to more than the whole are used as stated (`owners` says where).

    Args:
        ledger: Its tables `interests` and `parties` are used; a person is a party of kind `person`.
        as_of: A day.
        known_on: What the registers knew on this day, where they say when they knew it; None: what they know now.
        companies: Only owners of these, and only what is above them is looked at; None: of all.
        paths: Whether the strongest chain is written out; without, the column `path` is missing.

    Returns:
        Columns person, company (identifiers), share_min and share_max (fractions of the whole: the same where every
        share is stated exactly), path (the strongest single chain, "P1 → C2 (60 %) → C3 (51 %)", and what other ways
        add to it; of a chain of more than 40 steps the first and last 20, and how many are between). Sorted by company,
        then largest share first.

    Source: Regulation (EU) 2024/1624 art. 52 (multiply along a chain, add the chains, at every level).
    Cost: about 3 µs a holding and 1 µs a row, with paths 2 µs a row more; loops up to 1,500 companies are solved
    densely.
    """
    return owners(ledger, as_of, known_on=known_on, companies=companies, paths=paths).frame


def owners(
    ledger: Ledger,
    as_of: str | date | datetime | None = None,
    *,
    known_on: str | date | datetime | None = None,
    companies: Iterable[str] | None = None,
    paths: bool = True,
) -> Owners:
    """The same as `effective`, with notes on what was left out and what does not add up.

    A way of more than 40 steps is written by its first and last 20 with "… n more …" between; shares are of the whole.
    """
    day, known = (None if when is None else first(when).date() for when in (as_of, known_on))
    people = persons(ledger)
    every = in_force(ledger, "interests", day, known).with_columns(pl.col("kind").cast(pl.String))
    rows = every.filter(pl.col("kind") == SHARES)
    control = every.filter(pl.col("kind").is_in([VOTES, *MEANS])).select(pl.col("owner", "owned").cast(pl.String))
    del every
    wanted = None if companies is None else pl.Series(sorted(set(companies)), dtype=pl.String)
    if wanted is not None:
        rows = above(rows, wanted)
    rows, notes = straight(rows, people)
    others = _others(control, rows, wanted)
    unheld = [] if wanted is None else wanted.filter(~wanted.is_in(rows["owned"].implode())).to_list()
    notes += [*not_dated(ledger, known), *unnamed_owners(ledger, day)]
    parties = named(rows["owner"], rows["owned"])
    held = direct(numbered(rows, parties, ("owner", "owned")), parties, people)
    notes += over_the_whole(held, "Shares")
    found = integrate(held, ways=paths)
    notes += circles(held, found)
    order = np.argsort(found.first, kind="stable")
    company = np.repeat(order, found.count[order])
    kept = held.person[found.who]
    if wanted is not None:
        kept &= parties.is_in(wanted.implode()).to_numpy()[company]
    at = np.flatnonzero(kept)
    least = np.round(found.low[at], _DIGITS)
    most = np.round(np.maximum(least, np.minimum(1.0, found.high[at])), _DIGITS)
    rows = pl.DataFrame({
        "company": company[at], "least": least, "most": most, "person": found.who[at], "entry": at
    }).sort("company", "least", "most", "person", descending=[False, True, True, False])  # fmt: skip
    frame = pl.DataFrame({
        "person": parties.gather(rows["person"]), "company": parties.gather(rows["company"]),
        "share_min": rows["least"], "share_max": rows["most"],
        **({"path": chains(found, held, rows["entry"].to_numpy())} if paths else {}),
    })  # fmt: skip
    ends = parties.gather(found.roots)
    for what, these in (
        ("nobody is known to own them", ends.filter(~ends.is_in(others.implode()))),
        ("nobody is known to hold shares in them, but some control them", ends.filter(ends.is_in(others.implode()))),
    ):
        if len(these):
            notes.append(f"Chains end without a known person at {some(these)}: {what}.")
    notes += endless(parties, found.endless)
    if unheld:
        notes.append(f"No holder of shares in {some(unheld)} is stated.")
    if len(others):
        notes.append(
            f"Who controls by votes or other means without holding shares is not shown here, but is stated of "
            f"{some(others)}: see `beneficial_owners` (at the command line `owners --by-law`)."
        )
    return Owners(frame, tuple(notes))


def _others(control: pl.DataFrame, held: pl.DataFrame, wanted: pl.Series | None) -> pl.Series:
    """Companies that are controlled by somebody who is stated to hold no shares in them."""
    rows = control.join(held.select(pl.col("owner", "owned").cast(pl.String)), on=["owner", "owned"], how="anti")
    if wanted is not None:
        near = pl.concat([wanted, *(held[end].cast(pl.String).rename(wanted.name) for end in ("owner", "owned"))])
        rows = rows.filter(pl.col("owned").is_in(near.implode()))
    return rows["owned"].unique().sort()
