"""What every table shares: the metadata of a column, and the two provenance columns."""

from __future__ import annotations

from typing import Any

import dataframely as dy


def named(
    *,
    iso20022: str = "",
    goaml: str = "",
    ftm: str = "",
    bods: str = "",
    unit: str = "",
    key: bool = False,
    ref: str = "",
) -> dict[str, Any]:
    """What a column is called elsewhere (ISO 20022, goAML, FollowTheMoney, BODS), its unit, the table it refers to."""
    given = {"iso20022": iso20022, "goaml": goaml, "ftm": ftm, "bods": bods, "unit": unit, "ref": ref}
    return {k: v for k, v in given.items() if v} | ({"key": True} if key else {})


class Sourced(dy.Schema):
    """Every row of every table says which file and which row of it (counted from 1) it was read from."""

    source = dy.String(description="File the row was read from; its SHA-256 is in the ledger's sources.")
    row = dy.Int64(
        min=0, description="Row in that file, counted from 1, the header not counted; 0 where it was derived."
    )


def identifier(description: str, *, nullable: bool = False, **names: Any) -> dy.String:  # noqa: ANN401
    """An identifier: always text ("012" stays "012"), never empty."""
    return dy.String(nullable=nullable, min_length=1, description=description, metadata=named(**names))


def currency_code(description: str, *, nullable: bool = False, **names: Any) -> dy.String:  # noqa: ANN401
    """A currency: the three letters of ISO 4217, or a crypto unit of up to five."""
    return dy.String(nullable=nullable, regex=r"^[A-Z]{3,5}$", description=description, metadata=named(**names))


def country_code(description: str, *, nullable: bool = True, **names: Any) -> dy.String:  # noqa: ANN401
    """A country: the two letters of ISO 3166-1 as the source wrote them."""
    return dy.String(nullable=nullable, regex=r"^[A-Z]{2}$", description=description, metadata=named(**names))
