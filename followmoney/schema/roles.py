"""The table of roles: who acts for whom."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, identifier, named
from followmoney.schema.codes import ROLE_KINDS


class Roles(Sourced):
    """Who acts for a legal entity or an account: director, nominee, signatory, secretary, agent, manager."""

    party = identifier(
        "Party that has the role.",
        ref="parties",
        goaml="director_id",
        ftm="Directorship.director",
        bods="interestedParty",
    )
    of = identifier(
        "Legal entity or account it acts for.",
        ref="parties or accounts",
        ftm="Directorship.organization",
        bods="subject",
    )
    kind = dy.Enum(
        ROLE_KINDS, description="Role.", metadata=named(goaml="role", ftm="Directorship.role", bods="interests.type")
    )
    start = dy.Date(nullable=True, description="From.", metadata=named(ftm="Interval.startDate", bods="startDate"))
    end = dy.Date(nullable=True, description="Until.", metadata=named(ftm="Interval.endDate", bods="endDate"))
    detail = dy.String(
        nullable=True,
        description="The role in the words of the source.",
        metadata=named(ftm="Interest.role", bods="interests.details"),
    )
