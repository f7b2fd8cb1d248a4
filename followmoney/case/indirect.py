"""The indirect methods by name: each a question put to a party's finances, and to the accounts it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from followmoney.case.bank_deposits import bank_deposits
from followmoney.case.disproportion import disproportion
from followmoney.case.expenditure import expenditure
from followmoney.case.net_worth import net_worth
from followmoney.case.unexplained import Unexplained

METHODS: Mapping[str, Callable[..., Unexplained]] = MappingProxyType(
    {f.__name__: f for f in (net_worth, expenditure, bank_deposits, disproportion)}
)
