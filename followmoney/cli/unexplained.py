"""`followmoney unexplained`: what lawful sources do not explain, by the indirect methods."""

from __future__ import annotations

from typing import Literal

from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import opened
from followmoney.cli._output import AUTO, Output, aside, say, show
from followmoney.cli._paths import Paths

Method = Literal["net_worth", "expenditure", "bank_deposits", "disproportion"]


@command("load")
def unexplained(
    path: Paths,
    /,
    *,
    party: str,
    start: str,
    end: str,
    method: Method = "net_worth",
    currency: str = "EUR",
    opening_cash: tuple[str, str] | None = None,
    also: tuple[str, ...] = (),
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say how much of what a party had, spent or was paid no lawful source explains, as a range.

    It needs the table finances (`followmoney schema finances`): what the party had, earned, received and spent.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    party:
        Whose finances (the party's identifier).
    start:
        First day, like 2019-12-31.
    end:
        Last day.
    method:
        Net worth or expenditure (wealth on two days), bank_deposits (what came into the accounts), or disproportion
        (year by year, what was paid for things).
    currency:
        Currency of the figures; lines in another are not counted.
    opening_cash:
        Least and most cash at hand at the start, like 0 5,000.00; not given: what the table says.
    also:
        Parties whose accounts count as the party's own (a company it owns); of bank_deposits.
    """
    import polars as pl

    from followmoney.case import indirect
    from followmoney.errors import SettingsError
    from followmoney.ledger.when import first
    from followmoney.schema.codes import minor

    cash = None if opening_cash is None else (minor(opening_cash[0], currency), minor(opening_cash[1], currency))
    if also and method != "bank_deposits":
        raise SettingsError("--also is for the accounts of --method bank_deposits.")
    more = {"also": also} if also else {}
    found = indirect.METHODS[method](
        opened(path, settings(given, path)), party, first(start).date(), first(end).date(),
        currency=currency, opening_cash=cash, **more,
    )  # fmt: skip
    lines = found.lines.with_columns(pl.lit(currency).alias("currency"))
    show(lines, output, empty="Nothing is known that the method counts.")
    if output.kind == "table":
        say(f"\n{found.sentence}")
    aside([f"Note: {note}" for note in found.notes], output)
