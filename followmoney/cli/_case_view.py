"""What of a case is asked for: one answer at a time, and what may be said with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Group, Parameter

from followmoney.cli._view import Flag
from followmoney.errors import SettingsError
from followmoney.settings._named import days

By = Literal["place", "party", "country", "total"]
_PARTS = (
    "recoverable", "freeze_first", "exits", "out_by_month", "third_parties", "shortfall", "untainted", "sale",
)  # fmt: skip


@Parameter(name="*", group=Group("What is shown (one of these)", sort_key=1))
@dataclass(frozen=True)
class CaseView:
    """Which answer of a case is shown."""

    recoverable: Flag = False
    """What can be recovered now, with the least and the most whatever the rule, owners, measures and clocks."""
    freeze_first: Flag = False
    """Whom to freeze first: where waiting for an order would cost most."""
    exits: Flag = False
    """The last account before claim money crossed a border, became cash or crypto, or went to an unknown end."""
    out_by_month: Flag = False
    """How much was out at the end of each month: in each other country, in cash, at unknown ends."""
    third_parties: Flag = False
    """What was paid for things beside what they are worth, and who paid."""
    shortfall: Flag = False
    """What value confiscation would have to cover."""
    untainted: Flag = False
    """Other things of the parties that hold claim money or received it first."""
    sale: Flag = False
    """Things that lose value while they are kept."""
    by: By | None = None
    """With --recoverable: one row an account or asset (place, not given), a party, a country or a currency (total)."""
    takes_days: Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)] = ()
    """With --freeze-first: days until an order takes effect in a country, like ES=4, or for all others, like other=30.
    Give it again for another."""

    def asked(self) -> str:
        """The one answer that is asked for; "" for the plain table.

        Raises:
            SettingsError: Two answers are asked for, or something is said of an answer that is not.
        """
        parts = [name for name in _PARTS if getattr(self, name)]
        if len(parts) > 1:
            flags = " and ".join(f"--{name.replace('_', '-')}" for name in parts)
            raise SettingsError(f"{flags} ask for different answers; give one of them.")
        for name, given, wanted in (
            ("by", self.by is not None, "recoverable"), ("takes-days", bool(self.takes_days), "freeze_first"),
        ):  # fmt: skip
            if given and parts != [wanted]:
                flag = f"--{wanted.replace('_', '-')}"
                raise SettingsError(f"--{name} says more about {flag}, which is not asked for; give both, or neither.")
        return parts[0] if parts else ""

    def days(self) -> dict[str, int] | None:
        """Days an order takes, by country; None where nothing was given."""
        return days("--takes-days", self.takes_days) or None


PLAIN = CaseView()
"""The default: what can be frozen, rule by rule."""
