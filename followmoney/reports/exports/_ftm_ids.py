"""What records of a FollowTheMoney file are called: as in the ledger, unless two kinds of thing share a name."""

from __future__ import annotations

from followmoney.ledger import Ledger


class Ids:
    """Identifiers of records; all kinds of record of a file share one room of names, tables of a ledger do not."""

    def __init__(self, ledger: Ledger) -> None:
        self._parties = set(ledger.parties["id"])
        self._accounts = set(ledger.accounts["id"])
        self._assets = set(ledger.assets["id"])

    def party(self, identifier: str) -> str:
        """The record of a party."""
        return identifier

    def account(self, identifier: str) -> str:
        """The record of an account."""
        return f"account {identifier}" if identifier in self._parties else identifier

    def asset(self, identifier: str) -> str:
        """The record of an asset."""
        taken = identifier in self._parties or identifier in self._accounts
        return f"asset {identifier}" if taken else identifier

    def payment(self, identifier: str) -> str:
        """The record of a transaction."""
        taken = any(identifier in some for some in (self._parties, self._accounts, self._assets))
        return f"payment {identifier}" if taken else identifier

    def acts_for(self, identifier: str) -> tuple[str, bool]:
        """The record a role is in, and whether it is an account."""
        if identifier not in self._parties and identifier in self._accounts:
            return self.account(identifier), True
        return identifier, False
