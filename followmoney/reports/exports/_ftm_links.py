"""Rights and roles → FollowTheMoney links between two."""

from __future__ import annotations

from followmoney.reports.exports._ftm_ids import Ids
from followmoney.reports.exports._rows import Row, day, mark
from followmoney.reports.exports._share import percent

_DIRECT = {True: ("direct",), False: ("indirect",), None: ()}
_SAME = ("owner", "owned", "kind", "share_min", "share_max", "direct", "start", "end", "known_from", "detail")


def interest(row: Row) -> tuple[str, str, Row]:
    """An Ownership, which says what kind of right it is, and how far it goes: identifier, schema, properties."""
    said = {
        "owner": row["owner"], "asset": row["owned"], "percentage": percentage(row["share_min"], row["share_max"]),
        "ownershipType": [row["kind"], *_DIRECT[row["direct"]]], "role": row["detail"], "startDate": day(row["start"]),
        "endDate": day(row["end"]), "modifiedAt": day(row["known_from"]),
    }  # fmt: skip
    return mark("interest", *(row[c] for c in _SAME)), "Ownership", said


def percentage(least: float | None, most: float | None) -> str | None:
    """A share as registers write it: "62.5", or a band "25-50"."""
    if least is None and most is None:
        return None
    low, high = percent(least or 0.0), percent(1.0 if most is None else most)
    return low if low == high else f"{low}-{high}"


def role(row: Row, ids: Ids) -> tuple[str, str, Row]:
    """A Directorship, a Representation by an agent, or a link to an account: identifier, schema, properties."""
    of, account = ids.acts_for(row["of"])
    schema, who, what = "Directorship", "director", "organization"
    if account:
        schema, who, what = "UnknownLink", "subject", "object"
    elif row["kind"] == "agent":
        schema, who, what = "Representation", "agent", "client"
    said = {
        who: row["party"], what: of, "role": row["kind"], "summary": row["detail"], "startDate": day(row["start"]),
        "endDate": day(row["end"]),
    }  # fmt: skip
    named = mark("role", *(row[c] for c in ("party", "of", "kind", "start", "end", "detail")))
    return named, schema, said
