"""The table of interests: who owns or controls what share of which legal entity."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from followmoney.schema.base import Sourced, identifier, named
from followmoney.schema.codes import INTEREST_KINDS
from followmoney.schema.rules import rule


class Interests(Sourced):
    """A right in a legal entity, 0 to 1, direct or indirect, from a day to a day (BODS terms).

    `start` and `end` say when the right was held; `known_from` and `known_to` when the register said so. What is held
    to be true now are the rows without a `known_to`; `Ledger.interests` gives only those.
    """

    owner = identifier("Party that has the interest.", ref="parties", ftm="Ownership.owner", bods="interestedParty")
    owned = identifier("Legal entity it is an interest in.", ref="parties", ftm="Ownership.asset", bods="subject")
    kind = dy.Enum(
        INTEREST_KINDS,
        description="What right it is.",
        metadata=named(ftm="Ownership.ownershipType", bods="interests.type"),
    )
    share_min = dy.Float64(
        nullable=True,
        min=0,
        max=1,
        description="Least share, as a fraction of the whole.",
        metadata=named(unit="fraction", goaml="share_percentage", ftm="Ownership.percentage", bods="share.minimum"),
    )
    share_max = dy.Float64(
        nullable=True,
        min=0,
        max=1,
        description="Most share, as a fraction of the whole.",
        metadata=named(unit="fraction", goaml="share_percentage", ftm="Ownership.percentage", bods="share.maximum"),
    )
    direct = dy.Bool(nullable=True, description="Held directly.", metadata=named(bods="directOrIndirect"))
    start = dy.Date(nullable=True, description="From.", metadata=named(ftm="Interval.startDate", bods="startDate"))
    end = dy.Date(nullable=True, description="Until.", metadata=named(ftm="Interval.endDate", bods="endDate"))
    known_from = dy.Date(
        nullable=True, description="Day from which the register said so.", metadata=named(bods="statementDate")
    )
    known_to = dy.Date(
        nullable=True,
        description="Day from which the register no longer said so, but something else; empty: it still does.",
    )
    detail = dy.String(
        nullable=True,
        description="The right in the words of the source.",
        metadata=named(ftm="Interest.role", bods="interests.details"),
    )

    @dy.rule()
    def least_below_most(cls) -> pl.Expr:  # noqa: N805
        """The least share is not above the most."""
        return rule("interests", "least_below_most")
