"""Beneficial owners: the natural persons who own or control a company in the end, each with article and ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from followmoney.graph.enough import QUARTER, Enough
from followmoney.ledger import Ledger
from followmoney.ledger.when import first


@dataclass(frozen=True)
class BeneficialOwners:
    """Who owns or controls in the end, what stays unknown, and who answers for a company where nobody is found."""

    frame: pl.DataFrame
    """A row a company, person and article; see `beneficial_owners`."""
    gaps: pl.DataFrame
    """What of a company leads to nobody known: company, at, why, share_min, share_max; largest first."""
    officials: pl.DataFrame
    """Directors of companies of which no beneficial owner is certain: company, person. They own nothing by that:
    art. 63(4) has them named where all other means are exhausted."""
    oversubscribed: pl.DataFrame
    """Companies whose shares add up to more than the whole, as stated: company, share."""
    notes: tuple[str, ...]


def beneficial_owners(
    ledger: Ledger,
    as_of: str | date | datetime | None = None,
    *,
    known_on: str | date | datetime | None = None,
    companies: Iterable[str] | None = None,
    threshold: float = QUARTER,
    lower: Mapping[str, float] | None = None,
    paths: bool = True,
) -> BeneficialOwners:
    """The natural persons who own or control each company in the end, with the article, the ground and the way there.

    A person is listed once for every article that makes him a beneficial owner of a company:

    - 52(1): he owns `threshold` or more (25 %) of the shares or of the voting rights, multiplied along every chain and
      added over all chains, loops solved. Where a register states no voting rights in a company, shares vote;
      where it states those of some holders, the others have from none to as many as their shares.
    - 53(2)(c): he owns more than half, directly or over all chains together; 53(3)(a): he has the majority of the
      voting rights; 53(3)(b): he appoints the board; 53(4): he controls it by other means. What he controls counts as
      his: his shares and those of all companies that he controls are added at every level (53(2)(b)).
    - 54(a): companies that he controls directly hold `threshold` or more; 54(b): he owns `threshold` or more of a
      company that controls it. Both only where 52 and 53 do not make him one already.
    - 55: he is named in a trust that holds `threshold` or more or controls; 58: in the trust itself.

    A nominee of a person holds for that person; the way says "nominee". Where it is not said for whom, what he holds is
    a gap. An interest that a register itself states as indirect counts where no chain shows it. Senior managing
    officials are never owners: see `officials`. A trust's persons are those with any interest in it.

    Args:
        ledger: Its tables `interests`, `parties` and `roles` are used.
        as_of: A day: an interest counts from the day it starts and no longer on the day it ends; None: all not ended.
        known_on: What the registers knew on this day, where they say when they knew it; None: what they know now.
        companies: Only these, and only what is above them is looked at; None: all.
        threshold: Ownership interest that makes an owner, as a fraction, inclusive.
        lower: Thresholds of sectors with higher risks (art. 52(2)), by the beginning of their NACE code: {"64": 0.15}.
        paths: Whether the way is written out; without, the column `path` is missing.

    Returns:
        `frame` with columns company, person, article, ground (a sentence), certain (true where it holds by the least
        shares; false where only the most shares reach it; where more than the whole is stated, all that is too much is
        first taken off the holder), share_min, share_max (effective shares), votes_min, votes_max, path (of more than
        40 steps of shares or of control the first and last 20, and how many are between). Sorted by company, largest
        share first, then person and article.

    Raises:
        SettingsError: A threshold is not above 0 and at most 1.

    Source: Regulation (EU) 2024/1624 arts 51 to 55, 58 and 63(4); joint control as the fixed point of "more than half
        with all that is controlled" (a followmoney reading of "individually or cumulatively").
    Cost: that of `effective` once for shares and once for votes, and the holdings of everything that each person, and
        the companies he owns enough of, control: 10,000 companies in one chain take about 1 s.
    """
    from followmoney.graph._articles import found
    from followmoney.graph._stakes import stakes

    enough = Enough.of(threshold, lower)
    day, known = (None if when is None else first(when).date() for when in (as_of, known_on))
    asked = None if companies is None else pl.Series(sorted(set(companies)), dtype=pl.String)
    its = stakes(ledger, day, known, companies)
    return found(ledger, its, day=day, known=known, asked=asked, enough=enough, paths=paths)
