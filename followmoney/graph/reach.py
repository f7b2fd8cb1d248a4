"""Accounts within reach of a party: its own, those it signs for, and those of companies it owns or controls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.graph._cone import below
from followmoney.graph._interests import in_force
from followmoney.graph.beneficial import beneficial_owners
from followmoney.graph.ownership import effective
from followmoney.ledger import Ledger
from followmoney.ledger.when import first

When = str | date | datetime | None
_MANDATES = ("signatory", "nominee", "agent")
_COLUMNS = {
    "account": pl.String, "holder": pl.String, "through": pl.String, "how": pl.String, "article": pl.String,
    "certain": pl.Boolean, "share_min": pl.Float64, "share_max": pl.Float64, "way": pl.String,
}  # fmt: skip


def reach(ledger: Ledger, start: str, as_of: When = None, *, known_on: When = None) -> pl.DataFrame:
    """All accounts that a party can be behind on a day, each with the way there as a sentence.

    From a party down: accounts it holds; accounts it has a mandate for (signatory, nominee or agent of the account);
    accounts of companies that it owns some of or controls, by `effective` and `beneficial_owners`. From an account
    first to its holder, then, where that is a company, to the beneficial owners of the holder, then down from each of
    them: account → holder → beneficial owner → other company → its account.

    Args:
        ledger: Its tables `accounts`, `parties`, `interests` and `roles` are used.
        start: Identifier of a party or of an account; what is both is taken as a party.
        as_of: A day, as in `effective`; None: all that has not ended.
        known_on: What the registers knew on this day; None: what they know now.

    Returns:
        A row an account and person (or party) it is reached through: account, holder, through, how ("holds it", "has a
        mandate for it", "owns", "controls"), article (null below the threshold), certain, share_min, share_max (of the
        holder), way (a sentence). Sorted by account, then through.

    Raises:
        SettingsError: No such party or account.

    Cost: a join a level for what is below, then that of `beneficial_owners` on what is above that.
    """
    asked = (as_of, known_on)
    accounts = ledger.accounts
    holder = (
        accounts["holder"]
        if "holder" in accounts.columns
        else pl.repeat(None, len(accounts), dtype=pl.String, eager=True)
    )
    held = accounts.select(pl.col("id").cast(pl.String).alias("account"), pl.Series("holder", holder).cast(pl.String))
    parties = {
        *ledger.parties["id"],
        *held["holder"].drop_nulls(),
        *ledger.interests["owner"],
        *ledger.interests["owned"],
    }
    if start in parties:
        return _down(ledger, held, start, "", asked)
    found = held.filter(pl.col("account") == start)
    if not len(found):
        raise SettingsError(unknown("party or account", start, {*list(parties)[:5_000], *held["account"].head(5_000)}))
    party = found["holder"][0]
    if party is None:
        raise SettingsError(f"Nobody is known to hold account {start!r}; ask for a party instead.")
    said = f"{start} is held by {party}; "
    kinds = ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"]
    if party in set(kinds):
        return _down(ledger, held, party, said, asked)
    above = beneficial_owners(ledger, as_of, known_on=known_on, companies=[party]).frame
    ways = above.group_by("person", maintain_order=True).agg(pl.col("path", "ground").first()).sort("person")
    parts = [_down(ledger, held, party, said, asked)]
    for person, path, ground in ways.iter_rows():
        parts.append(_down(ledger, held, person, f"{said}{path or f'{person} {ground}'}; ", asked))
    return pl.concat(parts).sort("account", "through", "how")


def _down(ledger: Ledger, held: pl.DataFrame, party: str, said: str, asked: tuple[When, When]) -> pl.DataFrame:
    """From one party down; it counts as standing at the top, whoever owns it."""
    day, known = (None if when is None else first(when).date() for when in asked)
    own = held.filter(pl.col("holder") == party).with_columns(
        how=pl.lit("holds it"), way=pl.lit(f"{said}{party} holds ") + pl.col("account")
    )
    roles = in_force(ledger, "roles", day, known).filter(pl.col("party") == party)
    roles = roles.filter(pl.col("kind").cast(pl.String).is_in(_MANDATES))
    mandates = held.join(
        roles.select(account=pl.col("of").cast(pl.String), kind=pl.col("kind").cast(pl.String)), on="account"
    )
    mandates = mandates.with_columns(
        how=pl.lit("has a mandate for it"),
        way=pl.lit(f"{said}{party} is ") + pl.col("kind") + " of " + pl.col("account"),
    ).drop("kind").unique(["account", "how"], keep="first", maintain_order=True)  # fmt: skip
    companies = _companies(ledger, party, day, known, asked)
    theirs = held.join(companies, left_on="holder", right_on="company").with_columns(
        way=pl.lit(said) + pl.col("way") + ", which holds " + pl.col("account")
    )
    rows = pl.concat([own, mandates, theirs], how="diagonal").with_columns(through=pl.lit(party))
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in _COLUMNS.items() if name not in rows.columns]
    return rows.with_columns(missing).select(*_COLUMNS).sort("account", "through", "how")


def _companies(
    ledger: Ledger, party: str, day: date | None, known: date | None, asked: tuple[When, When]
) -> pl.DataFrame:
    """Companies below a party: company, how, article, certain, share_min, share_max, way."""
    interests = in_force(ledger, "interests", day, known).select(pl.col("owner", "owned").cast(pl.String))
    nominees = in_force(ledger, "roles", day, known).filter(pl.col("kind").cast(pl.String) == "nominee")
    lent = nominees.select(owner=pl.col("of").cast(pl.String), owned=pl.col("party").cast(pl.String))
    reached = below(pl.concat([interests, lent]), pl.Series([party]))["owned"].unique().to_list()
    top = _as_person(ledger, party)
    companies = sorted({*reached} - {party})
    shares = effective(top, asked[0], known_on=asked[1], companies=companies).filter(pl.col("person") == party)
    owned = shares.select(
        "company", pl.lit("owns").alias("how"), pl.lit(None, dtype=pl.String).alias("article"),
        (pl.col("share_min") > 0).alias("certain"), "share_min", "share_max", pl.col("path").alias("way"),
    )  # fmt: skip
    found = beneficial_owners(top, asked[0], known_on=asked[1], companies=companies)
    legal = found.frame.filter(pl.col("person") == party).sort(
        "company", "certain", "article", descending=[False, True, False]
    )
    how = pl.when(pl.col("article") == "52(1)").then(pl.lit("owns")).otherwise(pl.lit("controls")).alias("how")
    legal = legal.group_by("company", maintain_order=True).first().select(
        "company", how,
        "article", "certain", "share_min", "share_max",
        pl.coalesce("path", pl.lit(f"{party} ") + pl.col("ground")).alias("way"),
    )  # fmt: skip
    return pl.concat([legal, owned.join(legal, on="company", how="anti")])


def _as_person(ledger: Ledger, party: str) -> Ledger:
    """The same ledger, but this party counts as a natural person: nobody stands above it."""
    mine = pl.col("id") == party
    parties = ledger.parties
    if not parties["id"].is_in([party]).any():
        parties = pl.concat([parties, pl.DataFrame({"id": [party]})], how="diagonal_relaxed")
    kind = pl.when(mine).then(pl.lit("person")).otherwise(pl.col("kind").cast(pl.String))
    return replace(ledger, tables={**ledger.tables, "parties": parties.with_columns(kind.alias("kind"))})
