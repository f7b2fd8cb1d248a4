"""What stays unknown of the owners of companies, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followmoney.graph.beneficial import BeneficialOwners
    from followmoney.ledger import Ledger

_MOST = 20
_REGISTERS = (("interests", "owner"), ("interests", "owned"), ("roles", "of"))


def said(found: BeneficialOwners, names: dict[str, str], ledger: Ledger) -> Iterator[str]:
    """The gaps, the largest first, and the directors of companies without a certain owner.

    Companies of which registers say something come one by one; those that are mere names in one sentence.
    """
    import polars as pl

    registered = pl.concat([ledger[table][end].cast(str).rename("id") for table, end in _REGISTERS]).unique()
    silent = pl.col("at").is_null() & ~pl.col("company").is_in(registered.implode()) & (pl.col("share_min") == 1)
    gaps = found.gaps.filter(~silent | (found.gaps["company"].n_unique() == 1))
    gaps = gaps.sort("share_max", "company", descending=[True, False], nulls_last=False, maintain_order=True)
    for company, at, why, least, most in gaps.head(_MOST).iter_rows():
        share = "control of " if most is None else f"{_percent(least, most)} of "
        end = f" ends at {_name(at, names)}" if at is not None else ""
        yield f"Gap: {share}{_name(company, names)}{end}: {why}."
    if len(gaps) > _MOST:
        yield f"Gap: {len(gaps) - _MOST:,} more; ask for one company to see all of its gaps (--company)."
    if unheard := len(found.gaps) - len(gaps):
        holders = "companies" if unheard > 1 else "company"
        yield f"Gap: of {unheard:,} more {holders} no register that was loaded says anything."
    for company, person in found.officials.head(_MOST).iter_rows():
        yield (
            f"No owner of {_name(company, names)} is certain; its director is {_name(person, names)}, who owns nothing "
            "by that (art. 63(4))."
        )
    if len(found.officials) > _MOST:
        yield f"{len(found.officials) - _MOST:,} more directors of companies of which no owner is certain."


def _name(party: str, names: dict[str, str]) -> str:
    return f"{names[party]} ({party})" if party in names else party


def _percent(least: float, most: float) -> str:
    low, high = (f"{share * 100:.4g}" for share in (least, most))
    return f"{low} %" if low == high else f"{low} to {high} %"
