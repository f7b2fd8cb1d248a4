"""Who stands on the other side of an entry."""

from __future__ import annotations

from dataclasses import dataclass

from followmoney.readers._iso_paths import Side, side
from followmoney.readers._iso_people import People, identified
from followmoney.readers._iso_shape import Found, meant

_ENDS = side("Dbtr"), side("Cdtr")


@dataclass
class Account:
    """The account a statement is about."""

    number: str | None
    name: str | None


def other(people: People, own: Account, detail: Found, *, gains: bool, turned: bool, at: tuple[str, int]) -> str | None:
    """The account at the other end, collected with its holder; None where neither number nor name is said.

    Who pays into an account stands as the debtor, who is paid from it as the creditor. An entry that undoes another
    (`turned`) may name both as they stood in the other: then it is whoever of them is not the account itself.
    """
    ends = _ENDS if gains != turned else _ENDS[::-1]
    end: Side | None = ends[0]
    if turned or identified(detail, ends[0])[0] == own.number:
        end = _best(detail, ends, own)
    return people.account(detail, end, at=at)[0] if end else None


def _best(detail: Found, ends: tuple[Side, ...], own: Account) -> Side | None:
    """The end with another number; else with another name and no number of its own."""
    for end in ends:
        if identified(detail, end)[0] not in (None, own.number):
            return end
    for end in ends:
        if meant(detail, end.name) not in (None, own.name) and identified(detail, end)[0] is None:
            return end
    return None
