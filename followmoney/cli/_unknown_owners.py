"""What stays unknown of the owners of companies, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followmoney.graph.beneficial import BeneficialOwners

_MOST = 20


def said(found: BeneficialOwners, names: dict[str, str]) -> Iterator[str]:
    """The gaps, the largest first, and the directors of companies without a certain owner."""
    gaps = found.gaps.sort("share_max", "company", descending=[True, False], nulls_last=True, maintain_order=True)
    for company, at, why, least, most in gaps.head(_MOST).iter_rows():
        share = "" if most is None else f"{_percent(least, most)} of "
        end = f" ends at {_name(at, names)}" if at is not None else ""
        yield f"Gap: {share}{_name(company, names)}{end}: {why}."
    if len(gaps) > _MOST:
        yield f"Gap: {len(gaps) - _MOST:,} more; ask for one company to see all of its gaps (--company)."
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
