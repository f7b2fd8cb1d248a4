"""Transactions as columns of numbers, before they get ids, names and currencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .hashing import Ints

OUTSIDE: Final = -1

KINDS: Final = (
    ("card", "Card payment"),
    ("wire", "Salary"),
    ("wire", "Rent"),
    ("wire", "Invoice"),
    ("wire", "Transfer"),
    ("wire", "Bill"),
    ("wire", "Payout"),
    ("cash", "Cash deposit"),
    ("cash", "Cash withdrawal"),
    ("wire", "Membership fee"),
    ("wire", "Duties"),
    ("wire", "Refund"),
    ("wire", "Consulting"),
    ("wire", "Loan agreement"),
    ("wire", "Darlehen"),
    ("wire", "Loan repayment"),
    ("wire", "Capital increase"),
    ("wire", "Purchase price of shares"),
    ("wire", "Goods"),
    ("wire", "Withdrawal from exchange"),
    ("wire", "Purchase price of house"),
    ("wire", "Mortgage loan"),
    ("wire", "Estate"),
)
(
    CARD, SALARY, RENT, INVOICE, TRANSFER, BILL, PAYOUT, DEPOSIT, WITHDRAWAL, FEE, DUTIES, REFUND,
    CONSULTING, LOAN, DARLEHEN, REPAYMENT, CAPITAL, SHARES, GOODS, SOLD_CRYPTO, HOUSE, MORTGAGE, ESTATE,
) = range(len(KINDS))  # fmt: skip
DESKS_A_CITY: Final = 8
MACHINE_GIVES: Final = 100_000
"""The most that a machine pays out at once; more is paid over a counter."""
ROLES: Final = ("in", "out", "link")


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of equal length: seconds since 1970, who pays whom, how much, what kind, and the planted scheme or -1.

    Cash also has the desk or machine, numbered through all cities, and, where known, who carried it, else -1; what pays
    for goods or a house has the number of the paper that says so, else -1.
    """

    time: Ints
    payer: Ints
    payee: Ints
    amount: Ints
    kind: NDArray[np.int8]
    scheme: NDArray[np.int32]
    role: NDArray[np.int8]
    desk: NDArray[np.int32]
    carrier: NDArray[np.int32]
    paper: NDArray[np.int32]

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Rows:
        """Keep these rows, in this order."""
        return Rows(*(getattr(self, name)[which] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.time)


def plain(time: Ints, payer: Ints, payee: Ints, amount: Ints, kind: int, *, desk: Ints | None = None) -> Rows:
    """Make rows of everyday traffic of one kind."""
    n = len(time)
    none = np.full(n, -1, np.int32)
    where = none if desk is None else desk.astype(np.int32)
    return Rows(time, payer, payee, amount, np.full(n, kind, np.int8), none, np.zeros(n, np.int8), where, none, none)


def joined(parts: Sequence[Rows]) -> Rows:
    """Put rows below one another."""
    return Rows(*(np.concatenate([getattr(p, name) for p in parts]) for name in Rows.__slots__))
