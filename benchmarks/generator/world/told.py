"""What the registers say because a scheme needs it, beside what they say of everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .papers import Bill, Deed


@dataclass(slots=True)
class Told:
    """Lines for the registers; who is meant is said by the number of an account."""

    companies: dict[int, date] = field(default_factory=dict[int, date])
    """Spare accounts that a company holds, not a person, and when it was founded."""
    interests: list[tuple[int, int, float, date | None]] = field(
        default_factory=list[tuple[int, int, float, "date | None"]]
    )
    """Owner, owned, share, since when."""
    roles: list[tuple[int, int, str, date | None]] = field(default_factory=list[tuple[int, int, str, "date | None"]])
    """Who, of whom, as what, since when."""
    at_the_agent: list[list[int]] = field(default_factory=list[list[int]])
    """Companies that have the address of a formation agent too: those of one list that of the same."""
    served: list[int] = field(default_factory=list[int])
    """Companies of these whose director is in the service of the agent."""
    sectors: dict[int, str] = field(default_factory=dict[int, str])
    """The line of business (NACE) of whoever holds an account."""
    abroad: dict[int, str] = field(default_factory=dict[int, str])
    """Spare accounts in another country, where their holders are too."""
    wallets: dict[int, int] = field(default_factory=dict[int, int])
    """Spare accounts that are wallets of crypto, and the account whose holder has the wallet."""
    seconds: dict[int, int] = field(default_factory=dict[int, int])
    """Spare accounts that are the second one of whoever holds another."""
    incomes: dict[int, int] = field(default_factory=dict[int, int])
    """What holders have declared to earn a year."""
    papers: list[Bill | Deed] = field(default_factory=list[Bill | Deed])
    """Invoices and deeds, in the order of their numbers."""
    houses: dict[str, int] = field(default_factory=dict[str, int])
    """Accounts that many schemes deal with (an exchange, a bank, a notary, a terminal), by what they are."""

    def ids(self) -> dict[int, str]:
        """Numbers of accounts that no bank of the world gave: those abroad, and wallets."""
        abroad = {n: f"{n * 7_919_777_773 % 10**13:013d}" for n in self.abroad if n not in self.wallets}
        return abroad | {n: f"0x{n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 16**40:040x}" for n in self.wallets}
