"""Whether too large a share of the rows was refused."""

from __future__ import annotations

from followmoney.errors import RefusedError, SettingsError
from followmoney.ledger.ledger import Ledger


def share_of(max_refused: float) -> float:
    """The share, if it is one."""
    if not 0 <= max_refused <= 1:
        raise SettingsError(f"max_refused is {max_refused}, but must be a share from 0 to 1.")
    return max_refused


def allowed(ledger: Ledger, max_refused: float, where: str) -> None:
    """Nothing, or an error where a larger share of rows was refused; `where` they can be seen.

    Raises:
        RefusedError: How many, and by which rule most often.
    """
    summary = ledger.summary()
    rows, lost = int(summary["rows"].sum()), int(summary["refused"].sum())
    if not lost or lost <= max_refused * rows:
        return
    rule, often = ledger.refused.group_by("rule").len().sort(["len", "rule"], descending=[True, False]).row(0)
    raise RefusedError(
        f"{lost:,} of {rows:,} rows were refused ({lost / rows:.2%}; allowed {max_refused:.2%}), most "
        f"often by {rule!r} ({often:,}). {where} Correct the files or the import specification, or raise max_refused."
    )
