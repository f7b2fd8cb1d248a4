"""The one definition of every table, column, unit and code."""

from __future__ import annotations

from functools import cache

from followmoney.errors import SettingsError, unknown
from followmoney.schema.accounts import Accounts
from followmoney.schema.addresses import Addresses
from followmoney.schema.assets import Assets
from followmoney.schema.balances import Balances
from followmoney.schema.base import Sourced
from followmoney.schema.finances import Finances
from followmoney.schema.interests import Interests
from followmoney.schema.mirrors import Mirrors
from followmoney.schema.parties import Parties
from followmoney.schema.roles import Roles
from followmoney.schema.statements import Statements
from followmoney.schema.trades import Trades
from followmoney.schema.transactions import Transactions

TABLES: dict[str, type[Sourced]] = {
    "transactions": Transactions,
    "accounts": Accounts,
    "parties": Parties,
    "addresses": Addresses,
    "roles": Roles,
    "interests": Interests,
    "assets": Assets,
    "trades": Trades,
    "finances": Finances,
    "balances": Balances,
    "statements": Statements,
    "mirrors": Mirrors,
}


def table(name: str) -> type[Sourced]:
    """The definition of one table, by name."""
    if name not in TABLES:
        raise SettingsError(unknown("table", name, TABLES))
    return TABLES[name]


@cache
def key(name: str) -> str | None:
    """The column that identifies a row of the table, if it has one."""
    return next((c for c, column in table(name).columns().items() if (column.metadata or {}).get("key")), None)


__all__ = ["TABLES", "Sourced", "key", "table"]
