"""The book in which the story is written: verbs that move money between aliases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from .dice import Dice
from .registry import Account, Bank, accounts
from .sheet import cents


@dataclass(slots=True)
class Movement:
    """One line of the book, before it has an id."""

    at: datetime
    originator: str | None
    beneficiary: str | None
    amount: int
    currency: str
    channel: str
    purpose: str | None
    reference: str | None
    bank: Bank
    received: tuple[int, str] | None = None
    status: str = "booked"
    reverses: int | None = None
    label: str = ""


class Book:
    """Everything that moved, in the order in which it was told."""

    def __init__(self, seed: int) -> None:
        self.accounts: dict[str, Account] = accounts()
        self.movements: list[Movement] = []
        self.dice = Dice(seed)

    def wire(
        self,
        day: date | str,
        payer: str,
        payee: str,
        amount: str | int,
        purpose: str,
        *,
        reference: str | None = None,
        at: str = "",
        channel: str = "wire",
        label: str = "",
        status: str = "booked",
    ) -> int:
        """Pay from one account to another; the answer is the line's number in the book."""
        return self._post(
            day,
            payer,
            payee,
            amount,
            channel=channel,
            purpose=purpose,
            reference=reference,
            at=at,
            label=label,
            status=status,
        )

    def card(self, day: date | str, payer: str, shop: str, amount: str | int, *, status: str = "booked") -> int:
        """Pay in a shop."""
        name = f"Betaalautomaat {self.accounts[shop].id} {day}"
        return self._post(day, payer, shop, amount, channel="card", purpose=name, status=status)

    def pay_in(self, day: date | str, account: str, amount: str | int, purpose: str, *, label: str = "") -> int:
        """Bring cash to the bank."""
        return self._post(day, None, account, amount, channel="cash", purpose=purpose, label=label)

    def take_out(self, day: date | str, account: str, amount: str | int, purpose: str, *, label: str = "") -> int:
        """Take cash from a machine or a desk."""
        return self._post(day, account, None, amount, channel="cash", purpose=purpose, label=label)

    def convert(
        self, day: str, payer: str, payee: str, amount: str, received: str, *, purpose: str, at: str, label: str
    ) -> int:
        """Pay abroad in another currency: what was debited, and what arrived."""
        line = self._post(day, payer, payee, amount, channel="wire", purpose=purpose, at=at, label=label)
        bank = self.accounts[payee].bank
        if bank is None:
            raise ValueError(f"{payee} is a card terminal; a converted payment needs a bank account.")
        self.movements[line].received = (cents(received), bank.currency)
        return line

    def give_back(self, line: int, day: str, purpose: str, *, at: str) -> int:
        """Return a payment: the same sum goes the other way and names the payment it reverses."""
        sent = self.movements[line]
        if sent.originator is None or sent.beneficiary is None:
            raise ValueError("Only a payment between two accounts can be returned.")
        back = self._post(
            day,
            sent.beneficiary,
            sent.originator,
            sent.amount,
            channel=sent.channel,
            purpose=purpose,
            reference=sent.reference,
            at=at,
        )
        self.movements[back].reverses = line
        return back

    def _post(
        self,
        day: date | str,
        payer: str | None,
        payee: str | None,
        amount: str | int,
        *,
        channel: str,
        purpose: str | None,
        reference: str | None = None,
        at: str = "",
        label: str = "",
        status: str = "booked",
    ) -> int:
        bank = self._posting_bank(payer, payee)
        when = date.fromisoformat(day) if isinstance(day, str) else day
        if bank.only_days:
            clock = time()
        elif at:
            clock = time.fromisoformat(at)
        else:
            clock = time(self.dice.between(7, 16), self.dice.between(0, 59), self.dice.between(0, 59))
        minor = cents(amount) if isinstance(amount, str) else amount
        self.movements.append(
            Movement(
                datetime.combine(when, clock, UTC),
                payer,
                payee,
                minor,
                bank.currency,
                channel,
                purpose,
                reference,
                bank,
                status=status,
                label=label,
            )
        )
        return len(self.movements) - 1

    def _posting_bank(self, payer: str | None, payee: str | None) -> Bank:
        for alias in (payer, payee):
            if alias is not None and (bank := self.accounts[alias].bank) is not None:
                return bank
        raise ValueError("A movement needs a bank account on one side at least.")
