"""The table of mirrors: transfers that two statements show, and the row that was not counted again."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, identifier, named


class Mirrors(Sourced):
    """The second row of a transfer that stands on the statements of both its ends; it moves no money again."""

    id = identifier("The transfer as the beneficiary's statement identifies it.", key=True)
    transaction = identifier("The transaction it is the other side of.", ref="transactions")
    booked_at = dy.Datetime(
        time_zone="UTC", time_unit="us",
        description="When it was booked on the beneficiary's account (UTC).",
        metadata=named(iso20022="BookgDt"),
    )  # fmt: skip
    value_date = dy.Date(
        nullable=True,
        description="Value date on the beneficiary's account.",
        metadata=named(iso20022="ValDt"),
    )
